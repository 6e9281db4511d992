"""Role assignments and custom roles take effect some time after Azure has confirmed them.

A Key Vault refuses an identity for one to five minutes after its grant, and Azure Resource Manager may not know a
custom role for up to a minute (Azure/bicep#16601, pulumi/pulumi#16893, Azure/azure-sdk-for-net#17384, read 2026-11-26).
The emulator has no delays: a grant is effective if it is old enough, or if the program has waited for it. A program
records its waits in the file that `RECORD` names.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from falaj.components.core.site.waiting import RECORD
from falaj.sandbox.clouds.azure.arm import arm_error, handle_of
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import get_path, get_str

_ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
_ROLE_DEFINITION = "azure-native:authorization:RoleDefinition"
_KEY_VAULT_SECONDS, _DEFINITION_SECONDS = 120, 30
"""Delays of the emulator: typical ones, not the longest."""
_WRAPPING_ROLES = frozenset(
    (
        "00482a5a-887f-4fb3-b363-3b7fe8e74483",  # Key Vault Administrator
        "12338af0-0e69-4776-bea7-57ae8d297424",  # Key Vault Crypto User
        "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",  # Key Vault Crypto Officer
        "e147488a-f6f5-4113-8e2d-b22465e65bf6",  # Key Vault Crypto Service Encryption User
    )
)
"""Built-in roles that may wrap and unwrap with a key (learn.microsoft.com, built-in-roles, read 2026-11-26)."""


def key_access_error(op: Operation, identities: Sequence[str], key_url: str) -> str | None:
    """Returns Azure's error if none of the identities, given by id, may use the key yet.

    A key is checked when it is set: an update that keeps key and identity is not refused.
    """
    if op.existing is not None:
        return None
    principals = {
        get_str(identity.outputs, "principalId").lower()
        for identity in (op.state.by_handle(id_.lower()) for id_ in identities)
        if identity is not None
    }
    grants = [grant for grant in op.state.find(_ROLE_ASSIGNMENT) if _allows_key(op, grant, principals, key_url)]
    if any(_is_effective(grant, _KEY_VAULT_SECONDS) for grant in grants):
        return None
    reason = "(not found)" if not grants else "created less than two minutes ago"
    return arm_error(
        403,
        "KeyVaultAuthenticationFailure",
        "The operation failed because of authentication issue on the keyvault. Caller is not authorized to perform "
        "action on resource. If role assignments, deny assignments or role definitions were changed recently, please "
        f"observe propagation time. Key: {key_url} Assignment: {reason}",
    )


def _allows_key(op: Operation, grant: InventoryItem, principals: set[str], key_url: str) -> bool:
    role = get_str(grant.inputs, "roleDefinitionId").rpartition("/")[2].lower()
    if role not in _WRAPPING_ROLES or get_str(grant.inputs, "principalId").lower() not in principals:
        return False
    handle = handle_of(key_url) or ""
    key = op.state.by_handle(handle)
    scope = get_str(grant.inputs, "scope").lower().rstrip("/")
    return key is not None and f"{key.id.lower()}/".startswith(f"{scope}/")


def custom_role_known(op: Operation) -> str | None:
    """Checks that Azure knows the custom role of a new role assignment."""
    name = get_str(op.inputs, "roleDefinitionId").rpartition("/")[2]
    definitions = op.state.find(_ROLE_DEFINITION, name=name)
    if op.existing is not None or not definitions or _is_effective(definitions[0], _DEFINITION_SECONDS):
        return None
    return arm_error(
        400,
        "RoleDefinitionDoesNotExist",
        f"The specified role definition with ID '{name.replace('-', '')}' does not exist.",
    )


def _is_effective(item: InventoryItem, seconds: int) -> bool:
    age = (datetime.now(UTC) - datetime.fromisoformat(item.created_at)).total_seconds()
    return age >= seconds or _waited_for(item.id) >= seconds


def _waited_for(id_: str) -> int:
    """Returns the longest wait for a resource, in seconds, that a program has recorded."""
    record = Path(os.environ.get(RECORD, ""))
    if not record.is_file():
        return 0
    waits = (line.split(" ", 1) for line in record.read_text(encoding="utf-8").splitlines())
    return max((int(seconds) for seconds, subject in waits if subject == id_.lower()), default=0)


def assigned_identities(op: Operation) -> list[str]:
    """Returns the ids of a resource's user-assigned identities, which the SDK takes as a list or as a mapping."""
    listed = get_path(op.inputs, "identity.userAssignedIdentities")
    return [str(item) for item in listed] if isinstance(listed, list | dict) else []
