"""Most stores of Azure have no deletion protection: a lock holds every hand off, the engine's `protect` its own hand.

Either is enough here, because a lock has a price: under it no assignment of a role and no diagnostic setting of the
store can be removed (learn.microsoft.com, lock-resources; from memory, not read again), which is how access is taken
away. Left out on purpose: Log Analytics workspaces, which Azure keeps for 14 days after they were deleted.
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
"""What data, backups and the keys of both lie in, and what goes with all its contents by one call."""
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
    """By name where both are known, else by the group that both come from."""
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
    yield passed() if is_locked else failed("nothing holds it: no lock of the stack covers it, and it is not protected")


LOCKS: tuple[Guardrail, ...] = (
    resilience_rule(116, Severity.MEDIUM,
                    "Stores on Azure in production are held by a lock, or protected in the program",
                    "one wrong command must not be enough, and a store goes with everything in it",
                    "Add an azure_native.authorization.ManagementLockByScope with level CanNotDelete, or pass "
                    "ResourceOptions(protect=True)",
                    plan_predicate=_is_locked, types=_STORES),
)  # fmt: skip
