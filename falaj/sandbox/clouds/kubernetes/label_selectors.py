"""Label selectors and required node affinity (apimachinery, pkg/apis/meta/v1, LabelSelector; core/v1, NodeSelector)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

_OPERATORS: Mapping[str, Callable[[str | None, Sequence[str]], bool]] = {
    "In": lambda value, values: value in values,
    "NotIn": lambda value, values: value not in values,
    "Exists": lambda value, values: value is not None,
    "DoesNotExist": lambda value, values: value is None,
    "Gt": lambda value, values: value is not None and int(value) > int(values[0]),
    "Lt": lambda value, values: value is not None and int(value) < int(values[0]),
}


def labels_match(selector: Json, labels: Mapping[str, str]) -> bool:
    """Returns whether an object with these labels matches a LabelSelector; an empty one matches all objects."""
    wanted = get_path(selector, "matchLabels")
    equal = wanted.items() if isinstance(wanted, Mapping) else ()
    return all(labels.get(key) == value for key, value in equal) and all(
        _holds(expression, labels) for expression in get_all(selector, "matchExpressions[*]")
    )


def node_matches(pod_spec: Json, labels: Mapping[str, str], keys: frozenset[str]) -> bool:
    """Returns whether a node with these labels matches the node selector and the required affinity of a pod.

    Only labels with one of these keys count. Terms of an affinity are alternatives.
    """
    selector = get_path(pod_spec, "nodeSelector")
    wanted = selector.items() if isinstance(selector, Mapping) else ()
    required = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[*]"
    terms = [
        [expression for expression in get_all(term, "matchExpressions[*]") if get_str(expression, "key") in keys]
        for term in get_all(pod_spec, required)
    ]
    return all(labels.get(key) == value for key, value in wanted if key in keys) and (
        not terms or any(all(_holds(expression, labels) for expression in term) for term in terms)
    )


def _holds(expression: Json, labels: Mapping[str, str]) -> bool:
    values = [str(value) for value in get_all(expression, "values[*]")]
    return _OPERATORS[get_str(expression, "operator")](labels.get(get_str(expression, "key")), values)
