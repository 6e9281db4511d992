"""Storage in the emulated Azure: accounts of every redundancy, file shares, and container registries."""

import pytest

from falaj.sandbox.clouds.property_values import to_plain_map
from falaj.sandbox.clouds.values import Json, get_str, set_path
from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import Site, refused
from tests.unit.clouds.driver import CreatedResource

ACCOUNT, SHARE = "storage:StorageAccount", "storage:FileShare"
REGISTRY, REPLICA, CACHE = (f"containerregistry:{kind}" for kind in ("Registry", "Replication", "CacheRule"))


def files(site: Site, **changes: Json) -> CreatedResource:
    """Creates an account for premium files."""
    inputs = site.account_inputs("staifiles", kind="FileStorage", sku={"name": "Premium_ZRS"}, **changes)
    return site.make(ACCOUNT, "files", **inputs)


def share(**changes: Json) -> dict[str, Json]:
    inputs = {"accountName": "staifiles", "shareName": "models", "enabledProtocols": "NFS", "shareQuota": 1024}
    return {"resourceGroupName": "rg-ai", "rootSquash": "RootSquash", **inputs, **changes}


def registry(site: Site, **changes: Json) -> dict[str, Json]:
    """Returns inputs of a private registry with an existing customer-managed key."""
    if "kv-ai" not in site.created:
        site.vault()
        site.granted(site.identity(), site.key())
    reader = site.created["id-ai"]
    key = get_str(site.created["disks"].values, "keyUri")
    return {
        "resourceGroupName": "rg-ai",
        "registryName": "craidata",
        "sku": {"name": "Premium"},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {reader.id: {}}},
        "encryption": {
            "status": "enabled",
            "keyVaultProperties": {"identity": get_str(reader.values, "clientId"), "keyIdentifier": key},
        },
        "publicNetworkAccess": "Disabled",
        "zoneRedundancy": "Enabled",
        "policies": {"retentionPolicy": {"status": "enabled"}, "exportPolicy": {"status": "disabled"}},
        **changes,
    }


def test_every_resource_is_created_read_updated_and_deleted(site: Site) -> None:
    """Each resource is created, read and compared without a change, updated to itself, and deleted in reverse order."""
    files(site)
    site.inside("storage:FileServiceProperties", "recovery", accountName="staifiles", fileServicesName="default")
    site.make(SHARE, "share", **share())
    site.make(REGISTRY, "registry", **registry(site))
    site.inside(REPLICA, "replica", registryName="craidata", replicationName="uaecentral", location="uaecentral")
    site.inside(
        CACHE,
        "cache",
        registryName="craidata",
        cacheRuleName="quayio",
        sourceRepository="quay.io/*",
        targetRepository="quay.io/*",
    )
    site.stays_and_goes()
    assert site.created["registry"]["loginServer"] == "craidata.azurecr.io"
    assert site.created["share"].id.endswith("/staifiles/fileServices/default/shares/models")


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "FileStorage", "sku": {"name": "Standard_LRS"}},
        {"sku": {"name": "Premium_ZRS"}},
        {"location": "uaecentral", "sku": {"name": "Standard_GZRS"}},
        {"location": "qatarcentral", "sku": {"name": "Standard_GRS"}},
    ],
)
def test_redundancy_needs_the_kind_the_zones_and_the_paired_region(site: Site, changes: dict[str, Json]) -> None:
    refused(site, "InvalidStorageAccountSku", ACCOUNT, **{**site.account_inputs(), **changes})


def test_geo_redundancy_changes_in_place_and_zone_redundancy_does_not(site: Site) -> None:
    resource = site.make(ACCOUNT, "data", **site.account_inputs())
    for sku in ("Standard_GZRS", "Standard_ZRS"):
        expected = site.account_inputs(sku={"name": sku})
        assert site.cloud.diff(resource, **expected).replaces == []
        assert get_str(site.cloud.update(resource, **expected).values, "sku.name") == sku
    lrs = site.account_inputs(sku={"name": "Standard_LRS"})
    message = driver.refused(lambda: site.cloud.update(resource, **lrs))
    assert 'Code="InvalidStorageAccountSku"' in message
    site.make(
        ACCOUNT, "elsewhere", **site.account_inputs("staifar", location="uaecentral", sku={"name": "Standard_GRS"})
    )


def test_immutable_properties_of_an_account(site: Site) -> None:
    resource = site.make(ACCOUNT, "data", **site.account_inputs(encryption={"requireInfrastructureEncryption": True}))
    for encryption in (None, {"requireInfrastructureEncryption": False}):
        later = site.account_inputs(encryption=encryption)
        message = driver.refused(lambda later=later: site.cloud.update(resource, **later))
        assert 'Code="PropertyCannotBeUpdated"' in message


@pytest.mark.parametrize("service", ["queue", "table"])
def test_queues_and_tables_use_the_accounts_key_in_general_purpose_accounts_only(site: Site, service: str) -> None:
    encryption: Json = {"services": {service: {"enabled": True, "keyType": "Account"}}}
    site.make(ACCOUNT, "data", **site.account_inputs(encryption=encryption))
    premium = site.account_inputs("staifiles", kind="FileStorage", sku={"name": "Premium_ZRS"})
    refused(site, "FeatureNotSupportedForAccount", ACCOUNT, **premium, encryption=encryption)
    site.make(ACCOUNT, "files", **premium, encryption={"services": {"file": {"enabled": True, "keyType": "Account"}}})


def test_access_time_rules_need_access_time_tracking(site: Site) -> None:
    site.make(ACCOUNT, "data", **site.account_inputs())
    unread = {"baseBlob": {"tierToCool": {"daysAfterLastAccessTimeGreaterThan": 30}}}
    rule = {"name": "cool", "type": "Lifecycle", "definition": {"actions": unread}}
    inputs = {"accountName": "staidata", "managementPolicyName": "default", "policy": {"rules": [rule]}}
    refused(site, "InvalidRequestPropertyValue", "storage:ManagementPolicy", **inputs)
    site.inside(
        "storage:BlobServiceProperties",
        "blobs",
        accountName="staidata",
        blobServicesName="default",
        lastAccessTimeTrackingPolicy={"enable": True},
    )
    site.inside("storage:ManagementPolicy", "tiers", **inputs)


def test_shares(site: Site) -> None:
    files(site)
    bad = "InvalidRequestPropertyValue"
    refused(site, "InvalidResourceName", SHARE, **share(shareName="Models_1"))
    refused(site, bad, SHARE, **share(shareQuota=99))
    refused(site, bad, SHARE, **share(accessTier="Hot"))
    refused(site, bad, SHARE, **share(enabledProtocols="SMB"))
    refused(site, bad, "storage:FileServiceProperties", accountName="staifiles", fileServicesName="own")
    refused(site, "ParentResourceNotFound", SHARE, **share(accountName="no"))
    site.make(ACCOUNT, "data", **site.account_inputs())
    refused(site, bad, SHARE, **share(accountName="staidata"))
    resource = site.make(SHARE, "share", **share())
    assert site.cloud.diff(resource, **share(enabledProtocols="SMB", rootSquash=None)).replaces == ["enabledProtocols"]
    assert site.cloud.diff(resource, **share(shareQuota=2048)).replaces == []


@pytest.mark.parametrize(
    ("code", "path", "value"),
    [
        ("InvalidResourceName", "registryName", "cr-ai"),
        ("FeatureNotSupported", "sku.name", "Standard"),
        ("InvalidParameter", "publicNetworkAccess", "Enabled"),
        ("InvalidParameter", "policies.softDeletePolicy.status", "enabled"),
        ("InvalidParameter", "policies.trustPolicy.status", "enabled"),
        ("ZoneRedundancyNotSupported", "location", "uaecentral"),
        ("CMKIdentityNotAssigned", "encryption.keyVaultProperties.identity", "00000000-1111-2222-3333-444444444444"),
        ("BadRequest", "encryption.keyVaultProperties.keyIdentifier", "https://example.ae/key"),
    ],
)
def test_registries(site: Site, code: str, path: str, value: str) -> None:
    refused(site, code, REGISTRY, **set_path(registry(site), path, value))


def test_registry_names_are_unique_and_some_properties_are_immutable(site: Site) -> None:
    resource = site.make(REGISTRY, "registry", **registry(site))
    site.make("resources:ResourceGroup", "other", location="uaenorth", resourceGroupName="rg-other")
    refused(site, "AlreadyInUse", REGISTRY, **registry(site, resourceGroupName="rg-other"))
    for changes in ({"encryption": {"status": "disabled"}}, {"zoneRedundancy": "Disabled"}):
        later = registry(site, **changes)
        assert "cannot be changed" in driver.refused(lambda later=later: site.cloud.update(resource, **later))
    assert site.cloud.diff(resource, **registry(site, dataEndpointEnabled=True)).replaces == []


def test_replicas_and_cache_rules(site: Site) -> None:
    site.make(REGISTRY, "registry", **registry(site))
    site.inside(REGISTRY, "small", registryName="craismall", sku={"name": "Basic"})
    far = {"replicationName": "uaecentral", "location": "uaecentral"}
    refused(site, "FeatureNotSupported", REPLICA, registryName="craismall", **far)
    refused(
        site, "ReplicationAlreadyExists", REPLICA, registryName="craidata", replicationName="a", location="uaenorth"
    )
    refused(site, "ZoneRedundancyNotSupported", REPLICA, registryName="craidata", zoneRedundancy="Enabled", **far)

    def rule(name: str, source: str, target: str) -> dict[str, Json]:
        inputs = {"registryName": "craidata", "cacheRuleName": name}
        return {**inputs, "sourceRepository": source, "targetRepository": target}

    refused(site, "InvalidParameter", CACHE, **rule("all", "quay.io/*", "quay.io/*"))
    refused(site, "InvalidParameter", CACHE, **rule("nvidia", "nvcr.io/*", "nvcr.io/*"))
    refused(site, "InvalidParameter", CACHE, **rule("docker", "docker.io/*", "docker.io/*"))
    resource = site.inside(CACHE, "quay", **rule("quayio", "quay.io/*", "quay.io/*"))
    refused(site, "CacheRuleConflict", CACHE, **rule("quayio-two", "quay.io/a/b", "quay.io/a/b"))
    other = site.cloud.diff(resource, resourceGroupName="rg-ai", **rule("quayio", "ghcr.io/*", "quay.io/*"))
    assert other.replaces == ["sourceRepository"]


def test_an_existing_key_is_never_updated(site: Site) -> None:
    site.vault()
    inputs: dict[str, Json] = {"vaultName": "kv-ai", "keyName": "k", "properties": {"kty": "RSA", "keySize": 3072}}
    key = site.inside("keyvault:Key", "key", **inputs, tags={"project": "ai"})
    site.cloud.update(key, resourceGroupName="rg-ai", **inputs, tags={"project": "other"})
    assert key.values["tags"] == {"project": "ai"}
    assert to_plain_map(site.cloud.read(key).inputs or {})["tags"] == {"project": "ai"}
