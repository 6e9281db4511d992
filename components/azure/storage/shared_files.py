"""NFS file share that many nodes mount, for served models."""

from collections.abc import Mapping
from typing import Annotated

import pulumi
from pulumi_azure_native import storage
from pydantic import Field

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.identity.roles import Role, grant
from falaj.components.azure.storage.storage_account import (
    AccountShape,
    encrypted_account,
    has_three_zones,
    private_access,
)
from falaj.components.core.validation.args import Input, default

SHARE = "models"
"""Name of the share, and of its directory on a node."""

SMALLEST_GIB, LARGEST_GIB = 100, 102400
"""Minimum and maximum provisioned size of a premium share in GiB. The provisioned size is billed, used or not.
Throughput is 100 MiB/s plus 0.1 MiB/s per GiB (learn.microsoft.com, understanding-billing, provisioned v1, read
2026-11-24)."""

SOFT_DELETE_DAYS = 14
"""Days for which a deleted share can be recovered."""


class SharedFilesArgs(StoredResourceArgs):
    """Arguments of `SharedFiles`, an NFS file share that many nodes mount."""

    quota_gib: Input[Annotated[int, Field(ge=SMALLEST_GIB, le=LARGEST_GIB)]] = 1024
    """Provisioned size of the share in GiB, 100 to 102400; default 1024. It is billed whether used or not."""
    root_squash: bool = True
    """Whether the root user of a pod is mapped to an unprivileged user on the share. Default true. With false, root can
    own and change every file. Root owns the directory of a new share, so with true nobody can write until a share that
    was created with false has been opened to other users; the file driver of AKS does that at the first mount."""
    manager_principal_ids: Mapping[str, Input[str]] = default({})
    """Principal ids of the identities that may attach the share to volume claims, such as the identity of a cluster's
    control plane. The keys are names of your choice, used in resource names. None by default."""


class SharedFiles(pulumi.ComponentResource):
    """A premium NFS 4.1 share with a customer-managed key, mounted over TLS from the site's network only.

    The share uses NFS instead of SMB because the file driver of AKS mounts SMB shares with the account's shared key,
    which is disabled here. NFS has no user authentication, so network access decides who can mount the share. The
    account requires secure transfer, so every mount is encrypted (learn.microsoft.com,
    encryption-in-transit-for-nfs-shares, read 2026-11-24).
    """

    account_name: pulumi.Output[str]
    """Name of the storage account."""
    share_name: pulumi.Output[str]
    """Name of the share in the storage account."""
    share_id: pulumi.Output[str]
    """Id of the share."""
    key_id: pulumi.Output[str]
    """URI of the account's encryption key, without a version."""

    def __init__(self, name: str, args: SharedFilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SharedFilesArgs.of(name, args)
        super().__init__("falaj:azure:SharedFiles", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        skus = storage.SkuName
        sku = skus.PREMIUM_ZRS if has_three_zones(args.region) else skus.PREMIUM_LRS
        stored = encrypted_account(name, args, AccountShape(storage.Kind.FILE_STORAGE, sku), child)
        account = stored.account
        _file_service(name, args, account, child)
        share = _share(name, args, account, pulumi.ResourceOptions(parent=self, protect=args.protect))
        private_access(name, args, account, "file", child)
        for manager, principal_id in args.manager_principal_ids.items():
            grant(f"{name}-managed-by-{manager}", Role.STORAGE_ACCOUNT_CONTRIBUTOR, principal_id, account.id, child)
        self.account_name = account.name
        self.share_name = share.name
        self.share_id = share.id
        self.key_id = stored.key.uri
        self.register_outputs(
            {
                "account_name": self.account_name,
                "share_name": self.share_name,
                "share_id": self.share_id,
                "key_id": self.key_id,
            }
        )


def _file_service(
    name: str, args: SharedFilesArgs, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.FileServiceProperties:
    return storage.FileServiceProperties(
        f"{name}-recovery",
        resource_group_name=args.resource_group_name,
        account_name=account.name,
        file_services_name="default",
        share_delete_retention_policy=storage.DeleteRetentionPolicyArgs(enabled=True, days=SOFT_DELETE_DAYS),
        opts=opts,
    )


def _share(
    name: str, args: SharedFilesArgs, account: storage.StorageAccount, opts: pulumi.ResourceOptions
) -> storage.FileShare:
    squash = storage.RootSquashType
    return storage.FileShare(
        f"{name}-share",
        resource_group_name=args.resource_group_name,
        account_name=account.name,
        share_name=SHARE,
        access_tier=storage.ShareAccessTier.PREMIUM,
        enabled_protocols=storage.EnabledProtocols.NFS,
        root_squash=squash.ROOT_SQUASH if args.root_squash else squash.NO_ROOT_SQUASH,
        share_quota=args.quota_gib,
        opts=opts,
    )
