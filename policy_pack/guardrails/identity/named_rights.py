"""Permissions on objects by their names that are as strong as those on all: names of administrators, of what decides
who signs in, and of what refuses objects.

Kubernetes, "User Impersonation" and "Using RBAC Authorization" (restrictions on the creation of bindings; controllers'
accounts are in kube-system and have the name of their role: bootstrappolicy/controller_policy.go at 003e3121, read
2026-11-28); names of the maps and secrets of kubeadm (kubernetes/kubernetes v1.36.3 cmd/kubeadm/app/constants), Istio
(86c9f01f pilot/pkg/bootstrap/istio_ca.go) and Argo CD (37ee0097 manifests/base/config, util/settings/settings.go), read
2026-11-29; of Sealed Secrets by its option `key-prefix`; of EKS (`aws-auth`) by aws/
karpenter-provider-aws 1d927085 website/content/en/docs/getting-started/migrating-from-cas, read 2026-11-29.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from falaj.facts.predefined_roles import kubernetes_roles

from ..engine.lazy_regex import lazy_regex
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES

_CONTROLLER_ROLES = "system:controller:"
_IN_A_TEAM = frozenset({"admin", "edit"})
"""Broad roles that are bound in a team's namespace."""

DEFAULT_ROLES = lazy_regex(
    r"admin|cluster-admin|edit|view|system:(?:aggregate-to-.*|auth-delegator|basic-user|certificates\.k8s\.io:.*"
    r"|controller:.*|discovery|heapster|kube-(?:aggregator|controller-manager|dns|scheduler)|kubelet-api-admin"
    r"|monitoring|node(?:-bootstrapper|-problem-detector|-proxier)?|persistent-volume-provisioner|public-info-viewer"
    r"|service-account-issuer-discovery|volume-scheduler)"
)
"""Roles that Kubernetes creates and binds, some of them to everybody (kubernetes/kubernetes v1.36.3,
bootstrappolicy/testdata, read 2026-11-29). Programs have others whose names begin with `system:`."""
HARMLESS_DEFAULT_ROLES = lazy_regex(
    r"view|system:(?:aggregate-to-view|auth-delegator|basic-user|discovery|heapster|kube-(?:aggregator|dns)|monitoring"
    r"|node-proxier|public-info-viewer|service-account-issuer-discovery)"
)
"""Those of them that only read what is not secret, ask who somebody is, or write events."""
CONTROLLER_ROLES = lazy_regex(
    r"argo-(?:cluster-role|server-cluster-role|events-role|rollouts)|argocd-(?:application(?:set)?-controller|server)"
    r"|cert-manager-(?:cainjector|controller-.*)|(?:cluster-reconciler|crd-controller)(?:-flux-system)?"
    r"|cloudnative-pg|cnpg-manager|crossplane(?:-admin|-edit|-rbac-manager|:.*)?|external-secrets(?:-controller)?"
    r"|external-secrets-cert-controller"
    r"|gpu-operator|istio(?:d-(?:clusterrole|gateway-controller)|-reader-clusterrole)-.*|karpenter(?:-core)?"
    r"|keda-operator|kuberay-operator|kyverno:.*-controller(?::.*)?|metallb-system:(?:controller|speaker)"
    r"|prometheus-operator|reloader-reloader-role|secrets-unsealer|spark-operator-controller"
    r"|strimzi-cluster-operator-.*|tekton-pipelines-controller-.*|velero-perms|(?:.+-)?manager-role"
)
"""Roles of controllers, each of which reads secrets or starts programs in every namespace (their manifests, as fetched
on 2026-11-29: argoproj/argo-workflows f016ad89, cert-manager 2d0d7f7f, cloudnative-pg a95a534d, external-secrets
cc5bfbc2, NVIDIA/gpu-operator a22dbf67, istio 86c9f01f, aws/karpenter-provider-aws 1d927085, keda 8b4f083c, kuberay
feeaf72f, metallb 7938d3f8, prometheus-operator 6adcebc5, Reloader 655a2b38, sealed-secrets 86671a88, spark-operator
38082f33, strimzi 8541da1e, velero d30d389b, argo-cd 37ee0097, flux2 da2d22d3 (manifests/rbac), crossplane 2d040d2d,
kyverno 111e07bb, tektoncd/pipeline 3ee1745a)."""


OPEN_CONSTRAINTS = lazy_regex(
    r"anyuid|hostaccess|hostmount-anyuid(?:-v2)?|hostnetwork(?:-v2)?|node-exporter|privileged"
)
"""Security context constraints of OpenShift itself that let in pods which run as root or use their node; the others are
`restricted*` and `nonroot*` (Red Hat, "Security context constraints command reference", and
openshift/cluster-kube-apiserver-operator bindata/bootkube/scc-manifests, in excerpts; read 2026-12-01)."""
_ROLE_OF_CONSTRAINTS = "system:openshift:scc:"
"""Beginning of the names of ClusterRoles that OpenShift has for its constraints (as which `oc adm policy
add-scc-to-user` binds them: found in public repositories on 2026-12-01)."""


def opens_constraints(role: str) -> bool:
    """Returns whether a ClusterRole of OpenShift lets in pods that run as root or use their node."""
    name = role.removeprefix(_ROLE_OF_CONSTRAINTS)
    return name != role and OPEN_CONSTRAINTS.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class NamedRight:
    """Verbs on kinds that are as strong for some names as for all."""

    kinds: frozenset[str]
    """Kinds in the plural and lower case."""
    verbs: frozenset[str]
    """Verbs of which one is enough."""
    names: re.Pattern[str]
    """Names of objects, in lower case."""
    grants: str
    """What whoever has the permission gets, for the message."""
    in_controllers: bool = False
    """Whether the objects count only in the namespace of the system or of a controller."""


_CHANGES = frozenset({"update", "patch"})
_REMOVALS = _CHANGES | {"delete"}
_RIGHTS: tuple[NamedRight, ...] = (
    NamedRight(frozenset({"users", "groups"}), frozenset({"impersonate"}),
               lazy_regex(r"system:.*|(?:.*[-_:/@])?(?:cluster-?)?(?:admin(?:istrator)?|root|superuser)s?(?:[-_:/@].*)?"),
               "the rights of administrators"),
    NamedRight(frozenset({"signers"}), frozenset({"approve", "attest", "sign"}),
               lazy_regex(r"kubernetes\.io/(?:\*|kube-apiserver-client(?:-kubelet)?)"), "self-issued identities"),
    NamedRight(frozenset({"validatingwebhookconfigurations", "mutatingwebhookconfigurations"}), _REMOVALS,
               lazy_regex(r"(?:.*-)?(?:kyverno|gatekeeper|opa|connaisseur|datree|kubewarden|cosign|policy)(?:[-.].*)?"),
               "control of the webhooks of a policy engine"),
    NamedRight(frozenset({"clusterpolicies", "imagevalidatingpolicies", "validatingpolicies", "constrainttemplates"}),
               _REMOVALS, lazy_regex(r"(?:block|deny|disallow|enforce|forbid|prevent|require|restrict|verify)-.*"
                                     r"|(?:.*-)?(?:signed|signatures?|privileged|pod-security|psp)(?:-.*)?"),
               "control of policies of the whole cluster"),
    NamedRight(frozenset({"configmaps"}), _REMOVALS,
               lazy_regex(r"aws-auth|coredns(?:-custom)?|kube-proxy|kubeadm-config|kubelet-config.*|cluster-info"
                          r"|extension-apiserver-authentication|istio(?:-.*)?|kyverno"
                          r"|argocd-(?:cm|rbac-cm|cmd-params-cm|ssh-known-hosts-cm|tls-certs-cm)"),
               "changes of what decides who signs in, which host a name is, or what is refused", in_controllers=True),
    NamedRight(frozenset({"secrets"}), frozenset({"get", "list", "watch", "update", "patch", "*"}),
               lazy_regex(r"argocd-(?:initial-admin-secret|secret)|bootstrap-token-.*|sealed-secrets-key.*|cacerts"
                          r"|istio-ca-secret|(?:open)?(?:vault|bao)-(?:unseal|root|init|recovery)[\w-]*"),
               "a secret with which its holder is an administrator or an authority", in_controllers=True),
    NamedRight(frozenset({"securitycontextconstraints"}), frozenset({"use"}), OPEN_CONSTRAINTS,
               "pods that run as root, or with directories, the network or every right of their node"),
)  # fmt: skip


_NAMES_OF_SETTINGS = lazy_regex(r"argo-?cd|istio-system|kyverno")
"""Namespaces with a map of `_RIGHTS`, which whoever changes all maps changes too: that of users of Argo CD, of the mesh
of Istio, of the policies of Kyverno."""


def is_of_components(role: str) -> bool:
    """Returns whether a role is one that Kubernetes creates, and does more than read what is not secret."""
    return DEFAULT_ROLES.fullmatch(role) is not None and HARMLESS_DEFAULT_ROLES.fullmatch(role) is None


def granted_by_name(
    *,
    kinds: frozenset[str],
    verbs: frozenset[str],
    names: frozenset[str],
    is_named: bool,
    in_cluster: bool,
    namespace: object,
) -> Iterator[str]:
    """Yields what a rule of a role grants on named objects, or on all (`is_named`) among which are such ones.
    `in_cluster`: whether the role is of every namespace; `namespace`: that of the role otherwise."""
    in_controllers = in_cluster or (
        isinstance(namespace, str) and CONTROLLER_NAMESPACES.fullmatch(namespace) is not None
    )
    broad = {name for name in names - _IN_A_TEAM if is_of_components(name) or CONTROLLER_ROLES.fullmatch(name)}
    if broad and "bind" in verbs and kinds & {"clusterroles", "roles"}:
        yield f"whoever has it the role {sorted(broad)[0]}"
    accounts = (
        names if verbs & {"create", "impersonate"} and kinds & {"serviceaccounts", "serviceaccounts/token"} else ()
    )
    for role in (role for name in accounts if in_controllers and (role := controller_role(name))):
        yield f"the rights of a controller of Kubernetes, {role}"
    for right in _RIGHTS:
        is_one = any(map(right.names.fullmatch, names))
        if is_one and kinds & right.kinds and verbs & right.verbs and (in_controllers or not right.in_controllers):
            yield right.grants
    has_settings = isinstance(namespace, str) and _NAMES_OF_SETTINGS.fullmatch(namespace) is not None
    if has_settings and not is_named and "configmaps" in kinds and verbs & (_REMOVALS | {"deletecollection"}):
        yield "changes of every map of settings, also of those that decide who signs in or what is refused"


def controller_role(account: object) -> str:
    """Returns the broad role of an account of kube-system that a controller of Kubernetes itself has; empty if it is
    none."""
    role = f"{_CONTROLLER_ROLES}{account}"
    return role if role in kubernetes_roles() else ""
