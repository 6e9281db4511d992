"""Helpers of the exposure, identity and escape tests: evaluation under these rules only, and a compliant pod."""

import copy
import json
from collections.abc import Mapping
from typing import Any

from .harness import Given, Pack, Report

PACK = Pack()
ACCOUNT = "123456789012"
OPEN = "0.0.0.0/0"

CONTAINER: dict[str, Any] = {
    "name": "main",
    "image": "registry.k8s.io/pause:3.10",
    "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}},
    "securityContext": {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "readOnlyRootFilesystem": True,
    },
}
POD: dict[str, Any] = {
    "automountServiceAccountToken": False,
    "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
    "containers": [CONTAINER],
}


_OF_RESOURCES = ("falaj-guardrails", "falaj-guardrails-advice")
_WAITING = tuple(f"FJ-EXP-{number}" for number in (101, 104, 106, 110, 114, 120, 124, 203, 207, 321, 324, 332))
"""Rules whose findings on addresses and texts that are not known yet wait for the plan."""


def _is_relevant(report: Report) -> bool:
    return report.rule.startswith(("FJ-EXP", "FJ-IDN", "FJ-ESC"))


def kubeconfig(server: str) -> dict[str, str]:
    """Returns the inputs of a provider for the cluster with an API server."""
    return {"kubeconfig": json.dumps({"clusters": [{"name": "c", "cluster": {"server": f"https://{server}"}}]})}


ON_EKS = kubeconfig("ABCDEF0123456789.gr7.me-central-1.eks.amazonaws.com")
ON_AKS = kubeconfig("models-dns-12345678.hcp.uaenorth.azmk8s.io:443")
ON_PREMISES = kubeconfig("kubernetes.dc1.example.ae:6443")


def all_reports(
    token: str, props: Mapping[str, object], pack: Pack = PACK, *, provider: Mapping[str, object] | None = None
) -> list[Report]:
    """Returns every finding of these rules for a resource, with those that wait for the plan."""
    reports = pack.evaluate_plan(Given(token, props, provider=provider))
    return [item for item in reports if _is_relevant(item) and (item.policy in _OF_RESOURCES or item.rule in _WAITING)]


def refused(
    token: str, props: Mapping[str, object], pack: Pack = PACK, *, provider: Mapping[str, object] | None = None
) -> set[str]:
    """Returns the rules that block a resource."""
    return {item.rule for item in all_reports(token, props, pack, provider=provider) if item.mandatory}


def reported(token: str, props: Mapping[str, object], *, provider: Mapping[str, object] | None = None) -> set[str]:
    """Returns the rules that report a resource, blocking or not."""
    return {item.rule for item in all_reports(token, props, provider=provider)}


def with_value(value: Any, path: str, new: object) -> Any:
    """Returns a copy with the value at a path such as `containers.0.image` set; missing objects are created."""
    copied = copy.deepcopy(value)
    target = copied
    *parents, last = path.split(".")
    for step in parents:
        target = target[int(step)] if isinstance(target, list) else target.setdefault(step, {})
    target[last] = new
    return copied


def without_value(value: Any, path: str) -> Any:
    """Returns a copy without the value at a path."""
    copied = copy.deepcopy(value)
    target = copied
    *parents, last = path.split(".")
    for step in parents:
        target = target[int(step)] if isinstance(target, list) else target[step]
    del target[last]
    return copied
