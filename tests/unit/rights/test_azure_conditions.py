"""The condition of the deploying role on Azure lets it assign planned roles only, to planned kinds of principals."""

import json

import pytest

from falaj.components.core.site.azure_role_ids import Role, custom_role_id
from falaj.facts.azure_permissions import azure_roles
from falaj.finops.plan import read
from falaj.rights.azure_conditions import Assignable, evaluate
from falaj.rights.identity_files import Identity, Rights
from tests.unit.components.azure_samples import COMPONENTS
from tests.unit.components.samples import recorded

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
STACK = "urn:pulumi:demo::falaj::"
ASSIGNMENT, DEFINITION = "azure-native:authorization:RoleAssignment", "azure-native:authorization:RoleDefinition"
WRITE, DELETE = (f"Microsoft.Authorization/roleAssignments/{verb}" for verb in ("write", "delete"))
CUSTOM = custom_role_id(SUBSCRIPTION, "falaj", "demo", "site-reader")

PLAN = read(
    json.dumps(
        {
            "deployment": {
                "resources": [
                    {"urn": f"{STACK}{kind}::{name}", "type": kind, "inputs": inputs}
                    for kind, name, inputs in (
                        (DEFINITION, "site-reader", {}),
                        (ASSIGNMENT, "reads", {"principalType": "ServicePrincipal"}),
                        (ASSIGNMENT, "views", {"principalType": "Group"}),
                    )
                ]
            }
        }
    )
)
CONDITION = Assignable.of(PLAN, SUBSCRIPTION).condition()


def assigns(role: str, principal: str = "ServicePrincipal") -> bool:
    return evaluate(CONDITION, WRITE, {"Request:RoleDefinitionId": role, "Request:PrincipalType": principal})


@pytest.mark.parametrize("name", ["Owner", "User Access Administrator", "Role Based Access Control Administrator"])
def test_no_privileged_role_is_assigned(name: str) -> None:
    assert not assigns(azure_roles()[name].id)


def test_no_role_is_assigned_that_nobody_planned() -> None:
    assert not assigns(azure_roles()["Contributor"].id)
    assert not assigns(custom_role_id(SUBSCRIPTION, "falaj", "demo", "other"))
    assert not assigns(custom_role_id(SUBSCRIPTION, "falaj", "other", "site-reader"))


@pytest.mark.parametrize("role", [*(role.value for role in Role), CUSTOM])
def test_planned_roles_are_assigned_to_planned_kinds_of_principals(role: str) -> None:
    assert assigns(role)
    assert assigns(role.upper(), "group")
    assert not assigns(role, "User")


def test_assignments_of_others_stay() -> None:
    owner = {"Resource:RoleDefinitionId": azure_roles()["Owner"].id, "Resource:PrincipalType": "ServicePrincipal"}
    assert not evaluate(CONDITION, DELETE, owner)
    assert not evaluate(
        CONDITION, DELETE, {**owner, "Resource:RoleDefinitionId": CUSTOM, "Resource:PrincipalType": "User"}
    )
    assert evaluate(CONDITION, DELETE, {**owner, "Resource:RoleDefinitionId": CUSTOM})


def test_other_operations_are_not_restricted() -> None:
    assert evaluate(CONDITION, "Microsoft.Network/virtualNetworks/write", {})


@pytest.mark.parametrize(
    "condition",
    [
        "@Request[x:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {a}",
        "ActionMatches{'a'} XOR ActionMatches{'b'}",
        "(ActionMatches{'a'} ActionMatches{'b'})",
        "ActionMatches{'a'} ActionMatches{'b'}",
        "AND",
    ],
)
def test_a_condition_that_is_not_understood_holds_for_nothing(condition: str) -> None:
    with pytest.raises(ValueError, match=r"unexpected|unknown operator|not closed"):
        evaluate(condition, "a", {})


@pytest.mark.parametrize("kind", COMPONENTS)
def test_the_components_assign_roles_of_the_list_and_their_own(kind: type) -> None:
    recording = recorded(kind, COMPONENTS[kind])
    own = {role.inputs["roleDefinitionId"] for role in recording.of(DEFINITION)}
    assigned = {role.inputs["roleDefinitionId"].rpartition("/")[2] for role in recording.of(ASSIGNMENT)}
    assert assigned <= {role.value for role in Role} | own


def test_fixed_roles_leave_the_definitions_to_their_owner() -> None:
    def actions(fixed: bool) -> set[str]:
        role = Rights.of(PLAN, None, SUBSCRIPTION, fixed).role(Identity.DEPLOY)
        return {*role["Actions"]} if role else set()

    changes = {f"Microsoft.Authorization/roleDefinitions/{verb}" for verb in ("write", "delete")}
    assert actions(fixed=False) - actions(fixed=True) == changes
