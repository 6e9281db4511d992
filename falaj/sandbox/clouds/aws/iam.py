"""IAM: roles, policies, instance profiles, identity providers."""

from __future__ import annotations

import json

from falaj.sandbox.clouds.rows import Call, InUse, Naming, Parent, Row
from falaj.sandbox.clouds.values import text

_ARN = "arn:aws:iam::{account}:"
_ROLE_POLICY, _ATTACHMENT = "aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
_PROFILE = "aws:iam/instanceProfile:InstanceProfile"
_ROLE = Parent("role", "iam-role:{value}", "NoSuchEntity: The role with name {value} cannot be found.")
_EXISTS = "EntityAlreadyExists: {kind} with name {{name}} already exists."


def policy_is_json(call: Call) -> str | None:
    """A policy document is one JSON object with statements."""
    for name in ("policy", "assumeRolePolicy"):
        document = text(call.inputs, name)
        if document and not has_statements(document):
            return f"MalformedPolicyDocument: {name} contains invalid JSON or no Statement"
    return None


def has_statements(document: str) -> bool:
    """Whether a text is a policy document: one JSON object with at least one statement."""
    try:
        found = json.loads(document)
    except ValueError:
        return False
    return isinstance(found, dict) and bool(found.get("Statement"))


def role_is_empty(call: Call) -> str | None:
    """A role goes when nothing is attached to it; `forceDetachPolicies` detaches managed and inline policies
    first.
    """
    users = {user.type for user in call.world.referring(call.existing)} if call.existing else set()
    if _PROFILE in users:
        return "DeleteConflict: Cannot delete entity, must remove roles from instance profile first."
    if call.inputs.get("forceDetachPolicies") is True:
        return None
    if _ATTACHMENT in users:
        return "DeleteConflict: Cannot delete entity, must detach all policies first."
    if _ROLE_POLICY in users:
        return "DeleteConflict: Cannot delete entity, must delete policies first."
    return None


ROWS = (
    Row(
        "aws:iam/role:Role",
        naming=Naming("name", longest=64),
        outputs={
            "arn": _ARN + "role/{name}",
            "uniqueId": "AROA{hex17}",
            "createDate": "{now}",
            "maxSessionDuration": 3600,
            "path": "/",
            "inlinePolicies": [],
            "managedPolicyArns": [],
        },
        handles=("iam-role:{name}",),
        replace=("name", "namePrefix", "path"),
        taken=_EXISTS.format(kind="Role"),
        creating=(policy_is_json,),
        deleting=(role_is_empty,),
    ),
    Row(
        "aws:iam/policy:Policy",
        id=_ARN + "policy/{name}",
        naming=Naming("name", longest=128),
        outputs={"arn": "{id}", "policyId": "ANPA{hex17}", "attachmentCount": 0, "path": "/"},
        replace=("name", "namePrefix", "path", "description"),
        taken="EntityAlreadyExists: A policy called {name} already exists. Duplicate names are not allowed.",
        creating=(policy_is_json,),
        in_use=(InUse((_ATTACHMENT,), "DeleteConflict: Cannot delete a policy attached to entities."),),
    ),
    Row(
        _ROLE_POLICY,
        id="{role}:{name}",
        naming=Naming("name", longest=128),
        replace=("name", "namePrefix", "role"),
        parents=(_ROLE,),
        creating=(policy_is_json,),
    ),
    Row(_ATTACHMENT, id="{role}/{policyArn}", replace=("role", "policyArn"), parents=(_ROLE,)),
    Row(
        _PROFILE,
        naming=Naming("name", longest=128),
        outputs={
            "arn": _ARN + "instance-profile/{name}",
            "uniqueId": "AIPA{hex17}",
            "createDate": "{now}",
            "path": "/",
        },
        handles=("iam-instance-profile:{name}",),
        replace=("name", "namePrefix", "path"),
        parents=(_ROLE,),
        taken="EntityAlreadyExists: Instance Profile {name} already exists.",
    ),
    Row(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        id=lambda call: (
            f"arn:aws:iam::{call.facts['account']}:oidc-provider/{text(call.inputs, 'url').split('://')[-1]}"
        ),
        outputs={"arn": "{id}", "thumbprintLists": ["{hex32}"]},
        replace=("url",),
        taken="EntityAlreadyExists: Provider with url {url} already exists.",
        unique_by="id",
    ),
)
