"""Roles that read and write the blobs of one container, or of a folder in it."""

from collections.abc import Sequence

import pulumi
from pulumi_azure_native import authorization

from falaj.components.azure.identity.custom_roles import CustomRole, custom_role
from falaj.components.azure.identity.roles import subscription_of
from falaj.components.core.storage.vault_access import require_folder
from falaj.components.core.validation.inputs import map_inputs

_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"


def writer_role(
    name: str, group_id: pulumi.Input[str], opts: pulumi.ResourceOptions, deletes: bool = False
) -> CustomRole:
    """Creates a custom role that reads and writes blobs in one resource group, and deletes them only if `deletes`.

    Every built-in role that writes blobs can also delete blobs and whole containers, so its holder could delete copies
    as well as originals. Overwriting or deleting a blob keeps its previous version. An Entra tenant allows 5000
    custom roles.
    """
    verbs = ("read", "write", "add/action", *(("delete",) if deletes else ()))
    description = "Reads, writes and deletes blobs" if deletes else "Reads and writes blobs; deletes none"
    permissions = authorization.PermissionArgs(actions=[], data_actions=_actions(*verbs))
    return custom_role(name, group_id, f"Falaj blob writer {name}", description, permissions, opts)


def _actions(*verbs: str) -> Sequence[str]:
    return [f"{_BLOBS}/{verb}" for verb in verbs]


def grant_on_container(
    name: str,
    role_guid: pulumi.Input[str],
    principal_id: pulumi.Input[str],
    container_id: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
    folder: pulumi.Input[str] | None = None,
    principal_type: authorization.PrincipalType = authorization.PrincipalType.SERVICE_PRINCIPAL,
) -> authorization.RoleAssignment:
    """Grants an identity, or a group, a built-in or custom role on one container, or on one folder in it."""
    definition = pulumi.Output.all(container_id, role_guid).apply(
        # Azure returns every role definition id below the subscription.
        lambda ids: f"{subscription_of(ids[0])}/providers/Microsoft.Authorization/roleDefinitions/{ids[1]}"
    )
    return authorization.RoleAssignment(
        name,
        principal_id=principal_id,
        principal_type=principal_type,
        role_definition_id=definition,
        scope=container_id,
        condition=None if folder is None else map_inputs(folder_condition, folder),
        condition_version=None if folder is None else "2.0",
        opts=opts,
    )


def folder_condition(folder: str) -> str:
    """Returns a role assignment condition that limits reads, writes and lists of blobs to one folder.

    Follows Azure's examples (learn.microsoft.com, storage-auth-abac-examples: read or list blobs in named containers
    with a path; write blobs). Both attributes are generally available (storage-auth-abac-attributes). Azure refuses a
    list request without a prefix. Raises `RunError` for a folder that could change the condition.
    """
    require_folder(folder)
    read, *writes = (f"!(ActionMatches{{'{action}'}}" for action in _actions("read", "write", "add/action", "delete"))
    no_access = " AND ".join([f"{read} AND NOT SubOperationMatches{{'Blob.List'}})", *(f"{act})" for act in writes)])
    no_list = f"{read} AND SubOperationMatches{{'Blob.List'}})"
    path_in_folder = f"@Resource[{_BLOBS}:path] StringStartsWith '{folder}/'"
    prefix_in_folder = f"@Request[{_BLOBS}:prefix] StringStartsWith '{folder}/'"
    return f"(({no_access}) OR ({path_in_folder})) AND (({no_list}) OR ({prefix_in_folder}))"
