"""Azure sites with keys that exist, such as those of a security team: lookups, grants, and what is refused."""

from collections.abc import Mapping
from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import CLUSTER, REGISTRY, SITE, VAULT
from tests.unit.components.mocks import ANSWERS, Recording, build
from tests.unit.components.samples import changed_args, program

SECURITY = "/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/security/providers/Microsoft.KeyVault"
KEY = f"{SECURITY}/vaults/corp/keys/uae"
HSM_KEY = f"{SECURITY}/managedHSMs/hsm/keys/uae"
VERSION = "0123456789abcdef0123456789abcdef"
IDENTITY = (
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/security/providers/"
    "Microsoft.ManagedIdentity/userAssignedIdentities/keys"
)
ROLE = "azure-native:authorization:RoleAssignment"
CREATED = "azure-native:keyvault:Key"
FULL_SITE = {**SITE, "storage": {"shared_files": True, "registry": True}}


def found(**properties: Any) -> dict[str, Any]:
    """Returns what a lookup of a fitting Key Vault finds, with changes."""
    fitting = {"enablePurgeProtection": True, "enableRbacAuthorization": True, "publicNetworkAccess": "Disabled"}
    rules = {"defaultAction": "Deny", "bypass": "AzureServices", "ipRules": [], "virtualNetworkRules": []}
    return {"location": "uaenorth", "properties": {**fitting, "networkAcls": rules, **properties}}


def answers(vault: Mapping[str, Any] | None = None, **key: Any) -> dict[str, Any]:
    uri = "https://corp.vault.azure.net/keys/uae"
    return {
        **ANSWERS,
        "azure-native:keyvault:getVault": vault or found(),
        "azure-native:keyvault:getKey": {
            "kty": "RSA", "keySize": 3072, "keyUri": uri, "keyUriWithVersion": f"{uri}/{VERSION}", **key,
        },
        "azure-native:keyvault:getManagedHsm": {
            "location": "uaenorth", "properties": {"enablePurgeProtection": True},
        },
    }  # fmt: skip


def vault(changes: Mapping[str, Any], answered: Mapping[str, Any] | None = None) -> Recording:
    without = {key: value for key, value in VAULT.items() if not key.startswith("key_vault")}
    return build(program(azure.Vault, {**without, **changes}), answered or answers())


def site(keys: Mapping[str, Any], **options: Any) -> Recording:
    return build(
        program(azure.Site, changed_args(azure.SiteArgs, FULL_SITE, {"azure": {"keys": keys, **options}})), answers()
    )


def test_a_vault_with_an_existing_key_creates_none_and_grants_its_own_identity() -> None:
    recording = vault({"key_id": KEY})
    assert not recording.of(CREATED)
    encryption = recording.one("azure-native:storage:StorageAccount").inputs["encryption"]
    assert encryption["keyVaultProperties"] == {"keyName": "uae", "keyVaultUri": "https://corp.vault.azure.net/"}
    grant = recording.one(ROLE, "uae-uses-key")
    assert grant.inputs["scope"] == KEY
    assert grant.urn in recording.one("azure-native:storage:StorageAccount").depends_on
    provider = recording.one("pulumi:providers:azure-native").inputs
    assert provider["subscriptionId"] == "99999999-8888-7777-6666-555555555555"


def test_an_identity_of_the_owner_is_granted_nothing() -> None:
    recording = vault({"key_id": KEY, "key_identity_id": IDENTITY})
    assert not recording.of(ROLE)
    identity = recording.one("azure-native:storage:StorageAccount").inputs["identity"]
    assert identity["userAssignedIdentities"] == [IDENTITY]


def test_a_key_of_a_managed_hsm_needs_an_identity_that_its_owner_has_allowed() -> None:
    recording = vault({"key_id": HSM_KEY, "key_identity_id": IDENTITY})
    encryption = recording.one("azure-native:storage:StorageAccount").inputs["encryption"]
    assert encryption["keyVaultProperties"]["keyVaultUri"] == "https://hsm.managedhsm.azure.net/"
    with pytest.raises(
        BadArguments, match=r"key_id: .*a Managed HSM key and an identity.* local roles .*Fix: add `key_identity_id`"
    ):
        vault({"key_id": HSM_KEY})


@pytest.mark.parametrize(
    ("answered", "message"),
    [
        (answers({**found(), "location": "westeurope"}), '"in westeurope".*a key in uaenorth'),
        (answers(found(enablePurgeProtection=None)), "no purge protection"),
        (answers(found(enableRbacAuthorization=False)), "access policies"),
        (answers(found(networkAcls={"defaultAction": "Deny", "bypass": "None"})), "no bypass"),
        (answers(kty="EC"), "a key of type EC"),
        (answers(keySize=1024), "1024 bits"),
    ],
)
def test_a_key_that_does_not_fit_is_refused_in_the_preview(answered: Mapping[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=rf"key_id: .*{message}"):
        vault({"key_id": KEY}, answered)


def test_all_problems_of_a_key_are_reported_at_once() -> None:
    with pytest.raises(BadArguments) as caught:
        vault({"key_id": KEY}, answers({**found(enablePurgeProtection=None), "location": "westeurope"}, kty="EC"))
    assert len(caught.value.problems) == 3


def test_secrets_need_a_vault_without_public_access() -> None:
    arguments = {**CLUSTER, "secrets_key_id": KEY}
    with pytest.raises(BadArguments, match=r"secrets_key_id: .*public network access"):
        build(program(azure.Cluster, arguments), answers(found(publicNetworkAccess="Enabled")))
    recording = build(program(azure.Cluster, arguments), answers())
    kms = recording.one("azure-native:containerservice:ManagedCluster").inputs["securityProfile"]["azureKeyVaultKms"]
    assert kms["keyId"] == f"https://corp.vault.azure.net/keys/uae/{VERSION}"
    assert kms["keyVaultResourceId"] == f"{SECURITY}/vaults/corp"
    assert recording.one(ROLE, "uae-uses-etcd-key").inputs["scope"] == KEY
    assert recording.one(ROLE, "uae-connects-vault").inputs["scope"] == f"{SECURITY}/vaults/corp"


def test_a_registry_follows_the_versions_of_a_key_of_a_managed_hsm() -> None:
    """azure-management-docs container-registry tutorial-rotate-revoke-customer-managed-keys.md, 2026-10-09; az acr
    encryption rotate-key: a key of a Managed HSM, without a version."""
    arguments = {**REGISTRY, "key_id": HSM_KEY, "key_identity_id": IDENTITY}
    recording = build(program(azure.Registry, arguments), answers())
    encryption = recording.one("azure-native:containerregistry:Registry").inputs["encryption"]
    assert encryption["keyVaultProperties"]["keyIdentifier"] == "https://hsm.managedhsm.azure.net/keys/uae"
    with pytest.raises(BadArguments, match=r"keys\.registry: .*a Managed HSM key and an identity"):
        site({"registry": HSM_KEY})


def test_disks_take_a_versioned_key_of_a_managed_hsm_and_no_source_vault() -> None:
    arguments = {**CLUSTER, "disk_key_id": f"{HSM_KEY}/versions/{VERSION}", "key_identity_id": IDENTITY}
    active = build(program(azure.Cluster, arguments), answers()).one("azure-native:compute:DiskEncryptionSet").inputs
    assert active["activeKey"] == {"keyUrl": f"https://hsm.managedhsm.azure.net/keys/uae/{VERSION}"}
    with pytest.raises(BadArguments, match=r"disk_key_id: .*with the version to begin with"):
        build(program(azure.Cluster, {**arguments, "disk_key_id": HSM_KEY}), answers())


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        (azure.Registry, {**REGISTRY, "key_id": HSM_KEY}, "key_id: .*a Managed HSM key and an identity"),
        (azure.Vault, {**VAULT, "key_vault_name": None}, "key_vault_name: required where no `key_id`"),
        (azure.Vault, {**VAULT, "key_identity_id": IDENTITY}, "key_identity_id: .*nothing without `key_id`"),
        (azure.Cluster, {**CLUSTER, "key_vault_id": None, "disk_key_id": KEY}, "key_vault_id: required"),
        (
            azure.Cluster,
            {**CLUSTER, "secrets_key_id": KEY, "key_identity_id": IDENTITY},
            r"identities.control_plane: required",
        ),
    ],
)
def test_arguments_that_name_no_usable_key_are_refused(kind: Any, arguments: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        build(program(kind, arguments), answers())


def test_a_site_with_a_key_for_every_use_has_no_key_vault() -> None:
    recording = site({"default": KEY})
    assert not recording.of("azure-native:keyvault:Vault")
    assert not recording.of(CREATED)
    endpoint = recording.one("azure-native:network:PrivateEndpoint", "uae-keys-endpoint")
    assert endpoint.inputs["privateLinkServiceConnections"][0]["privateLinkServiceId"] == f"{SECURITY}/vaults/corp"
    assert endpoint.urn in recording.one("falaj:azure:Cluster").depends_on
    assert not site({"default": KEY, "endpoint": False}).names() & {
        ("azure-native:network:PrivateEndpoint", "uae-keys-endpoint")
    }


@pytest.mark.parametrize(
    ("use", "created"),
    [
        ("disks", {"uae-cluster-disk-key"}),
        ("secrets", {"uae-cluster-etcd-key"}),
        ("vaults", {"uae-datasets-key", "uae-checkpoints-key"}),
        ("files", {"uae-files-key"}),
        ("registry", {"uae-registry-key"}),
        ("logs", {"uae-flows-key"}),
    ],
)
def test_each_use_replaces_its_own_keys(use: str, created: set[str]) -> None:
    recording = site({use: KEY})
    assert len(recording.of("azure-native:keyvault:Vault")) == 1
    every = {seen.name for seen in build(program(azure.Site, FULL_SITE)).of(CREATED)}
    assert every - {seen.name for seen in recording.of(CREATED)} == created


def test_an_owner_who_grants_access_names_the_control_planes_identity_too() -> None:
    with pytest.raises(BadArguments, match=r"azure\.identities\.control_plane: required"):
        site({"default": KEY, "identity_id": IDENTITY})
    recording = site({"default": KEY, "identity_id": IDENTITY}, identities={"control_plane": IDENTITY})
    assert not {seen.name for seen in recording.of(ROLE) if "key" in seen.name}
    with pytest.raises(BadArguments, match=r"azure\.keys\.identity_id: .*nothing unless a use names a key"):
        site({"identity_id": IDENTITY})
    with pytest.raises(BadArguments, match=r"azure\.keys\.endpoint: .*true unless"):
        site({"disks": KEY, "endpoint": False})
