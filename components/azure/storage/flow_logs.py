"""A record of every connection in a network."""

from collections.abc import Mapping
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import network, storage
from pulumi_azure_native.managedidentity import UserAssignedIdentity
from pydantic import Field

from falaj.components.azure.identity.keys import rotating_key
from falaj.components.azure.identity.roles import Role, grant
from falaj.components.azure.storage.storage_account import (
    AccountPlace,
    AccountShape,
    encrypted_account,
    has_three_zones,
    watched_door,
)
from falaj.components.core.validation.args import Passed

WATCHER_GROUP = "NetworkWatcherRG"
"""Resource group in which Azure keeps its network watchers: it makes one, `NetworkWatcher_<region>`, with the first
network of each region (learn.microsoft.com/azure/network-watcher/network-watcher-create, 2026-11-24)."""


class FlowLogsArgs(TypedDict):
    """Arguments of `FlowLogs`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the storage account is in."""
    resource_group_id: pulumi.Input[str]
    """Id of that group; it makes the account's name distinct."""
    network_id: pulumi.Input[str]
    """Virtual network whose connections are recorded."""
    flow_log_days: NotRequired[int]
    """Days that records are kept, 1 to 365; 90 if absent."""
    network_watcher: NotRequired[str]
    """Name of the region's network watcher; `NetworkWatcher_<region>` if absent, as Azure calls it."""
    network_watcher_group: NotRequired[str]
    """Resource group of the network watcher; `NetworkWatcherRG` if absent, as Azure calls it."""
    endpoint_subnet_id: pulumi.Input[str]
    """Subnet of the private endpoint that records are read through."""
    dns_zone_id: pulumi.Input[str]
    """Private DNS zone `privatelink.blob.core.windows.net` of the network."""
    key_vault_name: pulumi.Input[str]
    """The Key Vault that takes the account's key."""
    key_vault_uri: pulumi.Input[str]
    """Its address."""
    hsm: NotRequired[bool]
    """Whether a new key lives in a hardware module, which the Key Vault must have; one that exists stays as it is."""
    workspace_id: pulumi.Input[str]
    """Workspace that every read and delete of a record is recorded in."""
    protect: NotRequired[bool]
    """Whether the account and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(AccountPlace):
    network_id: Passed[str]
    flow_log_days: Annotated[int, Field(ge=1, le=365)] = 90
    network_watcher: str | None = None
    network_watcher_group: str = WATCHER_GROUP

    @property
    def watcher(self) -> str:
        """Name of the region's network watcher."""
        return self.network_watcher or f"NetworkWatcher_{self.region}"


class FlowLogs(pulumi.ComponentResource):
    """Flow logs of a virtual network in a storage account of their own, in the country and under its own key.

    Network Watcher writes them with an identity that may write blobs there and nothing else. It comes as one of
    Azure's trusted services from outside the network, which is otherwise shut out.
    """

    account_name: pulumi.Output[str]
    """Name of the storage account."""
    flow_log_id: pulumi.Output[str]
    """Id of the flow log."""

    def __init__(self, name: str, args: FlowLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:FlowLogs", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        account = _account(name, settings, child)
        log = _flow_log(name, settings, account, child)
        # Writes come every minute and say what the records say.
        watched_door(name, settings, account, "blob", child, ["StorageRead", "StorageDelete"])
        self.account_name = account.name
        self.flow_log_id = log.id
        self.register_outputs({"account_name": self.account_name, "flow_log_id": self.flow_log_id})


def _account(name: str, settings: _Checked, child: pulumi.ResourceOptions) -> storage.StorageAccount:
    kept = pulumi.ResourceOptions(parent=child.parent, protect=settings.protect)
    key = rotating_key(f"{name}-key", settings, name, settings.key_vault_name, kept)
    skus = storage.SkuName
    sku = skus.STANDARD_ZRS if has_three_zones(settings.region) else skus.STANDARD_LRS
    shape = AccountShape(storage.Kind.STORAGE_V2, sku, trusted_services=True)
    return encrypted_account(name, settings, key, shape, child)


def _flow_log(
    name: str, settings: _Checked, account: storage.StorageAccount, child: pulumi.ResourceOptions
) -> network.FlowLog:
    writer = UserAssignedIdentity(
        f"{name}-writer",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        tags=settings.tags,
        opts=child,
    )
    may_write = grant(f"{name}-writes", Role.STORAGE_BLOB_DATA_CONTRIBUTOR, writer.principal_id, account.id, child)
    return network.FlowLog(
        f"{name}-flows",
        location=settings.region,
        resource_group_name=settings.network_watcher_group,
        network_watcher_name=settings.watcher,
        target_resource_id=settings.network_id,
        storage_id=account.id,
        enabled=True,
        format=network.FlowLogFormatParametersArgs(type=network.FlowLogFormatType.JSON, version=2),
        identity=network.ManagedServiceIdentityArgs(
            type=network.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[writer.id]
        ),
        retention_policy=network.RetentionPolicyParametersArgs(enabled=True, days=settings.flow_log_days),
        tags=settings.tags,
        opts=pulumi.ResourceOptions(parent=child.parent, depends_on=[may_write]),
    )
