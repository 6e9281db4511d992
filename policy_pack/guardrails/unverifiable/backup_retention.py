"""For how long backups are kept, and disks that none has: what a row of one path cannot state, as a count has
its unit beside it.

That an empty list of disks to include leaves out each disk with data by the option `--exclude-all-data-disks` of
Azure/azure-cli ("backup OS disk only"), read 2026-11-30; that no long-term backup is kept where the three retentions
are zero by templates that Azure exported (`PT0S` three times), found in public repositories and read 2026-12-01.
Azure Backup REST API, RetentionDuration; properties by pulumi-azure-native 3.29.0; read on 2026-11-29. Snapshots of
disks of AWS by awsdocs/amazon-ec2-user-guide e3707c4 doc_source/snapshot-ami-policy.md: a schedule keeps a number of
them, or for a period, and may archive them after that; read 2026-12-01.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, Resource, each_item, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.environments import is_production

_POLICY = azure("recoveryservices:ProtectionPolicy")[0]
_SNAPSHOTS = aws("dlm/LifecyclePolicy")[0]
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


_ITEM = azure("recoveryservices:ProtectedItem")[0]
_DISKS = "properties?.extendedProperties?.diskExclusionProperties?"
_LONG_TERM = azure(
    "sql:BackupLongTermRetentionPolicy", "sql:LongTermRetentionPolicy", "sql:ManagedInstanceLongTermRetentionPolicy"
)  # fmt: skip
_PERIODS = ("weeklyRetention", "monthlyRetention", "yearlyRetention")
_ZERO = lazy_regex(r"P(?:0{1,9}[YMWD]){0,4}(?:T(?:0{1,9}[HMS]){0,3})?|", re.IGNORECASE)


def check_retention(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each retention that is shorter than a week, or not known before deployment."""
    if resource.type == _POLICY:
        for path in _DAILY:
            for place, duration in walk(resource.props, path):
                yield from _kept(duration, place)
    elif resource.type == _ITEM:
        yield from _disks(resource)
    elif resource.type == _SNAPSHOTS:
        yield from _snapshots(resource)
    elif resource.type in _LONG_TERM and is_production(resource):
        values = [resource.get(period) for period in _PERIODS]
        texts = [value for value in values if isinstance(value, str)]
        if UNKNOWN not in values and texts and all(_ZERO.fullmatch(text.strip()) for text in texts):
            yield failed(f"{_PERIODS[0]} and the others are zero: no backup is kept for years", _PERIODS[0])


def _disks(resource: Resource) -> Iterator[Outcome]:
    for place, value in walk(resource.props, _DISKS):
        included = value.get("diskLunList") if isinstance(value, dict) else UNKNOWN
        is_all = isinstance(value, dict) and str(value.get("isInclusionList")).lower() == "true"
        if is_all and (included is None or included == []):
            yield failed(f"{place} includes no disk: none with data can be restored", place)


def _snapshots(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure if every schedule of a policy keeps its snapshots for less than a week."""
    schedules = [found for found in each_item(walk(resource.props, "policyDetails?.schedules?")) if found[1]]
    periods = [_short_period(item) if isinstance(item, dict) else 0 for _, item in schedules]
    if periods and all(periods):
        path = f"{schedules[0][0]}.retainRule.interval"
        yield failed(f"{path} is {max(periods):.0f} days: what was damaged a week ago cannot be restored", path)


def _short_period(schedule: Mapping[str, Plain]) -> float:
    """Returns the days for which a schedule keeps a snapshot if they are less than a week, and 0 otherwise."""
    kept = schedule.get("retainRule")
    if not isinstance(kept, dict) or schedule.get("archiveRule"):
        return 0
    days = number_of(kept.get("interval"))
    is_short = str(kept.get("intervalUnit")).upper() == "DAYS" and days is not None and 0 < days < _WEEK
    return days if is_short and days is not None else 0


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
