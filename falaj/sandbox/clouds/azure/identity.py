"""Identities and what they may do: rows, and the refusals about principals and repeated assignments."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.azure.arm import GROUP, OPERATOR, SUBSCRIPTION, TENANT, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.rows import Call, InUse
from falaj.sandbox.clouds.values import Props, each, text

ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
ROLE_DEFINITION = "azure-native:authorization:RoleDefinition"
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_IDENTITY_PATH = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{{resourceName}}"
_ROLE = re.compile(
    r"(/subscriptions/[^/]+)?/providers/Microsoft\.Authorization/roleDefinitions/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    flags=re.IGNORECASE,
)


def principal_exists(call: Call) -> str | None:
    """A service principal must exist; people and groups live in a directory that the sandbox does not hold."""
    principal = text(call.inputs, "principalId")
    if text(call.inputs, "principalType") not in ("", "ServicePrincipal") or principal == OPERATOR:
        return None
    if call.world.by_handle(principal.lower()):
        return None
    return arm_error(
        400,
        "PrincipalNotFound",
        f"Principal {principal.replace('-', '')} does not exist in the directory {TENANT}. Check that you have the "
        "correct principal ID. If you are creating this principal and then immediately assigning a role, this "
        "error might "
        "be related to a replication delay. In this case, set the role assignment principalType property to a "
        "value, such "
        "as ServicePrincipal, User, or Group.",
    )


def role_well_formed(call: Call) -> str | None:
    """A role is named by its id; the built-in ones are not listed here, so any well-formed id passes."""
    role = text(call.inputs, "roleDefinitionId")
    if _ROLE.fullmatch(role):
        return None
    return arm_error(
        400,
        "InvalidRoleDefinitionId",
        f"The role definition ID '{role}' is not valid: expected "
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/GUID.",
    )


def assignment_new(call: Call) -> str | None:
    """One principal has one role once at one scope, whatever the assignment is called."""
    others = call.world.find(ROLE_ASSIGNMENT, scope=call.scope)
    if call.existing is None and _grant(call.inputs) in [_grant(other.inputs) for other in others]:
        return arm_error(409, "RoleAssignmentExists", "The role assignment already exists.")
    return None


def _grant(inputs: Props) -> tuple[str, str]:
    return text(inputs, "principalId").lower(), text(inputs, "roleDefinitionId").rpartition("/")[2].lower()


def credential_new(call: Call) -> str | None:
    """An identity trusts one issuer and subject once."""
    mine = (text(call.inputs, "issuer"), text(call.inputs, "subject"))
    for other in call.world.find(call.token, scope=call.scope):
        if other.name != call.name and (text(other.inputs, "issuer"), text(other.inputs, "subject")) == mine:
            return arm_error(
                409,
                "Conflict",
                f"Issuer and subject combination already exists for this Managed Identity: {mine[0]}, {mine[1]}.",
            )
    if len(each(call.inputs, "audiences[*]")) != 1 or not mine[0].startswith("https://"):
        return arm_error(400, "BadRequest", "A federated identity credential needs one audience and an https issuer.")
    return None


def role_shape(call: Call) -> str | None:
    """A role of one's own: a GUID, a name of its own in the tenant, permissions, and scopes that contain its own."""
    if not _GUID.fullmatch(call.name):
        return arm_error(400, "InvalidRoleDefinitionId", f"The role definition ID '{call.name}' must be a GUID.")
    name = text(call.inputs, "roleName")
    for other in call.world.find(ROLE_DEFINITION):
        if other.name != call.name and text(other.inputs, "roleName") == name:
            return arm_error(
                409, "RoleDefinitionWithSameNameExists", f"A custom role with the name '{name}' already exists."
            )
    if not each(call.inputs, "permissions[*].actions[*]") and not each(call.inputs, "permissions[*].dataActions[*]"):
        return arm_error(400, "InvalidRoleDefinitionPermissions", "A role definition needs actions or data actions.")
    scopes = [str(scope).lower() for scope in each(call.inputs, "assignableScopes[*]")]
    if not any(text(call.inputs, "scope").lower().startswith(scope) for scope in scopes):
        return arm_error(
            400, "RoleDefinitionScopeNotInAssignableScopes", f"The scope is not in the assignable scopes: {scopes}."
        )
    return None


ROWS: tuple[ArmRow, ...] = (
    arm_row(
        "managedidentity:UserAssignedIdentity",
        _IDENTITY_PATH,
        {"principalId": "{uuid}", "clientId": "{hex8}-0000-4000-9000-{digits12}", "tenantId": TENANT},
    ),
    arm_row(
        "managedidentity:FederatedIdentityCredential",
        f"{_IDENTITY_PATH}/federatedIdentityCredentials/{{federatedIdentityCredentialResourceName}}",
        creating=(credential_new,),
    ),
    arm_row(
        "authorization:RoleAssignment",
        "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
        {"createdBy": OPERATOR, "updatedBy": OPERATOR, "condition": None},
        replace=("principalId", "roleDefinitionId"),
        creating=(role_well_formed, principal_exists, assignment_new),
    ),
    arm_row(
        "authorization:RoleDefinition",
        "{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
        {"roleType": "CustomRole", "createdBy": OPERATOR, "updatedBy": OPERATOR},
        handles=(f"/subscriptions/{SUBSCRIPTION}/providers/microsoft.authorization/roledefinitions/{{name}}",),
        creating=(role_shape,),
        in_use=(
            InUse(
                (ROLE_ASSIGNMENT,),
                arm_error(
                    400, "RoleDefinitionHasAssignments", "There are existing role assignments of role {name}: {user}."
                ),
            ),
        ),
    ),
)
"""Rows of Microsoft.ManagedIdentity and Microsoft.Authorization."""
