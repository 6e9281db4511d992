"""Management locks. Most Azure data stores have no deletion protection, so a management lock or the resource option
`protect` must protect them.

Either of them is enough, because a lock also prevents the removal of role assignments and diagnostic settings of the
store (learn.microsoft.com, lock-resources; from memory, not read again). Not checked: Log Analytics workspaces, which
Azure retains for 14 days after deletion.
"""

import re
from collections.abc import Iterator

from ..engine.conditions import one_of
from ..engine.families import resilience_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource
from ..engine.rows import Guardrail, Severity, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.environments import is_production

_STORES = azure(
    "storage:StorageAccount", "cosmosdb:DatabaseAccount", "mongocluster:MongoCluster", "sql:Server",
    "sql:ManagedInstance", "dbforpostgresql:Server", "dbformysql:Server", "kusto:Cluster", "keyvault:Vault",
    "recoveryservices:Vault", "dataprotection:BackupVault", "containerregistry:Registry", "netapp:CapacityPoolVolume",
)  # fmt: skip
"""Stores of data, backups and keys that one call deletes with all their contents."""
_FOLLOWING = frozenset(azure("dbforpostgresql:Server", "dbformysql:Server"))
"""Servers of which another one may be a copy that follows."""
_FOLLOWERS = (MISSING, "AsyncReplica", "Replica")
"""Roles of a server that follows, of PostgreSQL and MySQL (pulumi-azure-native 3.29.0); the mode of creation says it
where none is stated."""
_SUBSCRIPTION_LOCK, _GROUP_LOCK, _RESOURCE_LOCK, _SCOPE_LOCK = azure(
    "authorization:ManagementLockAtSubscriptionLevel", "authorization:ManagementLockAtResourceGroupLevel",
    "authorization:ManagementLockAtResourceLevel", "authorization:ManagementLockByScope",
)  # fmt: skip
_LOCK_LEVELS = one_of("CanNotDelete", "ReadOnly")
_SUBSCRIPTION_SCOPE = lazy_regex(r"/subscriptions/[^/]+/?", re.IGNORECASE)
_GROUP_PROPERTY = "resourceGroupName"


def _dependency_urns(resource: Resource, key: str) -> set[str]:
    return set(resource.dependencies.get(key, ()))


def _equal_names(name: Plain, other_name: Plain) -> bool:
    return isinstance(name, str) and isinstance(other_name, str) and name.lower() == other_name.lower()


def _same_group(lock: Resource, store: Resource, key: str = _GROUP_PROPERTY) -> bool:
    """Returns whether lock and store are in the same resource group: by name if both names are known, else by the
    resource group that both depend on."""
    return _equal_names(lock.get(key), store.get(_GROUP_PROPERTY)) or bool(
        _dependency_urns(lock, key) & _dependency_urns(store, _GROUP_PROPERTY)
    )


def _has_name(store: Resource, name: Plain) -> bool:
    names = (value for key, value in store.props.items() if key.lower().endswith("name") and key != _GROUP_PROPERTY)
    return any(_equal_names(name, value) for value in names)


def _scope_covers(lock: Resource, store: Resource) -> bool:
    scope = lock.get("scope")
    if not isinstance(scope, str):
        return store.urn in _dependency_urns(lock, "scope") or bool(
            _dependency_urns(lock, "scope") & _dependency_urns(store, _GROUP_PROPERTY)
        )
    *_, kind, last = ("", *scope.rstrip("/").split("/"))
    in_group = kind.lower() == "resourcegroups" and _equal_names(last, store.get(_GROUP_PROPERTY))
    return bool(_SUBSCRIPTION_SCOPE.fullmatch(scope)) or in_group or _has_name(store, last)


def _covers(lock: Resource, store: Resource) -> bool:
    if _LOCK_LEVELS.judge(lock.get("level")) is Verdict.FAIL:
        return False
    if lock.type == _SUBSCRIPTION_LOCK:
        return True
    if lock.type == _GROUP_LOCK:
        return _same_group(lock, store)
    if lock.type == _RESOURCE_LOCK:
        return store.urn in _dependency_urns(lock, "resourceName") or _has_name(store, lock.get("resourceName"))
    return _scope_covers(lock, store)


def _is_copy(store: Resource) -> bool:
    """Returns whether a server follows another one, which has the data. Once promoted, it has its own (Microsoft,
    "Promote read replicas in Azure Database for PostgreSQL", and PostgreSqlFlexibleServerData.Replica, which is needed
    for promotions only; read 2026-12-02)."""
    follows = store.type in _FOLLOWING and store.get("createMode") == "Replica"
    has_source = store.get("sourceServerResourceId") not in (MISSING, None, "")
    return follows and has_source and store.get("replica") is MISSING and store.get("replicationRole") in _FOLLOWERS


def _check_lock(store: Resource, plan: Plan) -> Iterator[Outcome]:
    if not is_production(store) or _is_copy(store):
        return
    locks = plan.of_type(_SUBSCRIPTION_LOCK, _GROUP_LOCK, _RESOURCE_LOCK, _SCOPE_LOCK)
    is_locked = store.is_protected or any(_covers(lock, store) for lock in locks)
    yield passed() if is_locked else failed("no management lock in the stack covers it, and it is not protected")


LOCKS: tuple[Guardrail, ...] = (
    resilience_rule(116, Severity.MEDIUM,
                    "Azure data stores in production have a management lock, or are protected in the program",
                    "one wrong command must not be enough to delete a store with all its contents",
                    "Add an azure_native.authorization.ManagementLockByScope with level CanNotDelete, or pass "
                    "ResourceOptions(protect=True)",
                    plan_predicate=_check_lock, types=_STORES),
)  # fmt: skip
