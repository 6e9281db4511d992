"""Cost management in the emulated Azure: budgets with filters, anomaly alerts, and cost exports to a storage account
in the UAE.
"""

from collections.abc import Callable

import pytest

from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION
from falaj.sandbox.clouds.values import Json, get_str, set_path
from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import BLOB_CONTRIBUTOR, Site
from tests.unit.clouds.driver import CreatedResource, Rejected

ACCOUNT, CONTAINER = "storage:StorageAccount", "storage:BlobContainer"
EXPORT, ALERT = "costmanagement:Export", "costmanagement:ScheduledActionByScope"
SCOPE = f"/subscriptions/{SUBSCRIPTION}"
CLOSED: dict[str, Json] = {
    "publicNetworkAccess": "Enabled",
    "networkRuleSet": {"defaultAction": "Deny", "bypass": "AzureServices"},
}


def closed(site: Site) -> CreatedResource:
    """A storage account behind a firewall that admits Azure's services, with a container `costs`."""
    resource = site.make(ACCOUNT, "bill", **site.account_inputs("bill", **CLOSED))
    site.inside(CONTAINER, "costs", accountName="bill", containerName="costs")
    return resource


def alert(**changes: Json) -> dict[str, Json]:
    return {
        "scope": SCOPE,
        "name": "anomalies",
        "kind": "InsightAlert",
        "displayName": "anomalies",
        "status": "Enabled",
        "viewId": f"{SCOPE}/providers/Microsoft.CostManagement/views/ms:DailyAnomalyByResourceGroup",
        "notification": {"subject": "Unusual", "to": ["finops@example.ae"]},
        "schedule": {
            "frequency": "Daily", "startDate": "2026-12-01T00:00:00Z", "endDate": "2027-12-01T00:00:00Z",
        },
        **changes,
    }  # fmt: skip


def export(account: CreatedResource, **changes: Json) -> dict[str, Json]:
    return {
        "scope": SCOPE,
        "exportName": "focus",
        "location": "global",
        "identity": {"type": "SystemAssigned"},
        "definition": {"type": "ActualCost", "timeframe": "MonthToDate"},
        "deliveryInfo": {"destination": {"resourceId": account.id, "container": "costs", "rootFolderPath": "focus"}},
        "schedule": {
            "status": "Active",
            "recurrence": "Daily",
            "recurrencePeriod": {"from": "2026-12-01T00:00:00Z", "to": "2036-12-01T00:00:00Z"},
        },
        **changes,
    }


def test_every_resource_is_created_read_updated_and_deleted(site: Site) -> None:
    written = site.make(EXPORT, "export", **export(closed(site)))
    site.make(
        "authorization:RoleAssignment",
        "writes",
        scope=site.created["costs"].id,
        principalId=get_str(written.values, "identity.principalId"),
        principalType="ServicePrincipal",
        roleDefinitionId=BLOB_CONTRIBUTOR,
    )
    site.make(ALERT, "anomalies", **alert())
    inherits = {"kind": "taginheritance", "type": "taginheritance", "properties": {"preferContainerTags": False}}
    site.make("costmanagement:TagInheritanceSetting", "inherits", scope=SCOPE, **inherits)
    site.stays_and_goes()
    assert written.id == f"{SCOPE}/providers/Microsoft.CostManagement/exports/focus"


def test_conditions_of_a_budget(site: Site) -> None:
    one = {"tags": {"name": "tenant", "operator": "In", "values": ["retail"]}}
    site.make("consumption:Budget", "tenant", **site.budget_inputs(None, budgetName="a", filter=one))
    both = {"and": [one, one]}
    site.make("consumption:Budget", "both", **site.budget_inputs(None, budgetName="b", filter=both))
    for wrong in ({"and": [one]}, {**one, **both}, {"and": [one, {}]}):
        assert 'Code="BadRequest"' in site.refused("consumption:Budget", **site.budget_inputs(None, filter=wrong))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("displayName", "a name of more than twenty-five letters"),
        ("notification.subject", ""),
        ("notification.to", []),
        ("schedule.endDate", "2026-12-01T00:00:00Z"),
        ("schedule.frequency", "Weekly"),
        ("viewId", f"{SCOPE}/providers/Microsoft.CostManagement/views/ms:DailyCosts"),
    ],
)
def test_anomaly_alerts(site: Site, path: str, value: Json) -> None:
    assert 'Code="BadRequest"' in site.refused(ALERT, **set_path(alert(), path, value))


def test_anomaly_alerts_watch_a_whole_subscription(site: Site) -> None:
    assert "subscription scope only" in site.refused(ALERT, **alert(scope=site.group.id))


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("exportName", "a b", "Export name"),
        ("location", None, "A location is required"),
        ("schedule.recurrence", None, "needs a recurrence"),
        ("schedule.recurrencePeriod.to", "2026-11-01T00:00:00Z", "after its start"),
        ("deliveryInfo.destination.container", "other", "does not exist"),
        ("identity", None, "is not authorized"),
    ],
)
def test_exports(site: Site, path: str, value: Json, expected: str) -> None:
    assert expected in site.refused(EXPORT, **set_path(export(closed(site)), path, value))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"networkRuleSet": {"defaultAction": "Deny", "bypass": "None"}}, "is not authorized"),
        ({"publicNetworkAccess": "Disabled"}, "is not authorized"),
        ({"allowedCopyScope": "AAD"}, "limits the scope of copy"),
    ],
)
def test_an_export_needs_an_account_that_admits_the_service(
    site: Site, changes: dict[str, Json], expected: str
) -> None:
    account = site.make(ACCOUNT, "bill", **{**site.account_inputs("bill"), **CLOSED, **changes})
    site.inside(CONTAINER, "costs", accountName="bill", containerName="costs")
    assert expected in site.refused(EXPORT, **export(account))


def test_the_api_version_of_the_sdk_exports_no_focus_data(site: Site) -> None:
    wrong = set_path(export(closed(site)), "definition.type", "FocusCost")
    with pytest.raises(Rejected) as caught:
        site.make(EXPORT, "focus", **wrong)
    assert "ActualCost" in caught.value.failures["definition.type"]


def test_the_start_of_a_budget_cannot_be_updated(site: Site) -> None:
    budget = site.make("consumption:Budget", "monthly", **site.budget_inputs())
    site.cloud.update(budget, **site.budget_inputs(amount=2000))
    later = site.budget_inputs(timePeriod={"startDate": "2027-01-01T00:00:00Z"})
    assert "Start date of budgets cannot be updated" in driver.refused(lambda: site.cloud.update(budget, **later))


def test_an_export_needs_an_existing_account(site: Site) -> None:
    account = closed(site)
    elsewhere: Callable[[str], dict[str, Json]] = lambda id_: set_path(  # noqa: E731
        export(account), "deliveryInfo.destination.resourceId", id_
    )
    assert 'Code="ResourceNotFound"' in site.refused(EXPORT, **elsewhere(f"{account.id}x"))
    assert "must be a storage account" in site.refused(EXPORT, **elsewhere(site.group.id))


def test_the_setting_for_inherited_tags_has_one_name(site: Site) -> None:
    wrong = {"scope": SCOPE, "kind": "taginheritance", "type": "inherit"}
    assert "expected 'taginheritance'" in site.refused("costmanagement:TagInheritanceSetting", **wrong)
