"""Pods that must not share a node: required pod anti-affinity by host name."""

from collections.abc import Mapping
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_str, get_str_list

HOST = "kubernetes.io/hostname"

Selector = Mapping[str, Any]


def apart_from(pod: Mapping[str, Any]) -> tuple[Selector, ...]:
    """Returns the label selectors of the pods with which a pod must not share a node."""
    required = get_list(pod, "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    return tuple(get_dict(term, "labelSelector") for term in required if get_str(term, "topologyKey") == HOST)


def selects(selector: Selector, labels: Mapping[str, str]) -> bool:
    """Returns whether a label selector selects pods with these labels."""
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
