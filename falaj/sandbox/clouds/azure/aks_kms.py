"""Encryption of Kubernetes secrets on AKS with a customer-managed key."""

from __future__ import annotations

from collections.abc import Mapping

from falaj.sandbox.clouds.azure.aks_pool_options import invalid
from falaj.sandbox.clouds.azure.arm import arm_error, handle_of
from falaj.sandbox.clouds.azure.key_vault import is_hsm_url, key_error
from falaj.sandbox.clouds.azure.role_propagation import assigned_identities, key_access_error
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import get_path, get_str


def cluster_keys(op: Operation) -> str | None:
    """Checks encryption of Kubernetes secrets with a customer-managed key: identity, key, purge protection, access to a
    private vault.
    """
    kms = get_path(op.inputs, "securityProfile.azureKeyVaultKms")
    if not isinstance(kms, Mapping) or kms.get("enabled") is not True:
        return None
    if get_str(op.inputs, "identity.type") != "UserAssigned":
        return arm_error(400, "BadRequest", "Azure KeyVault KMS requires a user-assigned managed identity.")
    if get_str(kms, "keyVaultNetworkAccess") == "Private":
        if not get_str(kms, "keyVaultResourceId"):
            return invalid(
                "azureKeyVaultKms.keyVaultResourceId", "it is required when keyVaultNetworkAccess is Private."
            )
        if get_path(op.inputs, "apiServerAccessProfile.enableVnetIntegration") is not True:
            return invalid("azureKeyVaultKms.keyVaultNetworkAccess", "Private needs API server VNet integration.")
    key = get_str(kms, "keyId")
    if is_hsm_url(key):
        return arm_error(400, "BadRequest", f"Azure KeyVault KMS needs a key of a Key Vault, not '{key}'.")
    return (
        vault_access_error(op, get_str(kms, "keyVaultNetworkAccess"), key)
        or key_error(op, key)
        or key_access_error(op, assigned_identities(op), key)
    )


def vault_access_error(op: Operation, access: str, key: str) -> str | None:
    """Returns an error if AKS does not reach the key's vault: a private one has public access disabled, a public one
    admits all networks (azure-aks-docs use-kms-etcd-encryption.md, limitations, 2026-08-21)."""
    vault = op.state.by_handle((handle_of(key) or "").partition("/keys/")[0])
    if vault is None:
        return None
    is_disabled = get_str(vault.inputs, "properties.publicNetworkAccess").lower() == "disabled"
    denies = get_str(vault.inputs, "properties.networkAcls.defaultAction") == "Deny"
    if access == "Private" and not is_disabled:
        return invalid("azureKeyVaultKms.keyVaultNetworkAccess", f"vault {vault.name} has public access enabled.")
    if access != "Private" and (is_disabled or denies):
        return invalid("azureKeyVaultKms.keyVaultNetworkAccess", f"vault {vault.name} does not admit all networks.")
    return None
