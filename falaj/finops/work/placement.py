"""On which nodes a pod may run: its node selector, its required node affinity, and the taints that it tolerates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_path, get_str, get_str_list

Labels = Mapping[str, frozenset[str]]
"""Label of a node -> the values that it may have."""

Precedence = tuple[int, str]
"""Weight and name of a NodePool of Karpenter, which starts nodes of the one with the highest first."""

CAPACITY_KEY = "karpenter.sh/capacity-type"
MIG_CONFIG = "nvidia.com/mig.config"
"""Label with the profile into which NVIDIA's MIG manager splits the GPUs of a node (GPU Operator, MIG; 2026-11-27)."""

_OF_THE_PLACE = ("hostname", "region", "zone", "zone-id")
"""Last parts of the labels whose value a node gets when it starts, in every cloud and by every storage driver. A
condition on them can be met by some node of a pool."""
GPU_PRESENT, _OF_GPUS = "nvidia.com/gpu.present", "nvidia.com/gpu."
"""Label of nodes with NVIDIA's GPUs, and the beginning of those whose values the driver states when a node starts, such
as product and memory (NVIDIA, GPU feature discovery, generated labels; read 2026-11-27).
"""
_REPELS = ("NoSchedule", "NO_SCHEDULE", "NoExecute", "NO_EXECUTE")


@dataclass(frozen=True, slots=True)
class Taint:
    """A taint of a pool's nodes that keeps pods off which do not tolerate it."""

    key: str
    value: str = ""
    effect: str = "NoSchedule"


@dataclass(frozen=True, slots=True)
class Placement:
    """The conditions of a pod on its node. `terms` are alternatives, of which each has all its conditions met."""

    selector: Mapping[str, str] = field(default_factory=dict[str, str])
    terms: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    tolerations: tuple[Mapping[str, Any], ...] = ()
    tolerates_all: bool = False
    key: str = ""
    """The same for all pods with equal conditions."""

    def allows(self, labels: Labels, taints: Iterable[Taint]) -> bool:
        """Returns whether the pod may run on a node with these labels and taints."""
        if not all(_may_be(labels, key, [value]) for key, value in self.selector.items()):
            return False
        if self.terms and not any(all(_meets(labels, each) for each in term) for term in self.terms):
            return False
        return self.tolerates_all or all(self._tolerates(taint) for taint in taints if taint.effect in _REPELS)

    def always_allows(self, labels: Labels, taints: Iterable[Taint]) -> bool:
        """Returns whether the pod may run on each of the nodes that have these labels and taints."""
        if not all(_always(labels, key, "In", [value]) for key, value in self.selector.items()):
            return False
        if self.terms and not any(all(_always_meets(labels, each) for each in term) for term in self.terms):
            return False
        return self.allows(labels, taints)

    def _tolerates(self, taint: Taint) -> bool:
        return any(_tolerated(taint, toleration) for toleration in self.tolerations)


def placement_of(pod: Mapping[str, Any]) -> Placement:
    """Returns the conditions of a pod's specification."""
    required = get_dict(pod, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    selector = {key: value for key, value in get_dict(pod, "nodeSelector").items() if isinstance(value, str)}
    terms = tuple(tuple(get_list(term, "matchExpressions")) for term in get_list(required, "nodeSelectorTerms"))
    tolerations = tuple(get_list(pod, "tolerations"))
    return Placement(selector, terms, tolerations, key=repr((selector, terms, tolerations)))


def taint_of(text: str) -> Taint:
    """Returns a taint that is written as `key=value:effect`."""
    pair, _, effect = text.rpartition(":")
    key, _, value = pair.partition("=")
    return Taint(key, value, effect)


def taints(rows: Iterable[object]) -> tuple[Taint, ...]:
    """Returns taints that are objects with `key`, `value` and `effect`."""
    return tuple(
        Taint(get_str(row, "key"), get_str(row, "value"), get_str(row, "effect", default="NoSchedule")) for row in rows
    )


def one_value_each(labels: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Returns labels of which each has its one value on all nodes of a pool."""
    return {key: (value,) for key, value in labels.items() if isinstance(value, str)}


def _may_be(labels: Labels, key: str, values: Iterable[str]) -> bool:
    return _has_any_value(labels, key) or not labels.get(key, frozenset()).isdisjoint(values)


def _has_any_value(labels: Labels, key: str) -> bool:
    """Returns whether nodes get a label with a value that is not known before they start."""
    if key.rpartition("/")[2] in _OF_THE_PLACE:
        return True
    return key.startswith(_OF_GPUS) and key not in labels and GPU_PRESENT in labels


def _meets(labels: Labels, expression: Mapping[str, Any]) -> bool:
    key, operator, values = (
        get_str(expression, "key"),
        get_str(expression, "operator"),
        get_str_list(expression, "values"),
    )
    if _has_any_value(labels, key):
        return operator != "DoesNotExist"
    has = labels.get(key, frozenset())
    match operator:
        case "In":
            return not has.isdisjoint(values)
        case "NotIn":
            return not has or bool(has.difference(values))
        case "Exists":
            return bool(has)
        case "DoesNotExist":
            return not has
        case _:
            # `Gt` and `Lt` compare numbers that no pool states.
            return bool(has)


def _always_meets(labels: Labels, expression: Mapping[str, Any]) -> bool:
    key, operator = get_str(expression, "key"), get_str(expression, "operator")
    return _always(labels, key, operator, get_str_list(expression, "values"))


def _always(labels: Labels, key: str, operator: str, values: Iterable[str]) -> bool:
    """Returns whether each node meets a condition, whichever value of the label it has."""
    has, part = labels.get(key, frozenset()), key.rpartition("/")[2]
    if not has and part in _OF_THE_PLACE:
        return operator == "Exists" or part == "region"
    match operator:
        case "In":
            return bool(has) and has <= set(values)
        case "NotIn":
            return has.isdisjoint(values)
        case "Exists":
            return bool(has)
        case "DoesNotExist":
            return not has
        case _:
            return False


def _tolerated(taint: Taint, toleration: Mapping[str, Any]) -> bool:
    key, effect = get_str(toleration, "key"), get_str(toleration, "effect")
    if effect and effect.replace("_", "").lower() != taint.effect.replace("_", "").lower():
        return False
    if get_str(toleration, "operator", default="Equal") == "Exists":
        return key in ("", taint.key)
    return key == taint.key and (get_path(toleration, "value") or "") == taint.value
