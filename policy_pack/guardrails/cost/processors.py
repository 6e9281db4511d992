"""Processors of all pods that an autoscaler or an operator starts: a number that is very large needs approval first.

`workload_sizes` has the built-in workloads. Fields by "Horizontal Pod Autoscaling" (Kubernetes), "ScaledObject" (KEDA)
and the API of the Spark operator, as known on 2026-11-28.
"""

from collections.abc import Iterator, Mapping

from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource
from ..engine.verdicts import Outcome
from ..readers.kubernetes_objects import ObjectPart, objects
from .gpu_counts import asked_for, counted
from .workload_sizes import cores, judge_cpus

_SPARK = {"SparkApplication": (), "ScheduledSparkApplication": ("template",)}
"""Kind of a program of Spark -> where its settings are below `spec`."""
_EXECUTORS = ("initialExecutors", "minExecutors", "maxExecutors")
_BUILT_IN = ("kubernetes:core/", "kubernetes:apps/", "kubernetes:batch/")


def processors(value: Plain, *, of_one_pod: bool = False) -> float:
    """Returns the processors of all pods in a value, or of one of its pods."""
    return counted(value, _of_container, of_one_pod=of_one_pod)


def _of_container(container: Mapping[str, Plain]) -> float:
    return max((cores(item.get("cpu")) for item in asked_for(container)), default=0)


def check_operators(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for the pods of a custom resource, and for the executors of a program of Spark."""
    if not resource.type.startswith(_BUILT_IN):
        yield judge_cpus(processors(resource.props.get("spec")), "spec")
    for kind, way in _SPARK.items():
        for item in objects(resource, kind):
            spec = item.child("spec")
            for key in way:
                spec = spec.child(key)
            yield judge_cpus(_of_executors(spec), spec.child("executor").path)


def _of_executors(spec: ObjectPart) -> float:
    executor, dynamic = spec.child("executor"), spec.child("dynamicAllocation")
    counts = (number_of(executor.get("instances")) or 1, *(number_of(dynamic.get(key)) or 0 for key in _EXECUTORS))
    return max(counts) * (cores(executor.get("cores")) or 1)
