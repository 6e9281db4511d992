"""Audit logs of a site: one Log Analytics workspace in the UAE."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import pulumi
from pulumi_azure_native import monitor, operationalinsights
from pydantic import Field

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.azure.monitoring.log_tables import table_plans
from falaj.components.core.site.log_tables import LogTables, retention_problems
from falaj.components.core.validation.args import Input, default
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import Problem
from falaj.facts.log_tables import LONGEST_ANALYTICS_DAYS


class AuditLogArgs(ResourceGroupArgs):
    """Arguments of `AuditLog`, a Log Analytics workspace for audit logs."""

    log_retention_days: Input[Annotated[int, Field(ge=30, le=LONGEST_ANALYTICS_DAYS + 1)]] = 90
    """Retention of log records in days, 30 to 731; default 90. 731, two years on AWS, is applied as 730."""
    log_tables: LogTables = default({})
    """Plans and retention of tables, by table. Default: Analytics, with the workspace's retention."""

    def _problems(self) -> Iterable[Problem]:
        return retention_problems(self.log_tables, self.log_retention_days)


class AuditLog(pulumi.ComponentResource):
    """A Log Analytics workspace that ingests logs over Azure's network only and is read with Entra identities only."""

    workspace_id: pulumi.Output[str]
    """Id of the workspace, to which diagnostic settings send logs."""

    def __init__(self, name: str, args: AuditLogArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = AuditLogArgs.of(name, args)
        super().__init__("falaj:azure:AuditLog", name, {}, opts)
        retention_days = map_inputs(lambda days: min(days, LONGEST_ANALYTICS_DAYS), args.log_retention_days)
        workspace = operationalinsights.Workspace(
            f"{name}-workspace",
            location=args.region,
            resource_group_name=args.resource_group_name,
            sku=operationalinsights.WorkspaceSkuArgs(name=operationalinsights.WorkspaceSkuNameEnum.PER_GB2018),
            retention_in_days=retention_days,
            features=operationalinsights.WorkspaceFeaturesArgs(disable_local_auth=True),
            # Diagnostic settings deliver logs over Azure's internal network; nothing else writes to the workspace.
            public_network_access_for_ingestion=operationalinsights.PublicNetworkAccessType.DISABLED,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self),
        )
        if args.log_tables:
            table_plans(name, args, workspace, args.log_tables, retention_days, self)
        self.workspace_id = workspace.id
        self.register_outputs({"workspace_id": self.workspace_id})


def diagnostic_setting(
    name: str,
    resource_id: pulumi.Input[str],
    workspace_id: pulumi.Input[str],
    categories: Sequence[str],
    opts: pulumi.ResourceOptions,
) -> monitor.DiagnosticSetting:
    """Sends log categories of a resource to the workspace, each to its resource-specific table."""
    return monitor.DiagnosticSetting(
        name,
        resource_uri=resource_id,
        workspace_id=workspace_id,
        log_analytics_destination_type="Dedicated",
        logs=[monitor.DiagnosticsLogSettingsArgs(category=category, enabled=True) for category in categories],
        opts=opts,
    )
