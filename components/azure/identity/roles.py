"""Built-in roles that the identities of a site are granted, and role assignments.

Role ids: Azure built-in roles, learn.microsoft.com/azure/role-based-access-control/built-in-roles, read 2026-11-24.
"""

from enum import Enum

import pulumi
from pulumi_azure_native import authorization


class Role(Enum):
    """Ids of Azure built-in roles."""

    ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d"
    AKS_CLUSTER_USER = "4abbcc35-e782-43d8-92c5-2d3f1bd2253f"
    AKS_RBAC_CLUSTER_ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b"
    AKS_RBAC_READER = "7f6c6a51-bcf8-42ba-9220-52d62157d7db"
    AKS_RBAC_WRITER = "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb"
    KEY_VAULT_CONTRIBUTOR = "f25e0fa2-a7c8-4377-a976-54943a77a395"
    KEY_VAULT_CRYPTO_USER = "12338af0-0e69-4776-bea7-57ae8d297424"
    KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6"
    MANAGED_IDENTITY_OPERATOR = "f1a07417-d97a-45cb-824c-7a7467783830"
    NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7"
    PRIVATE_DNS_ZONE_CONTRIBUTOR = "b12aa53e-6015-4669-85d0-8515ebb3ae7f"
    READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
    STORAGE_ACCOUNT_CONTRIBUTOR = "17d1049b-9a84-46fb-8f53-869881c3d3ab"
    STORAGE_BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"


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
