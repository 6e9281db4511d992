"""What the tests of exposure, identity and escape share: judging under these rules only, and a pod without fault."""

import copy
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


def _is_ours(reports: Report) -> bool:
    return reports.rule.startswith(("FJ-EXP", "FJ-IDN", "FJ-ESC"))


def all_reports(token: str, props: Mapping[str, object], pack: Pack = PACK) -> list[Report]:
    """Everything that these rules say of a resource."""
    return [item for item in pack.evaluate_resource(Given(token, props)) if _is_ours(item)]


def refused(token: str, props: Mapping[str, object], pack: Pack = PACK) -> set[str]:
    """The rules that stop a resource."""
    return {item.rule for item in all_reports(token, props, pack) if item.mandatory}


def reported(token: str, props: Mapping[str, object]) -> set[str]:
    """The rules that say anything of a resource."""
    return {item.rule for item in all_reports(token, props)}


def with_at(value: Any, path: str, new: object) -> Any:
    """A copy with one thing set, by a path such as `containers.0.image`; objects are made on the way."""
    whole = copy.deepcopy(value)
    here = whole
    *parents, last = path.split(".")
    for step in parents:
        here = here[int(step)] if isinstance(here, list) else here.setdefault(step, {})
    here[last] = new
    return whole


def without_at(value: Any, path: str) -> Any:
    """A copy with one thing removed."""
    whole = copy.deepcopy(value)
    here = whole
    *parents, last = path.split(".")
    for step in parents:
        here = here[int(step)] if isinstance(here, list) else here[step]
    del here[last]
    return whole
