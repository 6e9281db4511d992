"""AKS says no: to machines, pools, keys, names and changes."""

from functools import partial

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import Site, refused

POOLS: list[tuple[str, dict[str, Json], str]] = [
    ("gpupool-spot", {}, "InvalidParameter"),
    ("gpupoolspotah", {}, "InvalidParameter"),
    ("gpu", {"vmSize": "Standard_NC4as_T4_v3"}, "SkuNotAvailable"),
    ("gpu", {"mode": "System", "minCount": 1, "count": 1}, "InvalidParameter"),
    ("gpu", {"spotMaxPrice": 0.1234567}, "InvalidParameter"),
    ("gpu", {"scaleSetPriority": "Regular"}, "InvalidParameter"),
    ("gpu", {"minCount": 5}, "InvalidParameter"),
    ("gpu", {"maxCount": None}, "InvalidParameter"),
    ("gpu", {"enableAutoScaling": False}, "InvalidParameter"),
    ("gpu", {"vmSize": "Standard_D4as_v5", "gpuInstanceProfile": "MIG1g"}, "InvalidParameter"),
    ("gpu", {"availabilityZones": ["4"]}, "AvailabilityZoneNotSupported"),
]


@pytest.mark.parametrize(("name", "changes", "code"), POOLS)
def test_pools(site: Site, name: str, changes: dict[str, Json], code: str) -> None:
    site.cluster()
    inputs = {k: v for k, v in site.pool_inputs(name, **changes).items() if v is not None}
    refused(site, code, "containerservice:AgentPool", **inputs)


def test_a_machine_that_is_not_offered_is_answered_with_those_that_are(site: Site) -> None:
    site.cluster()
    message = refused(
        site, "SkuNotAvailable", "containerservice:AgentPool", **site.pool_inputs("gpu", vmSize="Standard_NC4as_T4_v3")
    )
    assert "Standard_NV36ads_A10_v5" in message
    assert "'uaenorth'" in message


def test_a_pool_that_the_cluster_was_born_with_is_there_already(site: Site) -> None:
    site.cluster()
    inputs = {"resourceGroupName": "rg-ai", "resourceName": "aks-ai", "agentPoolName": "system", "mode": "System"}
    message = site.refused("containerservice:AgentPool", **inputs)
    assert "cannot create already existing resource" in message


def test_what_a_pool_cannot_change(site: Site) -> None:
    site.cluster()
    pool = site.make("containerservice:AgentPool", "gpu", **site.pool_inputs("gpu"))
    for path, value in (("spotMaxPrice", 0.5), ("osDiskSizeGB", 256), ("scaleSetEvictionPolicy", "Deallocate")):
        changed = site.pool_inputs("gpu", **{path: value})
        message = driver.refused(partial(site.cloud.update, pool, **changed))
        assert f"Changing property 'properties.{path}' is not allowed." in message


CLUSTERS: list[tuple[dict[str, Json], str]] = [
    ({"agentPoolProfiles": []}, "InvalidParameter"),
    ({"dnsPrefix": ""}, "RequiredParameterMissing"),
    ({"identity": {}}, "ServicePrincipalNotFound"),
    ({"apiServerAccessProfile": {"privateDNSZone": "/subscriptions/x/zone"}}, "CustomPrivateDNSZoneMissingPermission"),
    ({"agentPoolProfiles": [{"name": "system", "mode": "System", "count": 1}] * 2}, "InvalidParameter"),
    ({"securityProfile": {"azureKeyVaultKms": {"enabled": True, "keyId": "x"}}}, "BadRequest"),
]


@pytest.mark.parametrize(("changes", "code"), CLUSTERS)
def test_clusters(site: Site, changes: dict[str, Json], code: str) -> None:
    refused(site, code, "containerservice:ManagedCluster", **site.cluster_inputs(**changes))


def test_a_cluster_s_keys(site: Site) -> None:
    """Secrets encrypted by a key need a purge-protected vault, and a private vault needs two things more."""
    identity = site.identity()
    site.vault(enablePurgeProtection=None)
    site.key()
    url = "https://kv-ai.vault.azure.net/keys/disks"
    by = {"type": "UserAssigned", "userAssignedIdentities": [identity.id]}

    def with_kms(**kms: Json) -> dict[str, Json]:
        return site.cluster_inputs(identity=by, securityProfile={"azureKeyVaultKms": {"enabled": True, **kms}})

    cluster = "containerservice:ManagedCluster"
    refused(site, "KeyVaultSoftDeleteAndPurgeProtectionRequired", cluster, **with_kms(keyId=url))
    refused(site, "KeyNotFound", cluster, **with_kms(keyId="https://kv-ai.vault.azure.net/keys/no"))
    refused(site, "InvalidParameter", cluster, **with_kms(keyId=url, keyVaultNetworkAccess="Private"))
    vault = site.made["kv-ai"].id
    message = refused(
        site,
        "InvalidParameter",
        cluster,
        **with_kms(keyId=url, keyVaultNetworkAccess="Private", keyVaultResourceId=vault),
    )
    assert "VNet integration" in message


def test_maintenance_windows_have_three_names(site: Site) -> None:
    site.cluster()
    refused(
        site,
        "InvalidMaintenanceConfigName",
        "containerservice:MaintenanceConfiguration",
        resourceName="aks-ai",
        configName="weekend",
    )
