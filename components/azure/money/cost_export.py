"""The bill of a subscription, written daily by Azure to an encrypted account in the country."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import costmanagement, storage
from pydantic import Field

from falaj.components.azure.identity.keys import rotating_key
from falaj.components.azure.identity.roles import Role, grant, subscription_of
from falaj.components.azure.storage.storage_account import (
    AccountPlace,
    AccountShape,
    encrypted_account,
    has_three_zones,
    watched_door,
)
from falaj.components.azure.storage.tiers import tier_rule
from falaj.components.core.money.budgets import FirstOfMonth
from falaj.components.core.money.record_retention import TAX_RECORD_DAYS
from falaj.components.core.storage.lifecycles import Lifecycle
from falaj.components.core.validation.names import globally_unique_name

NAME_LIMIT = 64
"""Letters of an export's name at most; all exports of a subscription share these names."""

CONTAINER = "costs"

YEARS = 10
"""Years that the daily schedule runs; Azure wants an end."""

SOFT_DELETE_DAYS = 14


class CostDataset(Enum):
    """What the bill is written as."""

    FOCUS = "FocusCost"
    """The open format FOCUS, in the newest version that Azure has: actual and amortised cost in one."""
    ACTUAL = "ActualCost"
    """Azure's own format: purchases on the day they are made."""
    AMORTISED = "AmortizedCost"
    """Azure's own format: purchases spread over the time they are for."""


class CostExportArgs(TypedDict):
    """Arguments of a `CostExport`."""

    region: str
    """A region of Azure in the UAE, of the storage account."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the storage account is in."""
    resource_group_id: pulumi.Input[str]
    """Id of that group; its subscription's bill is exported."""
    dataset: NotRequired[CostDataset]
    """`FocusCost` if absent. The SDK's API version, 2024-08-01, does not list that one though Azure's later ones do;
    take `ActualCost` where Azure refuses it."""
    start: str
    """First day of the month in which the exports begin, `YYYY-MM-01`. Azure wants it to lie ahead when the export is
    made."""
    retention_days: NotRequired[int]
    """Days that files are kept; as long as tax records if absent."""
    endpoint_subnet_id: pulumi.Input[str]
    """Subnet of the private endpoint through which the files are read."""
    dns_zone_id: pulumi.Input[str]
    """Private DNS zone `privatelink.blob.core.windows.net` of the network."""
    key_vault_name: pulumi.Input[str]
    """The Key Vault that takes the account's key."""
    key_vault_uri: pulumi.Input[str]
    """Its address."""
    hsm: NotRequired[bool]
    """Whether a new key lives in a hardware module, which the Key Vault must have; one that exists stays as it is."""
    workspace_id: pulumi.Input[str]
    """Workspace that every read, write and delete is recorded in."""
    protect: NotRequired[bool]
    """Whether the account, its container and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(AccountPlace):
    dataset: CostDataset = CostDataset.FOCUS
    start: FirstOfMonth
    retention_days: Annotated[int, Field(ge=31, le=36500)] = TAX_RECORD_DAYS


class CostExport(pulumi.ComponentResource):
    """The month so far, each day anew and in parts, as CSV, written with an identity of the export's own.

    The account has no public address: Cost Management is one of the services that Azure trusts to come in past the
    network's rules, and shows its identity (learn.microsoft.com, tutorial-improved-exports, read 2026-11-24). It copies
    from accounts of its own, so that the account does not limit where copies come from.
    """

    account_name: pulumi.Output[str]
    """Name of the storage account."""
    uri: pulumi.Output[str]
    """Address of the container, `https://….blob.core.windows.net/costs`."""
    key_id: pulumi.Output[str]
    """Address of the key, without a version."""
    export_name: pulumi.Output[str]
    """Name of the export."""

    def __init__(self, name: str, args: CostExportArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:CostExport", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=settings.protect)
        key = rotating_key(f"{name}-key", settings, name, settings.key_vault_name, kept)
        skus = storage.SkuName
        sku = skus.STANDARD_ZRS if has_three_zones(settings.region) else skus.STANDARD_LRS
        shape = AccountShape(storage.Kind.STORAGE_V2, sku, trusted_services=True)
        account = encrypted_account(name, settings, key, shape, child)
        container = _container(name, settings, account, kept)
        _kept_files(name, settings, account, child)
        watched_door(name, settings, account, "blob", child)
        export = _export(name, settings, account, container, child)
        self.account_name = account.name
        self.uri = pulumi.Output.concat(account.primary_endpoints.blob, container.name)
        self.key_id = key.key_uri
        self.export_name = export.name
        self.register_outputs(
            {
                "account_name": self.account_name,
                "uri": self.uri,
                "key_id": self.key_id,
                "export_name": self.export_name,
            }
        )


def _container(
    name: str, settings: _Checked, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.BlobContainer:
    return storage.BlobContainer(
        f"{name}-container",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        container_name=CONTAINER,
        public_access=storage.PublicAccess.NONE,
        opts=opts,
    )


def _kept_files(
    name: str, settings: _Checked, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.ManagementPolicy:
    """Deleted files can be called back for two weeks; what is read at all is read in the month after it was written."""
    recoverable = storage.DeleteRetentionPolicyArgs(enabled=True, days=SOFT_DELETE_DAYS)
    storage.BlobServiceProperties(
        f"{name}-recovery",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        blob_services_name="default",
        delete_retention_policy=recoverable,
        container_delete_retention_policy=recoverable,
        opts=opts,
    )
    life = Lifecycle(cool=30, cold=90, expire=settings.retention_days, old_versions=SOFT_DELETE_DAYS)
    return storage.ManagementPolicy(
        f"{name}-tiers",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        management_policy_name="default",
        policy=storage.ManagementPolicySchemaArgs(rules=[tier_rule(life, by_access=False)]),
        opts=opts,
    )


def _export(
    name: str,
    settings: _Checked,
    account: storage.StorageAccount,
    container: storage.BlobContainer,
    child: pulumi.ResourceOptions,
) -> costmanagement.Export:
    """The daily export, and leave for its identity to write into its container."""
    group_id = pulumi.Output.from_input(settings.resource_group_id)
    export = costmanagement.Export(
        f"{name}-export",
        scope=group_id.apply(subscription_of),
        export_name=group_id.apply(lambda found: globally_unique_name(name, found, NAME_LIMIT)),
        # Of the identity; the service has no region of its own.
        location="global",
        identity=costmanagement.SystemAssignedServiceIdentityArgs(
            type=costmanagement.SystemAssignedServiceIdentityType.SYSTEM_ASSIGNED
        ),
        format=costmanagement.FormatType.CSV,
        partition_data=True,
        definition=costmanagement.ExportDefinitionArgs(
            type=settings.dataset.value,
            timeframe=costmanagement.TimeframeType.MONTH_TO_DATE,
            data_set=costmanagement.ExportDatasetArgs(granularity=costmanagement.GranularityType.DAILY),
        ),
        delivery_info=costmanagement.ExportDeliveryInfoArgs(
            destination=costmanagement.ExportDeliveryDestinationArgs(
                resource_id=account.id, container=container.name, root_folder_path=settings.dataset.name.lower()
            )
        ),
        schedule=_daily(settings.start),
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
