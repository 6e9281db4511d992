"""Inputs that the emulated AKS rejects: machines, pools, keys, names and changes."""

from functools import partial

import pytest

from falaj.sandbox.clouds.property_values import to_plain_map
from falaj.sandbox.clouds.values import Json, get_all, get_path
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
    ("gpu", {"osDiskType": "Ephemeral", "scaleDownMode": "Deallocate"}, "InvalidParameter"),
    # azure-compute-docs ephemeral-os-disks.md, 2026-09-08.
    ("gpu", {"osDiskType": "Ephemeral", "osDiskSizeGB": 2041}, "InvalidParameter"),
]


@pytest.mark.parametrize(("name", "changes", "code"), POOLS)
def test_pools(site: Site, name: str, changes: dict[str, Json], code: str) -> None:
    site.cluster()
    inputs = {k: v for k, v in site.pool_inputs(name, **changes).items() if v is not None}
    refused(site, code, "containerservice:AgentPool", **inputs)


def test_the_error_for_an_unavailable_vm_size_names_available_ones(site: Site) -> None:
    site.cluster()
    message = refused(
        site, "SkuNotAvailable", "containerservice:AgentPool", **site.pool_inputs("gpu", vmSize="Standard_NC4as_T4_v3")
    )
    assert "Standard_NV36ads_A10_v5" in message
    assert "'uaenorth'" in message


def test_a_pool_that_the_cluster_defines_inline_cannot_be_created_again(site: Site) -> None:
    site.cluster()
    inputs = {"resourceGroupName": "rg-ai", "resourceName": "aks-ai", "agentPoolName": "system", "mode": "System"}
    message = site.refused("containerservice:AgentPool", **inputs)
    assert "cannot create already existing resource" in message


def test_a_cluster_is_read_with_all_its_pools(site: Site) -> None:
    cluster = site.cluster()
    site.make("containerservice:AgentPool", "gpu", **site.pool_inputs("gpu", orchestratorVersion="1.36"))
    profiles = get_all(to_plain_map(site.cloud.read(cluster).inputs), "agentPoolProfiles[*]")
    assert [(get_path(profile, "name"), get_path(profile, "orchestratorVersion")) for profile in profiles] == [
        ("system", None),
        ("gpu", "1.36"),
    ]
    assert get_path(profiles[1], "resourceName") is None


def test_immutable_properties_of_a_pool(site: Site) -> None:
    site.cluster()
    pool = site.make("containerservice:AgentPool", "gpu", **site.pool_inputs("gpu"))
    for path, value in (("spotMaxPrice", 0.5), ("osDiskSizeGB", 256), ("scaleSetEvictionPolicy", "Deallocate")):
        changed = site.pool_inputs("gpu", **{path: value})
        message = driver.refused(partial(site.cloud.update, pool, **changed))
        assert f"Changing property 'properties.{path}' is not allowed." in message


AUTO: dict[str, Json] = {"nodeProvisioningProfile": {"mode": "Auto"}}
SCALED: dict[str, Json] = {"name": "system", "mode": "System", "count": 1, "enableAutoScaling": True}

CLUSTERS: list[tuple[dict[str, Json], str]] = [
    ({"agentPoolProfiles": []}, "InvalidParameter"),
    ({"dnsPrefix": ""}, "RequiredParameterMissing"),
    ({"identity": {}}, "ServicePrincipalNotFound"),
    ({"apiServerAccessProfile": {"privateDNSZone": "/subscriptions/x/zone"}}, "CustomPrivateDNSZoneMissingPermission"),
    ({"agentPoolProfiles": [{"name": "system", "mode": "System", "count": 1}] * 2}, "InvalidParameter"),
    ({"securityProfile": {"azureKeyVaultKms": {"enabled": True, "keyId": "x"}}}, "BadRequest"),
    ({"autoScalerProfile": {"scaleDownUnneededTime": "10"}}, "InvalidParameter"),
    ({"metricsProfile": {"costAnalysis": {"enabled": True}}}, "InvalidParameter"),
    ({"securityProfile": {"defender": {"securityMonitoring": {"enabled": True}}}}, "InvalidParameter"),
    ({"securityProfile": {"imageCleaner": {"enabled": True, "intervalHours": 12}}}, "InvalidParameter"),
    ({"securityProfile": {"workloadIdentity": {"enabled": True}}, "oidcIssuerProfile": {}}, "InvalidParameter"),
    ({**AUTO, "agentPoolProfiles": [{**SCALED, "minCount": 1, "maxCount": 3}]}, "BadRequest"),
    ({**AUTO, "networkProfile": {"networkPolicy": "calico"}}, "BadRequest"),
    ({**AUTO, "servicePrincipalProfile": {"clientId": "x"}}, "BadRequest"),
    ({"networkProfile": {"outboundType": "userDefinedRouting"}}, "ExistingRouteTableNotAssociatedWithSubnet"),
    ({"networkProfile": {"outboundType": "userAssignedNATGateway"}}, "InvalidParameter"),
]


@pytest.mark.parametrize(("changes", "code"), CLUSTERS)
def test_clusters(site: Site, changes: dict[str, Json], code: str) -> None:
    refused(site, code, "containerservice:ManagedCluster", **site.cluster_inputs(**changes))


def test_the_keys_of_a_cluster(site: Site) -> None:
    """Encryption of secrets needs a vault with purge protection; a private vault needs two more settings."""
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
    vault = site.created["kv-ai"].id
    message = refused(
        site,
        "InvalidParameter",
        cluster,
        **with_kms(keyId=url, keyVaultNetworkAccess="Private", keyVaultResourceId=vault),
    )
    assert "VNet integration" in message


def test_user_defined_routing_needs_a_default_route(site: Site) -> None:
    site.network()
    route = {"name": "out", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.100.4"}
    elsewhere = site.inside("network:RouteTable", "some", routes=[{**route, "addressPrefix": "10.9.0.0/16"}])
    everything = site.inside("network:RouteTable", "all", routes=[{**route, "addressPrefix": "0.0.0.0/0"}])
    routed = {"networkProfile": {"outboundType": "userDefinedRouting"}}

    def pools(subnet: str) -> list[Json]:
        return [{"name": "system", "mode": "System", "count": 1, "vnetSubnetID": subnet}]

    bare = site.subnet("bare", "10.0.32.0/24", routeTable={"id": elsewhere.id})
    led = site.subnet("led", "10.0.33.0/24", routeTable={"id": everything.id})
    kind = "containerservice:ManagedCluster"
    inputs = site.cluster_inputs(**routed, agentPoolProfiles=pools(bare.id))
    assert bare.id in refused(site, "ExistingRouteTableNotAssociatedWithSubnet", kind, **inputs)
    site.cluster(**routed, agentPoolProfiles=pools(led.id))
    gpu = site.pool_inputs("gpu", vnetSubnetID=bare.id)
    refused(site, "ExistingRouteTableNotAssociatedWithSubnet", "containerservice:AgentPool", **gpu)
    site.make("containerservice:AgentPool", "gpu", **site.pool_inputs("gpu", vnetSubnetID=led.id))


def test_node_auto_provisioning_excludes_the_cluster_autoscaler(site: Site) -> None:
    cluster = site.cluster()
    gpu = site.make("containerservice:AgentPool", "gpu", **site.pool_inputs("gpu"))
    turned_on = site.cluster_inputs(**AUTO)
    assert "agent pool gpu has enableAutoScaling" in driver.refused(partial(site.cloud.update, cluster, **turned_on))
    site.cloud.delete(gpu)
    site.cloud.update(cluster, **turned_on)
    refused(site, "BadRequest", "containerservice:AgentPool", **site.pool_inputs("gpu"))
    windows = {
        "resourceGroupName": "rg-ai",
        "resourceName": "aks-ai",
        "osType": "Windows",
        "vmSize": "Standard_D4as_v5",
    }
    refused(site, "BadRequest", "containerservice:AgentPool", agentPoolName="win", **windows)


WEEKLY: dict[str, Json] = {"weekly": {"dayOfWeek": "Saturday", "intervalWeeks": 1}}

WINDOWS: list[tuple[str, dict[str, Json], str]] = [
    ("aksManagedAutoUpgradeSchedule", {"durationHours": 3}, "durationHours"),
    ("aksManagedAutoUpgradeSchedule", {"startTime": "1 am"}, "startTime"),
    ("aksManagedAutoUpgradeSchedule", {"utcOffset": "Asia/Dubai"}, "utcOffset"),
    ("aksManagedAutoUpgradeSchedule", {"notAllowedDates": [{"start": "2026-12-20", "end": "2026-12-01"}]}, "span"),
    ("aksManagedAutoUpgradeSchedule", {"schedule": {}}, "exactly one kind"),
    ("aksManagedAutoUpgradeSchedule", {"schedule": {**WEEKLY, "daily": {"intervalDays": 1}}}, "exactly one kind"),
    ("aksManagedNodeOSUpgradeSchedule", {"schedule": {"daily": {"intervalDays": 8}}}, "intervalDays"),
    ("default", {"schedule": {"daily": {"intervalDays": 1}}}, "takes a weekly schedule"),
]


@pytest.mark.parametrize(("name", "changes", "expected"), WINDOWS)
def test_maintenance_windows(site: Site, name: str, changes: dict[str, Json], expected: str) -> None:
    site.cluster()
    window = {"durationHours": 8, "startTime": "01:00", "utcOffset": "+04:00", "schedule": WEEKLY}
    inputs: dict[str, Json] = {"resourceName": "aks-ai", "configName": name}
    kind = "containerservice:MaintenanceConfiguration"
    message = refused(site, "InvalidParameter", kind, **inputs, maintenanceWindow={**window, **changes})
    assert expected in message
    site.inside(kind, "right", **inputs, maintenanceWindow=window)


def test_maintenance_windows_have_three_names(site: Site) -> None:
    site.cluster()
    refused(
        site,
        "InvalidMaintenanceConfigName",
        "containerservice:MaintenanceConfiguration",
        resourceName="aks-ai",
        configName="weekend",
    )
