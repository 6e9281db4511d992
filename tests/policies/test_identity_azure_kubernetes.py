"""Role assignments and role definitions on Azure, and RBAC in Kubernetes clusters."""

from typing import Any

import pytest

from .exposure_cases import PACK, refused
from .harness import UNKNOWN, Given, blocking

ASSIGNMENT = "azure-native:authorization:RoleAssignment"
DEFINITION = "azure-native:authorization:RoleDefinition"
SUBSCRIPTION = "/subscriptions/7c4e9a10-5f0d-4c2b-9a4e-d1f5a0b1c2d3"
ROLES = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


@pytest.mark.parametrize(
    ("role", "scope", "stopped", "is_reported"),
    [
        (OWNER, SUBSCRIPTION, True, True),
        (OWNER.upper(), f"{SUBSCRIPTION}/", True, True),
        ("b24988ac-6180-42a0-ab88-20f7382dd24c", "/providers/Microsoft.Management/managementGroups/x", True, True),
        ("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "/", True, True),
        (OWNER, f"{SUBSCRIPTION}/resourceGroups/falaj", True, True),
        ("b24988ac-6180-42a0-ab88-20f7382dd24c", f"{SUBSCRIPTION}/resourceGroups/falaj", False, False),
        (READER, SUBSCRIPTION, False, False),
        (OWNER, UNKNOWN, False, True),
        (UNKNOWN, SUBSCRIPTION, True, True),
        (UNKNOWN, UNKNOWN, False, False),
    ],
)
def test_azure_role_assignments(role: str, scope: str, stopped: bool, is_reported: bool) -> None:
    role_id = role if role == UNKNOWN else f"{ROLES}/{role}"
    assignment = Given(ASSIGNMENT, {"roleDefinitionId": role_id, "scope": scope, "principalType": "ServicePrincipal"})
    reports = PACK.evaluate_plan(assignment)
    of_rule = [report for report in reports if report.rule == "FJ-IDN-201"]
    assert (blocking(of_rule) != set(), of_rule != []) == (stopped, is_reported)


def test_a_role_of_the_plan_is_judged_where_it_is_defined() -> None:
    actions = {"permissions": [{"actions": ["Microsoft.Storage/*/read"]}], "assignableScopes": [SUBSCRIPTION]}
    definition = Given(DEFINITION, actions, name="reader")
    assignment = Given(
        ASSIGNMENT,
        {"roleDefinitionId": UNKNOWN, "scope": SUBSCRIPTION},
        links={"roleDefinitionId": ("reader",)},
    )
    assert "FJ-IDN-201" not in blocking(PACK.evaluate_stack(definition, assignment))


@pytest.mark.parametrize(
    ("actions", "stopped"),
    [
        (["Microsoft.Storage/*/read"], False),
        (["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"], False),
        (["*"], True),
        (["Microsoft.Storage/*/read", "Microsoft.Authorization/*"], True),
        (["Microsoft.Authorization/roleAssignments/write"], True),
    ],
)
def test_azure_role_definitions(actions: list[str], stopped: bool) -> None:
    expected = {"FJ-IDN-201"} if stopped else set()
    scopes = {"assignableScopes": [SUBSCRIPTION]}
    assert refused(DEFINITION, {"permissions": [{"actions": actions}], **scopes}) - {"FJ-IDN-214"} == expected
    assert (
        refused(DEFINITION, {"permissions": [{"actions": []}, {"dataActions": actions}], **scopes}) - {"FJ-IDN-214"}
        == expected
    )
    assert refused(DEFINITION, {"permissions": [], "assignableScopes": ["/"]}) == {"FJ-IDN-201"}


RBAC = "kubernetes:rbac.authorization.k8s.io/v1"


def role(**rule: object) -> dict[str, Any]:
    return {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"], **rule}]}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"verbs": ["*"]}, {"FJ-IDN-302"}),
        ({"resources": ["*"]}, {"FJ-IDN-302"}),
        ({"apiGroups": ["*"]}, {"FJ-IDN-302"}),
        ({"resources": ["secrets"]}, {"FJ-IDN-304"}),
        ({"resources": ["pods", "secrets"], "verbs": ["watch"]}, {"FJ-IDN-304"}),
        ({"resources": ["secrets"], "resourceNames": ["db"]}, set()),
        ({"resources": ["clusterroles"], "verbs": ["escalate"]}, {"FJ-IDN-305"}),
        ({"resources": ["clusterroles"], "verbs": ["bind"], "resourceNames": ["view"]}, set()),
        ({"resources": ["users"], "verbs": ["impersonate"]}, {"FJ-IDN-305"}),
        ({"resources": ["pods/exec"], "verbs": ["create"]}, {"FJ-IDN-305"}),
        ({"resources": ["serviceaccounts/token"], "verbs": ["create"]}, {"FJ-IDN-305"}),
        ({"resources": ["certificatesigningrequests/approval"], "verbs": ["update"]}, {"FJ-IDN-305"}),
        ({"resources": ["mutatingwebhookconfigurations"], "verbs": ["patch"]}, {"FJ-IDN-305"}),
    ],
)
@pytest.mark.parametrize("kind", ["ClusterRole", "Role"])
def test_kubernetes_roles(kind: str, change: dict[str, object], expected: set[str]) -> None:
    assert refused(f"{RBAC}:{kind}", role(**change)) == expected
    assert refused(f"{RBAC}:{kind}List", {"items": [role(), role(**change)]}) == expected
    listed = {"items": [{"kind": kind, **role(**change)}]}
    assert refused("kubernetes:core/v1:List", listed) == expected


@pytest.mark.parametrize("resource", ["secrets", "pods"])
def test_a_team_may_create_in_its_own_namespace_only(resource: str) -> None:
    """A secret in every namespace may be one with the token of any account there."""
    created = role(resources=[resource], verbs=["create"])
    assert refused(f"{RBAC}:Role", created) == set()
    found = blocking(PACK.evaluate_plan(Given(f"{RBAC}:ClusterRole", created)))
    assert {rule for rule in found if rule.startswith("FJ-IDN-")} == {"FJ-IDN-305"}


@pytest.mark.parametrize(
    ("name", "subject", "expected"),
    [
        ("view", {"kind": "Group", "name": "data-science"}, set()),
        ("cluster-admin", {"kind": "Group", "name": "data-science"}, {"FJ-IDN-301"}),
        ("view", {"kind": "Group", "name": "system:masters"}, {"FJ-IDN-303"}),
        ("view", {"kind": "Group", "name": "system:unauthenticated"}, {"FJ-IDN-303"}),
        ("view", {"kind": "User", "name": "system:anonymous"}, {"FJ-IDN-303"}),
        ("view", {"kind": "ServiceAccount", "name": "default", "namespace": "a"}, {"FJ-IDN-303"}),
    ],
)
@pytest.mark.parametrize("kind", ["ClusterRoleBinding", "RoleBinding"])
def test_kubernetes_bindings(kind: str, name: str, subject: dict[str, str], expected: set[str]) -> None:
    props = {"roleRef": {"kind": "ClusterRole", "name": name}, "subjects": [{"kind": "Group", "name": "a"}, subject]}
    assert refused(f"{RBAC}:{kind}", props) == expected
