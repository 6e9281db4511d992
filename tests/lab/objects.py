"""Objects that the tests of the laboratory put into it, and what they look for there."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from falaj.components.core.node_pools.profiles import labels, taints
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.sandbox.lab.api import Api, Json, wait_for

Object = dict[str, Any]

BOUGHT = {
    Capacity.SPOT: ["spot"],
    Capacity.ON_DEMAND: ["on-demand"],
    Capacity.SPOT_FIRST: ["spot", "on-demand"],
}
"""What Karpenter may order for a pool."""

NODE_CLASS: Object = {
    "apiVersion": "karpenter.kwok.sh/v1alpha1",
    "kind": "KWOKNodeClass",
    "metadata": {"name": "default"},
    # What a real machine takes is minutes; a second shows the same order of things.
    "spec": {"nodeRegistrationDelay": "1s"},
}

CLOSED = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}


@dataclass
class Place:
    """One test's part of the cluster: `name` is its namespace, and the beginning of the names of what has none."""

    api: Api
    name: str
    made: list[Object] = field(default_factory=list)

    def apply(self, *objects: Object) -> None:
        """Put objects there, and remember them."""
        for one in objects:
            self.api.apply(one)
            self.made.append(one)

    def clear(self) -> None:
        """The last made first; returns when no node of its pools is left."""
        for one in reversed(self.made):
            self.api.delete(one, grace=0 if one["kind"] == "Pod" else None)
        pools = [one["metadata"]["name"] for one in self.made if one["kind"] == "NodePool"]
        wait_for(lambda: not any(self.nodes(pool) for pool in pools), 90, "nodes of the test's pools to go")

    def pods(self, labels: str = "") -> list[Json]:
        """Pods of the namespace, those that go included."""
        return self.api.list("v1", "Pod", self.name, labels)

    def running(self, labels: str = "") -> list[Json]:
        """Pods that run and are not asked to go."""
        return [
            pod
            for pod in self.pods(labels)
            if pod["status"].get("phase") == "Running" and "deletionTimestamp" not in pod["metadata"]
        ]

    def nodes(self, pool: str) -> list[Json]:
        """Nodes of a pool."""
        return self.api.list("v1", "Node", labels=f"karpenter.sh/nodepool={pool}")

    def wait_running(self, count: int, seconds: float = 60, labels: str = "") -> list[Json]:
        """That many pods that run."""
        return wait_for(
            lambda: (found := self.running(labels)) and len(found) == count and found, seconds, f"{count} running pods"
        )

    def lose(self, node: str) -> float:
        """A machine is gone from one moment to the next: nothing is drained, the cloud only takes its node away.

        The moment, as `time.monotonic` has it.
        """
        gone = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": node}}
        self.api.merge(gone, {"metadata": {"finalizers": None}})
        self.api.delete(gone)
        return time.monotonic()


def namespace(name: str, level: str = "restricted") -> Object:
    """With that level of Pod Security."""
    labels = {f"pod-security.kubernetes.io/{mode}": level for mode in ("enforce", "audit", "warn")}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


def container(cpu: str = "1", memory: str = "1Gi", gpus: int = 0) -> Object:
    """A container that is closed and says what it needs."""
    needs = {"cpu": cpu, "memory": memory} | ({"nvidia.com/gpu": str(gpus)} if gpus else {})
    return {
        "name": "main",
        "image": "example.com/program:1.0.0",
        "resources": {"requests": needs, "limits": needs},
        "securityContext": CLOSED,
    }


def pod_spec(pool: str | None, one: Object) -> Object:
    """A pod of one container, on the nodes of that pool."""
    spec: Object = {"containers": [one], "restartPolicy": "Never"}
    if pool:
        spec |= {
            "nodeSelector": {"karpenter.sh/nodepool": pool},
            "tolerations": [{"key": "falaj/pool", "operator": "Exists"}],
        }
    return spec


def pod(place: Place, name: str, pool: str | None, one: Object) -> Object:
    """A pod by itself."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": place.name},
        "spec": pod_spec(pool, one),
    }


def pool(
    name: str,
    machines: Sequence[str] = (),
    capacity: Sequence[str] = ("spot", "on-demand"),
    idle_seconds: int = 600,
) -> Object:
    """A node pool of Karpenter that nobody else's pods come to; any machine unless they are named."""
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
                    "terminationGracePeriod": "30s",
                }
            },
            "disruption": {"consolidationPolicy": "WhenEmpty", "consolidateAfter": f"{idle_seconds}s"},
        },
    }


def platform_pool(
    name: str, profile: Profile, capacity: Capacity, machines: Sequence[str], gpus: int = 0, idle_seconds: int = 600
) -> Object:
    """A pool of the platform's own kind: with its labels and its taints."""
    one = pool(name, machines, BOUGHT[capacity], idle_seconds)
    template = one["spec"]["template"]
    template["metadata"] = {"labels": labels(profile, name, capacity)}
    template["spec"]["taints"] = [
        {"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in taints(profile, gpus)
    ]
    return one


def job(place: Place, name: str, spec: Object, pods: int = 1, labels: Mapping[str, str] | None = None) -> Object:
    """A job that counts no lost machine as a retry, and has none to spare: a bug ends it at once."""
    rules = [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": name, "namespace": place.name, "labels": dict(labels or {})},
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
    """A label of an object."""
    return node["metadata"].get("labels", {}).get(key)
