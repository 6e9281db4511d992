"""Plans and retention of the tables that Azure creates with a Log Analytics workspace."""

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import operationalinsights, resources

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.core.site.log_tables import LogTableSpec
from falaj.facts.log_tables import LogTable

_API_VERSION = "2023-09-01"
_TEMPLATE_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


def table_plans(
    name: str,
    args: ResourceGroupArgs,
    workspace: operationalinsights.Workspace,
    tables: Mapping[LogTable, LogTableSpec],
    retention_days: pulumi.Input[int],
    parent: pulumi.Resource,
) -> resources.Deployment:
    """Sets plan and total retention of tables, which is that of the workspace unless a table states its own.

    A `Table` cannot be declared for them: Azure creates them with the workspace, and azure-native refuses to create
    what exists. So it is an ARM deployment with nothing but tables. Removing it changes no table.
    """
    template = {
        "$schema": _TEMPLATE_SCHEMA,
        "contentVersion": "1.0.0.0",
        "resources": [
            {
                "type": "Microsoft.OperationalInsights/workspaces/tables",
                "apiVersion": _API_VERSION,
                "name": pulumi.Output.concat(workspace.name, "/", table.value),
                "properties": {
                    "plan": spec.plan.value.capitalize(),
                    "totalRetentionInDays": retention_days if spec.total_days is None else spec.total_days,
                },
            }
            for table, spec in tables.items()
        ],
    }
    return resources.Deployment(
        f"{name}-table-plans",
        resource_group_name=args.resource_group_name,
        properties=resources.DeploymentPropertiesArgs(mode=resources.DeploymentMode.INCREMENTAL, template=template),
        tags=args.tags,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[workspace]),
    )
