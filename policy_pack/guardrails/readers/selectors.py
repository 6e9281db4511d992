"""Selectors of namespaces that select every namespace, although they have terms.

Each namespace has the label kubernetes.io/metadata.name (kubernetes/website 00a7fc2, labels-annotations-taints, read
2026-11-30), so that it selects all; terms that only leave out select all others.
"""

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain
from .kubernetes_objects import ObjectPart

_SOURCES = lazy_regex(r"(?:k8s|any)[:.]")
_OF_THE_CLUSTER = "io.cilium.k8s.policy.cluster"
"""Label of every pod of a cluster of Cilium, with the cluster's name."""
_ON_EVERYTHING = frozenset({
    "kubernetes.io/metadata.name", "io.kubernetes.pod.namespace", "io.cilium.k8s.policy.serviceaccount",
    "io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name", _OF_THE_CLUSTER,
})  # fmt: skip
"""Labels of every namespace, and of every pod in Cilium, there with their source (cilium/cilium 019c1234,
identity-relevant-labels.rst, read 2026-11-29; `io.cilium.k8s.policy.cluster` is always the name of the cluster, found
as a string that day; the label of a service account: cilium/cilium 001c2df pkg/k8s/labels.go, read 2026-11-30)."""
_LEAVING_OUT = ("NotIn", "DoesNotExist")


def selects_everything(selector: ObjectPart) -> bool:
    """Returns whether a label selector of namespaces, or of pods in Cilium, selects all of them, or all but some."""
    if UNKNOWN in (selector.get("matchLabels"), selector.get("matchExpressions")):
        return False  # evaluated again at deployment
    if any(_label(key) != _OF_THE_CLUSTER for key in selector.child("matchLabels").data):
        return False
    return all(_leaves_all(term) for term in selector.children("matchExpressions") if term.data)


def _label(key: Plain) -> str:
    """Returns the name of a label without the source that Cilium writes before it."""
    return _SOURCES.sub("", str(key), count=1) if _SOURCES.match(str(key)) else str(key)


def _leaves_all(term: ObjectPart) -> bool:
    operator, key = term.get("operator"), _label(term.get("key"))
    is_of_all = operator == "Exists" and key in _ON_EVERYTHING
    return operator in _LEAVING_OUT or is_of_all or (operator == "In" and key == _OF_THE_CLUSTER)
