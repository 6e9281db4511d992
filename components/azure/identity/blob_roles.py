"""Roles to read and write the blobs of one container, or of a folder in it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import authorization

from falaj.components.azure.identity.roles import subscription_of

DATA_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
"""Storage Blob Data Reader (Azure built-in roles, read 2026-11-24)."""

_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"


@dataclass(frozen=True)
class WriterRole:
    """A role of our own to write blobs."""

    definition: authorization.RoleDefinition
    guid: pulumi.Output[str]
    """The name by which role assignments refer to it."""


def writer_role(
    name: str, group_id: pulumi.Input[str], opts: pulumi.ResourceOptions, deletes: bool = False
) -> WriterRole:
    """A role to read and write blobs, for use inside one resource group; to delete them only with `deletes`.

    Every built-in role that writes blobs also deletes them, and whole containers: its holder could delete the copies
    with the originals. Overwriting or deleting a blob keeps the version before. Names of roles are unique in an Entra
    tenant, which takes 5000 custom roles, so the name carries the beginning of its GUID.
    """
    verbs = ("read", "write", "add/action", *(("delete",) if deletes else ()))
    scope = pulumi.Output.from_input(group_id)
    guid = scope.apply(lambda scope_id: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{scope_id.lower()}/{name}")))
    role = authorization.RoleDefinition(
        name,
        scope=scope,
        assignable_scopes=[scope],
        role_definition_id=guid,
        role_name=guid.apply(lambda role_id: f"Falaj blob writer {name} {role_id[:8]}"),
        role_type="CustomRole",
        description="Reads, writes and deletes blobs" if deletes else "Reads and writes blobs; deletes none",
        permissions=[authorization.PermissionArgs(actions=[], data_actions=_actions(*verbs))],
        opts=opts,
    )
    return WriterRole(role, guid)


def _actions(*verbs: str) -> Sequence[str]:
    return [f"{_BLOBS}/{verb}" for verb in verbs]


def grant_on_container(
    name: str,
    role_guid: pulumi.Input[str],
    principal_id: pulumi.Input[str],
    container_id: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
    folder: str | None = None,
) -> authorization.RoleAssignment:
    """Give an identity a role, built in or our own, on one container, or below one folder in it."""
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
        condition=folder_condition(folder) if folder else None,
        condition_version="2.0" if folder else None,
        opts=opts,
    )


def folder_condition(folder: str) -> str:
    """The condition of a role assignment: blobs are read, written and listed below one folder only.

    As Azure's own example has it (learn.microsoft.com, storage-auth-abac-examples, read or list blobs in named
    containers with a path; write blobs). Both attributes are generally available (storage-auth-abac-attributes). A
    listing that names no prefix is refused.
    """
    read, *changes = (f"!(ActionMatches{{'{action}'}}" for action in _actions("read", "write", "add/action", "delete"))
    touched = " AND ".join([f"{read} AND NOT SubOperationMatches{{'Blob.List'}})", *(f"{one})" for one in changes)])
    listed = f"{read} AND SubOperationMatches{{'Blob.List'}})"
    inside = f"@Resource[{_BLOBS}:path] StringStartsWith '{folder}/'"
    asked = f"@Request[{_BLOBS}:prefix] StringStartsWith '{folder}/'"
    return f"(({touched}) OR ({inside})) AND (({listed}) OR ({asked}))"
