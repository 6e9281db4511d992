"""Namespaces that are no team's own, by their names."""

import re

from .webhooks import is_of_platform

CONTROLLER_NAMESPACES = re.compile(r"kube-.*|.*-system|argo-?cd|kyverno|velero|karpenter|crossplane|gatekeeper")
"""Namespaces of the cluster itself and of controllers that act in all others: none is a team's own."""
_SHARED = re.compile(
    r"(?:.*-)?(?:ambient|common|databases?|dns|edge|egress|gateways?|infra|infrastructure|ingress|ingress-nginx|istio|mesh"
    r"|networking?|platform|proxy|roots?|security|shared|traefik|waypoints?)(?:-.*)?"
)
"""Namespaces of what a platform has for every team, by their names."""


def is_shared(namespace: str) -> bool:
    """Returns whether a namespace is one of the platform or of controllers, by its name."""
    known = (CONTROLLER_NAMESPACES, _SHARED)
    return is_of_platform(namespace) or any(pattern.fullmatch(namespace) for pattern in known)
