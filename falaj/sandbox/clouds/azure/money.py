"""What watches spending: budgets, anomaly alerts, exports of the bill and how tags reach it."""

from __future__ import annotations

import re
from dataclasses import replace

from falaj.sandbox.clouds.azure.arm import ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.azure.storage import ACCOUNT, CONTAINER
from falaj.sandbox.clouds.rows import Call, Resource
from falaj.sandbox.clouds.values import Json, at, each, text

_FIRST_OF_MONTH = re.compile(r"\d{4}-\d{2}-01(T00:00:00Z?)?")
_SUBSCRIPTION = re.compile(r"/?subscriptions/[^/]+/?", flags=re.IGNORECASE)
_EXPORT_NAME = re.compile(r"[\w-]{3,64}")
_DAILY_ANOMALIES = "/views/ms:DailyAnomalyByResourceGroup"
_DATASETS = (
    "ActualCost",
    "AmortizedCost",
    "FocusCost",
    "PriceSheet",
    "ReservationDetails",
    "ReservationRecommendations",
    "ReservationTransactions",
    "Usage",
)
"""Types of exports (Microsoft.CostManagement/exports, 2025-03-01). The SDK's list is that of an older version."""

_MOST_NOTIFICATIONS = 5
_LONGEST_DISPLAY_NAME, _LONGEST_SUBJECT, _MOST_ADDRESSES = 25, 70, 20


def _bad(message: str) -> str:
    return arm_error(400, "BadRequest", message)


def budget_shape(call: Call) -> str | None:
    """An amount above zero, a start on the first of a month, and at most five notifications that reach somebody."""
    amount, start = at(call.inputs, "amount"), text(call.inputs, "timePeriod.startDate")
    if isinstance(amount, int | float) and amount <= 0:
        return _bad(f"Budget amount {amount:g} must be greater than zero.")
    if not _FIRST_OF_MONTH.fullmatch(start) or start < "2017-06-01":
        return _bad(f"Budget start date '{start}' must be the first day of a month, from 2017-06-01 on.")
    notifications = at(call.inputs, "notifications")
    told = list(notifications.items()) if isinstance(notifications, dict) else []
    if len(told) > _MOST_NOTIFICATIONS:
        return _bad(f"A budget has at most {_MOST_NOTIFICATIONS} notifications, not {len(told)}.")
    return next(filter(None, (_notification(name, item) for name, item in told)), None)


def _notification(name: str, item: Json) -> str | None:
    threshold = at(item, "threshold")
    if isinstance(threshold, int | float) and not 0 <= threshold <= 1000:
        return _bad(f"Notification {name}: threshold {threshold:g} must be from 0 to 1000 percent.")
    if not any(each(item, f"{path}[*]") for path in ("contactEmails", "contactGroups", "contactRoles")):
        return _bad(
            f"Notification {name}: at least one of contactEmails, contactGroups and contactRoles must be given."
        )
    return None


def budget_filter(call: Call) -> str | None:
    """One condition stands alone; `and` joins two or more; each has a dimension or a tag."""
    wanted = at(call.inputs, "filter")
    joined = each(wanted, "and[*]")
    alone = [key for key in ("dimensions", "tags") if at(wanted, key) is not None]
    if wanted is None or (len(alone) == 1 and not joined):
        return None
    if alone or len(joined) < 2:
        return _bad("Budget filter: give one of dimensions and tags, or two or more conditions in 'and'.")
    if any((at(item, "dimensions") is None) == (at(item, "tags") is None) for item in joined):
        return _bad("Budget filter: each condition in 'and' has one of dimensions and tags.")
    return None


def alert_shape(call: Call) -> str | None:
    """What Cost Management takes of a scheduled action, and what an anomaly alert must be besides."""
    shown, subject = text(call.inputs, "displayName"), text(call.inputs, "notification.subject")
    if not 1 <= len(shown) <= _LONGEST_DISPLAY_NAME:
        return _bad(f"displayName '{shown}' must have 1 to {_LONGEST_DISPLAY_NAME} characters.")
    if not 1 <= len(subject) <= _LONGEST_SUBJECT:
        return _bad(f"The subject '{subject}' must have 1 to {_LONGEST_SUBJECT} characters.")
    if not 1 <= len(each(call.inputs, "notification.to[*]")) <= _MOST_ADDRESSES:
        return _bad(f"A notification goes to 1 to {_MOST_ADDRESSES} addresses.")
    if text(call.inputs, "schedule.endDate") <= text(call.inputs, "schedule.startDate"):
        return _bad("The end date of the schedule must be after its start date.")
    return _anomaly_alert(call) if text(call.inputs, "kind") == "InsightAlert" else None


def _anomaly_alert(call: Call) -> str | None:
    if not _SUBSCRIPTION.fullmatch(text(call.inputs, "scope")):
        return _bad("Scheduled actions of kind InsightAlert are supported at subscription scope only.")
    if not text(call.inputs, "viewId").endswith(_DAILY_ANOMALIES):
        return _bad(f"An InsightAlert looks at the view ...{_DAILY_ANOMALIES}.")
    if text(call.inputs, "schedule.frequency") != "Daily":
        return _bad("The frequency of an InsightAlert must be Daily.")
    return None


def export_shape(call: Call) -> str | None:
    """Names, datasets, a schedule that ends, and where the identity is."""
    if not _EXPORT_NAME.fullmatch(call.name):
        return _bad(f"Export name '{call.name}' must have 3 to 64 letters, digits, hyphens and underscores.")
    dataset = text(call.inputs, "definition.type")
    if dataset not in _DATASETS:
        return _bad(f"Invalid definition type '{dataset}'; valid values: {', '.join(_DATASETS)}.")
    if at(call.inputs, "identity") is not None and not text(call.inputs, "location"):
        return _bad("A location is required when using a managed identity.")
    if text(call.inputs, "schedule.status") != "Active":
        return None
    start, end = (text(call.inputs, f"schedule.recurrencePeriod.{key}") for key in ("from", "to"))
    if not start or not text(call.inputs, "schedule.recurrence"):
        return _bad("An active schedule needs a recurrence and a recurrence period.")
    if end and end <= start:
        return _bad("The end of the recurrence period must be after its start.")
    return None


def export_destination(call: Call) -> str | None:
    """The container must exist, in an account that the service can reach and may copy into."""
    destination = "deliveryInfo.destination"
    account = call.world.by_handle(text(call.inputs, f"{destination}.resourceId").lower())
    if account is None or account.type != ACCOUNT:
        return _bad("The destination must be a storage account of the tenant.")
    wanted = text(call.inputs, f"{destination}.container")
    if not any(item.name == wanted for item in call.world.find(CONTAINER, scope=account.id)):
        return _bad(f"The container '{wanted}' does not exist in storage account '{account.name}'.")
    if text(account.inputs, "allowedCopyScope"):
        return _bad(f"Storage account '{account.name}' limits the scope of copy operations; allow any account.")
    has_identity = text(call.inputs, "identity.type") == "SystemAssigned"
    if _is_firewalled(account) and not (has_identity and _trusts_services(account)):
        return arm_error(
            400,
            "Unauthorized",
            f"The exports service is not authorized to access the specified storage account '{account.name}': behind a "
            "firewall it needs an identity of its own and 'Allow trusted Azure services'.",
        )
    return None


def _is_firewalled(account: Resource) -> bool:
    closed = text(account.inputs, "publicNetworkAccess") == "Disabled"
    return closed or text(account.inputs, "networkRuleSet.defaultAction") == "Deny"


def _trusts_services(account: Resource) -> bool:
    return "AzureServices" in text(account.inputs, "networkRuleSet.bypass")


def inheritance_kind(call: Call) -> str | None:
    """The one setting of this kind is called `taginheritance`."""
    if text(call.inputs, "type") == "taginheritance":
        return None
    return _bad(f"Setting type '{text(call.inputs, 'type')}' is not valid: expected 'taginheritance'.")


_COST = "/providers/Microsoft.CostManagement"

ROWS: tuple[ArmRow, ...] = (
    arm_row(
        "consumption:Budget",
        "{scope}/providers/Microsoft.Consumption/budgets/{budgetName}",
        {"currentSpend": {"amount": 0, "unit": "USD"}},
        creating=(budget_shape, budget_filter),
    ),
    arm_row(
        "costmanagement:ScheduledActionByScope",
        "{scope}" + _COST + "/scheduledActions/{name}",
        creating=(alert_shape,),
    ),
    arm_row("costmanagement:ScheduledAction", _COST + "/scheduledActions/{name}", creating=(alert_shape,)),
    replace(
        arm_row(
            "costmanagement:Export",
            "{scope}" + _COST + "/exports/{exportName}",
            {"nextRunTimeEstimate": ""},
            creating=(export_shape, export_destination),
        ),
        unlisted=("definition.type",),
    ),
    arm_row(
        "costmanagement:TagInheritanceSetting",
        "{scope}" + _COST + "/settings/{type}",
        creating=(inheritance_kind,),
        exists_already=True,
    ),
)
"""Rows of Microsoft.Consumption and Microsoft.CostManagement."""
