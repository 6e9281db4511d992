"""Rights on kinds of operators: verbs that Kubernetes does not have, connections, and kinds that hold secrets.

Reading is accepted but for kinds that hold secrets, and writing but for kinds by which a controller acts for whoever
writes them (`controller_rights`). Verbs of a project's own authorizer are for objects by their names.

Read 2026-11-29: dexidp/dex ab64ed77 storage/kubernetes/storage.go; openshift/api 2a3d7391 oauth; rancher/rancher
59bd052e pkg/apis/ext.cattle.io/v1/types.go (Token, Kubeconfig); kubevirt/kubevirt d923fdb8 pkg/virt-operator/resource/
generate/rbac/cluster.go (subresources); karmada-io/karmada f8fdd02d artifacts/deploy/cluster-proxy-admin-rbac.yaml;
aquasecurity/trivy-operator 1006872c deploy/helm/crds. Read 2026-11-30: open-cluster-management-
io/cluster-proxy 8165e8e README.md and pkg/serviceproxy/readme.md (a token of the hub acts in managed clusters).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from .controller_rights import granted_by
from .kubernetes_rights import READS, STANDARD_VERBS, Reach, built_in_groups

_ACTS_AS_OTHERS = lazy_regex(r"(?:bind|escalate|impersonate)(?:[:-].*)?")
"""Verbs of RBAC and of impersonation, which no name of another kind narrows."""
_CONNECTIONS = lazy_regex(r"[a-z0-9-]+/(?:attach|console|exec|portforward|proxy|shell|ssh|usbredir|vnc|vsock)(?:/.*)?")
"""Subresources that connect to what runs, or to another cluster."""
_EVERY_CONSTRAINT = "every security context constraint, those for privileged pods too"
"""What `use` grants on OpenShift without names (openshift/openshift-docs 25680b8 modules/
security-context-constraints-rbac.adoc: roles name those that may be used; kubernetes/api 10b39a3 rbac/v1/types.go: no
`resourceNames` are all; read 2026-11-30)."""
_OF_SECRETS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (lazy_regex(r"dex\.coreos\.com"), lazy_regex(r".*")),
    (lazy_regex(r"oauth\.openshift\.io"), lazy_regex(r".*")),
    (lazy_regex(r"aquasecurity\.github\.io"), lazy_regex(r"(?:cluster)?exposedsecretreports")),
    (lazy_regex(r".*"), lazy_regex(r"credentials|kubeconfigs|tokens")),
)
"""Groups, and kinds in the plural, whose objects hold passwords, tokens or keys."""


def granted_on_others(
    *,
    groups: frozenset[str],
    kinds: frozenset[str],
    verbs: frozenset[str],
    is_named: bool,
    powers: frozenset[Reach],
    namespace: object,
) -> Iterator[str]:
    """Yields what a rule of a role grants on kinds of others than Kubernetes itself. `powers`: those of the role;
    `namespace`: that of the role, if it is of one."""
    foreign, in_cluster = groups - built_in_groups(), Reach.NAMESPACE in powers
    if not foreign:
        return
    for verb in sorted(verbs - STANDARD_VERBS - {"*"}):
        if _ACTS_AS_OTHERS.fullmatch(verb) or not is_named:
            is_of_pods = verb == "use" and "securitycontextconstraints" in kinds
            yield _EVERY_CONSTRAINT if is_of_pods else f"{verb}, a verb that is of no standard, on every object"
    if is_named:
        return
    yield from granted_by(groups=foreign, kinds=kinds, verbs=verbs, in_cluster=in_cluster, namespace=namespace)
    if any(map(_CONNECTIONS.fullmatch, kinds)):
        yield "connections to what others run"
    if in_cluster and verbs & READS and _hold_secrets(foreign, kinds):
        yield "objects that hold passwords, tokens or keys of others"
    if in_cluster and "deletecollection" in verbs:
        yield "the removal of all objects of a kind"


def _hold_secrets(groups: frozenset[str], kinds: frozenset[str]) -> bool:
    return any(any(map(group.fullmatch, groups)) and any(map(kind.fullmatch, kinds)) for group, kind in _OF_SECRETS)
