"""Plans and retention of the tables of an Azure site's logs."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import LOG, SITE
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, program, recorded

DEPLOYMENT = "azure-native:resources:Deployment"
WORKSPACE = (
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/security/providers/"
    "Microsoft.OperationalInsights/workspaces/corp"
)


def tables(recording: Recording, name: str) -> dict[str, Any]:
    template = recording.one(DEPLOYMENT, name).inputs["properties"]["template"]
    assert {item["type"] for item in template["resources"]} == {"Microsoft.OperationalInsights/workspaces/tables"}
    return {item["name"]: item["properties"] for item in template["resources"]}


def test_tables_have_the_plan_of_the_workspace_unless_stated() -> None:
    assert not recorded(azure.AuditLog, LOG).of(DEPLOYMENT)


def test_a_basic_table_keeps_its_records_as_long_as_the_workspace_unless_stated() -> None:
    arguments = {
        **LOG,
        "log_retention_days": 731,
        "log_tables": {
            "AKSAuditAdmin": {"plan": "basic"},
            "StorageBlobLogs": {"plan": "basic", "total_days": 2556},
            "AKSControlPlane": {"total_days": 1095},
        },
    }
    assert tables(recorded(azure.AuditLog, arguments), "uae-table-plans") == {
        "uae-workspace/AKSAuditAdmin": {"plan": "Basic", "totalRetentionInDays": 730},
        "uae-workspace/StorageBlobLogs": {"plan": "Basic", "totalRetentionInDays": 2556},
        "uae-workspace/AKSControlPlane": {"plan": "Analytics", "totalRetentionInDays": 1095},
    }


def test_a_site_passes_them_on_and_leaves_an_existing_workspace_alone() -> None:
    options = {"log_tables": {"AKSAuditAdmin": {"plan": "basic"}}}
    planned = tables(
        recorded(azure.Site, changed_args(azure.SiteArgs, SITE, {"azure": options})), "uae-log-table-plans"
    )
    assert planned == {"uae-log-workspace/AKSAuditAdmin": {"plan": "Basic", "totalRetentionInDays": 365}}
    with pytest.raises(BadArguments, match=r"azure\.log_tables: .*belong to its owner"):
        program(azure.Site, {**SITE, "azure": {**options, "workspace_id": WORKSPACE}})()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"Heartbeat": {"plan": "basic"}}, "log_tables"),
        ({"AKSAudit": {"plan": "auxiliary"}}, "plan"),
        ({"AKSAudit": {"total_days": 7}}, "total_days"),
        (
            {"AKSAudit": {"total_days": 1000}},
            r"log_tables\.AKSAudit\.total_days: 1000 .*30 to 730; or 1095, 1460, .*4383",
        ),
        ({"AKSAudit": {"plan": "basic", "total_days": 2555}}, r"total_days: 2555"),
        ({"AKSAudit": {"total_days": 60}}, r"log_tables\.AKSAudit\.total_days: 60 .*at least 90"),
    ],
)
def test_other_tables_and_plans_are_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.AuditLog, {**LOG, "log_tables": wrong})()


def test_a_basic_table_may_be_kept_shorter_than_the_workspace_and_analytics_not() -> None:
    """azure-monitor-docs data-retention-configure.md, 2025-05-05: total retention includes analytics retention."""
    basic = {**LOG, "log_tables": {"AKSAudit": {"plan": "basic", "total_days": 60}}}
    assert tables(recorded(azure.AuditLog, basic), "uae-table-plans")["uae-workspace/AKSAudit"] == {
        "plan": "Basic",
        "totalRetentionInDays": 60,
    }
    with pytest.raises(BadArguments, match=r"azure\.log_tables\.AKSAudit\.total_days: 180 .*at least 365"):
        program(azure.Site, {**SITE, "azure": {"log_tables": {"AKSAudit": {"total_days": 180}}}})()
