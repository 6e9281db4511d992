"""Conditions that confine the rights over access entries of EKS: which of the keys of IAM do, and which do not.

Service Authorization Reference, Amazon EKS (a copy, found as a string: `AssociateAccessPolicy` has `eks:policyArn`,
`eks:accessScope`, `eks:namespaces`, and keys of the entry); Amazon EKS User Guide, "Review access policy permissions"
(a policy of the cluster for each scope; those of viewing are like the role `view`, which reads no secrets); botocore
1.44.8, eks, CreateAccessEntryRequest (`type`: entries of nodes get the rights of nodes, and neither groups nor a name)
and AccessScope (`namespaces` are there if the scope is `namespace`); read 2026-11-30. `sso:CreateAccountAssignment` has
no key of its own: only the permission sets and accounts that its resources name limit it.

`eks:principalArn`, `eks:clusterName` and tags say who gets rights, or where, and not which: they confine nothing here.
"""

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from ..engine.lazy_regex import lazy_regex
from ..readers.iam_conditions import StatementCondition, as_text
from ..readers.shared_namespaces import is_of_controllers

_ASSOCIATES, _ENTERS = "eks:associateaccesspolicy", frozenset({"eks:createaccessentry", "eks:updateaccessentry"})
_OF_EACH = lazy_regex(r"forallvalues:string(?:equals(?:ignorecase)?|like)", re.IGNORECASE)
"""Operators by which each of several values must be one of those listed; a request without the key matches."""
_OF_VIEWERS = lazy_regex(r"arn:aws[\w-]*:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", re.IGNORECASE)
_ONE_NAMESPACE, _OF_PEOPLE = lazy_regex("namespace"), lazy_regex("STANDARD")
_NAMESPACE = lazy_regex(r"(?!default(?:-\*)?\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:-\*)?")
"""A namespace, or those with a beginning: a namespace of an access policy may have wildcards (Amazon EKS User Guide,
"Associate access policies with access entries", read 2026-11-30)."""
_LONGEST = 65
"""Characters of the longest name of a namespace, before `-*`."""
_OF_THE_PLATFORM = (
    "actions-runner-system", "aibrix-system", "amazon-cloudwatch", "amazon-guardduty", "argo", "argo-cd",
    "argo-events", "argo-rollouts", "argo-workflows", "argocd", "calico-system", "capsule-system",
    "cattle-fleet-system", "cattle-system", "cert-manager", "cloudnative-pg", "cnpg-system", "cosign-system",
    "crossplane-system", "dapr-system", "elastic-system", "envoy-gateway-system", "external-dns", "external-secrets",
    "falaj-system", "falco", "flux-system", "gatekeeper-system", "gpu-operator", "ingress-nginx", "istio-ingress",
    "istio-system", "jobset-system", "kai-scheduler", "karmada-system", "karpenter", "keda", "knative-eventing",
    "knative-serving", "kserve", "kube-node-lease", "kube-public", "kube-system", "kubeflow", "kubeflow-system",
    "kubevirt", "kubewarden", "kueue-system", "kyverno", "linkerd-viz", "longhorn-system", "lws-system",
    "metallb-system", "metrics-server", "node-feature-discovery", "openebs", "opensearch-operator-system",
    "openshift-operators", "opentelemetry-operator-system", "postgres-operator", "projectcontour", "projectsveltos",
    "rabbitmq-system", "ray-system", "rook-ceph", "spire", "tekton-operator", "tekton-pipelines", "tigera-operator",
    "vault-secrets-operator-system", "velero", "volcano-system",
)  # fmt: skip
"""Namespaces that a pattern such as `flux-*` takes in, by the manifests and manuals of their projects: actions-runner-
controller 2ee6b3b, aibrix e3e10f9, argo-cd 37ee009, argo-events 6478ece, argo-rollouts 9f8d111, argo-workflows f016ad8
(`argo`), tigera/docs f2a2762, capsule 65a4e19, fleet 3b2c622, rancher 59bd052, cert-manager 2d0d7f7, cloudnative-pg
a95a534, sigstore/policy-controller f925c0c, crossplane 2d040d2, dapr/docs 0748da5, elastic/cloud-on-k8s 7b93383,
envoyproxy/gateway d32f282, external-dns 2bf1bf8, external-secrets cc5bfbc, falco-website c47da4c, flux2 da2d22d,
gatekeeper dd8507e, NVIDIA/gpu-operator a22dbf6, ingress-nginx dbb11b9, istio 86c9f01, jobset 08dfbdf, KAI-Scheduler
72de64f, karmada f8fdd02, keda 8b4f083, knative/docs de125bf, kserve aaac4e2, kubeflow/manifests 009c880 and trainer
8c0f505, kubernetes/website 0189ae0, kubevirt d923fdb, kubewarden-controller 3460bb7, kueue ff69552, kyverno 111e07b,
linkerd/website 93f0017, longhorn bb2f222, lws 060ab4d, metallb 7938d3f, metrics-server 5ed5d3a, node-feature-discovery
76e6cc8, openebs/dynamic-localpv-provisioner 2f165df, redhat-cop/gitops-catalog 7727f24, opensearch-k8s-operator
ef6502a, opentelemetry-operator be89444, CrunchyData/postgres-operator 0fbac30, contour 31c4bb3, addon-controller of
Sveltos 60c6358, rabbitmq/cluster-operator 06cda8e, kuberay feeaf72, rook d0c3b9c, spire ef8527e, tektoncd/operator
3901432 and pipeline 3ee1745, vault-secrets-operator 9b840a5, velero d2241ad and volcano ed72c7c, and those of AWS in
copies of its manuals; read 2026-11-30. Manuals know no `argo-workflows`, and Karpenter's is kube-system since 1.0."""
_NAME = lazy_regex(r"(?!system:)[\w:./@-]{1,128}", re.IGNORECASE)
_PARTS_OF_NAME = lazy_regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ADMINISTERS = lazy_regex(
    r"(?<!non)(?<!non-)admin"
    r"|(?<![a-z])(?:break-?glass|masters?|owners?|roots?|sres?|super-?users?"
    r"|platforms?(?!-(?:developers?|devs|guests?|tenants?|users?)\Z))(?![a-z])"
)
"""Words in the name of a group or of a user that administers a cluster."""
_READS = lazy_regex(r"(?<![a-z])(?:audit(?:ors?)?|read(?:ers?|-?only)?|view(?:ers?|-?only)?)\Z")
_OF_A_TEAM = lazy_regex(
    r"(?:app|namespace|ns|product|project|team|tenant)-(?![\w-]*(?:cluster|eks|k8s|kube|master|platform|root|sre))"
    r"[\w-]*(?<![a-z])(?:admin(?:s|istrators?)?|owners?)"
)
"""Groups that administer what one team has, such as `team-a-admins`, or a product in the sense of business."""


def is_of_the_platform(namespace: str) -> bool:
    """Returns whether a namespace, or one that a pattern takes in, is the cluster's own or one of controllers, whose
    administrator takes over what they may do in all others."""
    if len(namespace) > _LONGEST:
        return False
    stem = namespace.removesuffix("*").removesuffix("-")
    return is_of_controllers(stem) or any(fnmatchcase(name, namespace) for name in _OF_THE_PLATFORM)


def is_confined(action: str, conditions: Sequence[StatementCondition]) -> bool:
    """Returns whether conditions confine what an action (in any case) may give to viewing, to namespaces of teams, or
    to groups that bindings of the cluster name."""
    name = action.strip().lower()
    if name == _ASSOCIATES:
        is_of_namespaces = _is(conditions, "eks:accessscope", _ONE_NAMESPACE.fullmatch)
        return _is(conditions, "eks:policyarn", _OF_VIEWERS.fullmatch) or (
            is_of_namespaces and _is(conditions, "eks:namespaces", _is_of_a_team, each=True)
        )
    if name not in _ENTERS or not _is(conditions, "eks:accessentrytype", _OF_PEOPLE.fullmatch):
        return False
    groups, user = "eks:kubernetesgroups", "eks:username"
    return (_is(conditions, groups, _is_limited, each=True) or _is_absent(conditions, groups)) and (
        _is(conditions, user, _is_limited) or _is_absent(conditions, user)
    )


def _is_of_a_team(namespace: str) -> bool:
    return _NAMESPACE.fullmatch(namespace) is not None and not is_of_the_platform(namespace)


def _is_limited(name: str) -> bool:
    """Returns whether the name of a group or user is not one of the cluster's administrators, by its words."""
    if _NAME.fullmatch(name) is None:
        return False
    words = _PARTS_OF_NAME.sub("-", name).lower().replace("_", "-")
    return (
        _ADMINISTERS.search(words) is None
        or _READS.search(words) is not None
        or _OF_A_TEAM.fullmatch(words) is not None
    )


def _is(
    conditions: Sequence[StatementCondition], key: str, wanted: Callable[[str], object], *, each: bool = False
) -> bool:
    """Returns whether a condition binds a key to values of a form; `each`: all of several values of a request."""
    return any(
        item.key.lower() == key
        and (_OF_EACH.fullmatch(item.operator) if each else item.is_binding and ":" not in item.operator)
        and bool(item.values)
        and all(wanted(as_text(value)) for value in item.values)
        for item in conditions
    )


def _is_absent(conditions: Sequence[StatementCondition], key: str) -> bool:
    """Returns whether a condition lets through only requests without a key."""
    return any(
        item.key.lower() == key
        and item.operator.lower() == "null"
        and bool(item.values)
        and all(as_text(value).lower() == "true" for value in item.values)
        for item in conditions
    )
