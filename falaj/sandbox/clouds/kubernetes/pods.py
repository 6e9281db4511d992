"""Validation of pods and pod templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_all, get_path, get_str

_TEMPLATE_PATH, _ALWAYS_RESTART, _MAY_END = "spec.template.spec", ("Always", ""), ("OnFailure", "Never")

POD_TEMPLATES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Pod": ("spec", ("Always", "OnFailure", "Never", "")),
    "Deployment": (_TEMPLATE_PATH, _ALWAYS_RESTART),
    "StatefulSet": (_TEMPLATE_PATH, _ALWAYS_RESTART),
    "DaemonSet": (_TEMPLATE_PATH, _ALWAYS_RESTART),
    "ReplicaSet": (_TEMPLATE_PATH, _ALWAYS_RESTART),
    "Job": (_TEMPLATE_PATH, _MAY_END),
    "CronJob": ("spec.jobTemplate.spec.template.spec", _MAY_END),
}
"""Kind -> (path of its pod spec, valid restart policies)."""

GROUPS = "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet"
GROUP_TEMPLATES = tuple(f"spec.leaderWorkerTemplate.{role}Template.spec" for role in ("leader", "worker"))
"""Type of LeaderWorkerSets, and paths of their pod specs. Their pods are those of StatefulSets."""

_QUANTITY = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?")
_POWERS = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}


def quantity(value: Json) -> Decimal | None:
    """Parses a Kubernetes quantity; None if it is malformed."""
    match = _QUANTITY.fullmatch(str(value))
    if not match:
        return None
    number, unit = Decimal(match[1]), match[2] or ""
    if unit.endswith("i"):
        return number * Decimal(1024) ** ("KMGTPE".index(unit[0]) + 1)
    return number.scaleb(_POWERS[unit] if unit in _POWERS else int(unit[1:] or 0))


def pod_templates(op: Operation) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Returns (path of a pod spec, valid restart policies) for each pod template of an object."""
    if op.token == GROUPS:
        return [(path, _ALWAYS_RESTART) for path in GROUP_TEMPLATES if get_path(op.inputs, path) is not None]
    kind = group_and_kind(op.token)[1]
    if kind not in POD_TEMPLATES or op.variables["custom"] == "yes" or op.token.endswith("Patch"):
        return []
    return [POD_TEMPLATES[kind]]


def pods_valid(op: Operation) -> str | None:
    """Checks that containers have images and valid resources, and that the restart policy fits the kind."""
    for path, restarts in pod_templates(op):
        for field, value, error in _pod_errors(get_path(op.inputs, path), restarts):
            return invalid(op, f"{path}.{field}", value, error)
    return None


def _pod_errors(spec: Json, restarts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    if spec is UNKNOWN:
        return
    restart = get_path(spec, "restartPolicy")
    if restart is not UNKNOWN and get_str(spec, "restartPolicy") not in restarts:
        supported = ", ".join(word for word in restarts if word)
        yield "restartPolicy", get_str(spec, "restartPolicy"), f"supported values: {supported}"
    containers = get_path(spec, "containers")
    if containers is not UNKNOWN and not containers:
        yield "containers", "", "Required value"
    for list_name in ("containers", "initContainers"):
        for container in get_all(spec, f"{list_name}[*]"):
            if get_path(container, "image") is None or get_path(container, "image") == "":
                yield f"{list_name}.image", "", "Required value"
            yield from _quantity_errors(container, list_name)


def _quantity_errors(container: Json, list_name: str) -> Iterator[tuple[str, str, str]]:
    requests, limits = (get_path(container, f"resources.{field}") for field in ("requests", "limits"))
    for field, quantities in (("requests", requests), ("limits", limits)):
        for name, value in quantities.items() if isinstance(quantities, Mapping) else ():
            if value is not UNKNOWN and quantity(value) is None:
                yield (
                    f"{list_name}.resources.{field}[{name}]",
                    str(value),
                    "quantities must match the regular expression",
                )
    if isinstance(requests, Mapping) and isinstance(limits, Mapping):
        for name in sorted(requests.keys() & limits.keys()):
            request, limit = quantity(requests[name]), quantity(limits[name])
            if request is not None and limit is not None and request > limit:
                yield (
                    f"{list_name}.resources.requests",
                    str(requests[name]),
                    f"must be less than or equal to {name} limit",
                )
