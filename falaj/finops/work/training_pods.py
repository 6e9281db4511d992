"""Pods of jobs that operators run: Kubeflow's Trainer, its older operators, and Spark."""

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str
from falaj.finops.work.pod_group import PodGroup, get_count

_ANCESTOR, _TRAINER = "trainer.kubeflow.org/trainjob-ancestor-step", "trainer"
"""Label of the job of a runtime whose pods are the nodes of a TrainJob (Trainer v2.2.0, pkg/constants)."""

UNKNOWN_RUNTIME: Mapping[str, Any] = {
    "template": {
        "spec": {
            "replicatedJobs": [
                {
                    "template": {
                        "metadata": {"labels": {_ANCESTOR: _TRAINER}},
                        "spec": {"template": {"spec": {"containers": [{"name": "node"}]}}},
                    }
                }
            ]
        }
    }
}
"""A runtime of which only the trainer's pods are known, which is all that Trainer's own `torch-distributed` has."""


def job(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """A job never runs more pods at once than it still has to complete (batch/v1, JobSpec)."""
    parallelism = get_count(spec, "parallelism")
    yield PodGroup(get_dict(spec, "template"), min(parallelism, get_count(spec, "completions", default=parallelism)))


def job_set(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The pods of all jobs of a JobSet."""
    for replicated in get_list(spec, "replicatedJobs"):
        for group in job(get_dict(replicated, "template", "spec")):
            yield PodGroup(group.template, (group.count or 0) * get_count(replicated, "replicas"))


def training_runtime(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The pods of a runtime, which one TrainJob uses: its policy sets the number of the trainer's (Trainer v2.2.0,
    pkg/runtime/core)."""
    for replicated in get_list(spec, "template", "spec", "replicatedJobs"):
        if is_trainer(replicated):
            template = get_dict(replicated, "template", "spec", "template")
            yield PodGroup(template, get_count(spec, "mlPolicy", "numNodes"))
        else:
            yield from job_set({"replicatedJobs": [replicated]})


def is_trainer(replicated: object) -> bool:
    """Returns whether the pods of a replicated job are the nodes of a TrainJob."""
    return get_str(replicated, "template", "metadata", "labels", _ANCESTOR) == _TRAINER


def replica_specs(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The pods of each role of a job: `pytorchReplicaSpecs`, `mpiReplicaSpecs` and others of that form (kubeflow.org,
    v1 and v2beta1, ReplicaSpec)."""
    for key, roles in spec.items():
        if key.endswith("ReplicaSpecs") and isinstance(roles, Mapping):
            for role in roles.values():
                yield PodGroup(get_dict(role, "template"), get_count(role, "replicas"))


_JAVA_MEMORY = re.compile(r"(\d+)\s*([bkmgtp]?)b?", re.IGNORECASE)
_JAVA_UNITS = {unit: Decimal(1024) ** power for power, unit in enumerate("bkmgtp")}
_LEAST_OVERHEAD = 384 * 2**20
_SCRIPTED = ("Python", "R")


def spark_application(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The driver and its executors: with dynamic allocation as many as at its start (sparkoperator.k8s.io/v1beta2).

    Spark adds to the memory 10 %, or 40 % outside the JVM, and at least 384 MiB (Spark 4.0, Running on Kubernetes,
    spark.kubernetes.memoryOverheadFactor; 2026-11-27).
    """
    factor = get_number(get_path(spec, "memoryOverheadFactor"), 0)
    factor = factor or (Decimal("0.4") if get_str(spec, "type") in _SCRIPTED else Decimal("0.1"))
    executors, allocation = get_count(spec, "executor", "instances"), get_dict(spec, "dynamicAllocation")
    if get_path(allocation, "enabled") is True:
        at_start = (get_count(allocation, key, default=0) for key in ("initialExecutors", "minExecutors"))
        executors = max(get_count(spec, "executor", "instances", default=0), *at_start)
    for role, count in (("driver", 1), ("executor", executors)):
        yield PodGroup(_spark_pod(spec, get_dict(spec, role), factor), count)


def scheduled_spark_application(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The pods of one run."""
    return spark_application(get_dict(spec, "template"))


def _spark_pod(spec: Mapping[str, Any], role: Mapping[str, Any], factor: Decimal) -> Mapping[str, Any]:
    memory = _java_memory(get_str(role, "memory", default="1g"))
    overhead = _java_memory(get_str(role, "memoryOverhead")) or max(_LEAST_OVERHEAD, memory * factor)
    requested = {
        "cpu": get_path(role, "coreRequest") or get_path(role, "cores") or 1,
        "memory": str((memory + overhead).to_integral_value(ROUND_CEILING)),
    }
    if name := get_str(role, "gpu", "name"):
        requested[name] = get_path(role, "gpu", "quantity")
    pod = get_dict(role, "template", "spec")
    own = {key: role[key] for key in ("nodeSelector", "affinity", "tolerations", "initContainers") if key in role}
    shared = {"nodeSelector": get_dict(spec, "nodeSelector")} if "nodeSelector" in spec else {}
    containers = [{"resources": {"requests": requested}}, *get_list(role, "sidecars")]
    labels = get_dict(role, "labels") or get_dict(role, "template", "metadata", "labels")
    return {"metadata": {"labels": labels}, "spec": {**pod, **shared, **own, "containers": containers}}


def _java_memory(text: str) -> Decimal:
    """Returns bytes of a quantity as the JVM writes it, in MiB without a unit: `4g`, `512m`; 0 for anything else."""
    match = _JAVA_MEMORY.fullmatch(text.strip())
    return Decimal(match[1]) * _JAVA_UNITS[match[2].lower() or "m"] if match else Decimal(0)
