"""Kubernetes objects whose controllers create what no guardrail sees: cloud resources, other objects, machines.

Groups and their kinds are an allow-list, `data/reviewed_kinds.csv`. A kind is listed if what its controller does
follows from the object that the guardrails evaluate: inside the cluster, or machines and load balancers, of which other
rules read the object. A kind that a project adds is refused until somebody has read what it does: objects that rewrite
the configuration of a proxy (CiliumEnvoyConfig, EnvoyPatchPolicy) look like any other. Groups of Kubernetes itself (API
reference of 1.36) have every kind; of `tekton.dev` only tasks are known, whose steps are evaluated as containers, while
runs and pipelines name programs that others define. Judged by what is known of the projects on 2026-11-28, not read in
the documentation of each; names were compared with the CRDs of the projects whose commits `switch_rows` has.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache

from ..engine.data_folder import DATA
from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.reading import Plain, Resource
from ..engine.rows import Predicate
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.webhooks import asks_a_tenant, tenant_of
from .allowed_types import is_allowed
from .cluster_policies import engine_deed, only_narrows
from .hardening_patches import only_hardens
from .price_overlays import states_real_prices

_EVERY_KIND = "*"
_PROVIDER_MODULES = ("helm.sh", "yaml", "kustomize")
"""Modules of the Pulumi provider: the objects of their components are evaluated, and FJ-ESC-105 to 107 read charts."""


@cache
def reviewed_kinds() -> Mapping[str, frozenset[str]]:
    """Returns the reviewed API groups with their kinds; `*` is every kind."""
    with (DATA / "reviewed_kinds.csv").open(encoding="utf-8", newline="") as file:
        return {row["group"]: frozenset(row["kinds"].split()) for row in csv.DictReader(file)}


_DEPLOYING_KINDS: Mapping[tuple[str, str], str] = {
    ("argoproj.io", "Application"): "deploys a repository",
    ("argoproj.io", "ApplicationSet"): "deploys repositories",
    ("argoproj.io", "Sensor"): "creates objects for events",
    ("argoproj.io", "WorkflowEventBinding"): "starts workflows for events from outside",
    ("admissionregistration.k8s.io", "MutatingAdmissionPolicy"): "changes objects after their evaluation",
    ("kueue.x-k8s.io", "MultiKueueCluster"): "runs jobs in another cluster",
    ("velero.io", "DeleteBackupRequest"): "deletes a backup",
    ("velero.io", "Restore"): "creates the objects of a backup",
}
"""Group and kind in a listed group -> what its controller does."""
KINDS_OF_NODES: Mapping[str, frozenset[str]] = {
    "karpenter.sh": frozenset({"NodePool", "NodeClaim", "Provisioner", "Machine"}),
    "karpenter.k8s.aws": frozenset({"EC2NodeClass", "AWSNodeTemplate"}),
    "karpenter.azure.com": frozenset({"AKSNodeClass"}),
    "eks.amazonaws.com": frozenset(
        {
            "NodeClass",
            "NodeDiagnostic",
            "IngressClassParams",
            "TargetGroupBinding",
            "CNINode",
        }
    ),
}
"""Group whose controllers buy machines -> its kinds that the cost rules read (pkg/apis/crds of
kubernetes-sigs/karpenter 22664681, aws/karpenter-provider-aws 1d927085 and Azure/karpenter-provider-azure 352646f5,
read 2026-11-29; former kinds by the second, website/content/en/docs/upgrading/upgrade-guide.md, and those of
eks.amazonaws.com by awsdocs/amazon-eks-user-guide 4d52b4d0, latest/ug/automode and nodes/auto-get-logs.adoc, read
2026-11-30; CNINode, which a controller writes about a machine that exists, by aws/amazon-vpc-resource-controller-k8s
0caa2d53, apis/vpcresources/v1alpha1, and as string in public repositories, read 2026-11-30). Another kind changes what
is bought; NodeOverlays may state prices (`states_real_prices`)."""
_DEPLOYING_FIELDS: Mapping[str, Mapping[str, str]] = {
    "kyverno.io": {"generate": "creates objects", "mutate": "changes objects after their evaluation"},
    "argoproj.io": {"manifest": "creates objects from a manifest", "manifestFrom": "creates objects from a manifest"},
    "external-secrets.io": {"manifest": "creates an object of any kind"},
    "tekton.dev": {"resolver": "runs steps from elsewhere", "ref": "runs steps that others define"},
}
"""Group -> field at any depth of an object -> what the controller does for it."""


def check_controllers(allowed: Mapping[str, str]) -> Predicate:
    """Returns the check of the groups and kinds of Kubernetes objects. `allowed`: types in the settings."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in expand_list(resource):
            group = _group_of(item)
            if not group:
                continue
            violation = _violation(group, item)
            yield failed(violation) if violation and not is_allowed(item, allowed) else passed()

    return predicate


def _group_of(resource: Resource) -> str:
    module = resource.type.removeprefix("kubernetes:").partition(":")[0]
    return module.rpartition("/")[0] or ("" if module in _PROVIDER_MODULES else module)


def _webhook_deed(configuration: ObjectPart) -> str:
    """Returns what a configuration of mutating webhooks lets a tenant's pod do; empty if nothing."""
    asking = next(filter(asks_a_tenant, configuration.children("webhooks")), None)
    if asking is None:
        return ""
    return (
        f"asks a pod of namespace {tenant_of(asking)}, which is not the platform's, how to change objects of the "
        "cluster before they are stored"
    )


def _violation(group: str, resource: Resource) -> str:
    kind, spec = kind_of(resource), resource.props.get("spec")
    reviewed = reviewed_kinds().get(group)
    if reviewed is None:
        return (
            f"the controllers of API group {group} are not known to the guardrails, and may create or deploy what no "
            "guardrail sees"
        )
    if _EVERY_KIND not in reviewed and kind.removesuffix("Patch").removesuffix("List") not in reviewed:
        return f"kind {kind} of API group {group} is not known to the guardrails: nobody has reviewed what it does"
    deeds = _DEPLOYING_FIELDS.get(group, {})
    deed = _DEPLOYING_KINDS.get((group, kind)) or next((deeds[key] for key in _keys(spec) if key in deeds), "")
    deed = deed or engine_deed(group, kind, spec)
    if not deed and kind.removesuffix("List") == "MutatingWebhookConfiguration":
        deed = _webhook_deed(ObjectPart("", resource.props))
    bare = kind.removesuffix("List")
    if bare not in KINDS_OF_NODES.get(group, (bare,)) and not (kind == "NodeOverlay" and states_real_prices(spec)):
        deed = f"buys machines by {kind}"
    who = "the API server" if group == "admissionregistration.k8s.io" else "its controller"
    return f"{who} {deed}, and no guardrail sees that" if deed else ""


def _keys(value: Plain) -> Iterator[str]:
    """Yields every key of an object and of what is in it, except rules of Kyverno that only narrow a
    namespace, or that only harden pods."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if (key == "generate" and only_narrows(item)) or (key == "mutate" and only_hardens(item)):
                continue
            yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)
