"""Attacks on AWS and Azure that earlier readings had left open (2026-12-01): policies of an organisation by which
nothing is recorded, roles that write the rights of others, and rights on vaults.

What a service does by its documentation, as known unless a date stands beside it.
"""

import json

from ..blind import GROUP, ME, TAGS, aws, az, document, policy, role, statement
from ..harness import UNKNOWN, Given
from . import Attack

RSL, IDN = ("FJ-RSL-117",), ("FJ-IDN-",)
SCP_DOCS = "an identity has what the policy leaves (AWS Organizations, 'SCP evaluation')"


def organisation(*statements: object, **more: object) -> tuple[Given, ...]:
    """Returns a service control policy."""
    content = {"Version": "2012-10-17", "Statement": list(statements)}
    return (aws("organizations/Policy", {
        "name": "records", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS, "content": json.dumps(content), **more}),
    )  # fmt: skip


def denial(action: object, condition: object = None, **more: object) -> dict[str, object]:
    """Returns a statement that denies."""
    extra = {"Condition": condition} if condition else {}
    return {"Effect": "Deny", "Action": action, "Resource": "*", **extra, **more}


ROLE = {"roleName": "operators of vaults", "roleType": "CustomRole", "description": "operators of vaults"}
PERSON = "11111111-2222-3333-4444-555555555555"


def carried(
    *actions: str, scope: object = GROUP, kind: str | None = "Group", left_out: tuple[str, ...] = ()
) -> tuple[Given, ...]:
    """Returns a custom role and its assignment to people, or to a principal of another kind."""
    given = {"principalType": kind} if kind else {}
    return (
        az("authorization:RoleDefinition", {
            **ROLE, "scope": GROUP, "assignableScopes": [GROUP],
            "permissions": [{"actions": list(actions), "notActions": list(left_out)}]}, "role"),
        az("authorization:RoleAssignment", {
            **given, "scope": scope, "principalId": PERSON, "roleDefinitionId": UNKNOWN,
            "roleAssignmentName": "99999999-2222-3333-4444-555555555555"}, "assignment",
            links={"roleDefinitionId": ("role",), **({"scope": ("group",)} if scope is UNKNOWN else {})}),
    )  # fmt: skip


_GROUP_OF_PLAN = az("resources:ResourceGroup", {
    "resourceGroupName": "rg-platform", "location": "uaenorth", "tags": TAGS}, "group")  # fmt: skip
VAULTS = ("Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/write")
_LEARN = "vaults/write sets networks and access policies (Azure permissions reference, Microsoft.KeyVault)"
ROLES = f"arn:aws:iam::{ME}:role"
_ANY_POLICY = "AdministratorAccess may be attached (IAM User Guide, 'Controlling access to managed policies')"

ATTACKS = (
    Attack("no account of the organisation begins to record", RSL, organisation(
        denial(["config:StartConfigurationRecorder", "cloudtrail:StartLogging", "guardduty:CreateDetector"])),
        "critical", SCP_DOCS),
    Attack("no account begins to record, by patterns in another case", RSL, organisation(
        denial("CONFIG:start*"), denial(["CloudTrail:StartL*"])), "critical", SCP_DOCS),
    Attack("trails of the organisation are not started in its own region", RSL, organisation(denial(
        "cloudtrail:StartLogging", {"StringEquals": {"aws:RequestedRegion": ["me-central-1", "me-south-1"]}})),
        "critical", SCP_DOCS),
    Attack("no role of any account makes a recorder", RSL, organisation(denial(
        ["config:PutConfigurationRecorder", "config:PutDeliveryChannel"],
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}})), "critical", SCP_DOCS),
    Attack("a policy that keeps trails lets nobody log connections", RSL, organisation(
        denial(["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"]), denial("ec2:CreateFlowLogs")), "critical",
        SCP_DOCS),
    Attack("no program of an account writes into its logs", RSL, organisation(
        denial(["logs:PutLogEvents", "logs:CreateLogStream"]), type=None), "critical", SCP_DOCS),
    Attack("an account of the organisation gets no detector and no hub of findings", RSL, organisation(denial(
        ["guardduty:CreateDetector", "securityhub:EnableSecurityHub"],
        {"StringEquals": {"aws:PrincipalAccount": ME}})), "critical", SCP_DOCS),
    Attack("a group opens the network of each vault of a resource group, whenever it likes", IDN, carried(*VAULTS),
           "critical", _LEARN),
    Attack("a user has a custom role that writes vaults, as no type of principal says otherwise", IDN,
           carried("microsoft.keyvault/vaults/WRITE", kind=None), "critical", _LEARN),
    Attack("a group writes what there is, vaults among it, but no rights", IDN, carried(
        "*/write", left_out=("Microsoft.Authorization/*", "Microsoft.KeyVault/vaults/accessPolicies/write",
                             "Microsoft.*/*/*/write", "Microsoft.ManagedIdentity/*")), "critical", _LEARN),
    Attack("a group writes managed HSMs in a group of the plan", IDN, (
        _GROUP_OF_PLAN, *carried("Microsoft.KeyVault/managedHSMs/write", scope=UNKNOWN)), "critical", _LEARN),
    Attack("a pipeline attaches any policy to roles with a prefix", IDN, (policy(statement(
        ["iam:AttachRolePolicy", "iam:DetachRolePolicy"], f"{ROLES}/app-*")),), "critical", _ANY_POLICY),
    Attack("a pipeline attaches any policy to roles of a path", IDN, (policy(statement(
        ["iam:AttachRolePolicy", "iam:PutRolePolicy"], f"{ROLES}/app/*")),), "critical", _ANY_POLICY),
    Attack("a role attaches any policy to the roles whose names end in app", IDN, (
        role({"Service": "codebuild.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": ME}}, name="ci"),
        aws("iam/RolePolicy", {"role": "ci", "policy": document(
            statement("iam:attachrolepolicy", [f"{ROLES}/one", f"{ROLES}/*-app"]))}, "attach",
            links={"role": ("ci",)})), "critical", _ANY_POLICY),
    Attack("a help desk attaches any policy to users and groups with a prefix", IDN, (policy(
        statement("iam:AttachUserPolicy", f"arn:aws:iam::{ME}:user/staff-*"),
        statement("iam:AttachGroup*", f"arn:aws:iam::{ME}:group/staff-*",
                  {"Bool": {"aws:MultiFactorAuthPresent": "true"}})),), "critical", _ANY_POLICY),
)  # fmt: skip
