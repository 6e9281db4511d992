"""Resource groups, and how a platform is watched: who is told, logs and where they go."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.azure.arm import GROUP, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import Json, at, each, text

SETTING = "azure-native:monitor:DiagnosticSetting"
_GROUP_NAME = re.compile(r"[-\w.()]{1,90}(?<!\.)")
_WORKSPACE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]")
_SINKS = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")


def _bad(message: str, code: str = "BadRequest") -> str:
    return arm_error(400, code, message)


def group_name(call: Call) -> str | None:
    """Letters, digits and `-_.()`, at most 90, not ending with a full stop."""
    if _GROUP_NAME.fullmatch(call.name):
        return None
    return _bad(
        f"The provided resource group name '{call.name}' has these invalid characters.", "InvalidResourceGroupName"
    )


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


ROWS: tuple[ArmRow, ...] = (
    arm_row("resources:ResourceGroup", GROUP, creating=(group_name,)),
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
)
"""Rows of resource groups, who is told, and logs."""
