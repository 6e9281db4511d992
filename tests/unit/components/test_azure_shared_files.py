"""Shared files on Azure: an NFS share, mounted with encryption, from the network only."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import SHARED_FILES, id_of, last
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import program, recorded

CORE = {
    "uae-key", "uae-identity", "uae-uses-key", "uae-account", "uae-recovery", "uae-share", "uae-endpoint",
    "uae-endpoint-names", "uae-audit",
}  # fmt: skip


def files(**changed: Any) -> Recording:
    return recorded(azure.SharedFiles, {**SHARED_FILES, **changed})


def account(**changed: Any) -> dict[str, Any]:
    return files(**changed).one("azure-native:storage:StorageAccount").inputs


def share(**changed: Any) -> dict[str, Any]:
    return files(**changed).one("azure-native:storage:FileShare").inputs


def test_shared_files_have_exactly_these_children() -> None:
    assert {name for _, name in files().names()} == CORE


def test_the_share_is_nfs_of_the_size_asked_for_and_root_is_nobody() -> None:
    result = share()
    assert (result["enabledProtocols"], result["rootSquash"], result["accessTier"]) == ("NFS", "RootSquash", "Premium")
    assert (result["shareName"], result["shareQuota"]) == ("models", 1024)
    assert share(quota_gib=4096)["shareQuota"] == 4096
    assert share(root_squash=False)["rootSquash"] == "NoRootSquash"


def test_every_mount_is_encrypted_and_comes_from_the_network() -> None:
    result = account()
    assert (result["enableHttpsTrafficOnly"], result["minimumTlsVersion"]) == (True, "TLS1_2")
    assert (result["publicNetworkAccess"], result["allowSharedKeyAccess"]) == ("Disabled", False)
    assert result["networkRuleSet"] == {"defaultAction": "Deny", "bypass": "None"}
    recording = files()
    (link,) = recording.one("azure-native:network:PrivateEndpoint").inputs["privateLinkServiceConnections"]
    assert (link["groupIds"], last(link["privateLinkServiceId"])) == (["file"], "uae-account")
    (names,) = recording.one("azure-native:network:PrivateDnsZoneGroup").inputs["privateDnsZoneConfigs"]
    assert names["privateDnsZoneId"] == id_of("zone/file")


@pytest.mark.parametrize(("region", "sku"), [("uaenorth", "Premium_ZRS"), ("uaecentral", "Premium_LRS")])
def test_the_account_is_for_premium_files_in_all_zones_of_the_region(region: str, sku: str) -> None:
    result = account(region=region)
    assert (result["kind"], result["sku"]) == ("FileStorage", {"name": sku})
    assert "accessTier" not in result


def test_it_is_under_a_key_of_its_own() -> None:
    encryption = account()["encryption"]
    assert (encryption["keySource"], encryption["requireInfrastructureEncryption"]) == ("Microsoft.Keyvault", True)
    assert encryption["keyVaultProperties"]["keyName"] == "uae-key"
    assert {service for service, key in encryption["services"].items() if key} == {"blob", "file"}


def test_a_deleted_share_can_be_called_back() -> None:
    inputs = files().one("azure-native:storage:FileServiceProperties").inputs
    assert inputs["shareDeleteRetentionPolicy"] == {"enabled": True, "days": 14}


def test_who_gives_it_to_claims_may_do_so_on_this_account_only() -> None:
    recording = files(manager_principal_ids={"cluster": "a"})
    assert {name for _, name in recording.names()} == CORE | {"uae-managed-by-cluster"}
    role = recording.one("azure-native:authorization:RoleAssignment", "uae-managed-by-cluster").inputs
    assert (role["principalId"], last(role["scope"])) == ("a", "uae-account")
    assert last(role["roleDefinitionId"]) == "17d1049b-9a84-46fb-8f53-869881c3d3ab"


def test_what_is_done_to_it_is_recorded() -> None:
    setting = files().one("azure-native:monitor:DiagnosticSetting").inputs
    assert setting["resourceUri"].endswith("/uae-account/fileServices/default")


def test_protection_covers_what_holds_data_or_keys() -> None:
    protected = {child.name for child in files(protect=True).custom() if child.protect}
    assert protected == {"uae-account", "uae-share", "uae-key"}
    assert [child.name for child in files().custom() if child.protect] == []


@pytest.mark.parametrize("size", [99, 102401])
def test_a_size_that_azure_does_not_offer_is_refused(size: int) -> None:
    with pytest.raises(BadArguments, match=rf"quota_gib: {size} is not allowed"):
        program(azure.SharedFiles, {**SHARED_FILES, "quota_gib": size})()
