"""Encrypted Blob storage for one purpose."""

from collections.abc import Mapping
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import keyvault, storage
from pulumi_azure_native.managedidentity import UserAssignedIdentity
from pydantic import Field

from components.azure.audit_log import audited
from components.azure.keys import rotating_key
from components.azure.place import Placed
from components.azure.private_endpoint import private_endpoint
from components.azure.roles import Role, grant
from components.azure.tiers import tier_rule
from components.core.lifecycles import lifecycle
from components.core.names import distinct
from components.core.places import zones_of
from components.core.validated import Passed
from components.core.words import Purpose

NAME_LIMIT = 24
"""Letters of a storage account's name at most; the whole of Azure shares these names."""

SOFT_DELETE_DAYS = 14
"""Days in which a deleted blob or container can be called back, besides its versions."""


class VaultArgs(TypedDict):
    """Arguments of a `Vault`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the storage account is in."""
    resource_group_id: pulumi.Input[str]
    """Id of that group; it makes the account's name distinct."""
    purpose: Purpose
    """What it holds; decides the lifecycle tiers."""
    retention_days: NotRequired[int]
    """Days after the last change when objects expire; by the purpose if absent."""
    endpoint_subnet_id: pulumi.Input[str]
    """Subnet of the private endpoint."""
    dns_zone_id: pulumi.Input[str]
    """Private DNS zone `privatelink.blob.core.windows.net` of the network."""
    key_vault_name: pulumi.Input[str]
    """The Key Vault that takes the vault's key."""
    key_vault_uri: pulumi.Input[str]
    """Its address."""
    workspace_id: pulumi.Input[str]
    """Workspace that every read, write and delete is recorded in."""
    protect: NotRequired[bool]
    """Whether the account, its container and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed):
    resource_group_id: Passed[str]
    purpose: Purpose
    retention_days: Annotated[int, Field(ge=1, le=36500)] | None = None
    endpoint_subnet_id: Passed[str]
    dns_zone_id: Passed[str]
    key_vault_name: Passed[str]
    key_vault_uri: Passed[str]
    workspace_id: Passed[str]
    protect: bool = False


class Vault(pulumi.ComponentResource):
    """A storage account under its own key: versioned, reached privately by Entra identities over TLS, and tiered."""

    vault_name: pulumi.Output[str]
    """Name of the storage account."""
    uri: pulumi.Output[str]
    """Address of the container, `https://….blob.core.windows.net/<purpose>`."""
    key_id: pulumi.Output[str]
    """Address of the key, without a version."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:Vault", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=settings.protect)
        key = rotating_key(f"{name}-key", settings, name, settings.key_vault_name, kept)
        account = _account(name, settings, key, child)
        container = _container(name, settings, account, kept)
        _versions(name, settings, account, child)
        _tiers(name, settings, account, child)
        private_endpoint(
            f"{name}-endpoint",
            settings,
            (account.id, "blob"),
            settings.endpoint_subnet_id,
            settings.dns_zone_id,
            child,
        )
        blobs = pulumi.Output.concat(account.id, "/blobServices/default")
        records = ["StorageRead", "StorageWrite", "StorageDelete"]
        audited(f"{name}-audit", blobs, settings.workspace_id, records, child)
        self.vault_name = account.name
        self.uri = pulumi.Output.concat(account.primary_endpoints.blob, container.name)
        self.key_id = key.key_uri
        self.register_outputs({"vault_name": self.vault_name, "uri": self.uri, "key_id": self.key_id})


def _account(name: str, settings: _Checked, key: keyvault.Key, child: pulumi.ResourceOptions) -> storage.StorageAccount:
    reader = UserAssignedIdentity(
        f"{name}-identity",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        tags=settings.tags,
        opts=child,
    )
    may_use = grant(
        f"{name}-uses-key", Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, reader.principal_id, key.id, child
    )
    return storage.StorageAccount(
        f"{name}-account",
        _account_args(name, settings, key, reader),
        pulumi.ResourceOptions(parent=child.parent, depends_on=[may_use], protect=settings.protect),
    )


def _account_args(
    name: str, settings: _Checked, key: keyvault.Key, reader: UserAssignedIdentity
) -> storage.StorageAccountArgs:
    has_zones = len(zones_of(settings.region, 3)) == 3
    group_id = pulumi.Output.from_input(settings.resource_group_id)
    return storage.StorageAccountArgs(
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        account_name=group_id.apply(lambda found: distinct(name, found, NAME_LIMIT)),
        kind=storage.Kind.STORAGE_V2,
        sku=storage.SkuArgs(name=storage.SkuName.STANDARD_ZRS if has_zones else storage.SkuName.STANDARD_LRS),
        access_tier=storage.AccessTier.HOT,
        identity=storage.IdentityArgs(type=storage.IdentityType.USER_ASSIGNED, user_assigned_identities=[reader.id]),
        encryption=_encryption(settings, key, reader),
        public_network_access=storage.PublicNetworkAccess.DISABLED,
        network_rule_set=storage.NetworkRuleSetArgs(
            default_action=storage.DefaultAction.DENY, bypass=storage.Bypass.NONE
        ),
        allow_blob_public_access=False,
        allow_shared_key_access=False,
        allow_cross_tenant_replication=False,
        default_to_o_auth_authentication=True,
        is_local_user_enabled=False,
        is_sftp_enabled=False,
        enable_https_traffic_only=True,
        minimum_tls_version=storage.MinimumTlsVersion.TLS1_2,
        tags=settings.tags,
    )


def _encryption(settings: _Checked, key: keyvault.Key, reader: UserAssignedIdentity) -> storage.EncryptionArgs:
    """Our key around Azure's, for every service of the account, and a second layer below.

    No version of the key is named, so that storage follows its rotation. The second layer, and which key queues and
    tables use, can only be chosen when the account is made.
    """
    ours = storage.EncryptionServiceArgs(enabled=True, key_type=storage.KeyType.ACCOUNT)
    return storage.EncryptionArgs(
        key_source=storage.KeySource.MICROSOFT_KEYVAULT,
        key_vault_properties=storage.KeyVaultPropertiesArgs(key_name=key.name, key_vault_uri=settings.key_vault_uri),
        encryption_identity=storage.EncryptionIdentityArgs(encryption_user_assigned_identity=reader.id),
        require_infrastructure_encryption=True,
        services=storage.EncryptionServicesArgs(blob=ours, file=ours, queue=ours, table=ours),
    )


def _container(
    name: str, settings: _Checked, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.BlobContainer:
    return storage.BlobContainer(
        f"{name}-container",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        container_name=settings.purpose.value,
        public_access=storage.PublicAccess.NONE,
        opts=opts,
    )


def _versions(
    name: str, settings: _Checked, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.BlobServiceProperties:
    kept = storage.DeleteRetentionPolicyArgs(enabled=True, days=SOFT_DELETE_DAYS)
    return storage.BlobServiceProperties(
        f"{name}-versions",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        blob_services_name="default",
        is_versioning_enabled=True,
        delete_retention_policy=kept,
        container_delete_retention_policy=kept,
        opts=opts,
    )


def _tiers(
    name: str, settings: _Checked, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.ManagementPolicy:
    rule = tier_rule(lifecycle(settings.purpose, settings.retention_days))
    return storage.ManagementPolicy(
        f"{name}-tiers",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        management_policy_name="default",
        policy=storage.ManagementPolicySchemaArgs(rules=[rule]),
        opts=opts,
    )
