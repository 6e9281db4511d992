"""IAM: roles, policies, instance profiles, identity providers."""

from __future__ import annotations

import json

from falaj.sandbox.clouds.spec import Naming, Operation, Parent, ResourceType, UsedBy
from falaj.sandbox.clouds.values import get_str

_ARN = "arn:aws:iam::{account}:"
_ROLE_POLICY, _ATTACHMENT = "aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
_PROFILE = "aws:iam/instanceProfile:InstanceProfile"
_ROLE = Parent("role", "iam-role:{value}", "NoSuchEntity: The role with name {value} cannot be found.")
_EXISTS = "EntityAlreadyExists: {kind} with name {{name}} already exists."


def policy_is_json(op: Operation) -> str | None:
    """Checks that a policy document is one JSON object with statements."""
    for name in ("policy", "assumeRolePolicy"):
        document = get_str(op.inputs, name)
        if document and not has_statements(document):
            return f"MalformedPolicyDocument: {name} contains invalid JSON or no Statement"
    return None


def has_statements(document: str) -> bool:
    """Returns whether a text is a policy document: a JSON object with at least one statement."""
    try:
        policy = json.loads(document)
    except ValueError:
        return False
    return isinstance(policy, dict) and bool(policy.get("Statement"))


def role_not_in_use(op: Operation) -> str | None:
    """Rejects the deletion of a role with attachments. `forceDetachPolicies` detaches managed and inline policies."""
    users = {user.type for user in op.state.referrers(op.existing)} if op.existing else set()
    if _PROFILE in users:
        return "DeleteConflict: Cannot delete entity, must remove roles from instance profile first."
    if op.inputs.get("forceDetachPolicies") is True:
        return None
    if _ATTACHMENT in users:
        return "DeleteConflict: Cannot delete entity, must detach all policies first."
    if _ROLE_POLICY in users:
        return "DeleteConflict: Cannot delete entity, must delete policies first."
    return None


RESOURCE_TYPES = (
    ResourceType(
        "aws:iam/role:Role",
        naming=Naming("name", max_length=64),
        outputs={
            "arn": _ARN + "role{path}{name}",
            "uniqueId": "AROA{hex17}",
            "createDate": "{now}",
            "maxSessionDuration": 3600,
            "path": "/",
            "inlinePolicies": [],
            "managedPolicyArns": [],
        },
        handles=("iam-role:{name}",),
        replace_on_changes=("name", "namePrefix", "path"),
        already_exists=_EXISTS.format(kind="Role"),
        write_rules=(policy_is_json,),
        delete_rules=(role_not_in_use,),
    ),
    ResourceType(
        "aws:iam/policy:Policy",
        id=_ARN + "policy{path}{name}",
        naming=Naming("name", max_length=128),
        outputs={"arn": "{id}", "policyId": "ANPA{hex17}", "attachmentCount": 0, "path": "/"},
        replace_on_changes=("name", "namePrefix", "path", "description"),
        already_exists="EntityAlreadyExists: A policy called {name} already exists. Duplicate names are not allowed.",
        write_rules=(policy_is_json,),
        used_by=(UsedBy((_ATTACHMENT,), "DeleteConflict: Cannot delete a policy attached to entities."),),
    ),
    ResourceType(
        _ROLE_POLICY,
        id="{role}:{name}",
        naming=Naming("name", max_length=128),
        replace_on_changes=("name", "namePrefix", "role"),
        parents=(_ROLE,),
        write_rules=(policy_is_json,),
    ),
    ResourceType(_ATTACHMENT, id="{role}/{policyArn}", replace_on_changes=("role", "policyArn"), parents=(_ROLE,)),
    ResourceType(
        _PROFILE,
        naming=Naming("name", max_length=128),
        outputs={
            "arn": _ARN + "instance-profile{path}{name}",
            "uniqueId": "AIPA{hex17}",
            "createDate": "{now}",
            "path": "/",
        },
        handles=("iam-instance-profile:{name}",),
        replace_on_changes=("name", "namePrefix", "path"),
        parents=(_ROLE,),
        already_exists="EntityAlreadyExists: Instance Profile {name} already exists.",
    ),
    ResourceType(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        id=lambda op: (
            f"arn:aws:iam::{op.variables['account']}:oidc-provider/{get_str(op.inputs, 'url').split('://')[-1]}"
        ),
        outputs={"arn": "{id}", "thumbprintLists": ["{hex32}"]},
        replace_on_changes=("url",),
        already_exists="EntityAlreadyExists: Provider with url {url} already exists.",
        unique_by="id",
    ),
)
