"""Blob containers, their soft delete and versions, and lifecycle policies."""

import pulumi
from pulumi_azure_native import storage

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.storage.tiers import tier_rule
from falaj.components.core.storage.lifecycles import Lifecycle

SOFT_DELETE_DAYS = 14
"""Days for which a deleted blob or container can be recovered, in addition to blob versions."""


def private_container(
    name: str, args: StoredResourceArgs, account: storage.StorageAccount, container: str, parent: pulumi.Resource
) -> storage.BlobContainer:
    """Creates a container without anonymous access; `args.protect` protects it from deletion."""
    return storage.BlobContainer(
        f"{name}-container",
        resource_group_name=args.resource_group_name,
        account_name=account.name,
        container_name=container,
        public_access=storage.PublicAccess.NONE,
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect),
    )


def blob_service(
    name: str,
    args: StoredResourceArgs,
    account: storage.StorageAccount,
    opts: pulumi.ResourceOptions,
    versioned: bool | None = None,
    tracks_access: bool = False,
) -> storage.BlobServiceProperties:
    """Enables soft delete of the account's blobs and containers, and optionally versioning and access time tracking."""
    soft_delete = storage.DeleteRetentionPolicyArgs(enabled=True, days=SOFT_DELETE_DAYS)
    return storage.BlobServiceProperties(
        name,
        resource_group_name=args.resource_group_name,
        account_name=account.name,
        blob_services_name="default",
        is_versioning_enabled=versioned,
        delete_retention_policy=soft_delete,
        container_delete_retention_policy=soft_delete,
        last_access_time_tracking_policy=storage.LastAccessTimeTrackingPolicyArgs(enable=True)
        if tracks_access
        else None,
        opts=opts,
    )


def lifecycle_policy(
    name: str,
    args: StoredResourceArgs,
    account: storage.StorageAccount,
    lifecycle: Lifecycle,
    by_access: bool,
    opts: pulumi.ResourceOptions,
) -> storage.ManagementPolicy:
    """Creates the policy that tiers and expires all blobs; with `by_access`, tiers count days since the last read."""
    return storage.ManagementPolicy(
        f"{name}-tiers",
        resource_group_name=args.resource_group_name,
        account_name=account.name,
        management_policy_name="default",
        policy=storage.ManagementPolicySchemaArgs(rules=[tier_rule(lifecycle, by_access)]),
        opts=opts,
    )
