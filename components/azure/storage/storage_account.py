"""Storage accounts under a customer-managed key that only Entra identities in the site's network reach."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import keyvault, storage

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.identity.keys import KeyUser, key_user, rotating_key
from falaj.components.azure.monitoring.audit_log import audited
from falaj.components.azure.network.private_endpoint import private_endpoint
from falaj.components.core.validation.regions import zones_of

NAME_LIMIT = 24
"""Characters of a storage account's name at most; names are unique in all of Azure."""


EVERYTHING = ("StorageRead", "StorageWrite", "StorageDelete")
"""Log categories of a service of an account (learn.microsoft.com, monitor-blob-storage-reference)."""


@dataclass(frozen=True)
class AccountShape:
    """What differs between storage accounts."""

    kind: storage.Kind
    sku: storage.SkuName
    trusted_services: bool = False
    """Whether Azure's own services that carry an identity with a role here come in from outside the network, such as
    cost exports and Network Watcher."""


@dataclass(frozen=True)
class EncryptedAccount:
    """A storage account and its key."""

    account: storage.StorageAccount
    key: keyvault.Key


def has_three_zones(region: str) -> bool:
    """Whether the region has three zones to store data in."""
    return len(zones_of(region, 3)) == 3


def redundancy(region: str, geo_redundant: bool = False) -> storage.SkuName:
    """The SKU of a standard account: three copies, in all zones of a region that has them; with `geo_redundant` three
    more in the region's pair.

    Azure chooses the pair: uaenorth and uaecentral are each other's (falaj.facts.regions), so the copy stays in the
    country. GZRS is offered in uaenorth (learn.microsoft.com, redundancy-regions-gzrs, read 2026-11-24). Going from ZRS
    to GZRS, or from LRS to GRS, and back, is a change of the SKU in place; between LRS and ZRS it is a conversion that
    has to be requested (learn.microsoft.com, redundancy-migration), and a region does not gain zones on the way.
    """
    skus = storage.SkuName
    if has_three_zones(region):
        return skus.STANDARD_GZRS if geo_redundant else skus.STANDARD_ZRS
    return skus.STANDARD_GRS if geo_redundant else skus.STANDARD_LRS


def encrypted_account(
    name: str, args: StoredResourceArgs, shape: AccountShape, opts: pulumi.ResourceOptions
) -> EncryptedAccount:
    """A storage account, its key, and the identity with which it uses the key."""
    key = rotating_key(f"{name}-key", args, name, opts.parent)
    user = key_user(name, args, key, opts)
    account = storage.StorageAccount(
        f"{name}-account",
        _account(name, args, key, user, shape),
        pulumi.ResourceOptions(parent=opts.parent, depends_on=[user.role], protect=args.protect),
    )
    return EncryptedAccount(account, key)


def private_access(
    name: str,
    args: StoredResourceArgs,
    account: storage.StorageAccount,
    service: str,
    opts: pulumi.ResourceOptions,
    records: Sequence[str] = EVERYTHING,
) -> None:
    """A private endpoint, the only access to the service (`blob` or `file`), and audit records of its use."""
    private_endpoint(f"{name}-endpoint", args, account.id, service, opts)
    service_id = pulumi.Output.concat(account.id, f"/{service}Services/default")
    audited(f"{name}-audit", service_id, args.workspace_id, records, opts)


def _account(
    name: str, args: StoredResourceArgs, key: keyvault.Key, user: KeyUser, shape: AccountShape
) -> storage.StorageAccountArgs:
    bypass = storage.Bypass.AZURE_SERVICES if shape.trusted_services else storage.Bypass.NONE
    return storage.StorageAccountArgs(
        location=args.region,
        resource_group_name=args.resource_group_name,
        account_name=args.unique_name(name, NAME_LIMIT),
        kind=shape.kind,
        sku=storage.SkuArgs(name=shape.sku),
        # Accounts for files have no access tiers.
        access_tier=None if shape.kind is storage.Kind.FILE_STORAGE else storage.AccessTier.HOT,
        identity=storage.IdentityArgs(
            type=storage.IdentityType.USER_ASSIGNED, user_assigned_identities=[user.identity.id]
        ),
        encryption=_encryption(args, key, user),
        public_network_access=storage.PublicNetworkAccess.DISABLED,
        network_rule_set=storage.NetworkRuleSetArgs(default_action=storage.DefaultAction.DENY, bypass=bypass),
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


def _encryption(args: StoredResourceArgs, key: keyvault.Key, user: KeyUser) -> storage.EncryptionArgs:
    """The site's key around Azure's, for every service of the account, and a second layer of encryption below.

    No version of the key is named, so that storage follows its rotation. The second layer, and the key of queues and
    tables, can only be chosen when the account is created.
    """
    under_key = storage.EncryptionServiceArgs(enabled=True, key_type=storage.KeyType.ACCOUNT)
    return storage.EncryptionArgs(
        key_source=storage.KeySource.MICROSOFT_KEYVAULT,
        key_vault_properties=storage.KeyVaultPropertiesArgs(key_name=key.name, key_vault_uri=args.key_vault_uri),
        encryption_identity=storage.EncryptionIdentityArgs(encryption_user_assigned_identity=user.identity.id),
        require_infrastructure_encryption=True,
        services=storage.EncryptionServicesArgs(blob=under_key, file=under_key, queue=under_key, table=under_key),
    )
