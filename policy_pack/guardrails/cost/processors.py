"""Processors of all pods that an autoscaler or an operator starts: a number that is very large needs approval first.

`workload_sizes` has the built-in workloads. Fields by kubernetes/api 10b39a39 autoscaling/v2, kedacore/keda 8b4f083c
apis/keda/v1alpha1 (ScaledObject) and kubeflow/spark-operator 38082f33, read 2026-11-29.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, items_of
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from .gpu_counts import asked_for, counted
from .workload_sizes import cores, judge_cpus, runs_at_once

_SPARK = {"SparkApplication": (), "SparkConnect": (), "ScheduledSparkApplication": ("template",)}
"""Kind of a program of Spark -> where its settings are below `spec`."""
_EXECUTORS = ("initialExecutors", "minExecutors", "maxExecutors")
_DYNAMIC, _HIGHEST = "spark.dynamicAllocation.enabled", "spark.dynamicAllocation.maxExecutors"
_NUMBERS = (_HIGHEST, "spark.dynamicAllocation.minExecutors", "spark.dynamicAllocation.initialExecutors",
            "spark.executor.instances")  # fmt: skip
"""Settings of Spark that state numbers of executors (apache/spark, "Configuration", excerpts, read 2026-11-29)."""
_RAY = "kubernetes:ray.io/"
_CLUSTERS_OF_RAY = ("rayClusterSpec", "rayClusterConfig", "jobTemplate")
"""Fields below `spec` of a job, a service and a schedule with the cluster, or with the job that has it."""
_BUILT_IN = ("kubernetes:core/", "kubernetes:apps/", "kubernetes:batch/")


def processors(value: Plain, *, of_one_pod: bool = False) -> float:
    """Returns the processors of all pods in a value, or of one of its pods."""
    return counted(value, _of_container, of_one_pod=of_one_pod)


def _of_container(container: Mapping[str, Plain]) -> float:
    return max((cores(item.get("cpu")) for item in asked_for(container)), default=0)


def check_operators(resource: Resource, judge_gpus: Callable[[float, str], Outcome]) -> Iterator[Outcome]:
    """Yields an outcome for the pods of a custom resource, and for the executors of a program of Spark."""
    if not resource.type.startswith(_BUILT_IN):
        yield judge_cpus(processors(resource.props.get("spec")), "spec")
    if resource.type.startswith(_RAY):
        yield from _check_ray(resource.props.get("spec"), "spec")
    for kind, way in _SPARK.items():
        for item in objects(resource, kind):
            spec = item.child("spec")
            runs = runs_at_once(spec, ObjectPart("", {})) if way else 1
            for key in way:
                spec = spec.child(key)
            executor = spec.child("executor")
            if _has_no_bound(spec):
                yield failed(f"{spec.path} starts executors without a highest number", spec.path)
            count = runs * _executors(spec)
            yield judge_cpus(count * (cores(executor.get("cores")) or 1), executor.path)
            gpu = executor.child("gpu")
            yield judge_gpus(count * (number_of(gpu.get("quantity")) or 0), gpu.path)


def _check_ray(spec: Plain, path: str) -> Iterator[Outcome]:
    """Yields a failure for each group of workers that grows without a highest number, which is that of the largest
    integer by default (KubeRay, WorkerGroupSpec: "defaults to maxInt32", found as a string on 2026-12-01)."""
    if not isinstance(spec, dict):
        return
    for key in _CLUSTERS_OF_RAY:
        yield from _check_ray(spec.get(key), f"{path}.{key}")
    if str(spec.get("enableInTreeAutoscaling")).lower() != "true":
        return
    for index, group in enumerate(items_of(spec.get("workerGroupSpecs"))):
        if isinstance(group, dict) and group.get("maxReplicas") is None:
            place = f"{path}.workerGroupSpecs[{index}]"
            yield failed(f"{place} has no maxReplicas, so that any number of workers start", place)


def _settings(spec: ObjectPart, names: Iterable[str]) -> list[float]:
    """Returns the numbers that settings of Spark state."""
    conf = spec.child("sparkConf")
    return [number for name in names if (number := number_of(conf.get(name))) is not None]


def _executors(spec: ObjectPart) -> float:
    """Returns the highest number of executors that the settings state."""
    dynamic = spec.child("dynamicAllocation")
    stated = (number_of(part.get(key)) or 0 for part, key in (
        (spec.child("executor"), "instances"), *((dynamic, key) for key in _EXECUTORS)))  # fmt: skip
    return max((*stated, *_settings(spec, _NUMBERS), 1))


def _has_no_bound(spec: ObjectPart) -> bool:
    """Returns whether executors are added without a highest number, which is infinity by default (a copy of Spark's
    "Configuration", spark.dynamicAllocation.maxExecutors, read 2026-11-29)."""
    dynamic, conf = spec.child("dynamicAllocation"), spec.child("sparkConf")
    is_dynamic = any(str(value).lower() == "true" for value in (dynamic.get("enabled"), conf.get(_DYNAMIC)))
    return is_dynamic and dynamic.get("maxExecutors") is MISSING and conf.get(_HIGHEST) is MISSING
