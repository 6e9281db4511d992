"""Selectors of namespaces that select every namespace, although they have terms.

Each namespace has the label kubernetes.io/metadata.name (Kubernetes, "Well-Known Labels, Annotations and Taints", as
known on 2026-11-28), so that it selects all; terms that only leave out select all others.
"""

from .kubernetes_objects import ObjectPart

_ON_EVERY_NAMESPACE = "kubernetes.io/metadata.name"
_LEAVING_OUT = ("NotIn", "DoesNotExist")


def selects_everything(selector: ObjectPart) -> bool:
    """Returns whether a label selector of namespaces, which is there, selects all of them, or all but some."""
    if selector.child("matchLabels").data:
        return False
    terms = list(selector.children("matchExpressions"))
    return all(
        term.get("operator") in _LEAVING_OUT
        or (term.get("operator") == "Exists" and term.get("key") == _ON_EVERY_NAMESPACE)
        for term in terms
    )
