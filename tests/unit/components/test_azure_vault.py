"""Blob storage, Key Vault and audit log on Azure: encryption keys and access."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Purpose
from falaj.facts.regions import REGIONS, Cloud, uae_regions
from tests.unit.components.azure_samples import KEYS, LOG, VAULT, id_of
from tests.unit.components.mocks import TENANT, Recording
from tests.unit.components.samples import recorded

ACCOUNT = "azure-native:storage:StorageAccount"


def vault(**changed: Any) -> Recording:
    return recorded(azure.Vault, {**VAULT, **changed})


def key_store(**changed: Any) -> Recording:
    return recorded(azure.KeyStore, {**KEYS, **changed})


def account(**changed: Any) -> dict[str, Any]:
    return vault(**changed).one(ACCOUNT).inputs


def test_a_vault_has_exactly_these_children() -> None:
    assert {name for _, name in vault().names()} == {
        "uae-key", "uae-identity", "uae-uses-key", "uae-account", "uae-container", "uae-versions", "uae-tiers",
        "uae-endpoint", "uae-endpoint-names", "uae-audit",
    }  # fmt: skip


def test_nobody_reaches_an_account_from_outside_or_with_a_shared_secret() -> None:
    result = account()
    assert result["publicNetworkAccess"] == "Disabled"
    assert result["networkRuleSet"] == {"defaultAction": "Deny", "bypass": "None"}
    off = (
        "allowBlobPublicAccess", "allowSharedKeyAccess", "allowCrossTenantReplication", "isLocalUserEnabled",
        "isSftpEnabled",
    )  # fmt: skip
    assert {name: result[name] for name in off} == dict.fromkeys(off, False)
    assert (result["enableHttpsTrafficOnly"], result["minimumTlsVersion"]) == (True, "TLS1_2")
    assert vault().one("azure-native:storage:BlobContainer").inputs["publicAccess"] == "None"


def test_all_services_of_an_account_are_under_its_own_key() -> None:
    recording, identity = (
        vault(),
        id_of("managedidentity:UserAssignedIdentity/uae-identity").replace("uae-group", "group"),
    )
    ours = {"enabled": True, "keyType": "Account"}
    assert account()["encryption"] == {
        "keySource": "Microsoft.Keyvault",
        "keyVaultProperties": {"keyName": "uae-key", "keyVaultUri": "https://keys.vault.azure.net/"},
        "encryptionIdentity": {"encryptionUserAssignedIdentity": identity},
        "requireInfrastructureEncryption": True,
        "services": dict.fromkeys(("blob", "file", "queue", "table"), ours),
    }
    assert account()["identity"] == {"type": "UserAssigned", "userAssignedIdentities": [identity]}
    role = recording.one("azure-native:authorization:RoleAssignment")
    assert role.inputs["principalId"] == "uae-identity-principal"
    assert role.inputs["roleDefinitionId"].endswith("/e147488a-f6f5-4113-8e2d-b22465e65bf6")
    assert role.inputs["scope"].endswith("/uae-key")
    assert role.urn in recording.one(ACCOUNT).depends_on


def test_an_account_has_a_name_of_its_own_that_azure_accepts() -> None:
    name = account()["accountName"]
    assert name.isalnum()
    assert name == name.lower()
    assert len(name) <= 24
    assert name.startswith("uae")
    assert account(resource_group_id=id_of("x"))["accountName"] != name


@pytest.mark.parametrize(
    ("region", "geo_redundant", "sku"),
    [
        ("uaenorth", False, "Standard_ZRS"),
        ("uaenorth", True, "Standard_GZRS"),
        ("uaecentral", False, "Standard_LRS"),
        ("uaecentral", True, "Standard_GRS"),
    ],
)
def test_copies_are_in_all_zones_of_the_region_and_in_its_pair_if_asked(
    region: str, geo_redundant: bool, sku: str
) -> None:
    assert account(region=region, geo_redundant=geo_redundant)["sku"] == {"name": sku}
    assert account(region=region)["sku"] == account(region=region, geo_redundant=False)["sku"]


def test_the_pair_that_azure_copies_to_is_in_the_country() -> None:
    here = uae_regions(Cloud.AZURE)
    assert {REGIONS[region].pair for region in here} == here


def test_overwritten_and_deleted_objects_can_be_restored() -> None:
    inputs = vault().one("azure-native:storage:BlobServiceProperties").inputs
    assert inputs["isVersioningEnabled"] is True
    kept = {"enabled": True, "days": 14}
    assert (inputs["deleteRetentionPolicy"], inputs["containerDeleteRetentionPolicy"]) == (kept, kept)


def test_access_times_are_tracked_only_if_tiers_depend_on_them() -> None:
    for purpose in Purpose:
        blobs = vault(purpose=purpose).one("azure-native:storage:BlobServiceProperties").inputs
        noted = blobs.get("lastAccessTimeTrackingPolicy")
        assert noted == ({"enable": True} if purpose is Purpose.DATASETS else None), purpose
    recording = vault(purpose=Purpose.DATASETS)
    policy = recording.one("azure-native:storage:ManagementPolicy")
    assert recording.one("azure-native:storage:BlobServiceProperties").urn in policy.depends_on


def after(days: int) -> dict[str, int]:
    return {"daysAfterModificationGreaterThan": days}


def unread(days: int) -> dict[str, int]:
    return {"daysAfterLastAccessTimeGreaterThan": days}


BACK = {"enableAutoTierToHotFromCool": True}


@pytest.mark.parametrize(
    ("changed", "current", "versions"),
    [
        ({"purpose": Purpose.DATASETS}, {"tierToCool": unread(30), "tierToCold": unread(90), **BACK}, 30),
        ({"purpose": Purpose.CHECKPOINTS}, {"delete": after(60)}, 7),
        ({"purpose": Purpose.MODELS}, {"tierToCool": after(90)}, 365),
        ({"purpose": Purpose.ARTIFACTS}, {"tierToCool": after(30), "delete": after(365)}, 30),
        (
            {"purpose": Purpose.DATASETS, "retention_days": 60},
            {"tierToCool": unread(30), "delete": after(60), **BACK},
            30,
        ),
        ({"purpose": Purpose.DATASETS, "retention_days": 30}, {"delete": after(30)}, 30),
    ],
)
def test_tiers_fit_the_purpose(changed: Any, current: dict[str, Any], versions: int) -> None:
    (rule,) = vault(**changed).one("azure-native:storage:ManagementPolicy").inputs["policy"]["rules"]
    assert (rule["type"], rule["enabled"]) == ("Lifecycle", True)
    assert rule["definition"] == {
        "filters": {"blobTypes": ["blockBlob"]},
        "actions": {"baseBlob": current, "version": {"delete": {"daysAfterCreationGreaterThan": versions}}},
    }


def test_a_vault_is_reached_through_its_private_endpoint() -> None:
    recording = vault()
    endpoint = recording.one("azure-native:network:PrivateEndpoint").inputs
    (link,) = endpoint["privateLinkServiceConnections"]
    assert link["groupIds"] == ["blob"]
    assert link["privateLinkServiceId"].endswith("/uae-account")
    assert endpoint["subnet"]["id"] == id_of("subnet/endpoints")
    (names,) = recording.one("azure-native:network:PrivateDnsZoneGroup").inputs["privateDnsZoneConfigs"]
    assert names["privateDnsZoneId"] == id_of("zone/blob")


def test_reads_writes_and_deletes_are_recorded() -> None:
    setting = vault().one("azure-native:monitor:DiagnosticSetting").inputs
    assert setting["resourceUri"].endswith("/uae-account/blobServices/default")
    assert {log["category"] for log in setting["logs"]} == {"StorageRead", "StorageWrite", "StorageDelete"}


def test_reads_can_be_left_out_of_the_log() -> None:
    setting = vault(log_reads=False).one("azure-native:monitor:DiagnosticSetting").inputs
    assert {log["category"] for log in setting["logs"]} == {"StorageWrite", "StorageDelete"}


def test_protection_covers_what_holds_data_or_keys() -> None:
    assert [child.name for child in vault().custom() if child.protect] == []
    protected = {child.name for child in vault(protect=True).custom() if child.protect}
    assert protected == {"uae-account", "uae-container", "uae-key"}
    assert {child.name for child in key_store(protect=True).custom() if child.protect} == {"uae-vault"}


def test_the_key_vault_is_private_opened_by_roles_and_cannot_be_purged() -> None:
    recording = key_store()
    assert {name for _, name in recording.names()} == {"uae-vault", "uae-endpoint", "uae-endpoint-names", "uae-audit"}
    resource = recording.one("azure-native:keyvault:Vault").inputs
    assert resource["properties"] == {
        "tenantId": TENANT,
        "sku": {"family": "A", "name": "standard"},
        "enableRbacAuthorization": True,
        "enableSoftDelete": True,
        "softDeleteRetentionInDays": 90,
        "enablePurgeProtection": True,
        "enabledForDeployment": False,
        "enabledForDiskEncryption": False,
        "enabledForTemplateDeployment": False,
        "publicNetworkAccess": "Disabled",
        "networkAcls": {"bypass": "AzureServices", "defaultAction": "Deny"},
    }
    assert resource["vaultName"].startswith("uae")
    assert len(resource["vaultName"]) <= 24
    setting = recording.one("azure-native:monitor:DiagnosticSetting").inputs
    assert [log["category"] for log in setting["logs"]] == ["AuditEvent"]


@pytest.mark.parametrize(
    ("inputs", "days"), [({}, 90), ({"log_retention_days": 365}, 365), ({"log_retention_days": 731}, 730)]
)
def test_audit_records_are_kept_as_long_as_asked(inputs: dict[str, int], days: int) -> None:
    result = recorded(azure.AuditLog, {**LOG, **inputs}).one("azure-native:operationalinsights:Workspace").inputs
    assert result["retentionInDays"] == days
    assert result["publicNetworkAccessForIngestion"] == "Disabled"
    assert result["features"] == {"disableLocalAuth": True}


@pytest.mark.parametrize("days", [29, 732])
def test_a_retention_that_azure_does_not_offer_is_refused(days: int) -> None:
    with pytest.raises(BadArguments, match=rf"log_retention_days: {days} is not allowed"):
        azure.AuditLog("uae", azure.AuditLogArgs.of("uae", {**LOG, "log_retention_days": days}))


def test_a_purpose_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadArguments, match=r"purpose: \"scratch\" is not allowed"):
        azure.Vault("uae", {**VAULT, "purpose": "scratch"})  # pyright: ignore[reportArgumentType]
