"""Network watchers and flow logs. Azure creates a watcher with the first virtual network of a region."""

from __future__ import annotations

import re

from falaj.facts.regions import normalise_azure
from falaj.sandbox.clouds.azure.arm import GROUP, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.azure.storage import is_closed
from falaj.sandbox.clouds.spec import CloudState, Operation
from falaj.sandbox.clouds.values import get_path, get_str

FLOW_LOG = "azure-native:network:FlowLog"
_WATCHER_PATH = f"{GROUP}/providers/Microsoft.Network/networkWatchers/{{networkWatcherName}}"
_DEFAULT_WATCHER = re.compile(
    r"/subscriptions/[^/]+/resourcegroups/networkwatcherrg"
    r"(/providers/microsoft\.network/networkwatchers/networkwatcher_(?P<region>\w+))?"
)
_TARGETS = ("/virtualnetworks/", "/networkinterfaces/", "/networksecuritygroups/")


def created_by_azure(state: CloudState, handle: str) -> bool:
    """Returns whether Azure has created the network watcher, or the watchers' resource group, with this handle."""
    match = _DEFAULT_WATCHER.fullmatch(handle)
    if match is None:
        return False
    networks = state.find("azure-native:network:VirtualNetwork")
    regions = {normalise_azure(get_str(network.inputs, "location")) for network in networks}
    return match["region"] in regions if match["region"] else bool(regions)


def watcher_location(op: Operation) -> str | None:
    """Checks that the flow log, its target and its storage account are in the watcher's region."""
    parent = op.variables["parent"].lower()
    default, watcher = _DEFAULT_WATCHER.fullmatch(parent), op.state.by_handle(parent)
    region = default["region"] if default else normalise_azure(get_str(watcher.inputs, "location")) if watcher else ""
    for path in ("location", "targetResourceId", "storageId"):
        value = get_str(op.inputs, path)
        other = op.state.by_handle(value.lower())
        region_of_value = normalise_azure(
            value if path == "location" else get_str(other.inputs, "location") if other else ""
        )
        if region_of_value and region_of_value != region:
            return arm_error(
                400,
                "FlowLogRegionMismatch",
                f"The {path} of flow log {op.name} is in {region_of_value}, but its network watcher is in {region}.",
            )
    return None


def target_unique(op: Operation) -> str | None:
    """Checks that the target of a flow log is a virtual network, subnet or network interface, and has no other flow
    log.
    """
    target = get_str(op.inputs, "targetResourceId").lower()
    if not any(segment in target for segment in _TARGETS):
        return arm_error(400, "InvalidTargetResourceId", f"Flow logs cannot record '{target}'.")
    for other in op.state.find(FLOW_LOG):
        if other.name != op.name and get_str(other.inputs, "targetResourceId").lower() == target:
            return arm_error(
                409, "FlowLogAlreadyExists", f"Flow log '{other.name}' records the target already; it can have one."
            )
    return None


def storage_account(op: Operation) -> str | None:
    """Checks that the storage account is of tier Standard, that the retention is at most a year, and that a firewall
    admits trusted services.

    If a firewall excludes trusted services, Azure silently writes nothing; the emulator rejects the flow log.
    """
    account = op.state.by_handle(get_str(op.inputs, "storageId").lower())
    days = get_path(op.inputs, "retentionPolicy.days")
    if isinstance(days, int | float) and not 0 <= days <= 365:
        return arm_error(400, "InvalidRetentionPolicy", f"Flow logs are kept 0 to 365 days, not {days:g}.")
    if account is None:
        return None
    if get_str(account.inputs, "sku.name").startswith("Premium"):
        return arm_error(400, "StorageAccountNotSupported", "Flow logs need a storage account of tier Standard.")
    rules = get_path(account.inputs, "networkRuleSet")
    denies = get_str(rules, "defaultAction") == "Deny" and "AzureServices" not in get_str(rules, "bypass")
    if denies or is_closed(account):
        return arm_error(
            400,
            "StorageAccountFirewall",
            f"The firewall of storage account '{account.name}' must let in trusted Microsoft services, which it does "
            "not while public network access is disabled.",
        )
    return None


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type("network:NetworkWatcher", _WATCHER_PATH),
    arm_type(
        "network:FlowLog",
        f"{_WATCHER_PATH}/flowLogs/{{flowLogName}}",
        {"targetResourceGuid": "{uuid}"},
        replace_on_changes=("targetResourceId",),
        write_rules=(watcher_location, target_unique, storage_account),
    ),
)
"""Resource types of network watchers and flow logs."""
