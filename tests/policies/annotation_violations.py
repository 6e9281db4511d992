"""Values that rows with an expression refuse, for annotations and namespaces of Kubernetes objects."""

from collections.abc import Mapping

REFLECTOR = "*.annotations.reflector.v1.k8s.emberstack.com/reflection"
VIOLATIONS: Mapping[str, str] = {
    "*.annotations.config.linkerd.io/proxy-uid": "0",
    "*.annotations.vault.hashicorp.com/agent-run-as-user": "0",
    "*.annotations.vault.security.banzaicloud.io/run-as-user": "0",
    f"{REFLECTOR}-allowed-namespaces": "team-a,.*",
    f"{REFLECTOR}-auto-namespaces": "team-a,.*",
    "metadata.annotations.workflows.argoproj.io/rbac-rule": "true",
    "metadata.namespace": "payments",
    "metadata.annotations.eks.amazonaws.com/token-expiration": "31536000",
}
