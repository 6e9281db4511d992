"""Equal pods that the objects of a plan create: kind of an object -> its pod templates and their numbers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str


@dataclass(frozen=True, slots=True)
class PodGroup:
    """Equal pods. `template` has `metadata` and `spec`. `count` pods run for each of the `replicas`, the number that an
    autoscaler changes; it is None for one pod on each node.
    """

    template: Mapping[str, Any]
    count: int | None
    replicas: int = 1


@dataclass(frozen=True, slots=True)
class PodForm:
    """How a kind creates pods; `ends` says that they run to completion instead of all month."""

    groups: Callable[[Mapping[str, Any]], Iterable[PodGroup]]
    ends: bool = False


def form_of(kind: str) -> PodForm | None:
    """Returns how objects of a type token create pods, in any version of its API; None if they create none."""
    package, _, rest = kind.partition(":")
    if package != "kubernetes":
        return None
    version, _, name = rest.rpartition(":")
    return _FORMS.get((version.rpartition("/")[0], name))


def _count(value: Any, *path: str, default: int = 1) -> int:
    return int(get_number(get_path(value, *path), default))


def _replicas(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup(get_dict(spec, "template"), 1, _count(spec, "replicas"))


def _on_each_node(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup(get_dict(spec, "template"), None)


def _job(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """A job never runs more pods at once than it still has to complete (batch/v1, JobSpec)."""
    parallelism = _count(spec, "parallelism")
    yield PodGroup(get_dict(spec, "template"), min(parallelism, _count(spec, "completions", default=parallelism)))


def _scheduled(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield from _job(get_dict(spec, "jobTemplate", "spec"))


def _job_set(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    for job in get_list(spec, "replicatedJobs"):
        for group in _job(get_dict(job, "template", "spec")):
            yield PodGroup(group.template, (group.count or 0) * _count(job, "replicas"))


def _training_runtime(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The pods of a runtime, which one TrainJob uses: Trainer sets the number of those of its policy (v2.2.0)."""
    nodes = _count(spec, "mlPolicy", "numNodes")
    for group in _job_set(get_dict(spec, "template", "spec")):
        yield PodGroup(group.template, max(nodes, group.count or 0))


def _leader_worker_set(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each replica has a leader and `size` - 1 workers; the leader is a worker unless it has a template. Autoscalers
    scale replicas (LWS 0.9.0, subresource scale; 2026-11-27)."""
    groups, template = _count(spec, "replicas"), get_dict(spec, "leaderWorkerTemplate")
    worker = get_dict(template, "workerTemplate")
    yield PodGroup(get_dict(template, "leaderTemplate") or worker, 1, groups)
    yield PodGroup(worker, max(0, _count(template, "size") - 1), groups)


def _ray_cluster(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup(get_dict(spec, "headGroupSpec", "template"), 1)
    for group in get_list(spec, "workerGroupSpecs"):
        default = _count(group, "minReplicas", default=0)
        hosts = _count(group, "numOfHosts")
        yield PodGroup(get_dict(group, "template"), hosts * _count(group, "replicas", default=default))


def _ray_job(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield from _ray_cluster(get_dict(spec, "rayClusterSpec"))


def _ray_service(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield from _ray_cluster(get_dict(spec, "rayClusterConfig"))


_OF_MODELS = {"requests": {"cpu": "1", "memory": "2Gi"}}
"""What KServe's runtimes request for a model that states nothing (kserve/kserve, config/runtimes; 2026-11-27)."""


def _inference_service(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each component has at least `minReplicas` pods, 1 by default; a predictor of several nodes has a worker for each
    further stage of its pipeline (KServe, v1beta1 ComponentExtensionSpec and WorkerSpec; 2026-11-27).
    """
    for component in (get_dict(spec, part) for part in ("predictor", "transformer", "explainer")):
        if component:
            replicas, workers = _count(component, "minReplicas"), get_dict(component, "workerSpec")
            yield PodGroup({"spec": _with_model(component)}, replicas)
            if workers:
                stages = _count(workers, "pipelineParallelSize")
                yield PodGroup({"spec": _with_model(workers)}, replicas * max(0, stages - 1))


def _with_model(component: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns a component as the specification of a pod: its containers, and the one of its model."""
    containers = get_list(component, "containers")
    models = [value for key, value in component.items() if key in _MODELS and isinstance(value, Mapping)]
    stated = [{"resources": get_dict(model, "resources") or _OF_MODELS} for model in models]
    return {**component, "containers": [*containers, *stated]}


_FORMATS = (
    "huggingface",
    "lightgbm",
    "onnx",
    "paddle",
    "pmml",
    "pytorch",
    "sklearn",
    "tensorflow",
    "triton",
    "xgboost",
)
_MODELS = frozenset(("model", *_FORMATS))
"""Properties of a component with a model: of any format, and the older ones of one format each."""


def _pod(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup({"spec": spec}, 1)


_FORMS: Mapping[tuple[str, str], PodForm] = {
    ("apps", "Deployment"): PodForm(_replicas),
    ("apps", "ReplicaSet"): PodForm(_replicas),
    ("apps", "StatefulSet"): PodForm(_replicas),
    ("apps", "DaemonSet"): PodForm(_on_each_node),
    ("core", "ReplicationController"): PodForm(_replicas),
    ("core", "Pod"): PodForm(_pod),
    ("leaderworkerset.x-k8s.io", "LeaderWorkerSet"): PodForm(_leader_worker_set),
    ("ray.io", "RayCluster"): PodForm(_ray_cluster),
    ("ray.io", "RayService"): PodForm(_ray_service),
    ("ray.io", "RayJob"): PodForm(_ray_job, ends=True),
    ("batch", "Job"): PodForm(_job, ends=True),
    ("batch", "CronJob"): PodForm(_scheduled, ends=True),
    ("jobset.x-k8s.io", "JobSet"): PodForm(_job_set, ends=True),
    ("trainer.kubeflow.org", "TrainingRuntime"): PodForm(_training_runtime, ends=True),
    ("serving.kserve.io", "InferenceService"): PodForm(_inference_service),
}
"""(API group, kind) -> form."""


def name_of(props: Mapping[str, Any], default: str) -> str:
    """Returns the name of an object."""
    return get_str(props, "metadata", "name", default=default)


def namespace_of(props: Mapping[str, Any]) -> str:
    """Returns the namespace of an object."""
    return get_str(props, "metadata", "namespace", default="default")
