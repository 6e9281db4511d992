"""Custom roles, with GUIDs that are known before the first deployment."""

from dataclasses import dataclass

import pulumi
from pulumi_azure_native import authorization

from falaj.components.core.site.azure_role_ids import custom_role_id


@dataclass(frozen=True)
class CustomRole:
    """A custom role of a resource group."""

    definition: authorization.RoleDefinition
    guid: pulumi.Output[str]
    """GUID of the role, by which role assignments refer to it."""


def custom_role(
    name: str,
    group_id: pulumi.Input[str],
    title: str,
    description: str,
    permissions: authorization.PermissionArgs,
    opts: pulumi.ResourceOptions,
) -> CustomRole:
    """Creates a custom role that can be assigned in one resource group.

    The names of roles are unique in an Entra tenant, so the first characters of the GUID follow the title. A role that
    was created with another GUID keeps it: a new one would replace the role and its assignments. A replacement has the
    same GUID, so the old role is deleted first.
    """
    client = authorization.get_client_config_output(opts=pulumi.InvokeOutputOptions(parent=opts.parent))
    project, stack = pulumi.get_project(), pulumi.get_stack()
    guid = client.subscription_id.apply(lambda subscription: custom_role_id(subscription, project, stack, name))
    kept = pulumi.ResourceOptions(
        parent=opts.parent,
        ignore_changes=["roleDefinitionId", "roleName"],
        delete_before_replace=True,
    )
    definition = authorization.RoleDefinition(
        name,
        scope=group_id,
        assignable_scopes=[group_id],
        role_definition_id=guid,
        role_name=guid.apply(lambda role_id: f"{title} {role_id[:8]}"),
        role_type="CustomRole",
        description=description,
        permissions=[permissions],
        opts=kept,
    )
    return CustomRole(definition, definition.name)
