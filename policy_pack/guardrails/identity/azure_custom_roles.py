"""Custom roles on data that a stack defines, and assigns to a whole subscription.

A definition gives nothing: it may be assigned on one container. Built-in roles on the same data are refused on a
subscription (FJ-IDN-201, by `falaj.facts.azure_roles`), so a custom role that is assigned there is evaluated by what
those roles give. Whoever may name the scope gives himself data of a whole subscription so
(microsoft/Azure-Threat-Research-Matrix b2abb9ce docs, AZT604, read 2026-12-01). Operations by definitions of built-in
roles (iann0036/iam-dataset 2073fa52 azure/ built-in-roles-raw.json, read 2026-11-29); that one identity reads, encrypts
and deletes the blobs of all accounts is how ransomware does it (DataDog/stratus-red-team 7c9a7a5
docs/attack-techniques/azure, azure.impact.blob-ransomware-*, read 2026-12-01).
"""

from collections.abc import Iterator

from ..engine.plan import Plan
from ..engine.reading import Resource, items_of, texts_in
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from .azure_patterns import Patterns, matches
from .azure_roles import is_broad_scope

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


def _data_of(definition: Resource) -> str:
    """Returns an operation on data that a custom role has; empty if it has none."""
    for item in items_of(definition.props.get("permissions")):
        fields = item if isinstance(item, dict) else {}
        excluded = Patterns(texts_in(fields.get("notDataActions")))
        for action in texts_in(fields.get("dataActions")):
            if any(matches(action, operation) and not excluded.cover(operation) for operation in _ON_DATA):
                return action
    return ""


def check_custom_assignments(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for the assignment of a role on data, which the plan defines, to a whole subscription."""
    scope = resource.get("scope")
    if resource.type not in _ASSIGNMENTS or not isinstance(scope, str) or not is_broad_scope(scope):
        return
    for role in plan.dependencies_of(resource, "roleDefinitionId"):
        action = _data_of(role) if role.type == _DEFINITION else ""
        if action:
            yield failed(
                f"scope: it assigns {role.name}, which allows {action}, on a whole subscription or above", "scope"
            )
