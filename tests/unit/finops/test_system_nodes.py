"""The bill counts as many system nodes as the pods of the cluster's own need, if the pool's minimum is too small."""

import json
from typing import Any

import pytest

from falaj.finops.lines import Line
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, plan, priced

RELEASE = "kubernetes:helm.sh/v3:Release"


def _release(name: str, **values: Any) -> tuple[str, str, dict[str, Any]]:
    return RELEASE, f"uae-{name}", {"name": name, "values": values, "tags": TAGS}


def _addon(name: str, **configuration: Any) -> tuple[str, str, dict[str, Any]]:
    text = json.dumps(configuration) if configuration else None
    return "aws:eks/addon:Addon", f"uae-{name}", {"addonName": name, "configurationValues": text, "tags": TAGS}


def _group(least: int, profile: str = "system") -> tuple[str, str, dict[str, Any]]:
    props = {
        "instanceTypes": ["t4g.large"],
        "scalingConfig": {"minSize": least, "maxSize": 3},
        "labels": {"falaj/pool": "system", "falaj/profile": profile},
        "tags": TAGS,
    }
    return "aws:eks/nodeGroup:NodeGroup", "uae-pool-system", props


def _machines(*rows: Any) -> Line:
    (line,) = (line for line in priced(plan(*rows)).lines if line.charge.service == "machine")
    return line


def _least(*rows: Any) -> int:
    return int(_machines(AWS_NETWORK, *rows).charge.quantity.min / 730)


def test_controllers_that_may_not_share_a_node_need_two() -> None:
    """Karpenter's chart requires that its pods run on different nodes; its default is two."""
    karpenter = _release("karpenter", replicas=2)
    assert _least(_group(1), karpenter) == 2
    assert _least(_group(1), _release("karpenter")) == 2
    assert _least(_group(1), _release("karpenter", replicas=1)) == 1
    assert "2 nodes hold what always runs there: karpenter" in _machines(AWS_NETWORK, _group(1), karpenter).charge.note


def test_a_minimum_that_holds_everything_is_counted_as_it_is() -> None:
    line = _machines(AWS_NETWORK, _group(2), _release("karpenter", replicas=2))
    assert line.charge.quantity.min == 2 * 730
    assert "hold" not in line.charge.note


def test_requests_of_charts_and_add_ons_add_up() -> None:
    charts = (_release("kueue", controllerManager={"replicas": 2}), _release("jobset"), _release("cluster-autoscaler"))
    assert _least(_group(1), *charts) == 1
    agents = (_addon("kube-proxy"), _addon("vpc-cni"))
    assert _least(_group(1), *charts, *agents, _addon("coredns"), _addon("metrics-server")) == 2
    single = (_addon("coredns", replicaCount=1), _addon("metrics-server", replicas=1))
    assert _least(_group(1), *charts, *agents, *single) == 1


@pytest.mark.parametrize("text", ["[" * 20_000, "{", "7", '"text"'])
def test_a_configuration_that_cannot_be_read_changes_nothing(text: str) -> None:
    addon = "aws:eks/addon:Addon", "uae-coredns", {"addonName": "coredns", "configurationValues": text, "tags": TAGS}
    assert _least(_group(1), addon) == _least(_group(1), _addon("coredns"))


def test_other_pools_and_other_charts_are_not_counted() -> None:
    assert _least(_group(1, "batch"), _release("karpenter", replicas=2)) == 1
    assert _least(_group(1), _release("anything", replicas=50)) == 1


def test_a_gateway_counts_its_pods() -> None:
    gateway = ("kubernetes:gateway.networking.k8s.io/v1:Gateway", "uae-models", {"metadata": {"labels": TAGS}})
    charts = [_release(name) for name in ("istiod", "kueue", "cluster-autoscaler")]
    assert _least(_group(1), *charts) == 1
    assert _least(_group(1), *charts, gateway) == 2


@pytest.mark.parametrize(("keda", "nodes"), [(False, 1), (True, 2)])
def test_the_pods_of_aks_and_of_its_features_count(keda: bool, nodes: int) -> None:
    _, _, pool = agent_pool("system", "Standard_D2as_v5", 1, 3)
    cluster = {
        "agentPoolProfiles": [{**pool, "mode": "System", "nodeLabels": {"falaj/profile": "system"}}],
        "workloadAutoScalerProfile": {"keda": {"enabled": keda}},
        "location": "uaenorth",
        "tags": TAGS,
    }
    line = _machines(("azure-native:containerservice:ManagedCluster", "uae-cluster", cluster))
    assert line.charge.quantity.min == nodes * 730
