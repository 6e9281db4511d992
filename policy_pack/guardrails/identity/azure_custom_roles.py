"""Custom roles on data that a stack defines, and assigns to a whole subscription.

A definition gives nothing: it may be assigned on one container. Built-in roles on the same data are refused on a
subscription (FJ-IDN-201, by `falaj.facts.azure_roles`), so a custom role that is assigned there is evaluated by what
those roles give. Whoever may name the scope gives himself data of a whole subscription so
(microsoft/Azure-Threat-Research-Matrix b2abb9ce docs, AZT604, read 2026-12-01). Operations by definitions of built-in
roles (iann0036/iam-dataset 2073fa52 azure/ built-in-roles-raw.json, read 2026-11-29); that one identity reads, encrypts
and deletes the blobs of all accounts is how ransomware does it (DataDog/stratus-red-team 7c9a7a5
docs/attack-techniques/azure, azure.impact.blob-ransomware-*, read 2026-12-01).

Whoever writes vaults says who is in their networks, and with access policies who has their secrets: people have that on
a resource group for good by no built-in role (Key Vault Contributor, by FJ-IDN-214), nor by one of their own. Programs
deploy vaults with it.
"""

from collections.abc import Iterable, Iterator

from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource, items_of, texts_in
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from .azure_patterns import Patterns, matches
from .azure_roles import is_broad_scope
from .azure_standing import PEOPLE_OR_PERSON

_ASSIGNMENTS = azure("authorization:RoleAssignment", "authorization:PimRoleEligibilitySchedule")
_DEFINITION = azure("authorization:RoleDefinition")[0]
_STORAGE = "Microsoft.Storage/storageAccounts"
_ON_DATA = (
    *(f"{_STORAGE}/blobServices/containers/blobs/{name}" for name in ("read", "write", "delete")),
    *(f"{_STORAGE}/queueServices/queues/messages/{name}" for name in ("read", "process/action", "delete")),
    *(f"{_STORAGE}/tableServices/tables/entities/{name}" for name in ("read", "write", "delete")),
    *(f"{_STORAGE}/fileServices/fileshares/files/{name}" for name in ("read", "write", "delete")),
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
    *(f"Microsoft.KeyVault/vaults/keys/{name}/action" for name in ("decrypt", "unwrap", "sign")),
    "Microsoft.EventHub/namespaces/messages/receive/action",
    "Microsoft.ServiceBus/namespaces/messages/receive/action",
    "Microsoft.Search/searchServices/indexes/documents/read",
)


def _operation_of(definition: Resource, allowed: str, operations: Iterable[str]) -> str:
    """Returns what a custom role has under `allowed`, `actions` or `dataActions`, if one of the operations is among it
    and not excluded; empty otherwise."""
    for item in items_of(definition.props.get("permissions")):
        fields = item if isinstance(item, dict) else {}
        excluded = Patterns(texts_in(fields.get(f"not{allowed[0].upper()}{allowed[1:]}")))
        for action in texts_in(fields.get(allowed)):
            if any(matches(action, operation) and not excluded.cover(operation) for operation in operations):
                return action
    return ""


_WRITES_VAULTS = ("Microsoft.KeyVault/vaults/write", "Microsoft.KeyVault/managedHSMs/write")
_GROUP = azure("resources:ResourceGroup")[0]


def _is_of_people_on_a_group(resource: Resource, plan: Plan) -> bool:
    """Returns whether people have a role for good on a resource group or above."""
    kind, scope = resource.get("principalType"), resource.get("scope")
    is_of_people = kind is MISSING or str(kind).lower() in PEOPLE_OR_PERSON
    if resource.type != _ASSIGNMENTS[0] or not is_of_people:
        return False
    if scope is UNKNOWN:
        within = [item.type for item in plan.dependencies_of(resource, "scope")]
        return bool(within) and all(token == _GROUP for token in within)
    return isinstance(scope, str) and (is_broad_scope(scope) or "/providers/" not in scope.lower())


def check_custom_assignments(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for the assignment of a role on data, which the plan defines, to a whole subscription, and for
    that of one that writes vaults to people."""
    scope = resource.get("scope")
    if _is_of_people_on_a_group(resource, plan):
        for role in plan.dependencies_of(resource, "roleDefinitionId"):
            action = _operation_of(role, "actions", _WRITES_VAULTS) if role.type == _DEFINITION else ""
            if action:
                text = f"roleDefinitionId: {role.name}, which allows {action}, is assigned to people, for good"
                yield failed(text, "roleDefinitionId")
    if resource.type not in _ASSIGNMENTS or not isinstance(scope, str) or not is_broad_scope(scope):
        return
    for role in plan.dependencies_of(resource, "roleDefinitionId"):
        action = _operation_of(role, "dataActions", _ON_DATA) if role.type == _DEFINITION else ""
        if action:
            yield failed(
                f"scope: it assigns {role.name}, which allows {action}, on a whole subscription or above", "scope"
            )
