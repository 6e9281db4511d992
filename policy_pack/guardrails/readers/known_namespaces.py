"""The namespaces of clusters of which a plan knows: it creates them, has objects in them, or grants rights in them.
Those that others create are listed in the settings.

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; Argo CD (argoproj/argo-cd 37ee0097, types.go,
ApplicationDestination), Flux (fluxcd/helm-controller 0f61a86, api/v2), the Hierarchical Namespace Controller (an anchor
has the name of the namespace: SubnamespaceAnchor of hnc.x-k8s.io, found as a string, read 2026-11-29), and the
namespace of a Kubernetes provider, in which objects without one are; read 2026-11-29.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from ..engine.kubernetes_lists import expand_list
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, one_or_many, walk

Known: TypeAlias = "frozenset[str] | None"
"""Names of namespaces, perhaps with stars; None if one of the names is not known yet."""
_SYSTEM = frozenset({"default", "kube-system", "kube-public"})
"""Namespaces that every cluster has. `kube-node-lease` is left out: it holds the leases of nodes, and no workload
(kubernetes/website 0189ae0 concepts/overview/working-with-objects/namespaces.md, and kubernetes/api 10b39a3
core/v1/types.go, NamespaceNodeLease; read 2026-11-30)."""
_FLUX = ("spec?.targetNamespace?", "spec?.storageNamespace?")
_NAMED: Mapping[str, tuple[str, ...]] = {
    "aws:eks/accessPolicyAssociation:": ("accessScope?.namespaces?",),
    "aws:eks/addon:": ("namespaceConfig?.namespace?",),
    "aws:eks/fargateProfile:": ("selectors?.namespace?",),
    "aws:eks/podIdentityAssociation:": ("namespace?",),
    "azure-native:containerservice:FleetManagedNamespace": ("managedNamespaceName?",),
    "azure-native:containerservice:ManagedNamespace": ("managedNamespaceName?",),
    "azure-native:kubernetesconfiguration:Extension": (
        "scope?.cluster?.releaseNamespace?", "scope?.namespace?.targetNamespace?",
    ),
    "azure-native:kubernetesconfiguration:FluxConfiguration": ("namespace?",),
    "kubernetes:": ("metadata?.namespace?",),
    "kubernetes:argoproj.io/v1:AppProject": ("spec?.destinations?.namespace?",),
    "kubernetes:argoproj.io/v1:Application": (
        "spec?.destination?.namespace?", "spec?.template?.spec?.destination?.namespace?",
    ),
    "kubernetes:core/v1:Namespace": ("metadata?.name?",),
    "kubernetes:helm.sh/": ("namespace?",),
    "kubernetes:helm.toolkit.fluxcd.io/": _FLUX,
    "kubernetes:hnc.x-k8s.io/v1:SubnamespaceAnchor": ("metadata?.name?",),
    "kubernetes:kustomize.toolkit.fluxcd.io/": _FLUX,
    "kubernetes:rbac.authorization.k8s.io/": ("subjects?.namespace?",),
}  # fmt: skip
"""Beginning of a type -> the paths at which it names namespaces."""


def known_namespaces(plan: Plan, listed: Collection[str]) -> Known:
    """Returns the names of the namespaces of which the plan or the settings know."""
    return plan.once(_known, "\n".join(listed))


def _known(plan: Plan, listed: str) -> Known:
    known = plan.by_key(_named_in).keys()
    return None if str(UNKNOWN) in known else _SYSTEM.union(known, listed.split("\n") if listed else ())


def stated_namespaces(plan: Plan, listed: Collection[str]) -> frozenset[str]:
    """Returns the names that the plan or the settings state whole: there may be others."""
    return plan.once(_stated, "\n".join(listed))


def _stated(plan: Plan, listed: str) -> frozenset[str]:
    stated = (name for name in plan.by_key(_named_in) if name != str(UNKNOWN) and "*" not in name)
    return frozenset(stated).union(listed.split("\n") if listed else ())


def _named_in(resource: Resource) -> Iterator[str]:
    for item in expand_list(resource):
        paths = (path for token, named in _NAMED.items() if item.type.startswith(token) for path in named)
        values = [value for path in paths for _, value in walk(item.props, path)]
        if item.type.startswith("kubernetes:") and item.provider is not None:
            values.append(item.provider.get("namespace"))
        for value in values:
            yield from filter(None, map(_name, one_or_many(value)))


def _name(value: Plain) -> str:
    """Returns a name, or an empty text without one; a template of a name may become any."""
    if value is UNKNOWN or (isinstance(value, str) and "{{" in value):
        return str(UNKNOWN)
    return value if isinstance(value, str) else ""
