"""Role assignments of built-in roles to the identities of a site."""

import pulumi
from pulumi_azure_native import authorization

from falaj.components.core.site.azure_role_ids import Role


def subscription_of(resource_id: str) -> str:
    """Returns the prefix `/subscriptions/<id>` of an Azure resource id. Raises ValueError if there is none."""
    segments = resource_id.split("/")
    if len(segments) < 3 or segments[1].lower() != "subscriptions":
        raise ValueError(f"not the id of an Azure resource: {resource_id}")
    return f"/subscriptions/{segments[2]}"


def role_definition_id(role: Role, scope: str) -> str:
    """Returns the full id of a built-in role in the subscription of `scope`, which is the form that Azure returns."""
    return f"{subscription_of(scope)}/providers/Microsoft.Authorization/roleDefinitions/{role.value}"


def grant(
    name: str,
    role: Role,
    principal_id: pulumi.Input[str],
    scope: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
) -> authorization.RoleAssignment:
    """Grants an identity a built-in role; `scope` is the id of one resource."""
    scope_id = pulumi.Output.from_input(scope)
    return authorization.RoleAssignment(
        name,
        principal_id=principal_id,
        # Without a principal type, Azure looks up the identity in Entra, where a new one is often not found yet.
        principal_type=authorization.PrincipalType.SERVICE_PRINCIPAL,
        role_definition_id=scope_id.apply(lambda resource_id: role_definition_id(role, resource_id)),
        scope=scope_id,
        opts=opts,
    )
