"""Switches of Azure whose dangerous position depends on a field beside them, which a row of one path cannot state.

Azure CDN, "Standard rules engine" (actions of the cache, match conditions); Azure Backup REST API, RetentionDuration;
properties by pulumi-azure-native 3.29.0; read on 2026-11-29.
"""

from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined

_RULE, _ENDPOINT = azure("cdn:Rule", "cdn:Endpoint")
_KEEPS_ALL = {"cacheBehavior": "override", "cacheConfiguration?.cacheBehavior": "overridealways"}
"""Path in the parameters of an action -> the value by which answers are kept whatever the origin says."""
_FILES = frozenset({"UrlFileExtension", "UrlFileName", "UrlPath"})
"""Conditions that choose single files or folders, which are the same for every caller."""
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


def conditional_switches(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each such switch that is dangerous, or not known before deployment."""
    if resource.type in (_RULE, _ENDPOINT):
        for prefix, rule in _rules(resource):
            if not _is_of_files(rule.get("conditions")):
                yield from _cached(rule, prefix)
    elif resource.type == _POLICY:
        for path in _DAILY:
            for place, duration in walk(resource.props, path):
                yield from _kept(duration, place)


def _rules(resource: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the rules of the cache with the beginnings of the paths in them: the resource itself may be one."""
    if resource.type == _RULE:
        yield "", resource.props
    for path, given in walk(resource.props, "deliveryPolicy?.rules?"):
        for index, rule in enumerate(given if isinstance(given, list) else [given]):
            if isinstance(rule, dict):
                yield f"{path}[{index}].", rule


def _is_of_files(conditions: Plain) -> bool:
    """Returns whether a rule has a condition that limits it to files: all its conditions must hold."""
    for item in conditions if isinstance(conditions, list) else [conditions]:
        parameters = item.get("parameters") if isinstance(item, dict) else None
        if isinstance(item, dict) and item.get("name") in _FILES and isinstance(parameters, dict):
            negated = parameters.get("negateCondition")
            if not (negated is UNKNOWN or is_true(negated)) and str(parameters.get("operator")).lower() != "any":
                return True
    return False


def _cached(rule: dict[str, Plain], prefix: str) -> Iterator[Outcome]:
    for name, keeps_all in _KEEPS_ALL.items():
        for place, value in walk(rule, f"actions?.parameters?.{name}?"):
            path = f"{prefix}{place}"
            is_danger = str(value).strip().lower() == keeps_all
            if value is UNKNOWN or (is_danger and rule.get("conditions") is UNKNOWN):
                yield undetermined(f"{path}, or the conditions of its rule, are not known before deployment", path)
            elif is_danger:
                text = "without a condition on a file or its path gives answers to one caller to others"
                yield failed(f"{path} {value} {text}", path)


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
