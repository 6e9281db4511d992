"""Pods of KServe's services (kserve/kserve, pkg/apis/serving and pkg/controller; read 2026-11-27)."""

from collections.abc import Iterable, Mapping
from typing import Any

from falaj.finops.properties import get_dict, get_list
from falaj.finops.work.pod_group import PodGroup, get_count
from falaj.finops.work.requests import requests

_OF_MODELS = {"requests": {"cpu": "1", "memory": "2Gi"}}
"""What KServe's runtimes request for a model that states nothing (kserve/kserve, config/runtimes; 2026-11-27)."""
_GPU = "nvidia.com/gpu"
_GPUS = (_GPU, "amd.com/gpu", "intel.com/gpu", "habana.ai/gaudi")
"""Resources that KServe takes for GPUs, and the one that it sets where none is stated (pkg/constants)."""


def inference_service(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each component has at least `minReplicas` pods, 1 by default; a predictor of several nodes has workers too
    (KServe, v1beta1 ComponentExtensionSpec and WorkerSpec; 2026-11-27).
    """
    for component in (get_dict(spec, part) for part in ("predictor", "transformer", "explainer")):
        if component:
            replicas, worker = get_count(component, "minReplicas"), get_dict(component, "workerSpec")
            head = _with_model(component)
            if worker:
                yield from _of_several_nodes(head, _with_model(worker), worker, replicas)
            else:
                yield PodGroup({"spec": head}, replicas)


def _of_several_nodes(
    head: Mapping[str, Any], pod: Mapping[str, Any], worker: Mapping[str, Any], replicas: int
) -> Iterable[PodGroup]:
    """Yields the head and the workers of Ray, KServe's default executor. It sets the GPUs of both (kserve/kserve,
    components/predictor.go, computeRayNodeAndGPUs)."""
    total = get_count(worker, "tensorParallelSize") * get_count(worker, "pipelineParallelSize")
    (kind, of_head), (other, of_worker) = _gpus(head), _gpus(pod)
    nodes, of_head, of_worker = _ray_nodes(total, of_head, of_worker)
    kind = kind or other or _GPU
    yield PodGroup({"spec": _with_gpus(head, kind, of_head)}, replicas)
    if nodes > 1:
        yield PodGroup({"spec": _with_gpus(pod, kind, of_worker)}, replicas * (nodes - 1))


def _ray_nodes(total: int, of_head: int, of_worker: int) -> tuple[int, int, int]:
    """Returns the nodes, and the GPUs of the head and of each worker, for so many GPUs and those that are stated."""
    if not of_worker and not of_head:
        return total, 1, 1
    if not of_worker:
        return 1 + max(0, total - of_head), of_head, 1
    nodes = -(-total // of_worker)
    if nodes == 1 or of_head >= total:
        return 1, total, 0
    return nodes, of_head or total - of_worker * (nodes - 1), of_worker


def _gpus(pod: Mapping[str, Any]) -> tuple[str, int]:
    """Returns the resource and the number of GPUs of a pod."""
    requested = requests(pod)
    return next(((kind, requested[kind]) for kind in _GPUS if requested.get(kind)), ("", 0))


def _with_gpus(pod: Mapping[str, Any], kind: str, gpus: int) -> Mapping[str, Any]:
    """Returns a pod whose first container has that many GPUs."""
    first, *others = get_list(pod, "containers") or [{"resources": _OF_MODELS}]
    stated = {**get_dict(first, "resources", "limits"), **get_dict(first, "resources", "requests"), kind: str(gpus)}
    return {**pod, "containers": [{**first, "resources": {"requests": stated}}, *others]}


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


def llm_inference_service(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The decoding pods and, if they are apart, those of prefill; the router's scheduler if the object has its pod.

    Each replica with a `worker` is a group of nodes (v1alpha1, LLMInferenceServiceSpec; ParallelismSpec.GetSize).

    Pods without containers of their own come from configurations of the cluster: they are not among the groups.
    """
    for workload in (spec, get_dict(spec, "prefill")):
        leader, worker = get_dict(workload, "template"), get_dict(workload, "worker")
        replicas = get_count(workload, "replicas")
        if get_list(leader, "containers"):
            yield PodGroup({"spec": leader}, 1, replicas)
        if get_list(worker, "containers"):
            leaders = 1 if get_list(leader, "containers") else 0
            yield PodGroup({"spec": worker}, _size(get_dict(workload, "parallelism")) - leaders, replicas)
    if get_list(scheduler := get_dict(spec, "router", "scheduler", "template"), "containers"):
        yield PodGroup({"spec": scheduler}, get_count(spec, "router", "scheduler", "replicas"))


def _size(parallelism: Mapping[str, Any]) -> int:
    """Returns the nodes of a group."""
    data, local = get_count(parallelism, "data", default=0), get_count(parallelism, "dataLocal", default=0)
    if data or local:
        return max(1, max(1, data) // max(1, local))
    return max(1, get_count(parallelism, "pipeline"))
