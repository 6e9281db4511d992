"""Managed identities of a site."""

import pulumi
from pulumi_azure_native.managedidentity import UserAssignedIdentity

from falaj.components.azure.common.args import ResourceGroupArgs


def user_assigned_identity(name: str, args: ResourceGroupArgs, opts: pulumi.ResourceOptions) -> UserAssignedIdentity:
    """Creates a user-assigned managed identity. It has no role until one is granted."""
    return UserAssignedIdentity(
        name, location=args.region, resource_group_name=args.resource_group_name, tags=args.tags, opts=opts
    )
