"""Operations of Azure's resource providers that the deployment of each type needs, and Azure's built-in roles.

Reading, writing and deleting a resource are operations of its own type. An operation that names another resource also
needs the operations of `azure_linked.csv`, on that resource. Azure finishes some operations later; who waits for them
reads their state, with the operations of `azure_polls.csv`. There, `sdk` is Azure's package whose methods `begin_...`
say which operations these are, and `source` the permissions reference with the right. Built-in roles are those of
https://learn.microsoft.com/azure/role-based-access-control/built-in-roles, read on 2026-11-26.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from falaj.facts.rows import rows

_FOLDER = "permissions"
_VERBS = {"create": ("read", "write"), "read": ("read",), "update": ("read", "write"), "delete": ("read", "delete")}
"""What Pulumi's provider does in each operation: it reads before and after a change."""
_WITHOUT_DELETE = (
    "Microsoft.KeyVault/vaults/keys",
    "Microsoft.Storage/storageAccounts/blobServices",
    "Microsoft.Storage/storageAccounts/fileServices",
)
"""Types that Azure deletes with their parent only."""


@dataclass(frozen=True, slots=True)
class BuiltInRole:
    """A built-in role of Azure, with the operations that it allows and those that it leaves out of them."""

    name: str
    id: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]


@cache
def azure_types() -> Mapping[str, str]:
    """Returns token of the azure-native provider -> resource type of Azure."""
    found = rows(f"{_FOLDER}/azure_types.csv", ("type",), ("type", "resource"))
    return {row.cells["type"]: row.cells["resource"] for row in found}


@cache
def _linked() -> Mapping[tuple[str, str], tuple[str, ...]]:
    columns = ("type", "operation", "actions", "source")
    found = rows(f"{_FOLDER}/azure_linked.csv", columns[:2], columns)
    return {(row.cells["type"], row.cells["operation"]): tuple(row.cells["actions"].split()) for row in found}


@cache
def azure_polls() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Returns type and operation -> what reading the state of such an operation needs; nothing if it ends at once."""
    columns = ("type", "operations", "actions", "sdk", "source")
    cells = [row.cells for row in rows(f"{_FOLDER}/azure_polls.csv", ("type",), columns)]
    waits = {
        (cell["type"], operation): tuple(cell["actions"].split())
        for cell in cells
        for operation in cell["operations"].split()
    }
    return {
        (cell["type"], operation): waits.get((cell["type"], operation), ()) for cell in cells for operation in _VERBS
    }


@cache
def azure_roles() -> Mapping[str, BuiltInRole]:
    """Returns built-in roles by name."""
    columns = ("role", "id", "actions", "not_actions")
    cells = [row.cells for row in rows(f"{_FOLDER}/azure_roles.csv", ("role",), columns)]
    return {
        cell["role"]: BuiltInRole(
            cell["role"], cell["id"], tuple(cell["actions"].split()), tuple(cell["not_actions"].split())
        )
        for cell in cells
    }


def azure_operations(kind: str, operation: str) -> tuple[str, ...]:
    """Returns what an operation on a type needs. Raises `KeyError` if the type is unknown."""
    resource = azure_types()[kind]
    verbs = [verb for verb in _VERBS[operation] if verb != "delete" or resource not in _WITHOUT_DELETE]
    linked = {
        action
        for (linked_type, linked_operation), actions in _linked().items()
        if linked_type == kind and linked_operation in _operations_within(operation)
        for action in actions
    }
    return tuple(sorted({f"{resource}/{verb}" for verb in verbs} | linked | {*azure_polls()[kind, operation]}))


def _operations_within(operation: str) -> tuple[str, ...]:
    """Returns the operations whose links an operation has: an update sends the whole resource again."""
    return {"update": ("create", "update", "read"), "create": ("create", "read")}.get(operation, (operation, "read"))


def allows(operation: str, actions: Iterable[str], not_actions: Iterable[str] = ()) -> bool:
    """Returns whether a role allows an operation. Azure compares without regard to case."""
    name = operation.lower()
    allowed = any(fnmatchcase(name, pattern.lower()) for pattern in actions)
    return allowed and not any(fnmatchcase(name, pattern.lower()) for pattern in not_actions)
