"""The order in which an upgrade of Kubernetes reaches the parts of a site, and how support and releases reach them."""

from typing import Any

import pytest

from falaj.components import aws, azure
from falaj.components.core.validation.args import BadArguments
from falaj.facts import clock
from tests.unit.components import aws_samples, azure_samples
from tests.unit.components.mocks import Recording, RegisteredResource, build
from tests.unit.components.samples import changed_args, program, recorded

EKS, ADDON, GROUP = "aws:eks/cluster:Cluster", "aws:eks/addon:Addon", "aws:eks/nodeGroup:NodeGroup"
NODE_CLASS = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"
AKS, POOL = "azure-native:containerservice:ManagedCluster", "azure-native:containerservice:AgentPool"
DEPLOYMENT = "azure-native:resources:Deployment"


def aws_site(**changed: Any) -> Recording:
    return recorded(aws.Site, changed_args(aws.SiteArgs, aws_samples.SITE, changed))


def azure_site(**changed: Any) -> Recording:
    return recorded(azure.Site, changed_args(azure.SiteArgs, azure_samples.SITE, changed))


def before(recording: Recording, resource: RegisteredResource) -> set[str]:
    """Returns the names of all resources that are created or updated before this one."""
    by_urn = {item.urn: item for item in recording.resources}
    waiting, found = [resource], set[str]()
    while waiting:
        at: RegisteredResource | None = waiting.pop()
        while at:
            new = {urn for urn in at.depends_on if urn in by_urn} - found
            found |= new
            waiting += [by_urn[urn] for urn in new]
            at = recording.parent_of(at)
    return {by_urn[urn].name for urn in found}


def test_on_eks_the_control_plane_then_its_add_ons_then_the_nodes_then_karpenter() -> None:
    recording = aws_site()
    control_plane = recording.one(EKS).name
    group = recording.one(GROUP)
    agents = {f"uae-cluster-{name}" for name in ("vpc-cni", "kube-proxy", "eks-pod-identity-agent")}
    for addon in (item for item in recording.resources if item.typ == ADDON):
        assert control_plane in before(recording, addon)
    assert {control_plane, *agents} <= before(recording, group)
    coredns = recording.one(ADDON, "uae-addons-coredns")
    assert {control_plane, *agents, group.name} <= before(recording, coredns)
    for node_class in (item for item in recording.resources if item.typ == NODE_CLASS):
        assert {control_plane, group.name, coredns.name} <= before(recording, node_class)


def test_on_aks_the_control_plane_then_the_system_pool_then_the_others() -> None:
    recording = azure_site()
    cluster, system, pool = recording.one(AKS), recording.one(DEPLOYMENT), recording.one(POOL)
    assert cluster.name in before(recording, system)
    assert {cluster.name, system.name} <= before(recording, pool)
    assert system.name not in before(recording, cluster)


def test_the_version_reaches_every_pool() -> None:
    recording = azure_site(kubernetes_version="1.35")
    (resource,) = recording.one(DEPLOYMENT).inputs["properties"]["template"]["resources"]
    assert resource["type"] == "Microsoft.ContainerService/managedClusters/agentPools"
    assert resource["properties"] == {"mode": "System", "orchestratorVersion": "1.35"}
    assert resource["name"].endswith("/system")
    assert recording.one(DEPLOYMENT).inputs["properties"]["mode"] == "Incremental"
    assert recording.one(POOL).inputs["orchestratorVersion"] == "1.35"
    assert recording.one(AKS).inputs["kubernetesVersion"] == "1.35"


@pytest.mark.parametrize(("given", "expected"), [({}, "STANDARD"), ({"support_type": "extended"}, "EXTENDED")])
def test_the_support_type_reaches_eks(given: dict[str, str], expected: str) -> None:
    assert aws_site(aws=given).one(EKS).inputs["upgradePolicy"] == {"supportType": expected}


@pytest.mark.parametrize(
    ("given", "plan", "tier"),
    [({}, "KubernetesOfficial", "Standard"), ({"support_plan": "lts"}, "AKSLongTermSupport", "Premium")],
)
def test_the_support_plan_and_its_tier_reach_aks(given: dict[str, str], plan: str, tier: str) -> None:
    inputs = azure_site(azure=given).one(AKS).inputs
    assert inputs["supportPlan"] == plan
    assert inputs["sku"] == {"name": "Base", "tier": tier}


def test_releases_reach_karpenter_and_the_cluster_autoscaler() -> None:
    given = {"ami_alias": "al2023@v20261001", "karpenter_version": "1.15.1", "cluster_autoscaler_version": "9.59.0"}
    recording = aws_site(aws=given)
    aliases = [item.inputs["spec"]["amiSelectorTerms"] for item in recording.resources if item.typ == NODE_CLASS]
    assert aliases
    assert all(terms == [{"alias": "al2023@v20261001"}] for terms in aliases)
    releases = {
        item.inputs["name"]: item.inputs["version"]
        for item in recording.resources
        if item.typ == "kubernetes:helm.sh/v3:Release"
    }
    assert releases["karpenter"] == releases["karpenter-crd"] == "1.15.1"
    assert releases["cluster-autoscaler"] == "9.59.0"


@pytest.mark.parametrize(
    ("component", "args", "setting"),
    [
        (aws.Cluster, aws_samples.CLUSTER, "support_type"),
        (azure.Cluster, azure_samples.CLUSTER, "support_plan"),
    ],
)
def test_clusters_refuse_versions_without_support(
    component: Any, args: dict[str, Any], setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadArguments, match=r'kubernetes_version: "1\.20" is not allowed; allowed: 1\.3'):
        component("uae", {**args, "kubernetes_version": "1.20"})
    monkeypatch.setenv(clock.VARIABLE, "2027-01-01")
    old = {**args, "kubernetes_version": "1.34"}
    with pytest.raises(BadArguments, match=f"or set {setting}: "):
        component("uae", old)
    taken = {"support_type": "extended", "support_plan": "lts"}[setting]
    assert build(program(component, {**old, setting: taken})).resources
