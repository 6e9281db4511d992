"""What Azure refuses of keys that exist already, such as those of a security team.

Sources: azure-compute-docs disk-encryption.md (2026-04-02) and its include of restrictions; azure-native,
KeyForDiskEncryptionSetArgs; azure-aks-docs use-kms-etcd-encryption.md (2026-08-21).
"""

from falaj.sandbox.clouds.azure.arm import TENANT
from falaj.sandbox.clouds.values import Json, get_str
from tests.unit.clouds.azure_platform import Site, refused
from tests.unit.clouds.driver import CreatedResource

OTHER_SUBSCRIPTION = "/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/security/providers"
HSM = "https://hsm-corp.managedhsm.azure.net/keys/uae/0123456789abcdef0123456789abcdef"


def set_of(identity: CreatedResource, url: str, **active: Json) -> dict[str, Json]:
    return {
        "resourceGroupName": "rg-ai",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [identity.id]},
        "activeKey": {"keyUrl": url, **active},
    }


def hsm(site: Site, name: str = "hsm-corp", **inputs: Json) -> CreatedResource:
    properties: Json = {"tenantId": TENANT, "initialAdminObjectIds": [TENANT], "enablePurgeProtection": True}
    return site.inside(
        "keyvault:ManagedHsm",
        name,
        **{"name": name, "sku": {"family": "B", "name": "Standard_B1"}, "properties": properties, **inputs},
    )


def test_disks_need_a_key_of_their_region(site: Site) -> None:
    site.inside(
        "keyvault:Vault",
        "kv-far",
        vaultName="kv-far",
        location="westeurope",
        properties={"sku": {"family": "A", "name": "standard"}, "tenantId": TENANT, "enablePurgeProtection": True},
    )
    identity, key = site.identity(), site.key("disks", "kv-far")
    site.granted(identity, key)
    inputs = set_of(identity, get_str(key.values, "keyUriWithVersion"))
    message = refused(site, "KeyVaultAndDiskInDifferentRegions", "compute:DiskEncryptionSet", **inputs)
    assert "westeurope" in message


def test_disks_need_the_version_of_a_key_and_no_vault_of_another_subscription(site: Site) -> None:
    site.vault()
    identity, key = site.identity(), site.key()
    site.granted(identity, key)
    versioned = get_str(key.values, "keyUriWithVersion")
    refused(site, "BadRequest", "compute:DiskEncryptionSet", **set_of(identity, get_str(key.values, "keyUri")))
    other: Json = {"id": f"{OTHER_SUBSCRIPTION}/Microsoft.KeyVault/vaults/kv-ai"}
    refused(site, "BadRequest", "compute:DiskEncryptionSet", **set_of(identity, versioned, sourceVault=other))
    site.make("compute:DiskEncryptionSet", "disks-set", **set_of(identity, versioned))


def test_a_key_of_a_managed_hsm_needs_the_hsm_its_protection_and_no_source_vault(site: Site) -> None:
    identity = site.identity()
    refused(site, "KeyNotFound", "compute:DiskEncryptionSet", **set_of(identity, HSM))
    created = hsm(site)
    source: Json = {"id": created.id}
    refused(site, "BadRequest", "compute:DiskEncryptionSet", **set_of(identity, HSM, sourceVault=source))
    site.make("compute:DiskEncryptionSet", "hsm-set", **set_of(identity, HSM))
    open_properties: Json = {"tenantId": TENANT, "initialAdminObjectIds": [TENANT], "enablePurgeProtection": False}
    hsm(site, "hsm-open", properties=open_properties)
    unprotected = HSM.replace("hsm-corp", "hsm-open")
    refused(
        site,
        "KeyVaultSoftDeleteAndPurgeProtectionRequired",
        "compute:DiskEncryptionSet",
        **set_of(identity, unprotected),
    )


def test_aks_reaches_no_key_behind_a_firewall_and_no_hsm(site: Site) -> None:
    site.vault(publicNetworkAccess="Enabled", networkAcls={"defaultAction": "Deny", "bypass": "AzureServices"})
    identity, key = site.identity(), site.key()
    site.granted(identity, key)

    def cluster(**kms: Json) -> dict[str, Json]:
        return site.cluster_inputs(
            identity={"type": "UserAssigned", "userAssignedIdentities": [identity.id]},
            apiServerAccessProfile={"enableVnetIntegration": True},
            securityProfile={
                "azureKeyVaultKms": {"enabled": True, "keyId": get_str(key.values, "keyUriWithVersion"), **kms}
            },
        )

    kind = "containerservice:ManagedCluster"
    refused(site, "InvalidParameter", kind, **cluster(keyVaultNetworkAccess="Public"))
    private = cluster(keyVaultNetworkAccess="Private", keyVaultResourceId=site.created["kv-ai"].id)
    refused(site, "InvalidParameter", kind, **private)
    hsm(site)
    refused(site, "BadRequest", kind, **cluster(keyId=HSM))


def test_existing_keys_and_hsms_can_be_looked_up(site: Site) -> None:
    site.vault()
    site.key()
    hsm(site)
    key = site.cloud.invoke(
        "azure-native:keyvault:getKey", resourceGroupName="rg-ai", vaultName="kv-ai", keyName="disks"
    )
    assert get_str(key, "keyUriWithVersion").startswith("https://kv-ai.vault.azure.net/keys/disks/")
    vault = site.cloud.invoke("azure-native:keyvault:getVault", resourceGroupName="rg-ai", vaultName="kv-ai")
    assert vault["properties"]["enablePurgeProtection"] is True  # type: ignore[index, call-overload]
    found = site.cloud.invoke("azure-native:keyvault:getManagedHsm", resourceGroupName="rg-ai", name="hsm-corp")
    assert found["properties"]["enablePurgeProtection"] is True  # type: ignore[index, call-overload]
