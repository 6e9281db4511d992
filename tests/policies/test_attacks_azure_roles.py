"""Attacks by roles on Azure: spellings of scopes, other kinds of assignments, actions by wildcard, passwords.

Each attack was silent on 4653d834. Scopes are compared as Azure Resource Manager does: without regard to case and to
slashes at both ends.
"""

from typing import Any

import pytest

from .exposure_cases import refused, reported
from .harness import UNKNOWN

SUBSCRIPTION = "/subscriptions/7c4e9a10-5f0d-4c2b-9a4e-d1f5a0b1c2d3"
ROLES = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
ASSIGNMENT = "azure-native:authorization:RoleAssignment"
ELIGIBILITY = "azure-native:authorization:PimRoleEligibilitySchedule"
DEFINITION = "azure-native:authorization:RoleDefinition"
CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"
USER_ACCESS, RBAC_ADMINISTRATOR = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "f58310d9-a9f6-439a-9e8d-f62e7b41a168"
CLUSTER_ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b"
ENDS = {"scheduleInfo": {"expiration": {"type": "AfterDuration", "duration": "P180D"}}}
"""Without an end, an eligible role is refused by FJ-ESC-115."""
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
VIRTUAL_MACHINE = "azure-native:compute:VirtualMachine"


@pytest.mark.parametrize("token", [ASSIGNMENT, ELIGIBILITY])
@pytest.mark.parametrize(
    "scope",
    [SUBSCRIPTION[1:], SUBSCRIPTION + "//", "/" + SUBSCRIPTION, SUBSCRIPTION.upper(), f" {SUBSCRIPTION}/", "", "/",
     f"{SUBSCRIPTION}/resourceGroups/", f"{SUBSCRIPTION}/resourceGroups/a/..", "providers/Microsoft.Billing/accounts/1",
     "/Providers/microsoft.management/ManagementGroups/x"],
)  # fmt: skip
def test_a_scope_above_the_resource_group_is_recognised_in_every_spelling(token: str, scope: str) -> None:
    more = ENDS if token == ELIGIBILITY else {"principalType": "ServicePrincipal"}
    props = {"roleDefinitionId": ROLES + OWNER, "scope": scope, "principalId": "p", **more}
    assert refused(token, props) == {"FJ-IDN-201"}
    for narrow in (f"{SUBSCRIPTION}/resourceGroups/falaj", f"{SUBSCRIPTION.upper()[1:]}//RESOURCEGROUPS/falaj/"):
        eligible = {**props, "scope": narrow}
        assert refused(token, eligible) == ({"FJ-IDN-201"} if token == ASSIGNMENT else set())
        assert refused(token, {**eligible, "roleDefinitionId": ROLES + CONTRIBUTOR}) == set()


@pytest.mark.parametrize("role", [OWNER, USER_ACCESS, RBAC_ADMINISTRATOR])
def test_an_administrator_of_a_group_is_eligible_and_not_assigned(role: str) -> None:
    props = {"roleDefinitionId": ROLES + role, "scope": f"{SUBSCRIPTION}/resourceGroups/falaj", "principalId": "p"}
    limited = {
        **props,
        "condition": "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] "
        "ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}",
    }
    assert refused(ASSIGNMENT, props) == {"FJ-IDN-201"}
    assert refused(ELIGIBILITY, {**props, **ENDS}) == set()
    assert refused(ASSIGNMENT, {**limited, "principalType": "ServicePrincipal"}) == set()


def test_a_principal_of_no_stated_type_is_a_user_as_the_sdk_sends_it() -> None:
    group = f"{SUBSCRIPTION}/resourceGroups/falaj"
    props = {"roleDefinitionId": ROLES + CONTRIBUTOR, "scope": group, "principalId": "p"}
    assert refused(ASSIGNMENT, props) == refused(ASSIGNMENT, {**props, "principalType": "User"}) == {"FJ-IDN-201"}
    assert refused(ASSIGNMENT, {**props, "principalType": "ServicePrincipal"}) == set()
    reader = {**props, "roleDefinitionId": f"{ROLES}acdd72a7-3385-48ef-bd42-f606fba81ae7"}
    assert refused(ASSIGNMENT, reader) == set()


def test_the_identity_that_deploys_into_a_cluster_may_administer_it() -> None:
    cluster = f"{SUBSCRIPTION}/resourceGroups/falaj/providers/Microsoft.ContainerService/managedClusters/aks"
    props = {"roleDefinitionId": ROLES + CLUSTER_ADMIN, "scope": cluster, "principalId": "p"}
    assert refused(ASSIGNMENT, props) == set()
    assert refused(ASSIGNMENT, {**props, "scope": SUBSCRIPTION}) == {"FJ-IDN-201"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", {"FJ-IDN-201"}),  # Storage Blob Data Owner
        ("00482a5a-887f-4fb3-b363-3b7fe8e74483", {"FJ-IDN-201"}),  # Key Vault Administrator
        ("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", {"FJ-IDN-201"}),  # Azure Kubernetes Service RBAC Cluster Admin
        ("9980e02c-c2be-4d73-94e8-173b1dc7cf3c", {"FJ-IDN-201"}),  # Virtual Machine Contributor
        (OWNER.upper() + "/", {"FJ-IDN-201"}),
        ("acdd72a7-3385-48ef-bd42-f606fba81ae7", set()),  # Reader
        ("43d0d8ad-25c7-4714-9337-8ba259a9fe05", set()),  # Monitoring Reader
        ("72fafb9e-0641-4937-9268-a91bfd8191a3", set()),  # Cost Management Reader
        ("4d97b98b-1d4f-4787-a291-c67834d212e7", set()),  # Network Contributor
        ("7f951dda-4ed3-4680-a7ca-43fe172d538d", set()),  # AcrPull
    ],
)
def test_roles_are_judged_by_what_they_grant(role: str, expected: set[str]) -> None:
    for role_id in (ROLES + role, role):
        assert refused(ASSIGNMENT, {"roleDefinitionId": role_id, "scope": SUBSCRIPTION}) == expected


@pytest.mark.parametrize(
    ("key", "action", "is_refused"),
    [
        ("actions", "Microsoft.*/*", True),
        ("actions", "microsoft.*/write", True),
        ("actions", "*/delete", True),
        ("actions", "Microsoft.Authorization/roleAssignments/*", True),
        ("actions", "Microsoft.Auth*/role*/*", True),
        ("actions", "Microsoft.ManagedServices/*", True),
        ("actions", "*/locks/delete", True),
        ("actions", "*/read", False),
        ("actions", "Microsoft.Compute/virtualMachines/*", False),
        ("actions", "Microsoft.Resources/deployments/*", False),
        ("actions", "Microsoft.Authorization/*/read", False),
        ("dataActions", "*/read", True),
        ("dataActions", "Microsoft.*/getSecret/action", False),
        ("dataActions", "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*", False),
    ],
)
def test_actions_by_wildcard_are_matched_against_operations(key: str, action: str, is_refused: bool) -> None:
    props = {"permissions": [{"actions": [], key: [action]}], "assignableScopes": [SUBSCRIPTION]}
    assert ("FJ-IDN-201" in refused(DEFINITION, props)) is is_refused


def test_an_operation_that_is_excluded_is_not_granted() -> None:
    permission = {"actions": ["Microsoft.Authorization/locks/*"], "notActions": ["*/locks/write", "*/locks/delete"]}
    assert refused(DEFINITION, {"permissions": [permission]}) == set()
    assert refused(DEFINITION, {"permissions": [{**permission, "notActions": []}]}) == {"FJ-IDN-201"}


def test_delegations_to_other_tenants_are_refused() -> None:
    delegation = {"managedByTenantId": "11111111-1111-1111-1111-111111111111", "authorizations": []}
    token = "azure-native:managedservices:RegistrationDefinition"
    assert refused(token, {"scope": SUBSCRIPTION, "properties": delegation}) == {"FJ-IDN-204"}


GITHUB = "https://token.actions.githubusercontent.com"
AKS = "https://uaenorth.oic.prod-aks.azure.com/3f6b8e52-9d41-4e7a-8c30-6a2b7d9e1f04/cluster/"


@pytest.mark.parametrize(
    ("issuer", "subject", "expected"),
    [
        (GITHUB, "repo:example/*", {"FJ-IDN-209"}),
        (GITHUB, "repo:example/platform:pull_request", {"FJ-IDN-209"}),
        (GITHUB, "", {"FJ-IDN-209"}),
        (GITHUB, "environment:prod", {"FJ-IDN-209"}),
        (GITHUB, "system:serviceaccount:team-a:reader", {"FJ-IDN-209"}),
        (GITHUB, "repo:example@1/platform@2:environment:prod", set()),
        (AKS, "system:serviceaccount:team-a:reader", set()),
        (UNKNOWN, "system:serviceaccount:team-a:reader", set()),
    ],
)
def test_a_federated_credential_names_one_subject(issuer: str, subject: str, expected: set[str]) -> None:
    props = {"issuer": issuer, "subject": subject}
    found = refused("azure-native:managedidentity:FederatedIdentityCredential", props)
    assert found - {"FJ-IDN-119"} == expected


UBUNTU = {"imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts"}}
WINDOWS = {"imageReference": {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer"}}
PASSWORD = {"adminUsername": "b", "adminPassword": "Secret-123"}
KEYS_ONLY = {"adminUsername": "b", "linuxConfiguration": {"disablePasswordAuthentication": True}}


@pytest.mark.parametrize(
    ("system", "storage", "is_refused"),
    [
        (PASSWORD, UBUNTU, True),
        (PASSWORD, {}, True),
        ({**PASSWORD, "linuxConfiguration": {}}, UBUNTU, True),
        (KEYS_ONLY, UBUNTU, False),
        (PASSWORD, WINDOWS, False),
        ({**PASSWORD, "windowsConfiguration": {}}, {}, False),
        (PASSWORD, {"osDisk": {"osType": "Windows"}}, False),
    ],
)
def test_a_linux_machine_without_its_section_accepts_passwords(
    system: dict[str, Any], storage: dict[str, Any], is_refused: bool
) -> None:
    machine = {"osProfile": system, "storageProfile": storage}
    scale_set = "azure-native:compute:VirtualMachineScaleSet"
    assert ("FJ-IDN-203" in reported(VIRTUAL_MACHINE, machine)) is is_refused
    assert ("FJ-IDN-203" in reported(scale_set, {"virtualMachineProfile": machine})) is is_refused
