"""Days for which daily backups of Azure are kept: a count has its unit beside it, which a row of one path cannot state.

Azure Backup REST API, RetentionDuration; properties by pulumi-azure-native 3.29.0; read on 2026-11-29.
"""

from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined

_POLICY = azure("recoveryservices:ProtectionPolicy")[0]
_DAILY = tuple(
    f"properties?.{path}?.retentionDuration?"
    for path in (
        "retentionPolicy?.dailySchedule",
        "retentionPolicy",
        "subProtectionPolicy?.retentionPolicy?.dailySchedule",
        "subProtectionPolicy?.retentionPolicy",
        "vaultRetentionPolicy?.vaultRetention?.dailySchedule",
    )
)
_LONG_UNITS = frozenset({"weeks", "months", "years"})
_WEEK = 7
"""Days in which most mistakes are noticed; decided here, not read anywhere."""


def check_retention(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each retention that is shorter than a week, or not known before deployment."""
    if resource.type == _POLICY:
        for path in _DAILY:
            for place, duration in walk(resource.props, path):
                yield from _kept(duration, place)


def _kept(duration: Plain, path: str) -> Iterator[Outcome]:
    if not isinstance(duration, dict):
        return
    count, unit, path = duration.get("count"), duration.get("durationType"), f"{path}.count"
    days = number_of(count)
    if str(unit).strip().lower() in _LONG_UNITS or (days is not None and not 0 < days < _WEEK):
        return
    if UNKNOWN in (count, unit):
        yield undetermined(f"{path} is not known before deployment", path)
    elif days is not None:
        yield failed(f"{path} is {days:.0f} days: what was damaged a week ago cannot be restored", path)
