"""Storage accounts with a customer-managed key, accessible only with Entra identities from the site's network."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import storage

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.identity.keys import EncryptionKey, KeyUser, key_user
from falaj.components.azure.identity.stored_keys import stored_key
from falaj.components.azure.monitoring.audit_log import diagnostic_setting
from falaj.components.azure.network.private_endpoint import private_endpoint
from falaj.components.azure.storage.vault_readers import network_rules
from falaj.components.core.site.azure_vault_readers import AzureVaultReaders
from falaj.components.core.validation.regions import zones_of

NAME_LIMIT = 24
"""Maximum length of a storage account's name in characters; names are globally unique."""


CHANGE_LOGS = ("StorageWrite", "StorageDelete")
ALL_LOG_CATEGORIES = ("StorageRead", *CHANGE_LOGS)
"""Log categories of a storage service (learn.microsoft.com, monitor-blob-storage-reference)."""


@dataclass(frozen=True)
class AccountShape:
    """Properties in which the storage accounts of a site differ."""

    kind: storage.Kind
    sku: storage.SkuName
    trusted_services: bool = False
    """Whether trusted Azure services, such as cost exports and Network Watcher, bypass the network rules. They still
    need an identity with a role on the account. They are let in only while public network access is enabled
    (DFE-Digital/terraform-azurerm-container-apps-hosting#388, MicrosoftDocs/azure-docs#108106, read 2026-11-26); the
    network rules then deny everybody else."""
    readers: AzureVaultReaders | None = None
    """Callers in other networks, if any. The public endpoint is enabled for those that use it only."""

    @property
    def has_public_endpoint(self) -> bool:
        """Whether anybody reaches the account by its public endpoint."""
        return self.trusted_services or (self.readers is not None and self.readers.is_public)


@dataclass(frozen=True)
class EncryptedAccount:
    """A storage account and its encryption key."""

    account: storage.StorageAccount
    key: EncryptionKey


def has_three_zones(region: str) -> bool:
    """Returns whether the region has three availability zones."""
    return len(zones_of(region, 3)) == 3


def redundancy(region: str, geo_redundant: bool = False) -> storage.SkuName:
    """Returns the SKU of a standard account: three copies, spread over the zones of a region with three zones; with
    `geo_redundant`, three more copies in the paired region.

    Azure defines the pairs: uaenorth and uaecentral are each other's pair (falaj.facts.regions), so the replica stays
    in the country. GZRS is offered in uaenorth (learn.microsoft.com, redundancy-regions-gzrs, read 2026-11-24). Changes
    between ZRS and GZRS, or between LRS and GRS, update the SKU in place; a change between LRS and ZRS is a conversion
    that has to be requested (learn.microsoft.com, redundancy-migration), and needs a region with zones.
    """
    skus = storage.SkuName
    if has_three_zones(region):
        return skus.STANDARD_GZRS if geo_redundant else skus.STANDARD_ZRS
    return skus.STANDARD_GRS if geo_redundant else skus.STANDARD_LRS


def encrypted_account(
    name: str, args: StoredResourceArgs, shape: AccountShape, opts: pulumi.ResourceOptions
) -> EncryptedAccount:
    """Creates a storage account, its encryption key, and the identity with which it uses the key."""
    key = stored_key(name, args, opts.parent)
    user = key_user(name, args, key, args.key_identity_id, opts)
    account = storage.StorageAccount(
        f"{name}-account",
        _account(name, args, key, user, shape),
        pulumi.ResourceOptions(parent=opts.parent, depends_on=user.grants, protect=args.protect),
    )
    return EncryptedAccount(account, key)


def private_access(
    name: str,
    args: StoredResourceArgs,
    account: storage.StorageAccount,
    service: str,
    opts: pulumi.ResourceOptions,
    log_categories: Sequence[str] = ALL_LOG_CATEGORIES,
) -> None:
    """Creates the private endpoint of a service (`blob` or `file`), and the diagnostic setting that audits its use."""
    private_endpoint(f"{name}-endpoint", args, account.id, service, opts)
    service_id = pulumi.Output.concat(account.id, f"/{service}Services/default")
    diagnostic_setting(f"{name}-audit", service_id, args.workspace_id, log_categories, opts)


def _account(
    name: str, args: StoredResourceArgs, key: EncryptionKey, user: KeyUser, shape: AccountShape
) -> storage.StorageAccountArgs:
    access = storage.PublicNetworkAccess
    bypass = storage.Bypass.AZURE_SERVICES if shape.trusted_services else storage.Bypass.NONE
    return storage.StorageAccountArgs(
        location=args.region,
        resource_group_name=args.resource_group_name,
        account_name=args.unique_name(name, NAME_LIMIT),
        kind=shape.kind,
        sku=storage.SkuArgs(name=shape.sku),
        # FileStorage accounts have no access tiers.
        access_tier=None if shape.kind is storage.Kind.FILE_STORAGE else storage.AccessTier.HOT,
        identity=storage.IdentityArgs(
            type=storage.IdentityType.USER_ASSIGNED, user_assigned_identities=[user.identity.id]
        ),
        encryption=_encryption(args, key, user, shape.kind),
        public_network_access=access.ENABLED if shape.has_public_endpoint else access.DISABLED,
        network_rule_set=network_rules(shape.readers, bypass),
        allow_blob_public_access=False,
        allow_shared_key_access=False,
        allow_cross_tenant_replication=False,
        default_to_o_auth_authentication=True,
        is_local_user_enabled=False,
        is_sftp_enabled=False,
        enable_https_traffic_only=True,
        minimum_tls_version=storage.MinimumTlsVersion.TLS1_2,
        tags=args.tags,
    )


def _encryption(
    args: StoredResourceArgs, key: EncryptionKey, user: KeyUser, kind: storage.Kind
) -> storage.EncryptionArgs:
    """Returns encryption of all services with the customer-managed key, plus infrastructure encryption.

    The key has no version here, so that the account follows key rotation. Infrastructure encryption, and the key type
    of queues and tables, can be set only when the account is created. Accounts of other kinds than general-purpose v2
    have neither queues nor tables, and refuse a key type of them (learn.microsoft.com, account-encryption-key-create).
    """
    account_key = storage.EncryptionServiceArgs(enabled=True, key_type=storage.KeyType.ACCOUNT)
    message_key = account_key if kind is storage.Kind.STORAGE_V2 else None
    return storage.EncryptionArgs(
        key_source=storage.KeySource.MICROSOFT_KEYVAULT,
        key_vault_properties=storage.KeyVaultPropertiesArgs(
            key_name=key.name, key_vault_uri=key.store_uri if args.key_vault_uri is None else args.key_vault_uri
        ),
        encryption_identity=storage.EncryptionIdentityArgs(encryption_user_assigned_identity=user.identity.id),
        require_infrastructure_encryption=True,
        services=storage.EncryptionServicesArgs(
            blob=account_key, file=account_key, queue=message_key, table=message_key
        ),
    )
