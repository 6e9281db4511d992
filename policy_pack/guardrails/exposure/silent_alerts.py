"""Alerts that ring: what counts records is compared with a number that a count reaches.

MicrosoftDocs/azure-docs 019172f8 articles/sentinel/detect-threats-custom.md (alert threshold) and 01900e52 articles/
azure-monitor/alerts/alerts-create-log-alert-rule.md (measure of table rows), read 2026-11-30; properties by
pulumi-azure-native 3.29.0, which a test repeats.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource, one_or_many, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, passed

_MOST = 1_000_000
"""Records within the window of an alert of which nobody waits for more; decided here."""


@dataclass(frozen=True)
class _Threshold:
    """Where a type compares: the path of its criteria (empty: the resource itself), and their keys."""

    path: str
    operator: str
    threshold: str
    aggregation: str = ""


SILENT: Mapping[str, _Threshold] = {
    **dict.fromkeys(azure("securityinsights:ScheduledAlertRule"),
                    _Threshold("", "triggerOperator", "triggerThreshold")),
    **dict.fromkeys(azure("monitor:ScheduledQueryRule"),
                    _Threshold("criteria.allOf", "operator", "threshold", "timeAggregation")),
}  # fmt: skip
"""Type -> where it compares."""


def check_thresholds(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcome of each comparison of a count of records."""
    where = SILENT[resource.type]
    for path, item in _criteria(resource, where.path):
        if not isinstance(item, Mapping):
            continue
        is_count = not where.aggregation or str(item.get(where.aggregation)).lower() == "count"
        if is_count and _never_rings(str(item.get(where.operator)).lower(), item.get(where.threshold)):
            name = f"{path}.{where.threshold}" if path else where.threshold
            yield failed(f"{name} is a number of records at which the alert never rings", name)
        elif is_count:
            yield passed()


def _criteria(resource: Resource, path: str) -> Iterator[tuple[str, Plain]]:
    for found, value in walk(resource.props, path) if path else [("", dict(resource.props))]:
        yield from ((found, item) for item in one_or_many(value))


def _never_rings(operator: str, threshold: Plain) -> bool:
    number = number_of(threshold)
    if number is None:
        return False
    is_below = (operator == "lessthan" and number <= 0) or (operator == "lessthanorequal" and number < 0)
    return is_below or (operator.startswith("greater") and number >= _MOST)
