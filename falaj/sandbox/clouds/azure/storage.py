"""Storage accounts, containers, file shares and management policies."""

from __future__ import annotations

import re

from falaj.facts.regions import REGIONS
from falaj.sandbox.clouds.azure.arm import GROUP, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.azure.key_vault import key_error
from falaj.sandbox.clouds.azure.role_propagation import key_access_error
from falaj.sandbox.clouds.azure.storage_rules import account_networks
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import get_all, get_path, get_str

ACCOUNT = "azure-native:storage:StorageAccount"
CONTAINER = "azure-native:storage:BlobContainer"
_SERVICE = "azure-native:storage:BlobServiceProperties"
_ACCOUNT_PATH = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/{{accountName}}"
_ACCOUNT_NAME = re.compile(r"[a-z0-9]{3,24}")
_KIND_TIERS = {"FileStorage": "Premium", "BlockBlobStorage": "Premium", "StorageV2": "Standard"}
"""Kind of account -> tier of its SKUs. Exception: page blobs use kind StorageV2 with Premium_LRS."""
_MAX_SHARE_GIB = 102400
_UNPAIRED = (
    *("austriaeast", "belgiumcentral", "chilecentral", "indonesiacentral", "israelcentral", "italynorth"),
    *("malaysiawest", "mexicocentral", "newzealandnorth", "polandcentral", "qatarcentral", "spaincentral"),
)
"""Regions without a paired region (learn.microsoft.com, regions-paired, read 2026-11-24)."""
_SHARE_NAME = re.compile(r"(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*")
_CONTAINER_NAME = re.compile(r"(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*|\$(root|logs|web)")


def account_name(op: Operation) -> str | None:
    """Checks the name: 3 to 24 lower-case letters and digits, globally unique. azure-native's generated names keep the
    hyphens of the logical name.
    """
    if not _ACCOUNT_NAME.fullmatch(op.name):
        return arm_error(
            400,
            "AccountNameInvalid",
            f"{op.name} is not a valid storage account name. "
            "Storage account name must be between 3 and 24 characters in length "
            "and use numbers and lower-case letters only.",
        )
    if op.existing is None and op.state.find(ACCOUNT, name=op.name):
        return arm_error(409, "StorageAccountAlreadyTaken", f"The storage account named {op.name} is already taken.")
    return None


def account_redundancy(op: Operation) -> str | None:
    """Checks that the SKU fits the kind, and zone or geo redundancy the region.

    An update may add or remove geo redundancy; a change of zone redundancy is a conversion that must be requested
    (learn.microsoft.com, redundancy-migration).
    """
    kind, sku, region = get_str(op.inputs, "kind"), get_str(op.inputs, "sku.name"), op.variables["region"]
    tier = "Premium" if sku.startswith("Premium") else "Standard"
    if _KIND_TIERS.get(kind, tier) != tier and (kind, sku) != ("StorageV2", "Premium_LRS"):
        return _invalid_sku(f"The sku '{sku}' is not supported for storage account of kind '{kind}'.")
    if sku.endswith("ZRS") and region in REGIONS and not REGIONS[region].zones:
        return _invalid_sku(f"The sku '{sku}' is not available in region '{region}', which has no availability zones.")
    if "G" in sku.partition("_")[2] and region in _UNPAIRED:
        return _invalid_sku(f"The sku '{sku}' is not available in region '{region}', which has no paired region.")
    before = get_str(op.existing.inputs, "sku.name") if op.existing else sku
    if before.endswith("ZRS") != sku.endswith("ZRS"):
        return _invalid_sku(f"A conversion from '{before}' to '{sku}' must be requested, not set.")
    return None


def _invalid_sku(message: str) -> str:
    return arm_error(400, "InvalidStorageAccountSku", message)


def account_immutable(op: Operation) -> str | None:
    """Checks that the kind and infrastructure encryption do not change."""
    if op.existing is None:
        return None
    for path in ("kind", "encryption.requireInfrastructureEncryption"):
        before, after = get_path(op.existing.inputs, path), get_path(op.inputs, path)
        if (before or False) != (after or False) and before != "Storage":
            return arm_error(
                409, "PropertyCannotBeUpdated", f"{path} of storage account '{op.name}' can be set at creation only."
            )
    return None


def account_key_scope(op: Operation) -> str | None:
    """Checks that only general-purpose v2 accounts put queues and tables under the account's key
    (learn.microsoft.com, account-encryption-key-create; terraform-provider-azurerm, storage_account_resource.go: both
    read 2026-11-26).
    """
    kind = get_str(op.inputs, "kind")
    for service in ("queue", "table"):
        if get_str(op.inputs, f"encryption.services.{service}.keyType") == "Account" and kind != "StorageV2":
            return arm_error(
                400,
                "FeatureNotSupportedForAccount",
                f"encryption.services.{service}.keyType 'Account' is not supported for storage account '{op.name}' of "
                f"kind '{kind}': it needs kind StorageV2.",
            )
    return None


def account_key(op: Operation) -> str | None:
    """Checks that a customer-managed key has its vault and name, an identity with access, and a vault with purge
    protection.
    """
    encryption = get_path(op.inputs, "encryption")
    if get_str(encryption, "keySource") != "Microsoft.Keyvault":
        return None
    uri, name = get_str(encryption, "keyVaultProperties.keyVaultUri"), get_str(encryption, "keyVaultProperties.keyName")
    if not uri or not name:
        return arm_error(
            400,
            "KeyVaultPropertiesInvalid",
            "Microsoft.Keyvault needs keyVaultProperties with keyVaultUri and keyName.",
        )
    identity = get_str(encryption, "encryptionIdentity.encryptionUserAssignedIdentity")
    listed = {str(item).lower() for item in get_all(op.inputs, "identity.userAssignedIdentities[*]")}
    if identity and identity.lower() not in listed:
        return arm_error(
            400,
            "StorageAccountEncryptionIdentityNotAssigned",
            f"The encryption identity {identity} is not one of the account's user-assigned identities.",
        )
    if not identity and "SystemAssigned" not in get_str(op.inputs, "identity.type"):
        return arm_error(
            400,
            "StorageAccountIdentityMissing",
            "Encryption with a key of Key Vault needs an identity that may use it.",
        )
    if not identity and op.existing is None:
        return arm_error(
            400,
            "KeyVaultAccessForbidden",
            "The account's system-assigned identity does not exist before the account, "
            "so it cannot have access to the key: "
            "use a user-assigned identity.",
        )
    key = f"{uri.rstrip('/')}/keys/{name}"
    return key_error(op, key) or (key_access_error(op, [identity], key) if identity else None)


def is_closed(account: InventoryItem) -> bool:
    """Returns whether public network access is disabled. Trusted services of Azure, which bypass network rules, are
    then refused too (DFE-Digital/terraform-azurerm-container-apps-hosting#388, MicrosoftDocs/azure-docs#108106, read
    2026-11-26).
    """
    return get_str(account.inputs, "publicNetworkAccess") == "Disabled"


def container_name(op: Operation) -> str | None:
    """Checks the name: 3 to 63 lower-case letters, digits and single hyphens."""
    if _CONTAINER_NAME.fullmatch(op.name):
        return None
    return arm_error(
        400,
        "ContainerOperationFailure",
        f"The specified resource name '{op.name}' contains invalid characters: "
        "3 to 63 lower-case letters, digits and single hyphens.",
    )


def container_public_access(op: Operation) -> str | None:
    """Checks that a container is public only if its account allows it."""
    account = op.state.by_handle(op.variables["parent"].lower())
    public = get_str(op.inputs, "publicAccess") not in ("", "None")
    if public and account and get_path(account.inputs, "allowBlobPublicAccess") is not True:
        return arm_error(409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account.")
    return None


def policy_name(op: Operation) -> str | None:
    """Checks that a management policy is called `default`, the only name that an account can have."""
    if op.name == "default":
        return None
    return arm_error(400, "InvalidRequestPropertyValue", f"managementPolicyName must be 'default', not '{op.name}'.")


def access_time_tracking(op: Operation) -> str | None:
    """Checks that a rule with the last access time is used only with access time tracking."""
    account = op.state.by_handle(op.variables["parent"].lower())
    uses = "daysAfterLastAccessTimeGreaterThan" in str(get_path(op.inputs, "policy"))
    if not uses or account is None or _tracks_access_time(op, account):
        return None
    return arm_error(
        400,
        "InvalidRequestPropertyValue",
        f"Last access time tracking is not enabled on storage account '{account.name}': a rule counts days by it.",
    )


def _tracks_access_time(op: Operation, account: InventoryItem) -> bool:
    services = op.state.find(_SERVICE, scope=account.id)
    return any(get_path(service.inputs, "lastAccessTimeTrackingPolicy.enable") is True for service in services)


def share_fields(op: Operation) -> str | None:
    """Checks names and sizes of shares, and that NFS and root squash are used only in a premium account of kind
    FileStorage.
    """
    if not _SHARE_NAME.fullmatch(op.name):
        return arm_error(400, "InvalidResourceName", f"The specified share name '{op.name}' is invalid.")
    account = op.state.by_handle(op.variables["parent"].lower())
    premium = account is not None and get_str(account.inputs, "kind") == "FileStorage"
    is_nfs = get_str(op.inputs, "enabledProtocols") == "NFS"
    if is_nfs and not premium:
        return _share_error("NFS shares are supported in premium accounts of kind FileStorage only.")
    if get_str(op.inputs, "rootSquash") and not is_nfs:
        return _share_error("rootSquash is supported for NFS shares only.")
    if (get_str(op.inputs, "accessTier") or "Premium") != "Premium" and premium:
        return _share_error("A share of an account of kind FileStorage has the access tier Premium.")
    size, smallest = get_path(op.inputs, "shareQuota"), 100 if premium else 1
    if isinstance(size, int | float) and not smallest <= size <= _MAX_SHARE_GIB:
        return _share_error(f"The share quota {size:g} must be from {smallest} to {_MAX_SHARE_GIB} GiB.")
    return None


def _share_error(message: str) -> str:
    return arm_error(400, "InvalidRequestPropertyValue", message)


def service_name(op: Operation) -> str | None:
    """Checks that a service is called `default`, the only name that an account can have."""
    if op.name == "default":
        return None
    return arm_error(400, "InvalidRequestPropertyValue", f"The service name must be 'default', not '{op.name}'.")


_ENDPOINTS = {
    **{
        service: f"https://{{name}}.{service}.core.windows.net/"
        for service in ("blob", "dfs", "file", "queue", "table")
    },
    "web": "https://{name}.z1.web.core.windows.net/",
}

RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "storage:StorageAccount",
        _ACCOUNT_PATH,
        {
            "primaryEndpoints": _ENDPOINTS,
            "primaryLocation": "{region}",
            "statusOfPrimary": "available",
            "creationTime": "{now}",
            "accessTier": "Hot",
        },
        replace_on_changes=("isHnsEnabled",),
        write_rules=(
            account_name,
            account_redundancy,
            account_immutable,
            account_networks,
            account_key_scope,
            account_key,
        ),
    ),
    arm_type(
        "storage:BlobContainer",
        f"{_ACCOUNT_PATH}/blobServices/default/containers/{{containerName}}",
        {"hasImmutabilityPolicy": False, "hasLegalHold": False, "leaseState": "Available", "leaseStatus": "Unlocked"},
        write_rules=(container_name, container_public_access),
    ),
    arm_type(
        "storage:BlobServiceProperties",
        f"{_ACCOUNT_PATH}/blobServices/{{blobServicesName}}",
        write_rules=(service_name,),
        always_exists=True,
    ),
    arm_type(
        "storage:ManagementPolicy",
        f"{_ACCOUNT_PATH}/managementPolicies/{{managementPolicyName}}",
        {"lastModifiedTime": "{now}"},
        write_rules=(policy_name, access_time_tracking),
    ),
    arm_type(
        "storage:FileServiceProperties",
        f"{_ACCOUNT_PATH}/fileServices/{{fileServicesName}}",
        write_rules=(service_name,),
        always_exists=True,
    ),
    arm_type(
        "storage:FileShare",
        f"{_ACCOUNT_PATH}/fileServices/default/shares/{{shareName}}",
        {"shareQuota": 102400, "lastModifiedTime": "{now}", "leaseState": "available", "leaseStatus": "unlocked"},
        replace_on_changes=("enabledProtocols",),
        write_rules=(share_fields,),
    ),
)
"""Resource types of Microsoft.Storage."""
