"""Pods that must not share a node: required pod anti-affinity by host name or zone, and required spread over hosts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, get_str_list

HOST = "kubernetes.io/hostname"
_TOPOLOGY = ("topology.kubernetes.io", "failure-domain.beta.kubernetes.io")
ZONES = tuple(f"{prefix}/zone" for prefix in _TOPOLOGY)
_REGIONS = tuple(f"{prefix}/region" for prefix in _TOPOLOGY)
_OF_ONE_VALUE = (HOST, *ZONES, *_REGIONS)
"""Labels that the cloud sets on each node, so that pods with different values of them are on different nodes."""
_NAMESPACE_NAME = "kubernetes.io/metadata.name"
"""Label that the API server sets on each namespace."""

Selector = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace with its labels."""

    name: str = "default"
    labels: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Others:
    """Pods with which a pod must not share a node: by label, in namespaces by name or by label."""

    selector: Selector
    namespaces: frozenset[str]
    namespace_selector: Selector | None = None

    def include(self, labels: Mapping[str, str], namespace: Namespace) -> bool:
        """Returns whether a pod with these labels in that namespace is one of them."""
        return selects(self.selector, labels) and (
            namespace.name in self.namespaces
            or (
                self.namespace_selector is not None
                and selects(self.namespace_selector, {**namespace.labels, _NAMESPACE_NAME: namespace.name})
            )
        )


def apart_from(pod: Mapping[str, Any], labels: Mapping[str, str], namespace: str) -> tuple[Others, ...]:
    """Returns the pods with which a pod of a namespace must not share a node.

    Without namespaces and without a selector of them, a term is about the pod's own namespace; an empty selector
    selects all. A term without a label selector is about no pod (core/v1, PodAffinityTerm; 2026-11-27).
    """
    required = get_list(pod, "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    return tuple(_others(term, labels, namespace) for term in required if _keeps_apart(term))


def _keeps_apart(term: object) -> bool:
    return get_str(term, "topologyKey") in _OF_ONE_VALUE and isinstance(get_path(term, "labelSelector"), Mapping)


def _selector(term: object, labels: Mapping[str, str]) -> Selector:
    """Returns the selector of a term with its label keys, whose values are those of the pod (kubernetes v1.36.3,
    pkg/registry/core/pod/strategy.go, applyMatchLabelKeysAndMismatchLabelKeys)."""
    selector = get_dict(term, "labelSelector")
    by_key = [
        {"key": key, "operator": operator, "values": [labels[key]]}
        for operator, keys in (("In", "matchLabelKeys"), ("NotIn", "mismatchLabelKeys"))
        for key in get_str_list(term, keys)
        if key in labels
    ]
    return {**selector, "matchExpressions": [*get_list(selector, "matchExpressions"), *by_key]} if by_key else selector


def _others(term: object, labels: Mapping[str, str], namespace: str) -> Others:
    of_namespaces = get_path(term, "namespaceSelector")
    selector = of_namespaces if isinstance(of_namespaces, Mapping) else None
    named = frozenset(get_str_list(term, "namespaces"))
    own = frozenset({namespace}) if not named and selector is None else named
    return Others(_selector(term, labels), own, selector)


def alone_in(pod: Mapping[str, Any], labels: Mapping[str, str]) -> str | None:
    """Returns `zone` or `region` if no two of these pods may be in the same one; None if they may."""
    required = get_list(pod, "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    keys = {
        get_str(term, "topologyKey")
        for term in required
        if _keeps_apart(term) and selects(_selector(term, labels), labels)
    }
    if not keys.isdisjoint(_REGIONS):
        return "region"
    return None if keys.isdisjoint(ZONES) else "zone"


def spread_over(pod: Mapping[str, Any], labels: Mapping[str, str], keys: Collection[str]) -> int | None:
    """Returns by how many a host, or a zone, may have more of these pods than another; None if they need not be spread.
    `keys` are the labels of hosts or of zones.
    """
    skews = [
        int(get_number(get_path(row, "maxSkew"), 1))
        for row in get_list(pod, "topologySpreadConstraints")
        if get_str(row, "topologyKey") in keys
        and get_str(row, "whenUnsatisfiable", default="DoNotSchedule") == "DoNotSchedule"
        and isinstance(get_path(row, "labelSelector"), Mapping)
        and selects(get_dict(row, "labelSelector"), labels)
    ]
    return max(1, min(skews)) if skews else None


def selects(selector: Selector, labels: Mapping[str, str]) -> bool:
    """Returns whether a label selector selects what has these labels."""
    wanted = get_dict(selector, "matchLabels")
    return all(labels.get(key) == value for key, value in wanted.items()) and all(
        _holds(expression, labels) for expression in get_list(selector, "matchExpressions")
    )


def _holds(expression: object, labels: Mapping[str, str]) -> bool:
    key, values = get_str(expression, "key"), get_str_list(expression, "values")
    match get_str(expression, "operator"):
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case _:
            return key not in labels
