"""Logic Apps: workflow definitions and their identities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from falaj.sandbox.clouds.azure.arm import GROUP, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str

_FREQUENCIES = ("Second", "Minute", "Hour", "Day", "Week", "Month", "Year")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")


def _bad_request(message: str) -> str:
    return arm_error(400, "InvalidTemplate", f"Unable to process template language expressions: {message}")


def workflow_definition(op: Operation) -> str | None:
    """Checks that a definition names its schema, and that its triggers and actions are well-formed."""
    definition = get_path(op.inputs, "definition")
    if definition is None:
        return None
    if not get_str(definition, "$schema"):
        return _bad_request("the definition has no $schema.")
    for name, trigger in _entries(definition, "triggers"):
        if get_str(trigger, "type") == "Recurrence" and (problem := _recurrence_error(get_path(trigger, "recurrence"))):
            return _bad_request(f"trigger '{name}': {problem}")
    actions = dict(_entries(definition, "actions"))
    for name, action in actions.items():
        if get_str(action, "type") == "Http" and get_str(action, "inputs.method").upper() not in _METHODS:
            return _bad_request(f"action '{name}': method '{get_str(action, 'inputs.method')}' is not known.")
        after = get_path(action, "runAfter")
        unknown = [other for other in after if other not in actions] if isinstance(after, Mapping) else []
        if unknown:
            return _bad_request(f"action '{name}' runs after '{unknown[0]}', which is not there.")
    return None


def _entries(definition: Json, section_name: str) -> Iterator[tuple[str, Props]]:
    section = get_path(definition, section_name)
    for name, item in section.items() if isinstance(section, Mapping) else ():
        if isinstance(item, Mapping):
            yield name, item


def _recurrence_error(recurrence: Json) -> str | None:
    if get_str(recurrence, "frequency") not in _FREQUENCIES:
        return f"frequency '{get_str(recurrence, 'frequency')}' must be one of {', '.join(_FREQUENCIES)}."
    wrong = [day for day in get_all(recurrence, "schedule.weekDays[*]") if day not in _DAYS]
    if wrong:
        return f"'{wrong[0]}' is no day of the week."
    for path, most in (("schedule.hours[*]", 23), ("schedule.minutes[*]", 59)):
        for value in get_all(recurrence, path):
            if not isinstance(value, int | float) or not 0 <= value <= most:
                return f"{path.split('.')[1].removesuffix('[*]')} must be from 0 to {most}."
    return None


def identities_assigned(op: Operation) -> str | None:
    """Checks that each action authenticates with an identity of the workflow."""
    assigned = {str(item).lower() for item in get_all(op.inputs, "identity.userAssignedIdentities[*]")}
    kind = get_str(op.inputs, "identity.type")
    for name, action in _entries(get_path(op.inputs, "definition"), "actions"):
        authentication = get_path(action, "inputs.authentication")
        if get_str(authentication, "type") != "ManagedServiceIdentity":
            continue
        identity = get_str(authentication, "identity").lower()
        if (identity and identity not in assigned) or (not identity and "SystemAssigned" not in kind):
            return arm_error(
                400,
                "WorkflowManagedIdentityNotSpecified",
                f"Action '{name}' signs in with the identity '{identity or 'SystemAssigned'}', which the workflow "
                f"'{op.name}' does not have.",
            )
    return None


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "logic:Workflow",
        f"{GROUP}/providers/Microsoft.Logic/workflows/{{workflowName}}",
        {"state": "Enabled", "version": "08584300000000000000", "createdTime": "{now}", "changedTime": "{now}"},
        write_rules=(workflow_definition, identities_assigned),
    ),
)
"""Resource types of Microsoft.Logic."""
