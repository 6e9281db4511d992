"""Workloads of plans for the tests."""

from collections.abc import Mapping
from typing import Any

from falaj.facts.keep_warm import KEEP_WARM
from falaj.facts.labels import POOL_LABEL
from tests.unit.finops.plans import TAGS, Row

GPU = "nvidia.com/gpu"


def pod(cpu: str = "1", memory: str = "1Gi", gpus: int = 0, **spec: Any) -> dict[str, Any]:
    """Returns the template of a pod that the GPU pools of the tests take."""
    devices = {GPU: str(gpus)} if gpus else {}
    container = {"name": "server", "resources": {"requests": {"cpu": cpu, "memory": memory, **devices}}}
    return {"metadata": {"labels": spec.pop("labels", {})}, "spec": {"containers": [container], **spec}}


def deployment(name: str, replicas: int | None, template: Mapping[str, Any]) -> Row:
    props = {
        "metadata": {"name": name, "labels": TAGS},
        "spec": {"template": template} | ({} if replicas is None else {"replicas": replicas}),
    }
    return "kubernetes:apps/v1:Deployment", f"uae-{name}-server", props


def scaled_object(name: str, least: int, most: int, **spec: Any) -> Row:
    """Returns an autoscaler of KEDA for the deployment of that name."""
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}
    props = {
        "metadata": {"name": name, "labels": TAGS},
        "spec": {"scaleTargetRef": target, "minReplicaCount": least, "maxReplicaCount": most, **spec},
    }
    return "kubernetes:keda.sh/v1alpha1:ScaledObject", f"uae-{name}-scaling", props


def of_kind(kind: str, name: str, spec: Mapping[str, Any]) -> Row:
    return f"kubernetes:{kind}", f"uae-{name}", {"metadata": {"name": name, "labels": TAGS}, "spec": spec}


def placeholder(pool: str) -> dict[str, Any]:
    """Returns the template of the pods that keep nodes of a pool running."""
    term = {"labelSelector": {"matchLabels": {POOL_LABEL: pool}}, "topologyKey": "kubernetes.io/hostname"}
    spec = {
        "nodeSelector": {POOL_LABEL: pool},
        "priorityClassName": KEEP_WARM,
        "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}},
    }
    return pod("1m", "8Mi", labels={POOL_LABEL: pool}, **spec)
