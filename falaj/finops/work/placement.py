"""On which nodes a pod may run: its node selector, its required node affinity, and the taints that it tolerates."""

from collections.abc import Callable, Collection, Iterable, Mapping, Set
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
        return self._is_met(labels, lambda outcomes: True in outcomes) and self._tolerates_all_of(taints)

    def always_allows(self, labels: Labels, taints: Iterable[Taint]) -> bool:
        """Returns whether the pod may run on each of the nodes that have these labels and taints."""
        return self._is_met(labels, lambda outcomes: False not in outcomes) and self._tolerates_all_of(taints)

    def _is_met(self, labels: Labels, is_met: Callable[[Set[bool]], bool]) -> bool:
        """Returns whether the conditions are met by labels; `is_met` decides by the possible outcomes of each."""
        selected = (_outcomes(labels, key, "In", [value]) for key, value in self.selector.items())
        if not all(map(is_met, selected)):
            return False
        return not self.terms or any(all(is_met(_of_expression(labels, each)) for each in term) for term in self.terms)

    def _tolerates_all_of(self, taints: Iterable[Taint]) -> bool:
        return self.tolerates_all or all(self._tolerates(taint) for taint in taints if taint.effect in _REPELS)

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


def _of_expression(labels: Labels, expression: Mapping[str, Any]) -> Set[bool]:
    key, operator = get_str(expression, "key"), get_str(expression, "operator")
    return _outcomes(labels, key, operator, get_str_list(expression, "values"))


def _outcomes(labels: Labels, key: str, operator: str, values: Collection[str]) -> Set[bool]:
    """Returns whether nodes with these labels meet a condition: both if it depends on the value that a node has."""
    has = labels.get(key)
    if has:
        return {_holds(value, operator, values) for value in has} if operator in _OF_VALUES else _EITHER
    if not _is_set_at_start(labels, key):
        return {_holds(None, operator, values)}
    if operator in _OF_PRESENCE or key.rpartition("/")[2] == "region":  # all nodes of a plan's site are in its region
        return {operator != "DoesNotExist"}
    return _EITHER


_EITHER: Set[bool] = frozenset((True, False))
_OF_PRESENCE = ("Exists", "DoesNotExist")
_OF_VALUES = ("In", "NotIn", *_OF_PRESENCE)
"""Operators other than `Gt` and `Lt`, which compare numbers that no pool states."""


def _holds(value: str | None, operator: str, values: Collection[str]) -> bool:
    """Returns whether one value of a label, or its absence, meets a condition."""
    match operator:
        case "In":
            return value in values
        case "NotIn":
            return value not in values
        case "DoesNotExist":
            return value is None
        case _:
            return value is not None


def _is_set_at_start(labels: Labels, key: str) -> bool:
    """Returns whether nodes get a label with a value that is not known before they start."""
    return key.rpartition("/")[2] in _OF_THE_PLACE or (key.startswith(_OF_GPUS) and GPU_PRESENT in labels)


def _tolerated(taint: Taint, toleration: Mapping[str, Any]) -> bool:
    key, effect = get_str(toleration, "key"), get_str(toleration, "effect")
    if effect and effect.replace("_", "").lower() != taint.effect.replace("_", "").lower():
        return False
    if get_str(toleration, "operator", default="Equal") == "Exists":
        return key in ("", taint.key)
    return key == taint.key and (get_path(toleration, "value") or "") == taint.value
