"""Where a site's audit records are kept: one Log Analytics workspace inside the country."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import monitor, operationalinsights
from pydantic import Field

from falaj.components.azure.common.location import Placed

LONGEST_RETENTION_DAYS = 730
"""Days that a workspace of tier PerGB2018 keeps tables readable at most (learn.microsoft.com, 2026-11-24)."""


class AuditLogArgs(TypedDict):
    """Arguments of an `AuditLog`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the workspace is in."""
    log_retention_days: NotRequired[int]
    """Days that records are kept, 30 to 731; 90 if absent. 731, AWS's length for two years, means 730 here."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed):
    log_retention_days: Annotated[int, Field(ge=30, le=LONGEST_RETENTION_DAYS + 1)] = 90


class AuditLog(pulumi.ComponentResource):
    """A workspace that takes records from Azure's own services only and is read with Entra identities only."""

    workspace_id: pulumi.Output[str]
    """Id of the workspace, for `audited`."""

    def __init__(self, name: str, args: AuditLogArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:AuditLog", name, {}, opts)
        workspace = operationalinsights.Workspace(
            f"{name}-workspace",
            location=settings.region,
            resource_group_name=settings.resource_group_name,
            sku=operationalinsights.WorkspaceSkuArgs(name=operationalinsights.WorkspaceSkuNameEnum.PER_GB2018),
            retention_in_days=min(settings.log_retention_days, LONGEST_RETENTION_DAYS),
            features=operationalinsights.WorkspaceFeaturesArgs(disable_local_auth=True),
            # Diagnostic settings deliver over Azure's own network: nothing else needs to write here.
            public_network_access_for_ingestion=operationalinsights.PublicNetworkAccessType.DISABLED,
            tags=settings.tags,
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
