"""Daily export of a subscription's billing data to an encrypted storage account in the UAE."""

import pulumi
from pulumi_azure_native import costmanagement, storage
from pydantic import Field

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.identity.roles import Role, grant, subscription_of
from falaj.components.azure.storage.containers import (
    SOFT_DELETE_DAYS,
    blob_service,
    lifecycle_policy,
    private_container,
)
from falaj.components.azure.storage.storage_account import (
    AccountShape,
    encrypted_account,
    private_access,
    redundancy,
)
from falaj.components.core.money.budgets import FirstOfMonth
from falaj.components.core.money.cost_datasets import CostDataset
from falaj.components.core.money.record_retention import TAX_RECORD_DAYS
from falaj.components.core.storage.lifecycles import Lifecycle
from falaj.components.core.validation.args import Choice, Input, default
from falaj.components.core.validation.dates import midnight, years_after
from falaj.components.core.validation.inputs import map_inputs

NAME_LIMIT = 64
"""Maximum length of an export's name in characters; names are unique in a subscription."""

CONTAINER = "costs"

SCHEDULE_YEARS = 10
"""Length of the daily schedule in years; Azure requires an end date."""


class CostExportArgs(StoredResourceArgs):
    """Arguments of `CostExport`: daily export of the billing data of the resource group's subscription."""

    dataset: Choice[CostDataset] = default(CostDataset.ACTUAL)
    """Format of the exported data: `ActualCost` (default) or `AmortizedCost`. Azure's FOCUS format needs a newer API
    version than that of the SDK."""
    start: Input[FirstOfMonth]
    """First day of the month in which the exports begin, `YYYY-MM-01`. It must be in the future when the export is
    created."""
    retention_days: int = Field(default=TAX_RECORD_DAYS, ge=31, le=36500)
    """Days that exported files are kept, 31 to 36500. By default, the retention period of tax records."""


class CostExport(pulumi.ComponentResource):
    """Exports the cost of the month to date as partitioned CSV every day, with the export's system-assigned identity.

    The storage account denies every network: Cost Management is one of the trusted services that bypass the network
    rules, and authenticates with the export's identity (learn.microsoft.com, tutorial-improved-exports, read
    2026-11-24). Cost Management copies the files from its own storage accounts, so the account does not restrict the
    source of copies.

    Every run writes a folder of its own, because only API versions 2024-10-01-preview and 2025-03-01 can overwrite
    (`dataOverwriteBehavior`; learn.microsoft.com, change log of Microsoft.CostManagement/exports, read 2026-11-27), and
    the SDK's is 2024-08-01. `falaj showback` counts the newest run of a month.
    """

    account_name: pulumi.Output[str]
    """Name of the storage account."""
    uri: pulumi.Output[str]
    """URI of the container, `https://….blob.core.windows.net/costs`."""
    key_id: pulumi.Output[str]
    """URI of the account's encryption key, without a version."""
    export_name: pulumi.Output[str]
    """Name of the export."""

    def __init__(self, name: str, args: CostExportArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = CostExportArgs.of(name, args)
        super().__init__("falaj:azure:CostExport", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        shape = AccountShape(storage.Kind.STORAGE_V2, redundancy(args.region), trusted_services=True)
        stored = encrypted_account(name, args, shape, child)
        account = stored.account
        container = private_container(name, args, account, CONTAINER, self)
        blob_service(f"{name}-recovery", args, account, child)
        # Files are read mostly in the month after they are written.
        tiers = Lifecycle(cool=30, cold=90, expire=args.retention_days, old_versions=SOFT_DELETE_DAYS)
        lifecycle_policy(name, args, account, tiers, by_access=False, opts=child)
        private_access(name, args, account, "blob", child)
        export = _export(name, args, account, container, child)
        self.account_name = account.name
        self.uri = pulumi.Output.concat(account.primary_endpoints.blob, container.name)
        self.key_id = stored.key.uri
        self.export_name = export.name
        self.register_outputs(
            {
                "account_name": self.account_name,
                "uri": self.uri,
                "key_id": self.key_id,
                "export_name": self.export_name,
            }
        )


def _export(
    name: str,
    args: CostExportArgs,
    account: storage.StorageAccount,
    container: storage.BlobContainer,
    child: pulumi.ResourceOptions,
) -> costmanagement.Export:
    """Creates the daily export, and grants its identity a role that writes to the container."""
    export = costmanagement.Export(
        f"{name}-export",
        scope=pulumi.Output.from_input(args.resource_group_id).apply(subscription_of),
        export_name=args.unique_name(name, NAME_LIMIT),
        # Location of the identity; exports have no region.
        location="global",
        identity=costmanagement.SystemAssignedServiceIdentityArgs(
            type=costmanagement.SystemAssignedServiceIdentityType.SYSTEM_ASSIGNED
        ),
        format=costmanagement.FormatType.CSV,
        partition_data=True,
        definition=costmanagement.ExportDefinitionArgs(
            type=args.dataset.value,
            timeframe=costmanagement.TimeframeType.MONTH_TO_DATE,
            data_set=costmanagement.ExportDatasetArgs(granularity=costmanagement.GranularityType.DAILY),
        ),
        delivery_info=costmanagement.ExportDeliveryInfoArgs(
            destination=costmanagement.ExportDeliveryDestinationArgs(
                resource_id=account.id, container=container.name, root_folder_path=args.dataset.name.lower()
            )
        ),
        schedule=_daily(args.start),
        opts=child,
    )
    writer = export.identity.apply(lambda identity: identity.principal_id if identity else "")
    grant(f"{name}-writes", Role.STORAGE_BLOB_DATA_CONTRIBUTOR, writer, container.id, child)
    return export


def _daily(start: Input[str]) -> costmanagement.ExportScheduleArgs:
    return costmanagement.ExportScheduleArgs(
        status=costmanagement.StatusType.ACTIVE,
        recurrence=costmanagement.RecurrenceType.DAILY,
        recurrence_period=costmanagement.ExportRecurrencePeriodArgs(
            from_=map_inputs(midnight, start),
            to=map_inputs(lambda first: midnight(years_after(first, SCHEDULE_YEARS)), start),
        ),
    )
