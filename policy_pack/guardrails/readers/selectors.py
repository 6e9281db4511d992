"""Selectors of namespaces that select every namespace, although they have terms.

Each namespace has the label kubernetes.io/metadata.name (Kubernetes, "Well-Known Labels, Annotations and Taints", as
known on 2026-11-28), so that it selects all; terms that only leave out select all others.
"""

from ..engine.reading import UNKNOWN
from .kubernetes_objects import ObjectPart

_ON_EVERYTHING = frozenset({
    "kubernetes.io/metadata.name", "io.kubernetes.pod.namespace", "k8s:io.kubernetes.pod.namespace",
    "any:io.kubernetes.pod.namespace",
})  # fmt: skip
"""Labels of every namespace, and of every pod in Cilium ("Identity-Relevant Labels", as known on 2026-11-28)."""
_LEAVING_OUT = ("NotIn", "DoesNotExist")


def selects_everything(selector: ObjectPart) -> bool:
    """Returns whether a label selector of namespaces, or of pods in Cilium, selects all of them, or all but some."""
    if UNKNOWN in (selector.get("matchLabels"), selector.get("matchExpressions")):
        return False  # evaluated again at deployment
    if selector.child("matchLabels").data:
        return False
    terms = list(selector.children("matchExpressions"))
    return all(
        term.get("operator") in _LEAVING_OUT or (term.get("operator") == "Exists" and term.get("key") in _ON_EVERYTHING)
        for term in terms
    )
