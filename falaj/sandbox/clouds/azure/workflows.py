"""Logic Apps: workflows, with what Azure refuses about their definitions and identities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from falaj.sandbox.clouds.azure.arm import GROUP, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import Json, Props, at, each, text

_FREQUENCIES = ("Second", "Minute", "Hour", "Day", "Week", "Month", "Year")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")


def _bad(message: str) -> str:
    return arm_error(400, "InvalidTemplate", f"Unable to process template language expressions: {message}")


def definition_shape(call: Call) -> str | None:
    """A definition names its schema; triggers and actions are well formed."""
    definition = at(call.inputs, "definition")
    if definition is None:
        return None
    if not text(definition, "$schema"):
        return _bad("the definition has no $schema.")
    for name, trigger in _named(definition, "triggers"):
        if text(trigger, "type") == "Recurrence" and (problem := _recurrence(at(trigger, "recurrence"))):
            return _bad(f"trigger '{name}': {problem}")
    actions = dict(_named(definition, "actions"))
    for name, action in actions.items():
        if text(action, "type") == "Http" and text(action, "inputs.method").upper() not in _METHODS:
            return _bad(f"action '{name}': method '{text(action, 'inputs.method')}' is not known.")
        after = at(action, "runAfter")
        unknown = [other for other in after if other not in actions] if isinstance(after, Mapping) else []
        if unknown:
            return _bad(f"action '{name}' runs after '{unknown[0]}', which is not there.")
    return None


def _named(definition: Json, part: str) -> Iterator[tuple[str, Props]]:
    found = at(definition, part)
    for name, item in found.items() if isinstance(found, Mapping) else ():
        if isinstance(item, Mapping):
            yield name, item


def _recurrence(recurrence: Json) -> str | None:
    if text(recurrence, "frequency") not in _FREQUENCIES:
        return f"frequency '{text(recurrence, 'frequency')}' must be one of {', '.join(_FREQUENCIES)}."
    wrong = [day for day in each(recurrence, "schedule.weekDays[*]") if day not in _DAYS]
    if wrong:
        return f"'{wrong[0]}' is no day of the week."
    for path, most in (("schedule.hours[*]", 23), ("schedule.minutes[*]", 59)):
        for value in each(recurrence, path):
            if not isinstance(value, int | float) or not 0 <= value <= most:
                return f"{path.split('.')[1].removesuffix('[*]')} must be from 0 to {most}."
    return None


def identities_assigned(call: Call) -> str | None:
    """An action signs in with an identity that the workflow has."""
    own = {str(item).lower() for item in each(call.inputs, "identity.userAssignedIdentities[*]")}
    kind = text(call.inputs, "identity.type")
    for name, action in _named(at(call.inputs, "definition"), "actions"):
        signed_in = at(action, "inputs.authentication")
        if text(signed_in, "type") != "ManagedServiceIdentity":
            continue
        wanted = text(signed_in, "identity").lower()
        if (wanted and wanted not in own) or (not wanted and "SystemAssigned" not in kind):
            return arm_error(
                400,
                "WorkflowManagedIdentityNotSpecified",
                f"Action '{name}' signs in with the identity '{wanted or 'SystemAssigned'}', which the workflow "
                f"'{call.name}' does not have.",
            )
    return None


ROWS: tuple[ArmRow, ...] = (
    arm_row(
        "logic:Workflow",
        f"{GROUP}/providers/Microsoft.Logic/workflows/{{workflowName}}",
        {"state": "Enabled", "version": "08584300000000000000", "createdTime": "{now}", "changedTime": "{now}"},
        creating=(definition_shape, identities_assigned),
    ),
)
"""Rows of Microsoft.Logic."""
