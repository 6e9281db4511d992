"""Most Azure data stores have no deletion protection: a management lock or the resource option `protect` replaces it.

Either is enough, because a lock also prevents the removal of role assignments and diagnostic settings of the store
(learn.microsoft.com, lock-resources; from memory, not read again). Not checked: Log Analytics workspaces, which Azure
keeps for 14 days after deletion.
"""

import re
from collections.abc import Iterator

from ..engine.conditions import one_of
from ..engine.families import resilience_rule
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource
from ..engine.rows import Guardrail, Severity, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.environments import is_production

_STORES = azure(
    "storage:StorageAccount", "cosmosdb:DatabaseAccount", "mongocluster:MongoCluster", "sql:Server",
    "sql:ManagedInstance", "dbforpostgresql:Server", "dbformysql:Server", "kusto:Cluster", "keyvault:Vault",
    "recoveryservices:Vault", "dataprotection:BackupVault", "containerregistry:Registry", "netapp:CapacityPoolVolume",
)  # fmt: skip
"""Stores of data, backups and keys that one call deletes with all their contents."""
_SUBSCRIPTION, _GROUP, _SINGLE, _SCOPE = azure(
    "authorization:ManagementLockAtSubscriptionLevel", "authorization:ManagementLockAtResourceGroupLevel",
    "authorization:ManagementLockAtResourceLevel", "authorization:ManagementLockByScope",
)  # fmt: skip
_HOLDS = one_of("CanNotDelete", "ReadOnly")
_WHOLE = re.compile(r"/subscriptions/[^/]+/?", re.IGNORECASE)
_IN_GROUP = "resourceGroupName"


def _urns(resource: Resource, key: str) -> set[str]:
    return set(resource.dependencies.get(key, ()))


def _same(one: Plain, other: Plain) -> bool:
    return isinstance(one, str) and isinstance(other, str) and one.lower() == other.lower()


def _same_group(lock: Resource, store: Resource, key: str = _IN_GROUP) -> bool:
    """By name if both are known, else by the resource group that both depend on."""
    return _same(lock.get(key), store.get(_IN_GROUP)) or bool(_urns(lock, key) & _urns(store, _IN_GROUP))


def _is_named(store: Resource, name: Plain) -> bool:
    own = (value for key, value in store.props.items() if key.lower().endswith("name") and key != _IN_GROUP)
    return any(_same(name, value) for value in own)


def _scope_covers(lock: Resource, store: Resource) -> bool:
    scope = lock.get("scope")
    if not isinstance(scope, str):
        return store.urn in _urns(lock, "scope") or bool(_urns(lock, "scope") & _urns(store, _IN_GROUP))
    *_, kind, last = ("", *scope.rstrip("/").split("/"))
    in_group = kind.lower() == "resourcegroups" and _same(last, store.get(_IN_GROUP))
    return bool(_WHOLE.fullmatch(scope)) or in_group or _is_named(store, last)


def _covers(lock: Resource, store: Resource) -> bool:
    if _HOLDS.judge(lock.get("level")) is Verdict.FAIL:
        return False
    if lock.type == _SUBSCRIPTION:
        return True
    if lock.type == _GROUP:
        return _same_group(lock, store)
    if lock.type == _SINGLE:
        return store.urn in _urns(lock, "resourceName") or _is_named(store, lock.get("resourceName"))
    return _scope_covers(lock, store)


def _is_locked(store: Resource, plan: Plan) -> Iterator[Outcome]:
    if not is_production(store):
        return
    locks = plan.of_type(_SUBSCRIPTION, _GROUP, _SINGLE, _SCOPE)
    is_locked = store.is_protected or any(_covers(lock, store) for lock in locks)
    yield passed() if is_locked else failed("no management lock in the stack covers it, and it is not protected")


LOCKS: tuple[Guardrail, ...] = (
    resilience_rule(116, Severity.MEDIUM,
                    "Azure data stores in production have a management lock, or are protected in the program",
                    "one wrong command must not be enough to delete a store with all its contents",
                    "Add an azure_native.authorization.ManagementLockByScope with level CanNotDelete, or pass "
                    "ResourceOptions(protect=True)",
                    plan_predicate=_is_locked, types=_STORES),
)  # fmt: skip
