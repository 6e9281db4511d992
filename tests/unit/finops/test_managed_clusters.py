"""What EKS and AKS charge for features of a cluster, and start by themselves. The bills are computed by hand from the
price list; the sources of each rule are at `aws_cluster` and `azure_cluster`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Basis, Line
from tests.unit.finops.plans import TAGS, UNKNOWN_WORD, plan, priced

EKS, AKS = "aws:eks/cluster:Cluster", "azure-native:containerservice:ManagedCluster"


def lines_of(kind: str, props: Mapping[str, Any], usage: str = "") -> list[Line]:
    place = {"region": "me-central-1"} if kind == EKS else {"location": "uaenorth"}
    return list(priced(plan((kind, "uae-cluster", {"tags": TAGS, **place, **props})), usage).lines)


def unpriced(kind: str, props: Mapping[str, Any]) -> list[str]:
    return [line.price.source for line in lines_of(kind, props) if not line.priced]


@pytest.mark.parametrize(
    ("kind", "props", "reason"),
    [
        (EKS, {"computeConfig": {"enabled": True, "nodePools": ["general-purpose", "system"]}}, "Auto Mode"),
        (EKS, {"controlPlaneScalingConfig": {"tier": "tier-xl"}}, "tier-xl"),
        (AKS, {"nodeProvisioningProfile": {"mode": "Auto", "defaultNodePools": "Auto"}}, "default node pools"),
        (AKS, {"nodeProvisioningProfile": {"mode": "Auto"}}, "default node pools"),
        (AKS, {"sku": {"name": "Automatic", "tier": "Standard"}}, "AKS Automatic"),
        (AKS, {"securityProfile": {"defender": {"securityMonitoring": {"enabled": True}}}}, "Defender"),
        (AKS, {"networkProfile": {"outboundType": "managedNATGatewayV2"}}, "managedNATGatewayV2"),
        (EKS, {"computeConfig": {"enabled": UNKNOWN_WORD}}, "computeConfig.enabled"),
        (EKS, {"controlPlaneScalingConfig": {"tier": UNKNOWN_WORD}}, "controlPlaneScalingConfig.tier"),
        (AKS, {"networkProfile": {"outboundType": UNKNOWN_WORD}}, "networkProfile.outboundType"),
        (AKS, {"nodeProvisioningProfile": {"mode": UNKNOWN_WORD}}, "nodeProvisioningProfile.mode"),
        (AKS, {"sku": {"name": UNKNOWN_WORD}}, "sku.name"),
    ],
)
def test_features_without_a_price_open_the_range(kind: str, props: Mapping[str, Any], reason: str) -> None:
    assert any(reason in source for source in unpriced(kind, props))


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (EKS, {}),
        (EKS, {"computeConfig": {"enabled": False}, "controlPlaneScalingConfig": {"tier": "standard"}}),
        (AKS, {}),
        (AKS, {"nodeProvisioningProfile": {"mode": "Auto", "defaultNodePools": "None"}}),
        (AKS, {"nodeProvisioningProfile": {"mode": "Manual"}, "sku": {"name": "Base", "tier": "Standard"}}),
        (AKS, {"securityProfile": {"defender": {"securityMonitoring": {"enabled": False}}}}),
    ],
)
def test_clusters_without_such_features_have_a_price(kind: str, props: Mapping[str, Any]) -> None:
    assert unpriced(kind, props) == []


@pytest.mark.parametrize(
    ("network", "by_hand"),
    [
        # Rule 0.025 x 730, address 0.005 x 730, 500 GB at 0.005
        ({}, "24.40"),
        ({"outboundType": "loadBalancer", "loadBalancerProfile": {"managedOutboundIPs": {"count": 3}}}, "31.70"),
        ({"loadBalancerProfile": {"outboundIPs": {"publicIPs": [{"id": "own"}]}}}, "20.75"),
        ({"loadBalancerProfile": {"outboundIPPrefixes": {"publicIPPrefixes": [{"id": "own"}]}}}, "20.75"),
        # Gateway 0.045 x 730, addresses, 500 GB at 0.045
        ({"outboundType": "managedNATGateway"}, "59.00"),
        ({"outboundType": "managedNATGateway", "natGatewayProfile": {"managedOutboundIPProfile": {"count": 2}}},
         "62.65"),
        ({"outboundType": "userDefinedRouting"}, "0"),
        ({"outboundType": "userAssignedNATGateway"}, "0"),
    ],
)  # fmt: skip
def test_the_way_out_of_a_cluster_of_aks(network: Mapping[str, Any], by_hand: str) -> None:
    lines = lines_of(AKS, {"networkProfile": network}, "site_defaults: {nat_gb: 500}")
    way_out = [line for line in lines if line.charge.service in ("load-balancer", "public-ip", "nat")]
    assert sum(line.usd.expected for line in way_out) == Decimal(by_hand)
    assert {line.charge.basis for line in way_out if line.charge.sku == "processed"} <= {Basis.USAGE}
    assert {line.charge.basis for line in way_out if line.charge.sku != "processed"} <= {Basis.BASELINE}
