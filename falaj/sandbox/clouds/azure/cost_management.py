"""Cost management: budgets, anomaly alerts, cost exports and tag inheritance."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.azure.arm import ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.azure.storage import ACCOUNT, CONTAINER, is_closed
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

_FIRST_OF_MONTH = re.compile(r"\d{4}-\d{2}-01(T00:00:00Z?)?")
_SUBSCRIPTION = re.compile(r"/?subscriptions/[^/]+/?", flags=re.IGNORECASE)
_EXPORT_NAME = re.compile(r"[\w-]{3,64}")
_DAILY_ANOMALIES = "/views/ms:DailyAnomalyByResourceGroup"
_DATASETS = ("Usage", "ActualCost", "AmortizedCost")
"""Types of exports in API version 2024-08-01, the SDK's. The service refuses those of other versions, such as
`FocusCost` (Azure/bicep#6518; 2023-07-01-preview, 2024-10-01-preview and 2025-03-01 have it)."""

_MAX_NOTIFICATIONS = 5
_MAX_DISPLAY_NAME, _MAX_SUBJECT, _MAX_ADDRESSES = 25, 70, 20


def _bad_request(message: str) -> str:
    return arm_error(400, "BadRequest", message)


def budget_fields(op: Operation) -> str | None:
    """Checks that the amount is above zero, the start is the first of a month and does not change, and there are at
    most five notifications, each with recipients.
    """
    amount, start = get_path(op.inputs, "amount"), get_str(op.inputs, "timePeriod.startDate")
    if isinstance(amount, int | float) and amount <= 0:
        return _bad_request(f"Budget amount {amount:g} must be greater than zero.")
    if not _FIRST_OF_MONTH.fullmatch(start) or start < "2017-06-01":
        return _bad_request(f"Budget start date '{start}' must be the first day of a month, from 2017-06-01 on.")
    if op.existing is not None and get_str(op.existing.inputs, "timePeriod.startDate") != start:
        # Azure/CanadaPubSecALZ#317, read 2026-11-26
        return _bad_request("Start date of budgets cannot be updated. Please delete and create a new budget.")
    notifications = get_path(op.inputs, "notifications")
    entries = list(notifications.items()) if isinstance(notifications, dict) else []
    if len(entries) > _MAX_NOTIFICATIONS:
        return _bad_request(f"A budget has at most {_MAX_NOTIFICATIONS} notifications, not {len(entries)}.")
    return next(filter(None, (_notification_error(name, item) for name, item in entries)), None)


def _notification_error(name: str, item: Json) -> str | None:
    threshold = get_path(item, "threshold")
    if isinstance(threshold, int | float) and not 0 <= threshold <= 1000:
        return _bad_request(f"Notification {name}: threshold {threshold:g} must be from 0 to 1000 percent.")
    if not any(get_all(item, f"{path}[*]") for path in ("contactEmails", "contactGroups", "contactRoles")):
        return _bad_request(
            f"Notification {name}: at least one of contactEmails, contactGroups and contactRoles must be given."
        )
    return None


def budget_filter(op: Operation) -> str | None:
    """Checks that a filter is one condition, or `and` with at least two, and that each condition has either dimensions
    or tags.
    """
    conditions = get_path(op.inputs, "filter")
    combined = get_all(conditions, "and[*]")
    single = [key for key in ("dimensions", "tags") if get_path(conditions, key) is not None]
    if conditions is None or (len(single) == 1 and not combined):
        return None
    if single or len(combined) < 2:
        return _bad_request("Budget filter: give one of dimensions and tags, or two or more conditions in 'and'.")
    if any((get_path(item, "dimensions") is None) == (get_path(item, "tags") is None) for item in combined):
        return _bad_request("Budget filter: each condition in 'and' has one of dimensions and tags.")
    return None


def scheduled_action_fields(op: Operation) -> str | None:
    """Checks the limits of a scheduled action, and the additional ones of an anomaly alert."""
    display_name, subject = get_str(op.inputs, "displayName"), get_str(op.inputs, "notification.subject")
    if not 1 <= len(display_name) <= _MAX_DISPLAY_NAME:
        return _bad_request(f"displayName '{display_name}' must have 1 to {_MAX_DISPLAY_NAME} characters.")
    if not 1 <= len(subject) <= _MAX_SUBJECT:
        return _bad_request(f"The subject '{subject}' must have 1 to {_MAX_SUBJECT} characters.")
    if not 1 <= len(get_all(op.inputs, "notification.to[*]")) <= _MAX_ADDRESSES:
        return _bad_request(f"A notification goes to 1 to {_MAX_ADDRESSES} addresses.")
    if get_str(op.inputs, "schedule.endDate") <= get_str(op.inputs, "schedule.startDate"):
        return _bad_request("The end date of the schedule must be after its start date.")
    return _anomaly_alert_error(op) if get_str(op.inputs, "kind") == "InsightAlert" else None


def _anomaly_alert_error(op: Operation) -> str | None:
    if not _SUBSCRIPTION.fullmatch(get_str(op.inputs, "scope")):
        return _bad_request("Scheduled actions of kind InsightAlert are supported at subscription scope only.")
    if not get_str(op.inputs, "viewId").endswith(_DAILY_ANOMALIES):
        return _bad_request(f"An InsightAlert looks at the view ...{_DAILY_ANOMALIES}.")
    if get_str(op.inputs, "schedule.frequency") != "Daily":
        return _bad_request("The frequency of an InsightAlert must be Daily.")
    return None


def export_fields(op: Operation) -> str | None:
    """Checks the name, the dataset, the period of the schedule, and that an export with an identity has a location."""
    if not _EXPORT_NAME.fullmatch(op.name):
        return _bad_request(f"Export name '{op.name}' must have 3 to 64 letters, digits, hyphens and underscores.")
    dataset = get_str(op.inputs, "definition.type")
    if dataset not in _DATASETS:
        return _bad_request(f"Invalid definition type '{dataset}'; valid values: {', '.join(_DATASETS)}.")
    if get_path(op.inputs, "identity") is not None and not get_str(op.inputs, "location"):
        return _bad_request("A location is required when using a managed identity.")
    if get_str(op.inputs, "schedule.status") != "Active":
        return None
    start, end = (get_str(op.inputs, f"schedule.recurrencePeriod.{key}") for key in ("from", "to"))
    if not start or not get_str(op.inputs, "schedule.recurrence"):
        return _bad_request("An active schedule needs a recurrence and a recurrence period.")
    if end and end <= start:
        return _bad_request("The end of the recurrence period must be after its start.")
    return None


def export_destination(op: Operation) -> str | None:
    """Checks that the container exists, in an account that the service can reach and that allows copies."""
    destination = "deliveryInfo.destination"
    account = op.state.by_handle(get_str(op.inputs, f"{destination}.resourceId").lower())
    if account is None or account.type != ACCOUNT:
        return _bad_request("The destination must be a storage account of the tenant.")
    container = get_str(op.inputs, f"{destination}.container")
    if not any(item.name == container for item in op.state.find(CONTAINER, scope=account.id)):
        return _bad_request(f"The container '{container}' does not exist in storage account '{account.name}'.")
    if get_str(account.inputs, "allowedCopyScope"):
        return _bad_request(f"Storage account '{account.name}' limits the scope of copy operations; allow any account.")
    has_identity = get_str(op.inputs, "identity.type") == "SystemAssigned"
    if _is_firewalled(account) and not (has_identity and _trusts_services(account)):
        return arm_error(
            400,
            "Unauthorized",
            f"The exports service is not authorized to access the specified storage account '{account.name}': behind a "
            "firewall it needs an identity of its own and 'Allow trusted Azure services'.",
        )
    return None


def _is_firewalled(account: InventoryItem) -> bool:
    return is_closed(account) or get_str(account.inputs, "networkRuleSet.defaultAction") == "Deny"


def _trusts_services(account: InventoryItem) -> bool:
    return "AzureServices" in get_str(account.inputs, "networkRuleSet.bypass") and not is_closed(account)


def setting_type(op: Operation) -> str | None:
    """Checks that the type is `taginheritance`, the only setting."""
    if get_str(op.inputs, "type") == "taginheritance":
        return None
    return _bad_request(f"Setting type '{get_str(op.inputs, 'type')}' is not valid: expected 'taginheritance'.")


_COST = "/providers/Microsoft.CostManagement"

RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "consumption:Budget",
        "{scope}/providers/Microsoft.Consumption/budgets/{budgetName}",
        {"currentSpend": {"amount": 0, "unit": "USD"}},
        write_rules=(budget_fields, budget_filter),
    ),
    arm_type(
        "costmanagement:ScheduledActionByScope",
        "{scope}" + _COST + "/scheduledActions/{name}",
        write_rules=(scheduled_action_fields,),
    ),
    arm_type(
        "costmanagement:ScheduledAction", _COST + "/scheduledActions/{name}", write_rules=(scheduled_action_fields,)
    ),
    arm_type(
        "costmanagement:Export",
        "{scope}" + _COST + "/exports/{exportName}",
        {"nextRunTimeEstimate": ""},
        write_rules=(export_fields, export_destination),
    ),
    arm_type(
        "costmanagement:TagInheritanceSetting",
        "{scope}" + _COST + "/settings/{type}",
        write_rules=(setting_type,),
        always_exists=True,
    ),
)
"""Resource types of Microsoft.Consumption and Microsoft.CostManagement."""
