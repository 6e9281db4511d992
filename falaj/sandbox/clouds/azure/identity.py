"""Managed identities, role definitions and role assignments."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.azure.arm import GROUP, OPERATOR, SUBSCRIPTION, TENANT, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.azure.role_propagation import custom_role_known
from falaj.sandbox.clouds.spec import Operation, UsedBy
from falaj.sandbox.clouds.values import Props, get_all, get_str

ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
ROLE_DEFINITION = "azure-native:authorization:RoleDefinition"
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_IDENTITY_PATH = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{{resourceName}}"
_ROLE = re.compile(
    r"(/subscriptions/[^/]+)?/providers/Microsoft\.Authorization/roleDefinitions/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    flags=re.IGNORECASE,
)


def principal_exists(op: Operation) -> str | None:
    """Checks that a principal exists and has the stated type. The identity that deploys and managed identities are
    service principals; users and groups are not emulated.

    Code and message: Azure/modern-web-app-pattern-dotnet#129, Azure/azure-dev#3581, read 2026-11-26.
    """
    principal, stated = get_str(op.inputs, "principalId"), get_str(op.inputs, "principalType")
    is_known = principal == OPERATOR or op.state.by_handle(principal.lower()) is not None
    if is_known and stated not in ("", "ServicePrincipal"):
        return arm_error(
            400,
            "UnmatchedPrincipalType",
            f"The PrincipalId '{principal.replace('-', '')}' has type 'ServicePrincipal' , which is different from "
            f"specified PrinciaplType '{stated}'.",
        )
    if is_known or stated not in ("", "ServicePrincipal"):
        return None
    return arm_error(
        400,
        "PrincipalNotFound",
        f"Principal {principal.replace('-', '')} does not exist in the directory {TENANT}. "
        "Check that you have the correct principal ID. "
        "If you are creating this principal and then immediately assigning a role, this error might be "
        "related to a replication delay. "
        "In this case, set the role assignment principalType property to a value, "
        "such as ServicePrincipal, User, or Group.",
    )


def role_well_formed(op: Operation) -> str | None:
    """Checks that a role definition id is well-formed. There is no list of built-in roles, so any such id is valid."""
    role = get_str(op.inputs, "roleDefinitionId")
    if _ROLE.fullmatch(role):
        return None
    return arm_error(
        400,
        "InvalidRoleDefinitionId",
        f"The role definition ID '{role}' is not valid: expected "
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/GUID.",
    )


def assignment_unique(op: Operation) -> str | None:
    """Checks that a principal has a role at a scope once, whatever the name of the assignment."""
    others = op.state.find(ROLE_ASSIGNMENT, scope=op.scope)
    if op.existing is None and _granted_role(op.inputs) in [_granted_role(other.inputs) for other in others]:
        return arm_error(409, "RoleAssignmentExists", "The role assignment already exists.")
    return None


def _granted_role(inputs: Props) -> tuple[str, str]:
    return get_str(inputs, "principalId").lower(), get_str(inputs, "roleDefinitionId").rpartition("/")[2].lower()


def credential_unique(op: Operation) -> str | None:
    """Checks that a managed identity has each issuer and subject once."""
    issuer_and_subject = (get_str(op.inputs, "issuer"), get_str(op.inputs, "subject"))
    for other in op.state.find(op.token, scope=op.scope):
        if (
            other.name != op.name
            and (get_str(other.inputs, "issuer"), get_str(other.inputs, "subject")) == issuer_and_subject
        ):
            return arm_error(
                409,
                "Conflict",
                "Issuer and subject combination already exists for this Managed Identity: "
                f"{', '.join(issuer_and_subject)}.",
            )
    if len(get_all(op.inputs, "audiences[*]")) != 1 or not issuer_and_subject[0].startswith("https://"):
        return arm_error(400, "BadRequest", "A federated identity credential needs one audience and an https issuer.")
    return None


def role_definition(op: Operation) -> str | None:
    """Checks that a custom role has a GUID, a unique name, permissions, and assignable scopes that include its own
    scope.
    """
    if not _GUID.fullmatch(op.name):
        return arm_error(400, "InvalidRoleDefinitionId", f"The role definition ID '{op.name}' must be a GUID.")
    name = get_str(op.inputs, "roleName")
    for other in op.state.find(ROLE_DEFINITION):
        if other.name != op.name and get_str(other.inputs, "roleName") == name:
            return arm_error(
                409, "RoleDefinitionWithSameNameExists", f"A custom role with the name '{name}' already exists."
            )
    if not get_all(op.inputs, "permissions[*].actions[*]") and not get_all(op.inputs, "permissions[*].dataActions[*]"):
        return arm_error(400, "InvalidRoleDefinitionPermissions", "A role definition needs actions or data actions.")
    scopes = [str(scope).lower() for scope in get_all(op.inputs, "assignableScopes[*]")]
    if not any(get_str(op.inputs, "scope").lower().startswith(scope) for scope in scopes):
        return arm_error(
            400, "RoleDefinitionScopeNotInAssignableScopes", f"The scope is not in the assignable scopes: {scopes}."
        )
    return None


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "managedidentity:UserAssignedIdentity",
        _IDENTITY_PATH,
        {"principalId": "{uuid}", "clientId": "{hex8}-0000-4000-9000-{digits12}", "tenantId": TENANT},
    ),
    arm_type(
        "managedidentity:FederatedIdentityCredential",
        f"{_IDENTITY_PATH}/federatedIdentityCredentials/{{federatedIdentityCredentialResourceName}}",
        write_rules=(credential_unique,),
    ),
    arm_type(
        "authorization:RoleAssignment",
        "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
        {"createdBy": OPERATOR, "updatedBy": OPERATOR, "createdOn": "{now}", "updatedOn": "{now}", "condition": None},
        replace_on_changes=("principalId", "roleDefinitionId"),
        write_rules=(role_well_formed, principal_exists, custom_role_known, assignment_unique),
    ),
    arm_type("authorization:ManagementLockByScope", "{scope}/providers/Microsoft.Authorization/locks/{lockName}"),
    arm_type(
        "authorization:RoleDefinition",
        "{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
        {
            "roleType": "CustomRole",
            "createdBy": OPERATOR,
            "updatedBy": OPERATOR,
            "createdOn": "{now}",
            "updatedOn": "{now}",
        },
        handles=(f"/subscriptions/{SUBSCRIPTION}/providers/microsoft.authorization/roledefinitions/{{name}}",),
        write_rules=(role_definition,),
        used_by=(
            UsedBy(
                (ROLE_ASSIGNMENT,),
                arm_error(
                    400, "RoleDefinitionHasAssignments", "There are existing role assignments of role {name}: {user}."
                ),
            ),
        ),
    ),
)
"""Resource types of Microsoft.ManagedIdentity and Microsoft.Authorization."""
