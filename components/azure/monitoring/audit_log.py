"""Audit records of a site: one Log Analytics workspace inside the country."""

from collections.abc import Sequence

import pulumi
from pulumi_azure_native import monitor, operationalinsights
from pydantic import Field

from falaj.components.azure.common.args import ResourceGroupArgs

LONGEST_RETENTION_DAYS = 730
"""Days that a workspace of tier PerGB2018 keeps tables readable at most (learn.microsoft.com, 2026-11-24)."""


class AuditLogArgs(ResourceGroupArgs):
    """A Log Analytics workspace for audit records."""

    log_retention_days: int = Field(default=90, ge=30, le=LONGEST_RETENTION_DAYS + 1)
    """Days that records are kept, 30 to 731. 731, AWS's length for two years, means 730 here."""


class AuditLog(pulumi.ComponentResource):
    """A workspace that takes records from Azure's own services only and is read with Entra identities only."""

    workspace_id: pulumi.Output[str]
    """Id of the workspace, for `audited`."""

    def __init__(self, name: str, args: AuditLogArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = AuditLogArgs.of(name, args)
        super().__init__("falaj:azure:AuditLog", name, {}, opts)
        workspace = operationalinsights.Workspace(
            f"{name}-workspace",
            location=args.region,
            resource_group_name=args.resource_group_name,
            sku=operationalinsights.WorkspaceSkuArgs(name=operationalinsights.WorkspaceSkuNameEnum.PER_GB2018),
            retention_in_days=min(args.log_retention_days, LONGEST_RETENTION_DAYS),
            features=operationalinsights.WorkspaceFeaturesArgs(disable_local_auth=True),
            # Diagnostic args deliver over Azure's own network: nothing else needs to write here.
            public_network_access_for_ingestion=operationalinsights.PublicNetworkAccessType.DISABLED,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.workspace_id = workspace.id
        self.register_outputs({"workspace_id": self.workspace_id})


def audited(
    name: str,
    resource_id: pulumi.Input[str],
    workspace_id: pulumi.Input[str],
    categories: Sequence[str],
    opts: pulumi.ResourceOptions,
) -> monitor.DiagnosticSetting:
    """Send a resource's log categories to the workspace, each into the table made for it."""
    return monitor.DiagnosticSetting(
        name,
        resource_uri=resource_id,
        workspace_id=workspace_id,
        log_analytics_destination_type="Dedicated",
        logs=[monitor.DiagnosticsLogSettingsArgs(category=category, enabled=True) for category in categories],
        opts=opts,
    )
