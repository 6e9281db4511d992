"""Namespaces that are no team's own, by their names."""

from ..engine.lazy_regex import lazy_regex
from .webhooks import is_of_platform

CONTROLLER_NAMESPACES = lazy_regex(r"kube-.*|.*-system|argo-?cd|kyverno|velero|karpenter|crossplane|gatekeeper")
"""Namespaces of the cluster itself and of controllers that act in all others: none is a team's own."""
DEFAULT_ACCOUNT = lazy_regex(r"system:serviceaccount:[^:]{1,253}:default")
"""Name as a user, and subject in a token, of a pod that names no service account (Kubernetes, "Authenticating", service
account tokens)."""
_OF_PROJECTS = lazy_regex(
    r"openshift-.*|aks-command|arc-systems|azure-arc|cloudnative-pg|grafana|harbor|ingress-nginx|kafka|kuberay|logging"
    r"|loki|metrics-server|minio|mimir|node-feature-discovery|opentelemetry|rook-ceph|strimzi|tekton-pipelines|tempo"
    r"|thanos|traefik"
)
"""Namespaces in which projects' manifests and charts install what a platform has (among them arc-systems of GitHub's
Actions Runner Controller), those of OpenShift, which lets only administrators create them, of AKS, for the pods of
`az aks command invoke`, and of Azure Arc (MicrosoftDocs/azure-management-docs); all found in public repositories, read
2026-11-30."""
_SHARED = lazy_regex(
    r"(?:.*-)?(?:ambient|common|databases?|dns|edge|egress|gateways?|infra|infrastructure|ingress|ingress-nginx|istio"
    r"|mesh"
    r"|networking?|platform|proxy|roots?|security|shared|traefik|waypoints?)(?:-.*)?"
)
"""Namespaces of what a platform has for every team, by their names."""


def is_of_controllers(namespace: str) -> bool:
    """Returns whether a namespace is, by its whole name, one of controllers, of operators or of the cluster itself."""
    known = (CONTROLLER_NAMESPACES, _OF_PROJECTS)
    return is_of_platform(namespace) or any(pattern.fullmatch(namespace) for pattern in known)


def is_shared(namespace: str) -> bool:
    """Returns whether a namespace is one of the platform or of controllers, by its name."""
    return is_of_controllers(namespace) or _SHARED.fullmatch(namespace) is not None
