"""Kubernetes objects for the laboratory tests, and queries of the laboratory."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from falaj.components.core.node_pools.disruption import DISRUPTION
from falaj.components.core.node_pools.profiles import labels, taints
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.labels import QUEUED_LABEL
from falaj.sandbox.lab.api import Api, Json, wait_for

Object = dict[str, Any]

BOUGHT = {
    Capacity.SPOT: ["spot"],
    Capacity.ON_DEMAND: ["on-demand"],
    Capacity.SPOT_FIRST: ["spot", "on-demand"],
}
"""Capacity of a pool -> Karpenter's capacity types."""

NODE_CLASS: Object = {
    "apiVersion": "karpenter.kwok.sh/v1alpha1",
    "kind": "KWOKNodeClass",
    "metadata": {"name": "default"},
    # A real machine takes minutes; with one second, events occur in the same order.
    "spec": {"nodeRegistrationDelay": "1s"},
}

RESTRICTED = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}


@dataclass
class LabNamespace:
    """The objects of one test. `name` is its namespace, and the name prefix of its cluster-scoped objects."""

    api: Api
    name: str
    made: list[Object] = field(default_factory=list)

    def apply(self, *objects: Object) -> None:
        """Applies objects, and records them for `clear`."""
        for manifest in objects:
            self.api.apply(manifest)
            self.made.append(manifest)

    def clear(self) -> None:
        """Deletes the objects, the last created first; returns when no node of the test's pools is left."""
        for manifest in reversed(self.made):
            self.api.delete(manifest, grace=0 if manifest["kind"] == "Pod" else None)
        pools = [manifest["metadata"]["name"] for manifest in self.made if manifest["kind"] == "NodePool"]
        wait_for(lambda: not any(self.nodes(pool) for pool in pools), 90, "nodes of the test's pools to go")

    def pods(self, labels: str = "") -> list[Json]:
        """Returns the pods of the namespace, terminating ones included."""
        return self.api.list("v1", "Pod", self.name, labels)

    def running(self, labels: str = "") -> list[Json]:
        """Returns the running pods that are not terminating."""
        return [
            pod
            for pod in self.pods(labels)
            if pod["status"].get("phase") == "Running" and "deletionTimestamp" not in pod["metadata"]
        ]

    def nodes(self, pool: str) -> list[Json]:
        """Returns the nodes of a pool."""
        return self.api.list("v1", "Node", labels=f"karpenter.sh/nodepool={pool}")

    def wait_running(self, count: int, seconds: float = 60, labels: str = "") -> list[Json]:
        """Waits until exactly `count` pods are running; returns them."""
        return wait_for(
            lambda: (pods := self.running(labels)) and len(pods) == count and pods, seconds, f"{count} running pods"
        )

    def lose(self, node: str) -> float:
        """Removes a node without draining it, as if its machine had failed; returns the time (`time.monotonic`)."""
        node_manifest = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": node}}
        self.api.merge(node_manifest, {"metadata": {"finalizers": None}})
        self.api.delete(node_manifest)
        return time.monotonic()


def namespace_manifest(name: str, level: str = "restricted", queued: bool = False) -> Object:
    """Returns a namespace with a Pod Security level; `queued`: Kueue manages its jobs."""
    labels = {f"pod-security.kubernetes.io/{mode}": level for mode in ("enforce", "audit", "warn")}
    labels |= {QUEUED_LABEL: "true"} if queued else {}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


def container(cpu: str = "1", memory: str = "1Gi", gpus: int = 0) -> Object:
    """Returns a container with a restricted security context, and equal requests and limits."""
    resources = {"cpu": cpu, "memory": memory} | ({"nvidia.com/gpu": str(gpus)} if gpus else {})
    return {
        "name": "main",
        "image": "example.com/program:1.0.0",
        "resources": {"requests": resources, "limits": resources},
        "securityContext": RESTRICTED,
    }


def pod_spec(pool: str | None, container_spec: Object) -> Object:
    """Returns the spec of a pod with one container, on the nodes of a pool if given."""
    spec: Object = {"containers": [container_spec], "restartPolicy": "Never"}
    if pool:
        spec |= {
            "nodeSelector": {"karpenter.sh/nodepool": pool},
            "tolerations": [{"key": "falaj/pool", "operator": "Exists"}],
        }
    return spec


def pod(namespace: LabNamespace, name: str, pool: str | None, container_spec: Object) -> Object:
    """Returns a standalone pod."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace.name},
        "spec": pod_spec(pool, container_spec),
    }


def pool(
    name: str,
    machines: Sequence[str] = (),
    capacity: Sequence[str] = ("spot", "on-demand"),
    idle_seconds: int = 600,
) -> Object:
    """Returns a tainted Karpenter node pool for the pods of one test; any machine type unless `machines` is set."""
    requirements = [{"key": "karpenter.sh/capacity-type", "operator": "In", "values": [*capacity]}]
    if machines:
        requirements.append({"key": "node.kubernetes.io/instance-type", "operator": "In", "values": [*machines]})
    return {
        "apiVersion": "karpenter.sh/v1",
        "kind": "NodePool",
        "metadata": {"name": name},
        "spec": {
            "template": {
                "spec": {
                    "nodeClassRef": {"group": "karpenter.kwok.sh", "kind": "KWOKNodeClass", "name": "default"},
                    "requirements": requirements,
                    "taints": [{"key": "falaj/pool", "value": name, "effect": "NoSchedule"}],
                    # Longer than those of pods, as in the platform's pools: otherwise Karpenter deletes the pods of a
                    # node that it drains instead of evicting them, and their jobs count a failure.
                    "terminationGracePeriod": DISRUPTION[Profile.TRAINING].grace_period,
                }
            },
            "disruption": {"consolidationPolicy": "WhenEmpty", "consolidateAfter": f"{idle_seconds}s"},
        },
    }


def platform_pool(
    name: str, profile: Profile, capacity: Capacity, machines: Sequence[str], gpus: int = 0, idle_seconds: int = 600
) -> Object:
    """Returns a node pool with the labels and taints of a platform's pool."""
    node_pool = pool(name, machines, BOUGHT[capacity], idle_seconds)
    template = node_pool["spec"]["template"]
    template["metadata"] = {"labels": labels(profile, name, capacity)}
    template["spec"]["taints"] = [
        {"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in taints(profile, gpus)
    ]
    return node_pool


def job(
    namespace: LabNamespace, name: str, spec: Object, pods: int = 1, labels: Mapping[str, str] | None = None
) -> Object:
    """Returns a job that does not count a lost machine as a failure, and fails at the first error of its program."""
    rules = [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": name, "namespace": namespace.name, "labels": dict(labels or {})},
        "spec": {
            "parallelism": pods,
            "completions": pods,
            "backoffLimit": 0,
            "podReplacementPolicy": "Failed",
            "podFailurePolicy": {"rules": rules},
            "template": {"metadata": {"labels": {"run": name}}, "spec": spec},
        },
    }


def label(node: Json, key: str) -> str | None:
    """Returns the value of an object's label."""
    return node["metadata"].get("labels", {}).get(key)
