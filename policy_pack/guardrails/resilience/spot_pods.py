"""Pods that can be drained when a spot node is reclaimed."""

from collections.abc import Iterator

from falaj.facts.labels import CAPACITY_LABEL, PROFILE_LABEL

from ..engine.families import resilience_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, Pod, each_pod

_DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt"
_ACTIVE = lazy_regex(r"true|([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h))+")
"""Values with which Karpenter does not evict a pod (sigs.k8s.io/karpenter v1.15.0, pkg/utils/pod/scheduling.go)."""

_NEVER_SPOT: dict[str, frozenset[str]] = {
    "karpenter.sh/capacity-type": frozenset({"on-demand", "reserved"}),
    CAPACITY_LABEL: frozenset({"on-demand", "reserved", "capacity-block"}),
    PROFILE_LABEL: frozenset({"system"}),
}
"""Label of nodes -> values that no spot node has."""


def _excludes_spot(label: str, value: Plain) -> bool:
    """Returns whether no spot node has this value of the label."""
    return isinstance(value, str) and value in _NEVER_SPOT.get(label, ())


def _is_never_spot(expression: ObjectPart) -> bool:
    """Returns whether an expression of a node affinity excludes every spot node of Karpenter."""
    key, operator, values = (expression.get(name) for name in ("key", "operator", "values"))
    if not isinstance(key, str) or not isinstance(values, list):
        return False
    if operator == "In":
        return bool(values) and all(_excludes_spot(key, value) for value in values)
    return operator == "NotIn" and key == "karpenter.sh/capacity-type" and "spot" in values


def _is_kept_off_spot(spec: ObjectPart) -> bool:
    """Returns whether the pod's node selector, or each alternative of its required node affinity, excludes spot."""
    selector: dict[str, Plain] = spec.child("nodeSelector").data
    if any(_excludes_spot(label, selector.get(label)) for label in _NEVER_SPOT):
        return True
    required = spec.child("affinity").child("nodeAffinity").child("requiredDuringSchedulingIgnoredDuringExecution")
    terms = list(required.children("nodeSelectorTerms"))
    return bool(terms) and all(
        any(_is_never_spot(expression) for expression in term.children("matchExpressions")) for term in terms
    )


def _check_eviction(pod: Pod) -> Iterator[Outcome]:
    annotations = pod.metadata.child("annotations")
    value = annotations.get(_DO_NOT_DISRUPT)
    if value is UNKNOWN or not isinstance(value, str) or not _ACTIVE.fullmatch(value):
        return
    path = annotations.path_to(f'["{_DO_NOT_DISRUPT}"]')
    yield (
        passed()
        if _is_kept_off_spot(pod.spec)
        else failed(f'{_DO_NOT_DISRUPT} is "{value}", and the pod may run on a spot node', path)
    )


SPOT_PODS: tuple[Guardrail, ...] = (
    resilience_rule(304, Severity.MEDIUM, "Pods that may run on spot nodes do not forbid their eviction",
                    "after the notice of an interruption Karpenter does not evict them, so they are killed with their "
                    "node two minutes later and cannot save their work",
                    "Remove the annotation karpenter.sh/do-not-disrupt, or require on-demand nodes by a node selector "
                    "or a required node affinity on karpenter.sh/capacity-type",
                    predicate=each_pod(_check_eviction), types=KUBERNETES_TYPES),
)  # fmt: skip
