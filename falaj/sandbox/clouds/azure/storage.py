"""Storage accounts and what is in them: rows, and the refusals about names, keys and the one policy."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.azure.arm import GROUP, ArmRow, arm_error, arm_row
from falaj.sandbox.clouds.azure.vaults import key_refusal
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import at, each, text

ACCOUNT = "azure-native:storage:StorageAccount"
_ACCOUNT_PATH = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/{{accountName}}"
_ACCOUNT_NAME = re.compile(r"[a-z0-9]{3,24}")
_CONTAINER_NAME = re.compile(r"(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*|\$(root|logs|web)")


def account_name(call: Call) -> str | None:
    """Account names are global, short and plain. azure-native's invented names keep the hyphens of the logical
    name.
    """
    if not _ACCOUNT_NAME.fullmatch(call.name):
        return arm_error(
            400,
            "AccountNameInvalid",
            f"{call.name} is not a valid storage account name. Storage account name must be between 3 and 24 "
            "characters in "
            "length and use numbers and lower-case letters only.",
        )
    if call.existing is None and call.world.find(ACCOUNT, name=call.name):
        return arm_error(409, "StorageAccountAlreadyTaken", f"The storage account named {call.name} is already taken.")
    return None


def account_key(call: Call) -> str | None:
    """Encryption with a customer's key: where it is, an identity that may use it, a vault that nobody can purge."""
    encryption = at(call.inputs, "encryption")
    if text(encryption, "keySource") != "Microsoft.Keyvault":
        return None
    uri, name = text(encryption, "keyVaultProperties.keyVaultUri"), text(encryption, "keyVaultProperties.keyName")
    if not uri or not name:
        return arm_error(
            400,
            "KeyVaultPropertiesInvalid",
            "Microsoft.Keyvault needs keyVaultProperties with keyVaultUri and keyName.",
        )
    identity = text(encryption, "encryptionIdentity.encryptionUserAssignedIdentity")
    listed = {str(item).lower() for item in each(call.inputs, "identity.userAssignedIdentities[*]")}
    if identity and identity.lower() not in listed:
        return arm_error(
            400,
            "StorageAccountEncryptionIdentityNotAssigned",
            f"The encryption identity {identity} is not one of the account's user-assigned identities.",
        )
    if not identity and "SystemAssigned" not in text(call.inputs, "identity.type"):
        return arm_error(
            400,
            "StorageAccountIdentityMissing",
            "Encryption with a key of Key Vault needs an identity that may use it.",
        )
    if not identity and call.existing is None:
        return arm_error(
            400,
            "KeyVaultAccessForbidden",
            "The account's system-assigned identity does not exist before the account, so it cannot have access "
            "to the key: "
            "use a user-assigned identity.",
        )
    return key_refusal(call, f"{uri.rstrip('/')}/keys/{name}")


def container_name(call: Call) -> str | None:
    """Container names are lower case with single hyphens."""
    if _CONTAINER_NAME.fullmatch(call.name):
        return None
    return arm_error(
        400,
        "ContainerOperationFailure",
        f"The specified resource name '{call.name}' contains invalid characters: 3 to 63 lower-case letters, "
        "digits and "
        "single hyphens.",
    )


def container_public(call: Call) -> str | None:
    """A container can be public only where its account allows it."""
    account = call.world.by_handle(call.facts["parent"].lower())
    public = text(call.inputs, "publicAccess") not in ("", "None")
    if public and account and at(account.inputs, "allowBlobPublicAccess") is not True:
        return arm_error(409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account.")
    return None


def policy_name(call: Call) -> str | None:
    """An account has one management policy, called `default`, with at least one rule."""
    if call.name == "default":
        return None
    return arm_error(400, "InvalidRequestPropertyValue", f"managementPolicyName must be 'default', not '{call.name}'.")


def service_name(call: Call) -> str | None:
    """An account has one blob service, called `default`."""
    if call.name == "default":
        return None
    return arm_error(400, "InvalidRequestPropertyValue", f"blobServicesName must be 'default', not '{call.name}'.")


_ENDPOINTS = {
    **{
        service: f"https://{{name}}.{service}.core.windows.net/"
        for service in ("blob", "dfs", "file", "queue", "table")
    },
    "web": "https://{name}.z1.web.core.windows.net/",
}

ROWS: tuple[ArmRow, ...] = (
    arm_row(
        "storage:StorageAccount",
        _ACCOUNT_PATH,
        {
            "primaryEndpoints": _ENDPOINTS,
            "primaryLocation": "{region}",
            "statusOfPrimary": "available",
            "creationTime": "{now}",
            "accessTier": "Hot",
        },
        replace=("isHnsEnabled",),
        creating=(account_name, account_key),
    ),
    arm_row(
        "storage:BlobContainer",
        f"{_ACCOUNT_PATH}/blobServices/default/containers/{{containerName}}",
        {"hasImmutabilityPolicy": False, "hasLegalHold": False, "leaseState": "Available", "leaseStatus": "Unlocked"},
        creating=(container_name, container_public),
    ),
    arm_row(
        "storage:BlobServiceProperties",
        f"{_ACCOUNT_PATH}/blobServices/{{blobServicesName}}",
        creating=(service_name,),
        exists_already=True,
    ),
    arm_row(
        "storage:ManagementPolicy",
        f"{_ACCOUNT_PATH}/managementPolicies/{{managementPolicyName}}",
        {"lastModifiedTime": "{now}"},
        creating=(policy_name,),
    ),
)
"""Rows of Microsoft.Storage."""
