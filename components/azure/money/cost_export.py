"""The bill of a subscription, exported daily to an encrypted storage account in the country."""

from enum import Enum

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
from falaj.components.core.money.record_retention import TAX_RECORD_DAYS
from falaj.components.core.storage.lifecycles import Lifecycle
from falaj.components.core.validation.args import Choice, default

NAME_LIMIT = 64
"""Characters of an export's name at most; names are unique in a subscription."""

CONTAINER = "costs"

YEARS = 10
"""Years that the daily schedule runs; Azure wants an end."""


class CostDataset(Enum):
    """The format that the bill is exported in."""

    FOCUS = "FocusCost"
    """The open format FOCUS, in the newest version that Azure has: actual and amortised cost in one."""
    ACTUAL = "ActualCost"
    """Azure's own format: purchases on the day they are made."""
    AMORTISED = "AmortizedCost"
    """Azure's own format: purchases spread over the time they are for."""


class CostExportArgs(StoredResourceArgs):
    """Daily export of the bill of the subscription that the resource group is in."""

    dataset: Choice[CostDataset] = default(CostDataset.FOCUS)
    """Format of the bill. The SDK's API version, 2024-08-01, does not list `FocusCost` though Azure's later ones do;
    take `ActualCost` where Azure refuses it."""
    start: FirstOfMonth
    """First day of the month in which the exports begin, `YYYY-MM-01`. It must be in the future when the export is
    created."""
    retention_days: int = Field(default=TAX_RECORD_DAYS, ge=31, le=36500)
    """Days that files are kept; as long as tax records if absent."""


class CostExport(pulumi.ComponentResource):
    """The month to date as partitioned CSV, exported anew each day with an identity of the export's own.

    The account has no public address: Cost Management is one of the trusted services that Azure lets past the network
    rules, and signs in with its identity (learn.microsoft.com, tutorial-improved-exports, read 2026-11-24). It copies
    from accounts of its own, so that the account does not limit where copies come from.
    """

    account_name: pulumi.Output[str]
    """Name of the storage account."""
    uri: pulumi.Output[str]
    """Address of the container, `https://….blob.core.windows.net/costs`."""
    key_id: pulumi.Output[str]
    """URI of the key, without a version."""
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
        # What is read at all is read in the month after it was written.
        tiers = Lifecycle(cool=30, cold=90, expire=args.retention_days, old_versions=SOFT_DELETE_DAYS)
        lifecycle_policy(name, args, account, tiers, by_access=False, opts=child)
        private_access(name, args, account, "blob", child)
        export = _export(name, args, account, container, child)
        self.account_name = account.name
        self.uri = pulumi.Output.concat(account.primary_endpoints.blob, container.name)
        self.key_id = stored.key.key_uri
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
    """The daily export, and the role with which its identity writes into the container."""
    export = costmanagement.Export(
        f"{name}-export",
        scope=pulumi.Output.from_input(args.resource_group_id).apply(subscription_of),
        export_name=args.unique_name(name, NAME_LIMIT),
        # Of the identity; the service has no region of its own.
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


def _daily(start: str) -> costmanagement.ExportScheduleArgs:
    until = f"{int(start[:4]) + YEARS}{start[4:]}"
    return costmanagement.ExportScheduleArgs(
        status=costmanagement.StatusType.ACTIVE,
        recurrence=costmanagement.RecurrenceType.DAILY,
        recurrence_period=costmanagement.ExportRecurrencePeriodArgs(
            from_=f"{start}T00:00:00Z", to=f"{until}T00:00:00Z"
        ),
    )
