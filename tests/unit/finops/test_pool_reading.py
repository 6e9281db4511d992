"""How many machines of which type run in the pools of EKS and AKS, by what their APIs do."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.priced_pool import PricedPool
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.work_plans import deployment, pod

M5_4XLARGE, M5_LARGE = Decimal("0.942"), Decimal("0.118")
"""USD per hour on demand in me-central-1: rows of the catalogue."""
D8AS, D16AS = Decimal("0.424"), Decimal("0.848")
"""USD per hour of Standard_D8as_v5 and Standard_D16as_v5 on demand in uaenorth: rows of the catalogue."""
EKS_GROUP = "aws:eks/nodeGroup:NodeGroup"


def node_group(types: Any, scaling: Any, **more: Any) -> Row:
    return EKS_GROUP, "uae-group", {"instanceTypes": types, "scalingConfig": scaling, "tags": TAGS, **more}


def machine_usd(*rows: Row, usage: str = "profiles: {'': {load: 0}}") -> tuple[Decimal, Decimal, Decimal]:
    """Returns what machines cost in USD per month: at least, expected and at most."""
    lines = [line for line in priced(plan(AWS_NETWORK, *rows), usage).lines if line.charge.service == "machine"]
    spans = [line.usd for line in lines]
    return sum(s.min for s in spans), sum(s.expected for s in spans), sum(s.max for s in spans)  # type: ignore[return-value]


def test_on_demand_groups_of_eks_start_the_first_listed_type() -> None:
    """EKS starts on-demand machines in the order of the list (EKS User Guide, Managed node groups; EC2 Auto Scaling,
    `prioritized`; read 2026-11-27), spot machines by capacity and price."""
    scaling = {"minSize": 3, "maxSize": 3}
    least, expected, most = machine_usd(node_group(["m5.4xlarge", "m5.large"], scaling))
    assert (least, expected, most) == (3 * 730 * M5_LARGE, 3 * 730 * M5_4XLARGE, 3 * 730 * M5_4XLARGE)
    assert machine_usd(node_group(["m5.large", "m5.4xlarge"], scaling))[1] == 3 * 730 * M5_LARGE
    empty = node_group(["m5.4xlarge", "m5.large"], {"minSize": 0, "desiredSize": 0, "maxSize": 2})
    assert machine_usd(empty, usage="profiles: {'': {load: 0.5}}")[1] == 730 * M5_4XLARGE


def test_a_group_without_an_autoscaler_keeps_its_desired_size() -> None:
    """Nothing but an autoscaler of node groups changes `desiredSize` (EKS API, NodegroupScalingConfig); Karpenter
    starts nodes of its own and leaves those of groups."""
    group = node_group(["m5.large"], {"minSize": 1, "desiredSize": 5, "maxSize": 8})
    assert machine_usd(group) == (5 * 730 * M5_LARGE, 5 * 730 * M5_LARGE, 8 * 730 * M5_LARGE)
    labels = {"app": "cluster-autoscaler"}
    props = {"metadata": {"name": "scaler", "namespace": "kube-system", "labels": {**TAGS, **labels}}, "spec": {}}
    manifest = ("kubernetes:apps/v1:Deployment", "scaler", props)
    release = {"chart": "oci://mirror/cluster-autoscaler", "metadata": {"labels": TAGS}}
    chart = ("kubernetes:helm.sh/v3:Release", "scaler", release)
    for autoscaler in (manifest, chart):
        assert machine_usd(group, autoscaler)[1] < 2 * 730 * M5_LARGE


def profile(name: str, machine: str, count: int) -> dict[str, Any]:
    labels = {"falaj/pool": "work", "falaj/profile": "batch"}
    return {"name": name, "vmSize": machine, "count": count, "nodeLabels": labels, "osDiskType": "Ephemeral"}


def test_two_pools_of_a_cluster_may_have_one_label() -> None:
    pools = [profile("first", "Standard_D8as_v5", 2), profile("second", "Standard_D16as_v5", 1)]
    props = {"location": "uaenorth", "tags": TAGS, "agentPoolProfiles": pools}
    usd = 730 * (2 * D8AS + D16AS)
    assert machine_usd(("azure-native:containerservice:ManagedCluster", "uae-cluster", props)) == (usd, usd, usd)
    unnamed = [{key: value for key, value in pool.items() if key != "name"} for pool in pools]
    nameless = ("azure-native:containerservice:ManagedCluster", "uae-cluster", {**props, "agentPoolProfiles": unnamed})
    assert machine_usd(nameless) == (usd, usd, usd)


def test_work_starts_a_node_in_one_of_two_pools_with_one_label() -> None:
    sizes = {"enableAutoScaling": True, "minCount": 0, "maxCount": 4}
    pools = [profile("first", "Standard_D8as_v5", 0) | sizes, profile("second", "Standard_D16as_v5", 0) | sizes]
    cluster = {"location": "uaenorth", "tags": TAGS, "agentPoolProfiles": pools}
    row = ("azure-native:containerservice:ManagedCluster", "uae-cluster", cluster)
    usage = "profiles: {batch: {load: 0}}"
    assert machine_usd(row, deployment("work", 1, pod("4", "8Gi")), usage=usage)[1] == 730 * D8AS
    assert machine_usd(row, deployment("work", 1, pod("12", "8Gi")), usage=usage)[1] == 730 * D16AS


def test_each_pool_is_described_once_for_its_work_and_its_price(monkeypatch: pytest.MonkeyPatch) -> None:
    described: Counter[str] = Counter()
    build = PricedPool.__init__

    def counting(self: PricedPool, **fields: Any) -> None:
        described[fields["name"]] += 1
        build(self, **fields)

    monkeypatch.setattr(PricedPool, "__init__", counting)
    group = node_group(["m5.large"], {"minSize": 1, "maxSize": 2})
    gpu = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1)
    every_type = karpenter_pool("cpu", [], limits={"nodes": "2"})
    every_type[2]["spec"]["template"]["spec"]["requirements"] = []
    priced(plan(AWS_NETWORK, group, gpu, every_type))
    assert described == {group[1]: 1, "gpu": 1, "cpu": 1}
