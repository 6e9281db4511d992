"""Flow logs: records of the connections in a virtual network."""

from typing import Annotated

import pulumi
from pulumi_azure_native import network, storage
from pydantic import Field

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.identity.identities import user_assigned_identity
from falaj.components.azure.identity.propagation import effective
from falaj.components.azure.identity.roles import Role, grant
from falaj.components.azure.storage.storage_account import (
    AccountShape,
    encrypted_account,
    private_access,
    redundancy,
)
from falaj.components.core.network.azure_flow_logs import LONGEST_DAYS
from falaj.components.core.validation.args import Input

WATCHER_GROUP = "NetworkWatcherRG"
"""Resource group in which Azure creates a network watcher, `NetworkWatcher_<region>`, with the first virtual network of
each region (learn.microsoft.com/azure/network-watcher/network-watcher-create, 2026-11-24)."""


class FlowLogsArgs(StoredResourceArgs):
    """Arguments of `FlowLogs`, the flow logs of one virtual network."""

    network_id: Input[str]
    """Id of the virtual network whose connections are recorded."""
    flow_log_days: Input[Annotated[int, Field(ge=1, le=LONGEST_DAYS)]] = 90
    """Retention of the records in days, 1 to 365; default 90."""
    network_watcher: Input[str] | None = None
    """Name of the region's network watcher; `NetworkWatcher_<region>`, the name that Azure gives it, if absent."""
    network_watcher_group: Input[str] = WATCHER_GROUP
    """Resource group of the network watcher; default `NetworkWatcherRG`, the one that Azure creates."""


class FlowLogs(pulumi.ComponentResource):
    """Flow logs of a virtual network, stored in a separate storage account in the UAE under a customer-managed key.

    Network Watcher writes them with an identity whose only role is to write blobs in that account. As one of Azure's
    trusted services, it bypasses the account's network rules; all other access from outside the network is denied.
    """

    account_name: pulumi.Output[str]
    """Name of the storage account."""
    flow_log_id: pulumi.Output[str]
    """Id of the flow log."""

    def __init__(self, name: str, args: FlowLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = FlowLogsArgs.of(name, args)
        super().__init__("falaj:azure:FlowLogs", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        shape = AccountShape(storage.Kind.STORAGE_V2, redundancy(args.region), trusted_services=True)
        account = encrypted_account(name, args, shape, child).account
        log = _flow_log(name, args, account, child)
        # Writes are not audited: they occur every minute, and the flow logs themselves are their record.
        private_access(name, args, account, "blob", child, ["StorageRead", "StorageDelete"])
        self.account_name = account.name
        self.flow_log_id = log.id
        self.register_outputs({"account_name": self.account_name, "flow_log_id": self.flow_log_id})


def _flow_log(
    name: str, args: FlowLogsArgs, account: storage.StorageAccount, child: pulumi.ResourceOptions
) -> network.FlowLog:
    writer = user_assigned_identity(f"{name}-writer", args, child)
    write_role = grant(f"{name}-writes", Role.STORAGE_BLOB_DATA_CONTRIBUTOR, writer.principal_id, account.id, child)
    return network.FlowLog(
        f"{name}-flows",
        location=args.region,
        resource_group_name=args.network_watcher_group,
        network_watcher_name=f"NetworkWatcher_{args.region}" if args.network_watcher is None else args.network_watcher,
        target_resource_id=args.network_id,
        storage_id=account.id,
        enabled=True,
        format=network.FlowLogFormatParametersArgs(type=network.FlowLogFormatType.JSON, version=2),
        identity=network.ManagedServiceIdentityArgs(
            type=network.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[writer.id]
        ),
        retention_policy=network.RetentionPolicyParametersArgs(enabled=True, days=args.flow_log_days),
        tags=args.tags,
        opts=pulumi.ResourceOptions(parent=child.parent, depends_on=[effective(write_role)]),
    )
