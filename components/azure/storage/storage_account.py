"""A storage account under a key of its own that only Entra identities in the site's network reach."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import keyvault, storage
from pulumi_azure_native.managedidentity import UserAssignedIdentity

from falaj.components.azure.identity.keys import Keyed
from falaj.components.azure.identity.roles import Role, grant
from falaj.components.azure.monitoring.audit_log import audited
from falaj.components.azure.network.private_endpoint import private_endpoint
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.names import globally_unique_name
from falaj.components.core.validation.regions import zones_of

NAME_LIMIT = 24
"""Letters of a storage account's name at most; the whole of Azure shares these names."""


EVERYTHING = ("StorageRead", "StorageWrite", "StorageDelete")
"""The categories of records that a service of an account has (learn.microsoft.com, monitor-blob-storage-reference)."""


class AccountPlace(Keyed):
    """What every component with a storage account is told about where it is and under which keys."""

    resource_group_id: Passed[str]
    endpoint_subnet_id: Passed[str]
    dns_zone_id: Passed[str]
    key_vault_name: Passed[str]
    key_vault_uri: Passed[str]
    workspace_id: Passed[str]
    protect: bool = False


@dataclass(frozen=True)
class AccountShape:
    """What differs between accounts. `trusted_services` lets in Azure's own services that carry an identity with a
    role here, such as cost exports; they come from outside the network."""

    kind: storage.Kind
    sku: storage.SkuName
    trusted_services: bool = False


def has_three_zones(region: str) -> bool:
    """Whether data of the region can lie in three zones."""
    return len(zones_of(region, 3)) == 3


def encrypted_account(
    name: str, place: AccountPlace, key: keyvault.Key, shape: AccountShape, opts: pulumi.ResourceOptions
) -> storage.StorageAccount:
    """The account, and the identity with which it uses its key."""
    reader = UserAssignedIdentity(
        f"{name}-identity",
        location=place.region,
        resource_group_name=place.resource_group_name,
        tags=place.tags,
        opts=opts,
    )
    may_use = grant(
        f"{name}-uses-key", Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, reader.principal_id, key.id, opts
    )
    return storage.StorageAccount(
        f"{name}-account",
        _account(name, place, key, reader, shape),
        pulumi.ResourceOptions(parent=opts.parent, depends_on=[may_use], protect=place.protect),
    )


def watched_door(
    name: str,
    place: AccountPlace,
    account: storage.StorageAccount,
    service: str,
    opts: pulumi.ResourceOptions,
    records: Sequence[str] = EVERYTHING,
) -> None:
    """The one way to a service (`blob` or `file`) of the account, a private endpoint, and the records of its use."""
    target = (account.id, service)
    private_endpoint(f"{name}-endpoint", place, target, place.endpoint_subnet_id, place.dns_zone_id, opts)
    service_id = pulumi.Output.concat(account.id, f"/{service}Services/default")
    audited(f"{name}-audit", service_id, place.workspace_id, records, opts)


def _account(
    name: str, place: AccountPlace, key: keyvault.Key, reader: UserAssignedIdentity, shape: AccountShape
) -> storage.StorageAccountArgs:
    group_id = pulumi.Output.from_input(place.resource_group_id)
    bypass = storage.Bypass.AZURE_SERVICES if shape.trusted_services else storage.Bypass.NONE
    return storage.StorageAccountArgs(
        location=place.region,
        resource_group_name=place.resource_group_name,
        account_name=group_id.apply(lambda found: globally_unique_name(name, found, NAME_LIMIT)),
        kind=shape.kind,
        sku=storage.SkuArgs(name=shape.sku),
        # Accounts for files have no access tiers.
        access_tier=None if shape.kind is storage.Kind.FILE_STORAGE else storage.AccessTier.HOT,
        identity=storage.IdentityArgs(type=storage.IdentityType.USER_ASSIGNED, user_assigned_identities=[reader.id]),
        encryption=_encryption(place, key, reader),
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
        tags=place.tags,
    )


def _encryption(place: AccountPlace, key: keyvault.Key, reader: UserAssignedIdentity) -> storage.EncryptionArgs:
    """Our key around Azure's, for every service of the account, and a second layer below.

    No version of the key is named, so that storage follows its rotation. The second layer, and which key queues and
    tables use, can only be chosen when the account is made.
    """
    ours = storage.EncryptionServiceArgs(enabled=True, key_type=storage.KeyType.ACCOUNT)
    return storage.EncryptionArgs(
        key_source=storage.KeySource.MICROSOFT_KEYVAULT,
        key_vault_properties=storage.KeyVaultPropertiesArgs(key_name=key.name, key_vault_uri=place.key_vault_uri),
        encryption_identity=storage.EncryptionIdentityArgs(encryption_user_assigned_identity=reader.id),
        require_infrastructure_encryption=True,
        services=storage.EncryptionServicesArgs(blob=ours, file=ours, queue=ours, table=ours),
    )
