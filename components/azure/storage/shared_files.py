"""A file share that many nodes mount, for models that are served."""

from collections.abc import Mapping
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import storage
from pydantic import Field

from falaj.components.azure.identity.keys import rotating_key
from falaj.components.azure.identity.roles import Role, grant
from falaj.components.azure.storage.storage_account import (
    AccountPlace,
    AccountShape,
    encrypted_account,
    has_three_zones,
    watched_door,
)
from falaj.components.core.validation.args import Passed

SHARE = "models"
"""Name of the share, also of the directory that it appears in on a node."""

SMALLEST_GIB, LARGEST_GIB = 100, 102400
"""Size of a premium share; it is paid for whether used or not, and its throughput grows with it: 100 MiB/s and 0.1
MiB/s a GiB (learn.microsoft.com, understanding-billing, provisioned v1, read 2026-11-24)."""

SOFT_DELETE_DAYS = 14
"""Days in which a deleted share can be called back."""


class SharedFilesArgs(TypedDict):
    """Arguments of a `SharedFiles`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the storage account is in."""
    resource_group_id: pulumi.Input[str]
    """Id of that group; it makes the account's name distinct."""
    quota_gib: NotRequired[int]
    """Size of the share in GiB, 100 to 102400; 1024 if absent. It is paid for whether used or not."""
    root_squash: NotRequired[bool]
    """Whether root of a pod is nobody on the share; true if absent. False lets it own and change everything."""
    manager_principal_ids: NotRequired[Mapping[str, pulumi.Input[str]]]
    """Identities that give the share to volume claims, such as that of a cluster's control plane, each under a name of
    yours. Nobody if absent."""
    endpoint_subnet_id: pulumi.Input[str]
    """Subnet of the private endpoint."""
    dns_zone_id: pulumi.Input[str]
    """Private DNS zone `privatelink.file.core.windows.net` of the network."""
    key_vault_name: pulumi.Input[str]
    """The Key Vault that takes the account's key."""
    key_vault_uri: pulumi.Input[str]
    """Its address."""
    hsm: NotRequired[bool]
    """Whether a new key lives in a hardware module, which the Key Vault must have; one that exists stays as it is."""
    workspace_id: pulumi.Input[str]
    """Workspace that what is done to the share by Azure's own interfaces is recorded in."""
    protect: NotRequired[bool]
    """Whether the account, its share and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(AccountPlace):
    quota_gib: Annotated[int, Field(ge=SMALLEST_GIB, le=LARGEST_GIB)] = 1024
    root_squash: bool = True
    manager_principal_ids: Mapping[str, Passed[str]] = Field(default={})


class SharedFiles(pulumi.ComponentResource):
    """A premium NFS 4.1 share under its own key, mounted over TLS from the site's network only.

    NFS and not SMB: the file driver of AKS mounts SMB with the account's shared key, which is off here. NFS knows no
    identities, so the network decides who may mount, and the account's demand for secure transfer makes every mount an
    encrypted one (learn.microsoft.com, encryption-in-transit-for-nfs-shares, read 2026-11-24).
    """

    account_name: pulumi.Output[str]
    """Name of the storage account."""
    share_name: pulumi.Output[str]
    """Name of the share in it."""
    share_id: pulumi.Output[str]
    """Id of the share."""
    key_id: pulumi.Output[str]
    """Address of the key, without a version."""

    def __init__(self, name: str, args: SharedFilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:SharedFiles", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=settings.protect)
        key = rotating_key(f"{name}-key", settings, name, settings.key_vault_name, kept)
        skus = storage.SkuName
        sku = skus.PREMIUM_ZRS if has_three_zones(settings.region) else skus.PREMIUM_LRS
        account = encrypted_account(name, settings, key, AccountShape(storage.Kind.FILE_STORAGE, sku), child)
        _file_service(name, settings, account, child)
        share = _share(name, settings, account, kept)
        watched_door(name, settings, account, "file", child)
        for manager, principal_id in settings.manager_principal_ids.items():
            grant(f"{name}-managed-by-{manager}", Role.STORAGE_ACCOUNT_CONTRIBUTOR, principal_id, account.id, child)
        self.account_name = account.name
        self.share_name = share.name
        self.share_id = share.id
        self.key_id = key.key_uri
        self.register_outputs(
            {
                "account_name": self.account_name,
                "share_name": self.share_name,
                "share_id": self.share_id,
                "key_id": self.key_id,
            }
        )


def _file_service(
    name: str, settings: _Checked, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.FileServiceProperties:
    return storage.FileServiceProperties(
        f"{name}-recovery",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        file_services_name="default",
        share_delete_retention_policy=storage.DeleteRetentionPolicyArgs(enabled=True, days=SOFT_DELETE_DAYS),
        opts=opts,
    )


def _share(
    name: str, settings: _Checked, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.FileShare:
    squash = storage.RootSquashType
    return storage.FileShare(
        f"{name}-share",
        resource_group_name=settings.resource_group_name,
        account_name=account.name,
        share_name=SHARE,
        access_tier=storage.ShareAccessTier.PREMIUM,
        enabled_protocols=storage.EnabledProtocols.NFS,
        root_squash=squash.ROOT_SQUASH if settings.root_squash else squash.NO_ROOT_SQUASH,
        share_quota=settings.quota_gib,
        opts=opts,
    )
