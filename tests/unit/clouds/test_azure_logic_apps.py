"""Workflows and custom roles in the emulated Azure."""

from typing import Any

import pytest

from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION
from falaj.sandbox.clouds.property_values import to_plain_map
from falaj.sandbox.clouds.values import Json, get_str
from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import Site, refused

ROLE_ID = "0f4c7c1e-3a55-5b0e-9d0e-6a1f2b3c4d5e"


def definition(site: Site, **changes: Any) -> dict[str, Any]:
    recurrence = {"frequency": "Week", "interval": 1, "schedule": {"weekDays": ["Monday"], "hours": [7]}}
    signed_in = {"type": "ManagedServiceIdentity", "identity": site.created["id-ai"].id}
    inputs = {"method": "POST", "uri": "https://management.azure.com/", "authentication": signed_in}
    return {
        "$schema": "https://schema.management.azure.com/workflowdefinition.json#",
        "triggers": {"days": {"type": "Recurrence", "recurrence": {**recurrence, **changes.get("recurrence", {})}}},
        "actions": {"start": {"type": "Http", "inputs": {**inputs, **changes.get("inputs", {})}, "runAfter": {}}},
    }


def workflow(site: Site, **changes: Json) -> dict[str, Json]:
    identity: Json = {"type": "UserAssigned", "userAssignedIdentities": [site.created["id-ai"].id]}
    return {"workflowName": "wake", "identity": identity, "definition": definition(site), **changes}


def test_a_workflow_is_read_and_updated_without_a_change(site: Site) -> None:
    site.identity()
    resource = site.inside("logic:Workflow", "wake", **workflow(site))
    assert resource.id.endswith("/resourceGroups/rg-ai/providers/Microsoft.Logic/workflows/wake")
    assert to_plain_map(site.cloud.read(resource).properties) == resource.values
    assert not site.cloud.diff(resource, **to_plain_map(resource.inputs)).changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recurrence": {"frequency": "Weekly"}}, "frequency 'Weekly'"),
        ({"recurrence": {"schedule": {"weekDays": ["Sun"]}}}, "'Sun' is no day"),
        ({"recurrence": {"schedule": {"hours": [24]}}}, "hours must be from 0 to 23"),
        ({"recurrence": {"schedule": {"minutes": [60]}}}, "minutes must be from 0 to 59"),
        ({"inputs": {"method": "START"}}, "method 'START'"),
    ],
)
def test_definitions(site: Site, changes: dict[str, Any], expected: str) -> None:
    site.identity()
    inputs = workflow(site, definition=definition(site, **changes))
    assert expected in refused(site, "InvalidTemplate", "logic:Workflow", **inputs)


def test_a_definition_is_consistent(site: Site) -> None:
    site.identity()
    full = definition(site)
    late = {**full, "actions": {"start": {**full["actions"]["start"], "runAfter": {"nothing": ["Succeeded"]}}}}
    assert "not there" in refused(site, "InvalidTemplate", "logic:Workflow", **workflow(site, definition=late))
    assert "$schema" in refused(site, "InvalidTemplate", "logic:Workflow", **workflow(site, definition={"actions": {}}))


def test_a_workflow_authenticates_with_its_own_identity(site: Site) -> None:
    site.identity()
    code = "WorkflowManagedIdentityNotSpecified"
    refused(site, code, "logic:Workflow", **workflow(site, identity={"type": "SystemAssigned"}))
    own = definition(site, inputs={"authentication": {"type": "ManagedServiceIdentity"}})
    refused(site, code, "logic:Workflow", **workflow(site, definition=own))


def role(site: Site, **changes: Json) -> dict[str, Json]:
    return {
        "scope": site.group.id,
        "roleDefinitionId": ROLE_ID,
        "roleName": "start and stop",
        "permissions": [{"actions": ["Microsoft.ContainerService/managedClusters/start/action"]}],
        "assignableScopes": [site.group.id],
        **changes,
    }


def test_a_custom_role_with_assignments_cannot_be_deleted(site: Site) -> None:
    principal = get_str(site.identity().values, "principalId")
    resource = site.make("authorization:RoleDefinition", "role", **role(site))
    site.wait(resource, 60)
    named = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{ROLE_ID}"
    inputs: dict[str, Json] = {"principalId": principal, "roleDefinitionId": named, "scope": site.group.id}
    granted = site.make("authorization:RoleAssignment", "granted", **inputs)
    assert 'Code="RoleDefinitionHasAssignments"' in driver.refused(lambda: site.cloud.delete(resource))
    site.cloud.delete(granted)
    site.cloud.delete(resource)


def test_custom_roles(site: Site) -> None:
    site.make("authorization:RoleDefinition", "role", **role(site))
    other = {"roleDefinitionId": "1f4c7c1e-3a55-5b0e-9d0e-6a1f2b3c4d5e", "roleName": "another"}
    for code, changes in (
        ("RoleDefinitionWithSameNameExists", {**other, "roleName": "start and stop"}),
        ("InvalidRoleDefinitionId", {**other, "roleDefinitionId": "starter"}),
        ("InvalidRoleDefinitionPermissions", {**other, "permissions": [{"notActions": ["*"]}]}),
        ("RoleDefinitionScopeNotInAssignableScopes", {**other, "assignableScopes": ["/subscriptions/elsewhere"]}),
    ):
        assert f'Code="{code}"' in site.refused("authorization:RoleDefinition", **role(site, **changes)), code
