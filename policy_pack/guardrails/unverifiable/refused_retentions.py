"""Plans of backups whose copies the vault refuses, because they would be kept for less or more than it demands.

A job whose retention is shorter than `minRetentionDays` of the vault, or longer than its `maxRetentionDays`, fails
(botocore 1.44.8, backup, PutBackupVaultLockConfiguration; read 2026-12-02). A rule without `deleteAfter` keeps its
copies for good.
"""

from collections.abc import Iterator, Mapping

from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, items_of
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_PLAN, _VAULT, _LOCK, _GAPPED = aws(
    "backup/Plan", "backup/Vault", "backup/VaultLockConfiguration", "backup/LogicallyAirGappedVault"
)
_FOREVER = float("inf")


def check_refused_retentions(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each retention of a rule that the vault of the plan does not accept."""
    for index, rule in enumerate(items_of(resource.get("rules")) if resource.type == _PLAN else ()):
        if not isinstance(rule, dict):
            continue
        place = f"rules[{index}].lifecycle.deleteAfter"
        yield from _of_copy(rule, rule.get("targetVaultName"), place, resource, plan)
        for number, copy in enumerate(items_of(rule.get("copyActions"))):
            if isinstance(copy, dict):
                place = f"rules[{index}].copyActions[{number}].lifecycle.deleteAfter"
                yield from _of_copy(copy, copy.get("destinationVaultArn"), place, resource, plan)


def _of_copy(copy: Mapping[str, Plain], vault: Plain, path: str, resource: Resource, plan: Plan) -> Iterator[Outcome]:
    days = _kept(copy.get("lifecycle"))
    if days is None:
        return
    for lock in _locks(vault, resource, plan):
        least, most = (number_of(lock.get(f"{end}RetentionDays")) for end in ("min", "max"))
        if least is not None and days < least:
            yield failed(
                f"{path} is {days:.0f} days, and the vault refuses what is kept for less than {least:.0f}", path
            )
        elif most is not None and 0 < most < days:
            kept = "for good" if days == _FOREVER else f"for {days:.0f} days"
            yield failed(f"{path}: it is kept {kept}, and the vault refuses more than {most:.0f} days", path)


def _kept(lifecycle: Plain) -> float | None:
    """Returns the days for which a copy is kept; None if they are not known."""
    if lifecycle is UNKNOWN:
        return None
    stated = lifecycle.get("deleteAfter") if isinstance(lifecycle, dict) else None
    if stated is None:
        return _FOREVER
    days = number_of(stated)
    return _FOREVER if days is not None and days <= 0 else days


def _locks(vault: Plain, resource: Resource, plan: Plan) -> Iterator[Resource]:
    """Yields what states the retentions of a vault: by its name, or, where it is not known, the only one on which the
    rules depend."""
    found = plan.by_key(_vaults)
    if isinstance(vault, str):
        yield from found.get(vault.rpartition(":")[2], ())
        return
    known = [item for item in plan.dependencies_of(resource, "rules") if item.type in (_VAULT, _GAPPED)]
    if len(known) == 1:
        yield from found.get(known[0].urn, ())


def _vaults(resource: Resource) -> Iterator[str]:
    """Yields the name of the vault that a lock is of, and the URNs on which it depends."""
    if resource.type == _LOCK:
        yield from (name for name in (resource.get("backupVaultName"),) if isinstance(name, str))
        yield from resource.dependencies.get("backupVaultName", ())
    elif resource.type == _GAPPED:
        yield from (name for name in (resource.get("name"),) if isinstance(name, str))
        yield resource.urn
