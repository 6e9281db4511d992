"""Plans of the tables of a Log Analytics workspace that Azure refuses.

Sources: azure-monitor-docs logs-table-plans.md (2025-08-29) and data-retention-configure.md (2025-05-05).
"""

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.azure_platform import Site, refused

DEPLOYMENT = "resources:Deployment"


def deployment(table: str, properties: dict[str, Json], workspace: str = "logs") -> dict[str, Json]:
    resource: Json = {
        "type": "Microsoft.OperationalInsights/workspaces/tables",
        "apiVersion": "2023-09-01",
        "name": f"{workspace}/{table}",
        "properties": properties,
    }
    template: Json = {"$schema": "s", "contentVersion": "1.0.0.0", "resources": [resource]}
    return {"deploymentName": "plans", "properties": {"mode": "Incremental", "template": template}}


@pytest.mark.parametrize(
    ("table", "properties"),
    [
        ("AKSAudit", {"plan": "Auxiliary"}),
        ("AKSAudit", {"plan": "Cheap"}),
        ("Heartbeat", {"plan": "Basic"}),
        ("AKSAudit", {"plan": "Basic", "retentionInDays": 90}),
        ("AKSAudit", {"plan": "Basic", "totalRetentionInDays": 4384}),
        ("AKSAudit", {"plan": "Basic", "totalRetentionInDays": 1000}),
        ("AKSAudit", {"plan": "Analytics", "totalRetentionInDays": 89}),
    ],
)
def test_a_plan_that_a_table_does_not_have_is_refused(site: Site, table: str, properties: dict[str, Json]) -> None:
    site.inside("operationalinsights:Workspace", "logs", workspaceName="logs", retentionInDays=90)
    refused(site, "InvalidParameter", DEPLOYMENT, **deployment(table, properties))
    site.inside(DEPLOYMENT, "plans", **deployment("AKSAudit", {"plan": "Basic", "totalRetentionInDays": 365}))


def test_tables_need_their_workspace(site: Site) -> None:
    refused(site, "ParentResourceNotFound", DEPLOYMENT, **deployment("AKSAudit", {"plan": "Basic"}, "no"))
