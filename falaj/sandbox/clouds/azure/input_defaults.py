"""Input defaults of azure-native's Check: the location, and the name of a role assignment."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from falaj.facts.regions import normalise_azure
from falaj.sandbox.clouds.azure.arm import GROUP, ArmPath
from falaj.sandbox.clouds.sdk_schema import UnknownResourceType, sdk
from falaj.sandbox.clouds.spec import CheckOperation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_str

SDK = "pulumi_azure_native"
_ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment"


def complete(op: CheckOperation) -> tuple[dict[str, Json], Sequence[tuple[str, str]]]:
    """Returns the inputs with a location and, for a role assignment, a name. Never returns a failure."""
    inputs = dict(op.inputs)
    if _has_location(op.token):
        location = inputs["location"] if inputs.get("location") is not None else _default_location(op)
        if location is not None:
            inputs["location"] = _same_spelling(location, get_str(op.old, "location"))
    if op.token == _ROLE_ASSIGNMENT and inputs.get("roleAssignmentName") is None:
        inputs["roleAssignmentName"] = get_str(op.old, "roleAssignmentName") or str(uuid.uuid4())
    return inputs, ()


def _has_location(token: str) -> bool:
    try:
        return "location" in sdk(SDK).schema(token).inputs
    except UnknownResourceType:
        return False


def _default_location(op: CheckOperation) -> Json:
    """Returns the location of the old inputs, else of the provider, else of the resource group, as azure-native does.
    UNKNOWN if the group's name is unknown.
    """
    for location in (op.old.get("location"), op.config.get("location")):
        if location is not None:
            return location
    group = op.inputs.get("resourceGroupName")
    if group is UNKNOWN:
        return UNKNOWN
    resource_group = op.state.by_handle(ArmPath(GROUP).fill(op.inputs).lower()) if group is not None else None
    return resource_group.inputs.get("location") if resource_group else None


def _same_spelling(location: Json, old: str) -> Json:
    """Returns the old spelling if both name the same region: `UAE North` for `uaenorth` is no change."""
    if isinstance(location, str) and old and normalise_azure(location) == normalise_azure(old):
        return old
    return location
