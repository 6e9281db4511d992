"""Statements of one policy that add up, operations of custom roles of Azure, and tenants of service accounts."""

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.settings import IdentitySettings

from .blind import GROUP, ME, SUB, Props, aws, az, cluster_role, document, k8s, meta, statement
from .harness import UNKNOWN, Given, Pack, blocking

OWN_TENANT = "11111111-2222-3333-4444-555555555555"
SETTINGS = IdentitySettings(trusted={OWN_TENANT: "the tenant of the tests"})
PACK = Pack(Enforcement.model_validate({"default": {"all": "disabled", "identity": "mandatory"}, "identity": SETTINGS}))
ROLE = f"arn:aws:iam::{ME}:role"
SECRET = f"arn:aws:secretsmanager:me-central-1:{ME}:secret:*"
BY_TAG = {"StringEquals": {"aws:ResourceTag/unit": "risk"}}
BY_OWN_TAG = {"StringEquals": {"aws:ResourceTag/unit": "${aws:PrincipalTag/unit}"}}


def refused(*plan: Given) -> set[str]:
    """Returns the identity rules that block a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def _role_policy(*statements: Props, role: object = "ci") -> Given:
    return aws("iam/RolePolicy", {"role": role, "policy": document(*statements)})


@pytest.mark.parametrize(
    ("action", "resource", "role", "stopped"),
    [
        ("iam:AttachRolePolicy", f"{ROLE}/ci", "ci", True),
        ("iam:Put*", f"{ROLE}/teams/ci", "ci", True),
        ("iam:UpdateAssumeRolePolicy", f"{ROLE}/team-ci-*", "team-ci-1", True),
        ("iam:AttachRolePolicy", f"{ROLE}/app", "ci", False),
        ("iam:GetRole", f"{ROLE}/ci", "ci", False),
        ("iam:AttachRolePolicy", f"{ROLE}/ci", UNKNOWN, False),
    ],
)
def test_a_role_does_not_change_its_own_rights(action: str, resource: str, role: object, *, stopped: bool) -> None:
    assert refused(_role_policy(statement(action, resource), role=role)) == ({"FJ-IDN-123"} if stopped else set())


def test_a_boundary_limits_what_a_role_gives_itself() -> None:
    boundary = {"StringEquals": {"iam:PermissionsBoundary": f"arn:aws:iam::{ME}:policy/limit"}}
    assert refused(_role_policy(statement("iam:PutRolePolicy", f"{ROLE}/ci", boundary))) == set()


def test_an_attached_policy_is_one_of_its_role() -> None:
    policy = aws("iam/Policy", {"policy": document(statement("iam:AttachRolePolicy", f"{ROLE}/ci"))}, "own")
    attached = aws("iam/RolePolicyAttachment", {"role": "ci", "policyArn": UNKNOWN}, links={"policyArn": ("own",)})
    assert refused(policy) == set()
    assert refused(policy, attached) == {"FJ-IDN-123"}


TAG_KEYS = "ForAllValues:StringEquals"


@pytest.mark.parametrize(
    ("condition", "writer", "stopped"),
    [
        (BY_OWN_TAG, statement("iam:TagRole", f"{ROLE}/team-a-*"), True),
        (BY_OWN_TAG, statement("iam:TagRole", f"{ROLE}/team-a-*", {TAG_KEYS: {"aws:TagKeys": ["owner"]}}), False),
        (BY_OWN_TAG, statement("iam:TagRole", f"{ROLE}/team-a-*", {TAG_KEYS: {"aws:TagKeys": ["unit"]}}), True),
        (BY_OWN_TAG, statement("iam:GetRole", f"{ROLE}/team-a-*"), False),
        (BY_TAG, statement("iam:TagRole", f"{ROLE}/team-a-*"), False),
        (BY_TAG, statement("secretsmanager:Tag*", SECRET), True),
        (BY_TAG, statement("secretsmanager:TagResource", SECRET, BY_TAG), False),
        (BY_TAG, statement("secretsmanager:UntagResource", SECRET), False),
        (BY_TAG, statement("secretsmanager:TagResource", f"{SECRET[:-1]}team-a-x"), False),
        (BY_TAG, statement("sqs:TagResource", f"arn:aws:sqs:me-central-1:{ME}:*"), False),
    ],
)
def test_a_policy_does_not_write_the_tag_that_limits_it(condition: Props, writer: Props, *, stopped: bool) -> None:
    reader = statement("secretsmanager:GetSecretValue", "*", condition)
    assert ("FJ-IDN-123" in refused(_role_policy(writer, reader))) is stopped


def test_a_denied_tag_is_not_written() -> None:
    reader = statement("secretsmanager:GetSecretValue", "*", BY_TAG)
    denied = statement("secretsmanager:TagResource", SECRET, Effect="Deny")
    assert refused(_role_policy(reader, denied)) == set()


IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities"


@pytest.mark.parametrize(
    ("action", "excluded", "stopped"),
    [
        (f"{IDENTITIES}/federatedIdentityCredentials/write", "", True),
        (f"{IDENTITIES}/*", "", True),
        (f"{IDENTITIES}/*", f"{IDENTITIES}/*/action", True),
        (f"{IDENTITIES}/read", "", False),
        ("Microsoft.Storage/storageAccounts/listKeys/action", "", True),
        ("Microsoft.Storage/storageAccounts/listKeys/action", "Microsoft.Storage/*/action", False),
        ("Microsoft.New/things/listSecretTokens/action", "", True),
        ("Microsoft.New/things/listAdminKeys/action", "", True),
        ("*/list*Keys/action", "", True),
        ("Microsoft.ContainerService/managedClusters/listClusterUserCredential/action", "", False),
        ("Microsoft.Web/sites/config/list/action", "", True),
        ("Microsoft.Automation/automationAccounts/runbooks/draft/content/write", "", True),
        ("Microsoft.Automation/automationAccounts/runbooks/draft/testJob/write", "", True),
        ("Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write", "", True),
        ("Microsoft.Compute/snapshots/beginGetAccess/action", "", True),
        ("Microsoft.Compute/disks/*", "", True),
        ("Microsoft.Compute/disks/*", "Microsoft.Compute/disks/*/action", False),
        ("Microsoft.Compute/disks/endGetAccess/action", "", False),
        ("Microsoft.Storage/storageAccounts/read", "", False),
        ("*/read", "", False),
    ],
)
def test_custom_roles_take_over_no_identity_and_list_no_keys(action: str, excluded: str, *, stopped: bool) -> None:
    permission = {"actions": [action], "notActions": [excluded] if excluded else []}
    role = az("authorization:RoleDefinition", {"permissions": [permission], "assignableScopes": [GROUP]})
    assert ("FJ-IDN-214" in refused(role)) is stopped


@pytest.mark.parametrize(
    ("action", "excluded", "stopped"),
    [
        ("Microsoft.Compute/virtualMachines/loginAsAdmin/action", "", True),
        ("Microsoft.HybridCompute/machines/*/action", "", True),
        ("Microsoft.Compute/virtualMachines/*", "Microsoft.Compute/virtualMachines/loginAsAdmin/action", False),
        ("Microsoft.Compute/virtualMachines/login/action", "", False),
        ("Microsoft.Compute/disks/download/action", "", True),
    ],
)
def test_custom_roles_neither_sign_in_as_administrators_nor_download_disks(
    action: str, excluded: str, *, stopped: bool
) -> None:
    permission = {"dataActions": [action], "notDataActions": [excluded] if excluded else []}
    role = az("authorization:RoleDefinition", {"permissions": [permission], "assignableScopes": [GROUP]})
    assert ("FJ-IDN-214" in refused(role)) is stopped


STORAGE_CONTRIBUTOR = "17d1049b-9a84-46fb-8f53-869881c3d3ab"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


@pytest.mark.parametrize(
    ("role", "scope", "stopped"),
    [
        (STORAGE_CONTRIBUTOR, GROUP, True),
        (STORAGE_CONTRIBUTOR, f"{GROUP.upper()}/", True),
        (STORAGE_CONTRIBUTOR, f"{GROUP}/providers/Microsoft.Storage/storageAccounts/one", False),
        (STORAGE_CONTRIBUTOR, UNKNOWN, False),
        (READER, GROUP, False),
    ],
)
def test_roles_with_keys_are_assigned_on_one_resource(role: str, scope: object, *, stopped: bool) -> None:
    definition = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{role}"
    assignment = az("authorization:RoleAssignment", {"scope": scope, "roleDefinitionId": definition})
    assert ("FJ-IDN-214" in refused(assignment)) is stopped


@pytest.mark.parametrize(
    ("tenant", "stopped"),
    [("99999999-2222-3333-4444-555555555555", True), (OWN_TENANT.upper(), False), (UNKNOWN, False), (None, False)],
)
def test_service_accounts_sign_in_to_listed_tenants(tenant: object, *, stopped: bool) -> None:
    annotations = {"azure.workload.identity/tenant-id": tenant} if tenant is not None else {}
    account = k8s("core/v1:ServiceAccount", {"metadata": meta("loader", annotations=annotations)})
    assert ("FJ-IDN-312" in refused(account)) is stopped


def _may(group: str, kind: str, verb: str, **more: object) -> dict[str, object]:
    return {"apiGroups": [group], "resources": [kind], "verbs": [verb], **more}


@pytest.mark.parametrize(
    ("rule", "stopped"),
    [
        (_may("apiextensions.k8s.io", "customresourcedefinitions", "patch"), True),
        (_may("apiextensions.k8s.io", "customresourcedefinitions", "get"), False),
        (_may("apiextensions.k8s.io", "customresourcedefinitions", "patch", resourceNames=["a.example.ae"]), False),
        (_may("external-secrets.io", "externalsecrets", "create"), True),
        (_may("external-secrets.io", "externalsecrets", "list"), False),
        (_may("", "pods/binding", "create"), True),
        (_may("snapshot.storage.k8s.io", "volumesnapshotcontents", "create"), True),
        (_may("snapshot.storage.k8s.io", "volumesnapshots", "create"), False),
    ],
)
def test_cluster_roles_reach_nothing_through_controllers(rule: Props, *, stopped: bool) -> None:
    assert ("FJ-IDN-305" in refused(cluster_role(rule))) is stopped


def test_a_team_fetches_secrets_into_its_own_namespace() -> None:
    rules = [_may("external-secrets.io", "externalsecrets", "create")]
    role = k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta(), "rules": rules})
    assert refused(role) == set()
