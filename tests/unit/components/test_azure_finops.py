"""FinOps of an Azure subscription: anomaly alerts, and the cost export to storage in the UAE."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.money.cost_datasets import CostDataset
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import COST_EXPORT, FINOPS, id_of, last
from tests.unit.components.mocks import SUBSCRIPTION, Recording
from tests.unit.components.samples import program, recorded

WATCH = {"uae-told", "uae-anomalies"}
FILES = {
    "uae-key", "uae-identity", "uae-uses-key", "uae-account", "uae-container", "uae-recovery", "uae-tiers",
    "uae-endpoint", "uae-endpoint-names", "uae-audit", "uae-export", "uae-writes",
}  # fmt: skip


def finops(**changed: Any) -> Recording:
    return recorded(azure.FinOps, {**FINOPS, **changed})


def bill(**changed: Any) -> Recording:
    return recorded(azure.CostExport, {**COST_EXPORT, **changed})


def alert(**changed: Any) -> dict[str, Any]:
    return finops(**changed).one("azure-native:costmanagement:ScheduledActionByScope").inputs


def export(**changed: Any) -> dict[str, Any]:
    return bill(**changed).one("azure-native:costmanagement:Export").inputs


def test_each_has_exactly_these_children() -> None:
    assert {name for _, name in finops().names()} == WATCH
    assert {name for _, name in bill().names()} == FILES


def test_anomalies_of_the_subscription_notify_all_recipients() -> None:
    result = alert()
    subscription = f"/subscriptions/{SUBSCRIPTION}"
    assert (result["kind"], result["status"], result["scope"]) == ("InsightAlert", "Enabled", subscription)
    assert result["viewId"] == (
        f"{subscription}/providers/Microsoft.CostManagement/views/ms:DailyAnomalyByResourceGroup"
    )
    assert result["notification"]["to"] == ["finops@example.ae", "platform@example.ae"]
    assert len(result["notification"]["subject"]) <= 70
    assert result["notificationEmail"] == "finops@example.ae"
    assert len(result["displayName"]) <= 25
    assert result["schedule"] == {
        "frequency": "Daily", "startDate": "2026-12-01T00:00:00Z", "endDate": "2027-12-01T00:00:00Z",
    }  # fmt: skip
    elsewhere = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/other"
    assert result["name"] != alert(resource_group_id=elsewhere)["name"]


def test_the_end_date_of_the_anomaly_alert_can_be_set_and_is_an_output() -> None:
    recording = finops(until="2029-06-30")
    assert alert(until="2029-06-30")["schedule"]["endDate"] == "2029-06-30T00:00:00Z"
    assert recording.outputs[recording.one("falaj:azure:FinOps").urn]["watched_until"] == "2029-06-30"


def test_tags_are_inherited_if_asked_and_nothing_else_changes() -> None:
    plain, more = finops(), finops(inherit_tags=True)
    assert {name for _, name in more.names()} == WATCH | {"uae-inherited-tags"}
    setting = more.one("azure-native:costmanagement:TagInheritanceSetting").inputs
    assert setting == {
        "scope": f"/subscriptions/{SUBSCRIPTION}",
        "kind": "taginheritance",
        "type": "taginheritance",
        "properties": {"preferContainerTags": False},
    }
    assert {child.name: child.inputs for child in plain.custom()}.items() <= {
        child.name: child.inputs for child in more.custom()
    }.items()


def test_the_bill_is_written_daily_in_parts_into_its_own_container() -> None:
    result = export()
    assert result["scope"] == f"/subscriptions/{SUBSCRIPTION}"
    assert result["definition"] == {
        "type": "ActualCost", "timeframe": "MonthToDate", "dataSet": {"granularity": "Daily"},
    }  # fmt: skip
    assert (result["format"], result["partitionData"]) == ("Csv", True)
    assert result["schedule"] == {
        "status": "Active",
        "recurrence": "Daily",
        "recurrencePeriod": {"from": "2026-12-01T00:00:00Z", "to": "2036-12-01T00:00:00Z"},
    }
    destination = result["deliveryInfo"]["destination"]
    assert (last(destination["resourceId"]), destination["container"]) == ("uae-account", "uae-container")
    assert destination["rootFolderPath"] == "actual"
    assert "sasToken" not in destination


@pytest.mark.parametrize(("dataset", "folder"), [(CostDataset.ACTUAL, "actual"), (CostDataset.AMORTISED, "amortised")])
def test_azure_specific_datasets_can_be_exported(dataset: CostDataset, folder: str) -> None:
    result = export(dataset=dataset)
    assert result["definition"]["type"] == dataset.value
    assert result["deliveryInfo"]["destination"]["rootFolderPath"] == folder


def test_only_the_export_s_own_identity_writes_and_comes_in_as_a_trusted_service() -> None:
    recording = bill()
    assert export()["identity"] == {"type": "SystemAssigned"}
    role = recording.one("azure-native:authorization:RoleAssignment", "uae-writes").inputs
    assert (role["principalId"], last(role["scope"])) == ("uae-export-principal", "uae-container")
    assert last(role["roleDefinitionId"]) == "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
    account = recording.one("azure-native:storage:StorageAccount").inputs
    assert account["networkRuleSet"] == {"defaultAction": "Deny", "bypass": "AzureServices"}
    assert (account["publicNetworkAccess"], account["allowSharedKeyAccess"]) == ("Enabled", False)
    assert "allowedCopyScope" not in account
    assert account["encryption"]["keySource"] == "Microsoft.Keyvault"
    (names,) = recording.one("azure-native:network:PrivateDnsZoneGroup").inputs["privateDnsZoneConfigs"]
    assert names["privateDnsZoneId"] == id_of("zone/blob")


@pytest.mark.parametrize(("inputs", "days"), [({}, 2928), ({"retention_days": 400}, 400)])
def test_files_are_kept_as_long_as_tax_records_or_as_asked(inputs: dict[str, int], days: int) -> None:
    (rule,) = bill(**inputs).one("azure-native:storage:ManagementPolicy").inputs["policy"]["rules"]
    current = rule["definition"]["actions"]["baseBlob"]
    assert current["delete"] == {"daysAfterModificationGreaterThan": days}


def test_protection_covers_the_files_and_their_key() -> None:
    protected = {child.name for child in bill(protect=True).custom() if child.protect}
    assert protected == {"uae-account", "uae-container", "uae-key"}
    assert [child.name for child in bill().custom() if child.protect] == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"notify": []}, r"notify: "),
        ({"start": "2026-12-02"}, r"start: "),
        ({"until": "2026-12-01"}, r"until: \"2026-12-01\" is not allowed; allowed: a day after start"),
        ({"until": "2027-02-30"}, r"until: \"2027-02-30\" is not allowed; allowed: a day of the calendar"),
    ],
)
def test_an_invalid_anomaly_alert_is_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.FinOps, {**FINOPS, **changed})()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"dataset": "Usage"}, r"dataset: \"Usage\" is not allowed"),
        ({"retention_days": 30}, r"retention_days: 30 is not allowed"),
    ],
)
def test_an_invalid_export_is_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.CostExport, {**COST_EXPORT, **changed})()
