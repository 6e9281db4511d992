"""TrainJobs of Kubeflow's Trainer, whose pods are those of a runtime with what the job states instead."""

from collections.abc import Iterator, Mapping
from typing import Any

from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_path, get_str
from falaj.finops.work.pod_groups import name_of, namespace_of
from falaj.finops.work.training_pods import UNKNOWN_RUNTIME, is_trainer

_CLUSTER, _OWN = "ClusterTrainingRuntime", "TrainingRuntime"
_NODE = "node"
"""Name of the container whose resources a TrainJob states (Trainer v2.2.0, pkg/constants)."""

Key = tuple[str, str, str]
"""Site, namespace (none for a runtime of the cluster) and name of a runtime."""


def runtimes_of_jobs(context: PricingContext) -> Mapping[str, Mapping[str, Any]]:
    """Returns the runtime of each TrainJob, as its job changes it, by the URN of the job."""
    runtimes = _runtimes(context)
    return {
        item.urn: _changed(runtimes.get(_runtime(context, item), UNKNOWN_RUNTIME), get_dict(item.props, "spec"))
        for item in _jobs(context)
    }


def without_runtime(context: PricingContext) -> Iterator[tuple[Planned, str]]:
    """Yields the TrainJobs whose runtime the plan does not have, and its name."""
    runtimes = _runtimes(context)
    return (
        (item, key[2])
        for item in _jobs(context)
        if (key := _runtime(context, item)) not in runtimes
    )  # fmt: skip


def _jobs(context: PricingContext) -> Iterator[Planned]:
    return (item for item in context.plan.resources if item.type.endswith(":TrainJob"))


def _runtimes(context: PricingContext) -> Mapping[Key, Mapping[str, Any]]:
    found: dict[Key, Mapping[str, Any]] = {}
    for item in context.plan.resources:
        kind = item.type.rpartition(":")[2]
        if kind in (_CLUSTER, _OWN):
            space = namespace_of(item.props) if kind == _OWN else ""
            found[context.site(item), space, name_of(item.props, item.name)] = get_dict(item.props, "spec")
    return found


def _runtime(context: PricingContext, job: Planned) -> Key:
    reference = get_dict(job.props, "spec", "runtimeRef")
    is_own = get_str(reference, "kind", default=_CLUSTER) == _OWN
    return context.site(job), namespace_of(job.props) if is_own else "", get_str(reference, "name")


def _changed(runtime: Mapping[str, Any], job: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns a runtime with the nodes and the resources of each that a job states (the same, pkg/runtime)."""
    trainer = get_dict(job, "trainer")
    policy = dict(get_dict(runtime, "mlPolicy"))
    if (nodes := get_path(trainer, "numNodes")) is not None:
        policy["numNodes"] = nodes
    resources = get_dict(trainer, "resourcesPerNode")
    jobs = [
        _with_resources(each, resources) if resources and is_trainer(each) else each
        for each in get_list(runtime, "template", "spec", "replicatedJobs")
    ]
    return {"mlPolicy": policy, "template": {"spec": {"replicatedJobs": jobs}}}


def _with_resources(replicated: Mapping[str, Any], resources: Mapping[str, Any]) -> Mapping[str, Any]:
    job = get_dict(replicated, "template")
    template = get_dict(job, "spec", "template")
    pod = get_dict(template, "spec")
    containers = [
        {**each, "resources": resources} if get_str(each, "name") == _NODE else each
        for each in get_list(pod, "containers")
    ]
    changed = {**template, "spec": {**pod, "containers": containers}}
    return {**replicated, "template": {**job, "spec": {**get_dict(job, "spec"), "template": changed}}}
