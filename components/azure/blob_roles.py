"""Who may read and write the blobs of one container, and delete none."""

import uuid
from collections.abc import Sequence

import pulumi
from pulumi_azure_native import authorization

from components.azure.roles import subscription_of

DATA_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
"""Storage Blob Data Reader (Azure built-in roles, read 2026-11-24)."""

_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"


def writer_role(
    name: str, group_id: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> tuple[authorization.RoleDefinition, pulumi.Output[str]]:
    """A role to read and write blobs without deleting any, for use inside one resource group, and its GUID.

    Every built-in role that writes blobs also deletes them: whoever had one could take away the copies with the
    originals. Writing over a blob keeps the version before it. The role's name is one of the whole Entra tenant's, so
    it carries its GUID's beginning.
    """
    scope = pulumi.Output.from_input(group_id)
    guid = scope.apply(lambda found: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{found.lower()}/{name}")))
    role = authorization.RoleDefinition(
        name,
        scope=scope,
        assignable_scopes=[scope],
        role_definition_id=guid,
        role_name=guid.apply(lambda found: f"Falaj blob writer {name} {found[:8]}"),
        role_type="CustomRole",
        description="Reads and writes blobs; deletes none",
        permissions=[authorization.PermissionArgs(actions=[], data_actions=_actions("read", "write", "add/action"))],
        opts=opts,
    )
    return role, guid


def _actions(*verbs: str) -> Sequence[str]:
    return [f"{_BLOBS}/{verb}" for verb in verbs]


def grant_on_container(
    name: str,
    role_guid: pulumi.Input[str],
    principal_id: pulumi.Input[str],
    container_id: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
) -> authorization.RoleAssignment:
    """Let an identity act in a role, built in or our own, on one container."""
    definition = pulumi.Output.all(container_id, role_guid).apply(
        # As Azure reads it back, which is below the subscription for every role.
        lambda of: f"{subscription_of(of[0])}/providers/Microsoft.Authorization/roleDefinitions/{of[1]}"
    )
    return authorization.RoleAssignment(
        name,
        principal_id=principal_id,
        principal_type=authorization.PrincipalType.SERVICE_PRINCIPAL,
        role_definition_id=definition,
        scope=container_id,
        opts=opts,
    )
