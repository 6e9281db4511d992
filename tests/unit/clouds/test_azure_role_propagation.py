"""The emulated Azure refuses what uses a role assignment, or a custom role, before it has taken effect."""

from collections.abc import Callable

import pytest

from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION
from falaj.sandbox.clouds.values import Json, get_str
from tests.unit.clouds.azure_platform import BLOB_CONTRIBUTOR, Site
from tests.unit.clouds.driver import CreatedResource

ROLE_ID = "0f4c7c1e-3a55-5b0e-9d0e-6a1f2b3c4d5e"


def account(site: Site, identity: CreatedResource, key: CreatedResource) -> tuple[str, dict[str, Json]]:
    encryption: dict[str, Json] = {
        "keySource": "Microsoft.Keyvault",
        "keyVaultProperties": {"keyName": key.name, "keyVaultUri": "https://kv-ai.vault.azure.net/"},
        "encryptionIdentity": {"encryptionUserAssignedIdentity": identity.id},
    }
    by: Json = {"type": "UserAssigned", "userAssignedIdentities": [identity.id]}
    return "storage:StorageAccount", site.account_inputs(identity=by, encryption=encryption)


def registry(site: Site, identity: CreatedResource, key: CreatedResource) -> tuple[str, dict[str, Json]]:
    properties: Json = {
        "identity": get_str(identity.values, "clientId"), "keyIdentifier": get_str(key.values, "keyUri"),
    }  # fmt: skip
    return "containerregistry:Registry", {
        "resourceGroupName": "rg-ai",
        "registryName": "craidata",
        "sku": {"name": "Premium"},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {identity.id: {}}},
        "encryption": {"status": "enabled", "keyVaultProperties": properties},
    }


def disks(site: Site, identity: CreatedResource, key: CreatedResource) -> tuple[str, dict[str, Json]]:
    return "compute:DiskEncryptionSet", {
        "resourceGroupName": "rg-ai",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [identity.id]},
        "activeKey": {"keyUrl": get_str(key.values, "keyUriWithVersion")},
    }


def cluster(site: Site, identity: CreatedResource, key: CreatedResource) -> tuple[str, dict[str, Json]]:
    kms: Json = {"enabled": True, "keyId": get_str(key.values, "keyUriWithVersion")}
    return "containerservice:ManagedCluster", site.cluster_inputs(
        identity={"type": "UserAssigned", "userAssignedIdentities": [identity.id]},
        securityProfile={"azureKeyVaultKms": kms},
    )


Consumer = Callable[[Site, CreatedResource, CreatedResource], tuple[str, dict[str, Json]]]


@pytest.mark.parametrize("consumer", [account, registry, disks, cluster])
def test_a_key_is_refused_until_the_grant_has_taken_effect(site: Site, consumer: Consumer) -> None:
    site.vault()
    identity, key = site.identity(), site.key()
    kind, inputs = consumer(site, identity, key)
    grant: dict[str, Json] = {
        "scope": key.id,
        "principalId": get_str(identity.values, "principalId"),
        "principalType": "ServicePrincipal",
    }
    assert 'Status=403 Code="KeyVaultAuthenticationFailure"' in site.refused(kind, **inputs)
    site.make("authorization:RoleAssignment", "blobs", **grant, roleDefinitionId=BLOB_CONTRIBUTOR)
    assert "(not found)" in site.refused(kind, **inputs)
    wraps = f"{BLOB_CONTRIBUTOR.rpartition('/')[0]}/e147488a-f6f5-4113-8e2d-b22465e65bf6"
    granted = site.make("authorization:RoleAssignment", "wraps", **grant, roleDefinitionId=wraps)
    for _ in range(2):
        assert "less than two minutes ago" in site.refused(kind, **inputs)
    site.wait(granted, 60)
    assert "less than two minutes ago" in site.refused(kind, **inputs)
    site.wait(granted, 120)
    site.make(kind, "consumer", **inputs)


def test_a_grant_on_another_key_does_not_count(site: Site) -> None:
    site.vault()
    identity, key, other = site.identity(), site.key(), site.key("disks-2")
    site.granted(identity, other)
    kind, inputs = account(site, identity, key)
    assert "(not found)" in site.refused(kind, **inputs)


def test_a_custom_role_is_not_known_at_once(site: Site) -> None:
    principal = get_str(site.identity().values, "principalId")
    role = site.make(
        "authorization:RoleDefinition",
        "role",
        scope=site.group.id,
        roleDefinitionId=ROLE_ID,
        roleName="start and stop",
        permissions=[{"actions": ["Microsoft.ContainerService/managedClusters/start/action"]}],
        assignableScopes=[site.group.id],
    )
    definition = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{ROLE_ID}"
    inputs: dict[str, Json] = {"principalId": principal, "roleDefinitionId": definition, "scope": site.group.id}
    message = site.refused("authorization:RoleAssignment", **inputs)
    assert f'Code="RoleDefinitionDoesNotExist" Message="The specified role definition with ID \'{ROLE_ID}' in (
        message.replace(ROLE_ID.replace("-", ""), ROLE_ID)
    )
    site.wait(role, 30)
    site.make("authorization:RoleAssignment", "granted", **inputs)
