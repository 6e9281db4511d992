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
from ..engine.reading import MISSING, Plain, Resource, texts_in
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
_SUBSCRIPTION_LOCK, _GROUP_LOCK, _RESOURCE_LOCK, _ = _LOCKS = azure(
    "authorization:ManagementLockAtSubscriptionLevel", "authorization:ManagementLockAtResourceGroupLevel",
    "authorization:ManagementLockAtResourceLevel", "authorization:ManagementLockByScope",
)  # fmt: skip
_LOCK_LEVELS = one_of("CanNotDelete", "ReadOnly")
_SUBSCRIPTION_SCOPE = lazy_regex(r"/subscriptions/[^/]+/?", re.IGNORECASE)
_GROUP_PROPERTY, _EVERYTHING = "resourceGroupName", "everything"


def _place(kind: str, *names: Plain) -> list[str]:
    """Returns a key of each name that is known: names of Azure are the same in lower case."""
    return [f"{kind} {name.lower()}" for name in texts_in(list(names))]


def _linked(kind: str, resource: Resource, key: str) -> list[str]:
    return [f"{kind} {urn}" for urn in resource.dependencies.get(key, ())]


def _places(store: Resource) -> list[str]:
    """Returns what locks may be of that cover a store: the subscription, its group by name or by URN, and itself."""
    names = [value for key, value in store.props.items() if key.lower().endswith("name") and key != _GROUP_PROPERTY]
    group = _place("group", store.get(_GROUP_PROPERTY)), _linked("group of", store, _GROUP_PROPERTY)
    return [_EVERYTHING, *group[0], *group[1], *_place("name", *names), f"urn {store.urn}"]


def _locked_scope(lock: Resource) -> list[str]:
    """Returns the places of a lock by its scope."""
    scope = lock.get("scope")
    if not isinstance(scope, str):
        return [*_linked("urn", lock, "scope"), *_linked("group of", lock, "scope")]
    *_, kind, last = ("", *scope.rstrip("/").split("/"))
    everything = [_EVERYTHING] if _SUBSCRIPTION_SCOPE.fullmatch(scope) else []
    return [*everything, *_place("name", last), *(_place("group", last) if kind.lower() == "resourcegroups" else ())]


def _locked(lock: Resource) -> list[str]:
    """Returns the places of which a lock is, if it keeps from deletion."""
    if lock.type not in _LOCKS or _LOCK_LEVELS.judge(lock.get("level")) is Verdict.FAIL:
        return []
    if lock.type == _SUBSCRIPTION_LOCK:
        return [_EVERYTHING]
    if lock.type == _GROUP_LOCK:
        return [*_place("group", lock.get(_GROUP_PROPERTY)), *_linked("group of", lock, _GROUP_PROPERTY)]
    if lock.type == _RESOURCE_LOCK:
        return [*_place("name", lock.get("resourceName")), *_linked("urn", lock, "resourceName")]
    return _locked_scope(lock)


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
    is_locked = store.is_protected or not plan.by_key(_locked).keys().isdisjoint(_places(store))
    yield passed() if is_locked else failed("no management lock in the stack covers it, and it is not protected")


LOCKS: tuple[Guardrail, ...] = (
    resilience_rule(116, Severity.MEDIUM,
                    "Azure data stores in production have a management lock, or are protected in the program",
                    "one wrong command must not be enough to delete a store with all its contents",
                    "Add an azure_native.authorization.ManagementLockByScope with level CanNotDelete, or pass "
                    "ResourceOptions(protect=True)",
                    plan_predicate=_check_lock, types=_STORES),
)  # fmt: skip
