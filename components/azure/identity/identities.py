"""Managed identities of a site."""

from dataclasses import dataclass

import pulumi
from pulumi_azure_native import managedidentity
from pulumi_azure_native.managedidentity import UserAssignedIdentity

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.core.network.azure_ids import group_of_id, name_of_id
from falaj.components.core.validation.inputs import map_inputs


def user_assigned_identity(name: str, args: ResourceGroupArgs, opts: pulumi.ResourceOptions) -> UserAssignedIdentity:
    """Creates a user-assigned managed identity. It has no role until one is granted."""
    return UserAssignedIdentity(
        name, location=args.region, resource_group_name=args.resource_group_name, tags=args.tags, opts=opts
    )


@dataclass(frozen=True)
class Identity:
    """A user-assigned identity, created here or existing."""

    id: pulumi.Output[str]
    principal_id: pulumi.Output[str]
    client_id: pulumi.Output[str]


def identity_of(
    name: str, existing: pulumi.Input[str] | None, args: ResourceGroupArgs, opts: pulumi.ResourceOptions
) -> Identity:
    """Returns the existing identity with that id, or a new one if there is none."""
    if existing is None:
        created = user_assigned_identity(name, args, opts)
        return Identity(created.id, created.principal_id, created.client_id)
    found = managedidentity.get_user_assigned_identity_output(
        resource_group_name=map_inputs(group_of_id, existing),
        resource_name=map_inputs(name_of_id, existing),
        opts=pulumi.InvokeOutputOptions(parent=opts.parent),
    )
    return Identity(pulumi.Output.from_input(existing), found.principal_id, found.client_id)
