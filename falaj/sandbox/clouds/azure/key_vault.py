"""Key vaults, keys and disk encryption sets."""

from __future__ import annotations

import re

from falaj.facts.regions import normalise_azure
from falaj.sandbox.clouds.azure.arm import GROUP, SUBSCRIPTION, TENANT, ArmResourceType, arm_error, arm_type, handle_of
from falaj.sandbox.clouds.azure.role_propagation import assigned_identities, key_access_error
from falaj.sandbox.clouds.spec import InventoryItem, Operation, UsedBy
from falaj.sandbox.clouds.values import get_path, get_str

VAULT = "azure-native:keyvault:Vault"
_VAULT_PATH = f"{GROUP}/providers/Microsoft.KeyVault/vaults/{{vaultName}}"
_VAULT_NAME = re.compile(r"(?=.{3,24}$)[a-zA-Z](-?[a-zA-Z0-9])*")
_KEY_NAME = re.compile(r"[0-9a-zA-Z-]{1,127}")
_RSA_SIZES = (2048, 3072, 4096)


def _bad_request(message: str) -> str:
    return arm_error(400, "BadRequest", message)


_VERSIONED = re.compile(r"/keys/[^/]+/[0-9a-f]{32}$", re.IGNORECASE)


def vault_name(op: Operation) -> str | None:
    """Checks that the vault name is valid and globally unique, soft-deleted vaults included."""
    if not _VAULT_NAME.fullmatch(op.name):
        return arm_error(
            400,
            "VaultNameNotValid",
            f"The vault name '{op.name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. "
            "The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.",
        )
    if op.existing is not None:
        return None
    if op.state.find(VAULT, name=op.name):
        return arm_error(
            409,
            "VaultAlreadyExists",
            f"The vault name '{op.name}' is already in use. "
            "Vault names are globally unique so it is possible that the name is already taken.",
        )
    if op.state.soft_deleted(VAULT, op.name) and get_str(op.inputs, "properties.createMode") != "recover":
        return arm_error(
            409,
            "ConflictError",
            "A vault with the same name already exists in deleted state. "
            f"You need to either recover or purge existing key vault '{op.name}': "
            "set properties.createMode to recover, or choose another name.",
        )
    return None


def vault_properties(op: Operation) -> str | None:
    """Checks the tenant, the retention of soft delete, and that purge protection is not disabled."""
    if get_str(op.inputs, "properties.tenantId") != TENANT:
        return _bad_request(f"The tenant ID in properties.tenantId must be the subscription's, {TENANT}.")
    days = get_path(op.inputs, "properties.softDeleteRetentionInDays")
    if isinstance(days, int | float) and not 7 <= days <= 90:
        return _bad_request(f"The property softDeleteRetentionInDays is {days:g}; it must be from 7 to 90.")
    before = op.existing.inputs if op.existing else {}
    was_protected = get_path(before, "properties.enablePurgeProtection") is True
    protected = get_path(op.inputs, "properties.enablePurgeProtection")
    if protected is False or (was_protected and protected is not True):
        return _bad_request(
            'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault '
            "is an irreversible action."
        )
    return None


def key_fields(op: Operation) -> str | None:
    """Checks key names and sizes, and that a hardware-protected key is in a premium vault."""
    if not _KEY_NAME.fullmatch(op.name):
        return _bad_request(f"The key name '{op.name}' is invalid: 1 to 127 letters, digits and hyphens.")
    size, kind = get_path(op.inputs, "properties.keySize"), get_str(op.inputs, "properties.kty")
    if size is not None and kind.startswith("RSA") and size not in _RSA_SIZES:
        return _bad_request(f"The key size {size} is invalid for {kind}: expected one of 2048, 3072, 4096.")
    vault = op.state.by_handle(op.variables["parent"].lower())
    if kind.endswith("-HSM") and vault and get_str(vault.inputs, "properties.sku.name").lower() != "premium":
        return _bad_request(f"Key type {kind} needs a vault of SKU premium.")
    return None


def key_error(op: Operation, key_url: str) -> str | None:
    """Returns an error if a key cannot encrypt a service's data, or None: the key must exist, in a vault with purge
    protection.
    """
    handle = handle_of(key_url)
    if handle is None or "/keys/" not in handle:
        return _bad_request(
            f"'{key_url}' is not a key identifier such as https://VAULT.vault.azure.net/keys/KEY/VERSION."
        )
    vault = op.state.by_handle(handle.partition("/keys/")[0])
    if vault is None:
        return arm_error(404, "KeyVaultKeyNotFound", f"The key '{key_url}' was not found.")
    if get_path(vault.inputs, "properties.enablePurgeProtection") is not True:
        return arm_error(
            400,
            "KeyVaultSoftDeleteAndPurgeProtectionRequired",
            f"Key vault '{vault.name}' must have purge protection enabled to encrypt data with its keys.",
        )
    return None


def disk_encryption_set_key(op: Operation) -> str | None:
    """Checks that a disk encryption set has a key in a vault with purge protection."""
    url = get_str(op.inputs, "activeKey.keyUrl")
    if not url:
        return _bad_request("Required parameter 'activeKey' is missing (null).")
    identities = assigned_identities(op)
    error = key_error(op, url) or _disk_key_error(op, url)
    if error or not identities or is_hsm_url(url):
        # The local roles of a Managed HSM are not in Azure Resource Manager.
        return error
    return key_access_error(op, identities, url)


def _disk_key_error(op: Operation, url: str) -> str | None:
    """Returns an error if a key that exists cannot be that of disks: its store is in another region
    (azure-compute-docs disk-encryption.md, 2026-04-02), the URL has no version, or the source vault is not the key's
    vault in the same subscription (azure-native, KeyForDiskEncryptionSetArgs)."""
    if not _VERSIONED.search(url):
        return _bad_request(f"The key URL '{url}' has no version, which is required.")
    store = op.state.by_handle((handle_of(url) or "").partition("/keys/")[0])
    region = normalise_azure(get_str(store.inputs, "location")) if store else ""
    if store is not None and region and op.variables["region"] and region != op.variables["region"]:
        message = f"Key Vault {store.name} is in {region}, and the disk encryption set in {op.variables['region']}."
        return arm_error(400, "KeyVaultAndDiskInDifferentRegions", message)
    source = get_str(op.inputs, "activeKey.sourceVault.id").lower()
    if source and (is_hsm_url(url) or not source.startswith(f"/subscriptions/{SUBSCRIPTION}/")):
        return _bad_request("activeKey.sourceVault is for a Key Vault of the disk encryption set's subscription only.")
    return None


def is_hsm_url(url: str) -> bool:
    """Returns whether a key URL is that of a key in a Managed HSM."""
    return ".managedhsm.azure.net/" in url.lower()


def _purge_protected(vault: InventoryItem) -> bool:
    """Returns whether the vault is retained after a delete. Without purge protection an operator can purge it, so the
    emulator deletes it.
    """
    return get_path(vault.inputs, "properties.enablePurgeProtection") is True


def keep_existing_key(op: Operation, key: InventoryItem) -> None:
    """Keeps a key as it was: a PUT on an existing key returns it and writes nothing, tags included (azure-mgmt-keyvault
    14.1.0, KeysOperations.create_if_not_exist; learn.microsoft.com/rest/api/keyvault, Keys - Create If Not Exist, read
    2026-11-26).
    """
    before = op.existing.inputs if op.existing else op.inputs
    if get_path(before, "tags") != get_path(op.inputs, "tags"):
        op.state.tamper(key, "tags", get_path(before, "tags"))


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "keyvault:Vault",
        _VAULT_PATH,
        nested_outputs={
            "properties": {
                "vaultUri": "https://{name}.vault.azure.net/",
                "provisioningState": "Succeeded",
                "hsmPoolResourceId": "",
                "privateEndpointConnections": [],
            }
        },
        handles=("https://{name}.vault.azure.net",),
        write_rules=(vault_name, vault_properties),
        soft_deletes=_purge_protected,
    ),
    arm_type(
        "keyvault:ManagedHsm",
        f"{GROUP}/providers/Microsoft.KeyVault/managedHSMs/{{name}}",
        nested_outputs={
            "properties": {"hsmUri": "https://{name}.managedhsm.azure.net/", "provisioningState": "Succeeded"}
        },
        handles=("https://{name}.managedhsm.azure.net",),
    ),
    arm_type(
        "keyvault:Key",
        f"{_VAULT_PATH}/keys/{{keyName}}",
        {
            "keyUri": "https://{vaultName}.vault.azure.net/keys/{name}",
            "keyUriWithVersion": "https://{vaultName}.vault.azure.net/keys/{name}/{hex32}",
            "attributes": {"enabled": True, "created": 1767225600, "updated": 1767225600},
            "kty": "RSA",
            "keySize": 2048,
            "curveName": "",
            "keyOps": ["wrapKey", "unwrapKey"],
        },
        # Keys are immutable in ARM: azure-native marks their properties as settable at creation only.
        replace_on_changes=("properties",),
        after_write=keep_existing_key,
        handles=(
            "https://{vaultName}.vault.azure.net/keys/{name}",
            "https://{vaultName}.vault.azure.net/keys/{name}/{hex32}",
        ),
        write_rules=(key_fields,),
    ),
    arm_type(
        "compute:DiskEncryptionSet",
        f"{GROUP}/providers/Microsoft.Compute/diskEncryptionSets/{{diskEncryptionSetName}}",
        {"encryptionType": "EncryptionAtRestWithCustomerKey", "previousKeys": []},
        replace_on_changes=("encryptionType",),
        write_rules=(disk_encryption_set_key,),
        used_by=(
            UsedBy(
                ("azure-native:containerservice:ManagedCluster", "azure-native:compute:Disk"),
                arm_error(
                    409, "OperationNotAllowed", "Disk encryption set '{id}' cannot be deleted because '{user}' uses it."
                ),
            ),
        ),
    ),
)
"""Resource types of Microsoft.KeyVault, and disk encryption sets."""
