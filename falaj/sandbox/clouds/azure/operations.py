"""Resource groups, and how a platform is watched: budgets, who is told, logs and where they go."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.azure.arm import GROUP, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import Json, at, each, text

SETTING = "azure-native:monitor:DiagnosticSetting"
_GROUP_NAME = re.compile(r"[-\w.()]{1,90}(?<!\.)")
_FIRST_OF_MONTH = re.compile(r"\d{4}-\d{2}-01(T00:00:00Z?)?")
_WORKSPACE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]")
_SINKS = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")
_MOST_NOTIFICATIONS = 5


def _bad(message: str, code: str = "BadRequest") -> str:
    return arm_error(400, code, message)


def group_name(call: Call) -> str | None:
    """Letters, digits and `-_.()`, at most 90, not ending with a full stop."""
    if _GROUP_NAME.fullmatch(call.name):
        return None
    return _bad(
        f"The provided resource group name '{call.name}' has these invalid characters.", "InvalidResourceGroupName"
    )


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


def action_group_name(call: Call) -> str | None:
    """Short names, which text messages begin with, have at most 12 characters."""
    short = text(call.inputs, "groupShortName")
    if 1 <= len(short) <= 12:
        return None
    return _bad(f"groupShortName '{short}' must have 1 to 12 characters.", "ActionGroupShortNameTooLong")


def setting_sinks(call: Call) -> str | None:
    """Logs must go somewhere, and one category of a resource only once to the same place."""
    if not any(text(call.inputs, sink) for sink in _SINKS):
        return _bad("At least one data sink needs to be specified: a workspace, a storage account or an event hub.")
    for other in call.world.find(SETTING, scope=call.scope):
        for sink in _SINKS:
            place = text(call.inputs, sink)
            again = _categories(call.inputs) & _categories(other.inputs)
            if other.name != call.name and place and place.lower() == text(other.inputs, sink).lower() and again:
                return arm_error(
                    409,
                    "Conflict",
                    f"Data sink '{place}' is already used in diagnostic setting '{other.name}' for category "
                    f"'{sorted(again)[0]}'. Data sinks can't be reused in different settings on the same category "
                    "for the "
                    "same resource.",
                )
    return None


def _categories(inputs: Json) -> set[str]:
    enabled = [item for item in (*each(inputs, "logs[*]"), *each(inputs, "metrics[*]")) if at(item, "enabled") is True]
    return {text(item, "category") or text(item, "categoryGroup") for item in enabled}


def workspace_shape(call: Call) -> str | None:
    """4 to 63 letters, digits and hyphens; logs are kept 30 to 730 days."""
    if not _WORKSPACE_NAME.fullmatch(call.name):
        return _bad(
            f"The workspace name '{call.name}' must have 4 to 63 letters, digits and hyphens.", "InvalidResourceName"
        )
    days = at(call.inputs, "retentionInDays")
    if isinstance(days, int | float) and not 30 <= days <= 730:
        return _bad(f"'RetentionInDays' is {days:g}; it must be from 30 to 730.", "InvalidParameter")
    return None


_COST = "/providers/Microsoft.CostManagement/scheduledActions/{name}"

ROWS: tuple[ArmRow, ...] = (
    arm_row("resources:ResourceGroup", GROUP, creating=(group_name,)),
    arm_row(
        "consumption:Budget",
        "{scope}/providers/Microsoft.Consumption/budgets/{budgetName}",
        {"currentSpend": {"amount": 0, "unit": "USD"}},
        creating=(budget_shape,),
    ),
    arm_row(
        "monitor:ActionGroup",
        f"{GROUP}/providers/Microsoft.Insights/actionGroups/{{actionGroupName}}",
        creating=(action_group_name,),
    ),
    arm_row(
        "monitor:DiagnosticSetting",
        "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
        creating=(setting_sinks,),
    ),
    arm_row(
        "operationalinsights:Workspace",
        f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/{{workspaceName}}",
        {"customerId": "{uuid}", "createdDate": "{now}", "modifiedDate": "{now}"},
        creating=(workspace_shape,),
    ),
    arm_row("costmanagement:ScheduledActionByScope", "{scope}" + _COST),
    arm_row("costmanagement:ScheduledAction", _COST),
)
"""Rows of resource groups, money and logs."""
