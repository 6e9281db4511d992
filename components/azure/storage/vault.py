"""Encrypted Blob storage for one purpose."""

from collections.abc import Mapping
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import storage
from pydantic import Field

from falaj.components.azure.identity.keys import rotating_key
from falaj.components.azure.storage.storage_account import (
    AccountPlace,
    AccountShape,
    encrypted_account,
    has_three_zones,
    watched_door,
)
from falaj.components.azure.storage.tiers import tier_rule, tracks_access
from falaj.components.core.storage.lifecycles import lifecycle
from falaj.components.core.validation.enums import Purpose

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
    geo_redundant: NotRequired[bool]
    """Whether Azure keeps a copy in the other region of the country, the pair of this one, besides those here. Nobody
    reads that copy until Azure or the owner fails the account over. Turning it on later changes the account in
    place; the first copy takes as long as it takes."""
    endpoint_subnet_id: pulumi.Input[str]
    """Subnet of the private endpoint."""
    dns_zone_id: pulumi.Input[str]
    """Private DNS zone `privatelink.blob.core.windows.net` of the network."""
    key_vault_name: pulumi.Input[str]
    """The Key Vault that takes the vault's key."""
    key_vault_uri: pulumi.Input[str]
    """Its address."""
    hsm: NotRequired[bool]
    """Whether a new key lives in a hardware module, which the Key Vault must have; one that exists stays as it is."""
    workspace_id: pulumi.Input[str]
    """Workspace that every read, write and delete is recorded in."""
    protect: NotRequired[bool]
    """Whether the account, its container and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(AccountPlace):
    purpose: Purpose
    retention_days: Annotated[int, Field(ge=1, le=36500)] | None = None
    geo_redundant: bool = False


class Vault(pulumi.ComponentResource):
    """A storage account under its own key: versioned, reached privately by Entra identities over TLS, and tiered."""

    vault_name: pulumi.Output[str]
    """Name of the storage account."""
    uri: pulumi.Output[str]
    """Address of the container, `https://….blob.core.windows.net/<purpose>`."""
    container_id: pulumi.Output[str]
    """Id of the container, on which roles are granted."""
    key_id: pulumi.Output[str]
    """Address of the key, without a version."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:Vault", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=settings.protect)
        key = rotating_key(f"{name}-key", settings, name, settings.key_vault_name, kept)
        shape = AccountShape(storage.Kind.STORAGE_V2, redundancy(settings.region, settings.geo_redundant))
        account = encrypted_account(name, settings, key, shape, child)
        container = _container(name, settings, account, kept)
        blobs = _blob_service(name, settings, account, child)
        _tiers(name, settings, account, pulumi.ResourceOptions(parent=self, depends_on=[blobs]))
        watched_door(name, settings, account, "blob", child)
        self.vault_name = account.name
        self.uri = pulumi.Output.concat(account.primary_endpoints.blob, container.name)
        self.container_id = container.id
        self.key_id = key.key_uri
        self.register_outputs({output: getattr(self, output) for output in Vault.__annotations__})


def redundancy(region: str, geo_redundant: bool) -> storage.SkuName:
    """How often Blob storage keeps data: three times, in all zones of a region that has them; and three times more in
    the region's pair if asked.

    Azure chooses the pair: uaenorth and uaecentral are each other's (falaj.facts.regions), so the copy stays in the
    country. GZRS is offered in uaenorth (learn.microsoft.com, redundancy-regions-gzrs, read 2026-11-24). Going from ZRS
    to GZRS, or from LRS to GRS, and back, is a change of the SKU in place; between LRS and ZRS it is a conversion that
    is asked for apart (learn.microsoft.com, redundancy-migration), and a region does not gain zones on the way.
    """
    skus = storage.SkuName
    if has_three_zones(region):
        return skus.STANDARD_GZRS if geo_redundant else skus.STANDARD_ZRS
    return skus.STANDARD_GRS if geo_redundant else skus.STANDARD_LRS


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


def _blob_service(
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
        last_access_time_tracking_policy=storage.LastAccessTimeTrackingPolicyArgs(enable=True)
        if tracks_access(settings.purpose)
        else None,
        opts=opts,
    )


def _tiers(
    name: str, settings: _Checked, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.ManagementPolicy:
    rule = tier_rule(lifecycle(settings.purpose, settings.retention_days), tracks_access(settings.purpose))
    return storage.ManagementPolicy(
        f"{name}-tiers",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        management_policy_name="default",
        policy=storage.ManagementPolicySchemaArgs(rules=[rule]),
        opts=opts,
    )
