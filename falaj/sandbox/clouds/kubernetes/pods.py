"""What the API server refuses of pods, and of whatever makes pods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_all, get_path, get_str

_TEMPLATE, _ALWAYS, _ENDS = "spec.template.spec", ("Always", ""), ("OnFailure", "Never")

MAKERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Pod": ("spec", ("Always", "OnFailure", "Never", "")),
    "Deployment": (_TEMPLATE, _ALWAYS),
    "StatefulSet": (_TEMPLATE, _ALWAYS),
    "DaemonSet": (_TEMPLATE, _ALWAYS),
    "ReplicaSet": (_TEMPLATE, _ALWAYS),
    "Job": (_TEMPLATE, _ENDS),
    "CronJob": ("spec.jobTemplate.spec.template.spec", _ENDS),
}
"""Kind -> where its pod is described, and what may become of a container that ended."""

_AMOUNT = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?")
_POWERS = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}


def amount(value: Json) -> Decimal | None:
    """What a quantity of Kubernetes amounts to; None for what is none."""
    found = _AMOUNT.fullmatch(str(value))
    if not found:
        return None
    number, unit = Decimal(found[1]), found[2] or ""
    if unit.endswith("i"):
        return number * Decimal(1024) ** ("KMGTPE".index(unit[0]) + 1)
    return number.scaleb(_POWERS[unit] if unit in _POWERS else int(unit[1:] or 0))


def pods_valid(op: Operation) -> str | None:
    """Containers with images and amounts that make sense, and a way to end that fits who made the pod."""
    kind = group_and_kind(op.token)[1]
    if kind not in MAKERS or op.variables["custom"] == "yes" or op.token.endswith("Patch"):
        return None
    path, restarts = MAKERS[kind]
    for field, value, problem in _problems(get_path(op.inputs, path), restarts):
        return invalid(op, f"{path}.{field}", value, problem)
    return None


def _problems(spec: Json, restarts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    if spec is UNKNOWN:
        return
    restart = get_path(spec, "restartPolicy")
    if restart is not UNKNOWN and get_str(spec, "restartPolicy") not in restarts:
        known = ", ".join(word for word in restarts if word)
        yield "restartPolicy", get_str(spec, "restartPolicy"), f"supported values: {known}"
    containers = get_path(spec, "containers")
    if containers is not UNKNOWN and not containers:
        yield "containers", "", "Required value"
    for part in ("containers", "initContainers"):
        for one in get_all(spec, f"{part}[*]"):
            if get_path(one, "image") is None or get_path(one, "image") == "":
                yield f"{part}.image", "", "Required value"
            yield from _amounts(one, part)


def _amounts(container: Json, part: str) -> Iterator[tuple[str, str, str]]:
    wanted, most = (get_path(container, f"resources.{which}") for which in ("requests", "limits"))
    for which, amounts in (("requests", wanted), ("limits", most)):
        for name, value in amounts.items() if isinstance(amounts, Mapping) else ():
            if value is not UNKNOWN and amount(value) is None:
                yield f"{part}.resources.{which}[{name}]", str(value), "quantities must match the regular expression"
    if isinstance(wanted, Mapping) and isinstance(most, Mapping):
        for name in wanted.keys() & most.keys():
            one, other = amount(wanted[name]), amount(most[name])
            if one is not None and other is not None and one > other:
                yield f"{part}.resources.requests", str(wanted[name]), f"must be less than or equal to {name} limit"
