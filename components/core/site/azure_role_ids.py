"""Ids of the built-in roles that the components assign on Azure, and of the custom roles that they create.

All of them are known before the first deployment, so the condition under which a pipeline may assign roles lists them
(falaj.rights.azure_conditions).
"""

from enum import Enum
from uuid import NAMESPACE_URL, uuid5


class Role(Enum):
    """Ids of Azure built-in roles (learn.microsoft.com/azure/role-based-access-control/built-in-roles, 2026-11-24)."""

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
    STORAGE_BLOB_DATA_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"


def custom_role_id(subscription_id: str, project: str, stack: str, name: str) -> str:
    """Returns the GUID of a custom role by its name in a stack. Azure has each GUID once in an Entra tenant."""
    return str(uuid5(NAMESPACE_URL, f"/subscriptions/{subscription_id.lower()}/{project}/{stack}/{name}"))
