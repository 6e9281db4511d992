"""What AKS refuses of upgrade settings, tiers and names.

Sources: azure-aks-docs fb060ab (2026-08-21), upgrade-aks-node-pools-rolling.md, free-standard-pricing-tiers.md,
long-term-support.md, private-clusters.md.
"""

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.azure_platform import Site, refused

AKS, POOL = "containerservice:ManagedCluster", "containerservice:AgentPool"


@pytest.mark.parametrize(
    ("settings", "changes"),
    [
        ({"maxSurge": "0"}, {}),
        ({"maxSurge": "120%"}, {}),
        ({"maxSurge": "a few"}, {}),
        ({"maxSurge": "1", "maxUnavailable": "1"}, {}),
        ({"maxSurge": "0", "maxUnavailable": "1"}, {"mode": "System", "minCount": 1, "count": 1}),
        ({"maxSurge": "10%", "drainTimeoutInMinutes": 1441}, {}),
        ({"maxSurge": "10%", "nodeSoakDurationInMinutes": 31}, {}),
    ],
)
def test_upgrade_settings(site: Site, settings: Json, changes: dict[str, Json]) -> None:
    site.cluster()
    pool = site.pool_inputs("gpu", scaleSetPriority="Regular", scaleSetEvictionPolicy=None, spotMaxPrice=None)
    pool = {key: value for key, value in {**pool, **changes}.items() if value is not None}
    message = site.refused(POOL, **pool, upgradeSettings=settings)
    assert "upgradeSettings" in message
    if pool["mode"] == "User":
        site.make(POOL, "right", **pool, upgradeSettings={"maxSurge": "10%", "drainTimeoutInMinutes": 60})


def test_cost_analysis_and_long_term_support_need_a_paid_tier(site: Site) -> None:
    free: dict[str, Json] = {"sku": {"name": "Base", "tier": "Free"}}
    analysis: Json = {"costAnalysis": {"enabled": True}}
    refused(site, "InvalidParameter", AKS, **site.cluster_inputs(**free, metricsProfile=analysis))
    standard: dict[str, Json] = {"sku": {"name": "Base", "tier": "Standard"}}
    refused(site, "InvalidParameter", AKS, **site.cluster_inputs(**standard, supportPlan="AKSLongTermSupport"))
    site.cluster(**standard, metricsProfile=analysis)


def test_a_node_resource_group_must_not_exist_and_an_api_server_has_one_name(site: Site) -> None:
    refused(site, "InvalidParameter", AKS, **site.cluster_inputs(nodeResourceGroup="RG-AI"))
    refused(site, "InvalidParameter", AKS, **site.cluster_inputs(fqdnSubdomain="uae"))
    cluster = site.cluster(nodeResourceGroup="rg-ai-nodes")
    assert cluster.values["nodeResourceGroup"] == "rg-ai-nodes"
