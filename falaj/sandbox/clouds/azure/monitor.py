"""Resource groups, action groups, diagnostic settings and Log Analytics workspaces."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.azure.arm import GROUP, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

SETTING = "azure-native:monitor:DiagnosticSetting"
_GROUP_NAME = re.compile(r"[-\w.()]{1,90}(?<!\.)")
_WORKSPACE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]")
_SINKS = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")


def _bad_request(message: str, code: str = "BadRequest") -> str:
    return arm_error(400, code, message)


def group_name(op: Operation) -> str | None:
    """Checks the name: at most 90 letters, digits and `-_.()`, without a full stop at the end."""
    if _GROUP_NAME.fullmatch(op.name):
        return None
    return _bad_request(
        f"The provided resource group name '{op.name}' has these invalid characters.", "InvalidResourceGroupName"
    )


def action_group_name(op: Operation) -> str | None:
    """Checks that the short name of an action group has at most 12 characters."""
    short = get_str(op.inputs, "groupShortName")
    if 1 <= len(short) <= 12:
        return None
    return _bad_request(f"groupShortName '{short}' must have 1 to 12 characters.", "ActionGroupShortNameTooLong")


def setting_sinks(op: Operation) -> str | None:
    """Checks that a diagnostic setting has a sink, and that each category is sent to a sink once."""
    if not any(get_str(op.inputs, sink) for sink in _SINKS):
        return _bad_request(
            "At least one data sink needs to be specified: a workspace, a storage account or an event hub."
        )
    for other in op.state.find(SETTING, scope=op.scope):
        for sink in _SINKS:
            sink_id = get_str(op.inputs, sink)
            repeated = _categories(op.inputs) & _categories(other.inputs)
            if (
                other.name != op.name
                and sink_id
                and sink_id.lower() == get_str(other.inputs, sink).lower()
                and repeated
            ):
                return arm_error(
                    409,
                    "Conflict",
                    f"Data sink '{sink_id}' is already used in diagnostic setting '{other.name}' for category "
                    f"'{sorted(repeated)[0]}'. "
                    "Data sinks can't be reused in different settings on the same category for the same resource.",
                )
    return None


def _categories(inputs: Json) -> set[str]:
    enabled = [
        item
        for item in (*get_all(inputs, "logs[*]"), *get_all(inputs, "metrics[*]"))
        if get_path(item, "enabled") is True
    ]
    return {get_str(item, "category") or get_str(item, "categoryGroup") for item in enabled}


def workspace_fields(op: Operation) -> str | None:
    """Checks the name (4 to 63 letters, digits and hyphens) and the retention (30 to 730 days)."""
    if not _WORKSPACE_NAME.fullmatch(op.name):
        return _bad_request(
            f"The workspace name '{op.name}' must have 4 to 63 letters, digits and hyphens.", "InvalidResourceName"
        )
    days = get_path(op.inputs, "retentionInDays")
    if isinstance(days, int | float) and not 30 <= days <= 730:
        return _bad_request(f"'RetentionInDays' is {days:g}; it must be from 30 to 730.", "InvalidParameter")
    return None


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type("resources:ResourceGroup", GROUP, write_rules=(group_name,)),
    arm_type(
        "monitor:ActionGroup",
        f"{GROUP}/providers/Microsoft.Insights/actionGroups/{{actionGroupName}}",
        write_rules=(action_group_name,),
    ),
    arm_type(
        "monitor:DiagnosticSetting",
        "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
        write_rules=(setting_sinks,),
    ),
    arm_type(
        "operationalinsights:Workspace",
        f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/{{workspaceName}}",
        {"customerId": "{uuid}", "createdDate": "{now}", "modifiedDate": "{now}"},
        write_rules=(workspace_fields,),
    ),
)
"""Resource types of resource groups and Azure Monitor."""
