"""Kubernetes versions of the emulated AKS, of clusters and of their agent pools."""

from functools import partial

import pytest

from falaj.facts import clock
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import Site, refused
from tests.unit.clouds.driver import CreatedResource

CLUSTER, POOL = "containerservice:ManagedCluster", "containerservice:AgentPool"
LTS: dict[str, Json] = {"supportPlan": "AKSLongTermSupport", "sku": {"name": "Base", "tier": "Premium"}}


def cluster(site: Site, version: str, **changes: Json) -> CreatedResource:
    return site.cluster(kubernetesVersion=version, **changes)


def updated(site: Site, made: CreatedResource, version: str, **changes: Json) -> CreatedResource:
    return site.cloud.update(made, **site.cluster_inputs(kubernetesVersion=version, **changes))


def update_refusal(site: Site, made: CreatedResource, version: str, **changes: Json) -> str:
    return driver.refused(partial(updated, site, made, version, **changes))


@pytest.mark.parametrize("version", ["1.20", "1.30", "1.37"])
def test_versions_that_aks_does_not_offer(site: Site, version: str) -> None:
    inputs = site.cluster_inputs(kubernetesVersion=version, **LTS)
    refused(site, "K8sVersionNotSupported", CLUSTER, **inputs)


def test_long_term_support_takes_the_plan_and_the_premium_tier(site: Site) -> None:
    message = refused(site, "K8sVersionNotSupported", CLUSTER, **site.cluster_inputs(kubernetesVersion="1.33"))
    assert "only available for Long-Term Support" in message
    without_tier = site.cluster_inputs(kubernetesVersion="1.33", supportPlan="AKSLongTermSupport")
    refused(site, "InvalidParameter", CLUSTER, **without_tier)
    cluster(site, "1.33", **LTS)


def test_the_last_day_of_community_support(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-11-29")
    cluster(site, "1.34")
    monkeypatch.setenv(clock.VARIABLE, "2026-12-01")
    inputs = {**site.cluster_inputs(kubernetesVersion="1.34"), "resourceName": "aks-2"}
    refused(site, "K8sVersionNotSupported", CLUSTER, **inputs)


def test_an_update_goes_up_by_one_minor_version(site: Site) -> None:
    made = cluster(site, "1.34")
    assert "Upgrading Kubernetes version 1.34 to 1.36 is not allowed" in update_refusal(site, made, "1.36")
    made = updated(site, made, "1.35")
    assert "Downgrading Kubernetes version from 1.35 to 1.34 is not allowed" in update_refusal(site, made, "1.34")
    updated(site, made, "1.36")


def test_long_term_support_may_skip_minor_versions(site: Site) -> None:
    updated(site, cluster(site, "1.33", **LTS), "1.36", **LTS)


@pytest.mark.parametrize("stated", ["1.35", "1.36"])
def test_an_update_states_the_version_of_all_pools_or_of_none(site: Site, stated: str) -> None:
    made = cluster(site, "1.35")
    site.make(POOL, "gpu", **site.pool_inputs("gpu", orchestratorVersion="1.35"))
    (pool,) = site.cluster_inputs()["agentPoolProfiles"]  # type: ignore[misc]
    message = update_refusal(site, made, "1.36", agentPoolProfiles=[{**pool, "orchestratorVersion": stated}])  # type: ignore[dict-item]
    assert "NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged" in message
    updated(site, made, "1.36")


@pytest.mark.parametrize("version", ["1.36", "1.31"])
def test_a_pool_has_a_version_that_the_control_plane_supports(site: Site, version: str) -> None:
    cluster(site, "1.35")
    refused(site, "NodePoolMcVersionIncompatible", POOL, **site.pool_inputs("gpu", orchestratorVersion=version))


def test_a_pool_goes_up_by_one_minor_version(site: Site) -> None:
    cluster(site, "1.36")
    pool = site.make(POOL, "gpu", **site.pool_inputs("gpu", orchestratorVersion="1.34"))
    for version in ("1.36", "1.33"):
        inputs = site.pool_inputs("gpu", orchestratorVersion=version)
        assert "AgentPoolUpgradeVersionNotAllowed" in driver.refused(partial(site.cloud.update, pool, **inputs))
    site.cloud.update(pool, **site.pool_inputs("gpu", orchestratorVersion="1.35"))


def deployment(cluster_name: str, pool: str, version: str) -> dict[str, Json]:
    resource: Json = {
        "type": "Microsoft.ContainerService/managedClusters/agentPools",
        "apiVersion": "2025-09-01",
        "name": f"{cluster_name}/{pool}",
        "properties": {"mode": "System", "orchestratorVersion": version},
    }
    template: Json = {"contentVersion": "1.0.0.0", "resources": [resource]}
    return {
        "resourceGroupName": "rg-ai",
        "deploymentName": "version",
        "properties": {"mode": "Incremental", "template": template},
    }


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        (deployment("aks-ai", "system", "1.36"), "NodePoolMcVersionIncompatible"),
        (deployment("aks-ai", "gpu", "1.35"), "InvalidParameter"),
        (deployment("aks-no", "system", "1.35"), "ParentResourceNotFound"),
    ],
)
def test_the_version_of_the_system_pool_follows_the_control_plane(
    site: Site, inputs: dict[str, Json], code: str
) -> None:
    made = cluster(site, "1.35")
    refused(site, code, "resources:Deployment", **inputs)
    version = site.make("resources:Deployment", "version", **deployment("aks-ai", "system", "1.35"))
    updated(site, made, "1.36")
    site.cloud.update(version, **deployment("aks-ai", "system", "1.36"))
