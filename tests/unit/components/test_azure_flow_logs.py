"""Flow logs of an Azure network: destination, encryption key and writer."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import FLOWS, id_of, last
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

LOG = "azure-native:network:FlowLog"
ACCOUNT = "azure-native:storage:StorageAccount"


def flows(**changed: Any) -> Recording:
    return recorded(azure.FlowLogs, {**FLOWS, **changed})


def test_they_have_exactly_these_children() -> None:
    assert {name for _, name in flows().names()} == {
        "uae-key", "uae-identity", "uae-uses-key", "uae-account", "uae-writer", "uae-writes", "uae-flows",
        "uae-endpoint", "uae-endpoint-names", "uae-audit",
    }  # fmt: skip


def test_the_whole_network_is_recorded_by_the_regions_watcher() -> None:
    log = flows().one(LOG).inputs
    assert (log["networkWatcherName"], log["resourceGroupName"]) == ("NetworkWatcher_uaenorth", "NetworkWatcherRG")
    assert (log["targetResourceId"], log["enabled"]) == (id_of("network/vnet"), True)
    assert log["format"] == {"type": "JSON", "version": 2}
    assert log["retentionPolicy"] == {"enabled": True, "days": 90}
    moved = flows(network_watcher="watcher", network_watcher_group="net", flow_log_days=30).one(LOG).inputs
    assert (moved["networkWatcherName"], moved["resourceGroupName"]) == ("watcher", "net")
    assert moved["retentionPolicy"]["days"] == 30


def test_records_lie_under_a_key_of_ours_where_only_trusted_services_come_from_outside() -> None:
    account = flows().one(ACCOUNT).inputs
    assert account["encryption"]["keySource"] == "Microsoft.Keyvault"
    assert account["encryption"]["requireInfrastructureEncryption"] is True
    assert (account["allowSharedKeyAccess"], account["publicNetworkAccess"]) == (False, "Enabled")
    assert account["networkRuleSet"] == {"bypass": "AzureServices", "defaultAction": "Deny"}
    assert account["sku"] == {"name": "Standard_ZRS"}
    plain = flows(region="uaecentral").one(ACCOUNT).inputs
    assert (plain["sku"], plain["location"]) == ({"name": "Standard_LRS"}, "uaecentral")


def test_the_watcher_writes_with_an_identity_that_may_write_there_and_no_more() -> None:
    recording = flows()
    roles = {
        (role.inputs["principalId"], last(role.inputs["roleDefinitionId"]), last(role.inputs["scope"]))
        for role in recording.of("azure-native:authorization:RoleAssignment")
    }
    assert roles == {
        ("uae-writer-principal", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "uae-account"),
        ("uae-identity-principal", "e147488a-f6f5-4113-8e2d-b22465e65bf6", "uae-key"),
    }
    log = recording.one(LOG)
    (writer,) = log.inputs["identity"]["userAssignedIdentities"]
    assert (log.inputs["identity"]["type"], last(writer)) == ("UserAssigned", "uae-writer")
    assert recording.one("azure-native:authorization:RoleAssignment", "uae-writes").urn in log.depends_on


def test_reads_and_deletes_of_flow_logs_are_recorded() -> None:
    setting = flows().one("azure-native:monitor:DiagnosticSetting").inputs
    assert {log["category"] for log in setting["logs"]} == {"StorageRead", "StorageDelete"}


def test_protection_covers_the_account_and_its_key() -> None:
    assert {child.name for child in flows(protect=True).custom() if child.protect} == {"uae-account", "uae-key"}
    assert [child.name for child in flows().custom() if child.protect] == []


@pytest.mark.parametrize("days", [0, 366])
def test_days_are_those_that_azure_takes(days: int) -> None:
    with pytest.raises(BadArguments, match=rf"flow_log_days: {days} is not allowed"):
        flows(flow_log_days=days)
