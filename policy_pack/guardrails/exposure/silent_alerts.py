"""Alerts that ring: what counts records is compared with a number that a count reaches, and looks at times of which
the alert has records.

MicrosoftDocs/azure-docs 019172f8 articles/sentinel/detect-threats-custom.md (alert threshold) and 01900e52 articles/
azure-monitor/alerts/alerts-create-log-alert-rule.md (measure of table rows; a query with `ago` sees two days, and none
sees more), read 2026-11-30; that a rule of Sentinel sees the `queryPeriod`: the first of them, "Lookup data from the
last", read 2026-12-01. Properties by pulumi-azure-native 3.29.0, which a test repeats.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..engine.durations import seconds_of, seconds_of_span
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, Resource, items_of, one_or_many, walk
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
    query: str = "query"
    periods: tuple[str, ...] = ()
    """Properties that say how far back it looks, the longest of which counts."""
    least: int = 0
    """Seconds that it looks back at least."""


SILENT: Mapping[str, _Threshold] = {
    **dict.fromkeys(azure("securityinsights:ScheduledAlertRule"),
                    _Threshold("", "triggerOperator", "triggerThreshold", periods=("queryPeriod",))),
    **dict.fromkeys(azure("monitor:ScheduledQueryRule"),
                    _Threshold("criteria.allOf", "operator", "threshold", "timeAggregation",
                               periods=("windowSize", "overrideQueryTimeRange"), least=2 * 86400)),
    **dict.fromkeys(azure("monitor:MetricAlert"), _Threshold("criteria.allOf", "operator", "threshold",
                                                             "timeAggregation")),
}  # fmt: skip
"""Type -> where it compares."""


GROUPS = azure("monitor:ActionGroup", "monitor:TenantActionGroup")
_RECEIVERS = "Receivers"
_SHARE = lazy_regex(
    r"^(?!.*/processCpuPercentage$).*(?:percent|utili[sz]ation|availability$|saturation|normalizedruconsumption)",
    re.IGNORECASE,
)
"""Names of metrics that are a share of a hundred (Microsoft Learn, "Supported metrics with Azure Monitor", Percent).
That of a process counts each core as a hundred, and availabilityResults/duration is a time (MicrosoftDocs/azure-docs
3b9d7e48 articles/azure-monitor/app/standard-metrics.md; both read 2026-12-01)."""
_WHOLE = 100
_TIME = r"\b(?:TimeGenerated|Timestamp|ingestion_time\s{0,9}\(\s{0,9}\))\s{0,9}"
_SPAN = r"(\d{1,9}(?:\.\d{1,9})?\s{0,3}[dhms]\w{0,9})"
_OLDER = lazy_regex(
    rf"{_TIME}(?:<=?|between\s{{0,9}}\((?:[^()|]|\([^()|]{{0,99}}\)){{0,200}}?\.\.)\s{{0,9}}"
    rf"ago\s{{0,9}}\(\s{{0,9}}{_SPAN}\s{{0,9}}\)",
    re.IGNORECASE,
)
"""Records that are older than a span, also by the end of a range."""
_TO_COME = lazy_regex(
    rf"{_TIME}>=?\s{{0,9}}(?:now\s{{0,9}}\(\s{{0,9}}(?:\)|[\d.]{{1,9}}\s{{0,3}}[dhms])|ago\s{{0,9}}\(\s{{0,9}}-"
    r"|datetime\s{0,9}\(\s{0,9}[\"']?(?:20[3-9]|2[1-9]\d|[3-9]\d\d)\d\b)",
    re.IGNORECASE,
)
_OR = lazy_regex(r"\bor\b", re.IGNORECASE)


def _never_there(query: str, seen: float) -> bool:
    """Returns whether a condition of a query asks for records that are older than what it sees, or still to come."""
    for part in query.split("|"):
        if _OR.search(part):
            continue
        spans = map(seconds_of_span, _OLDER.findall(part))
        if (seen and max(spans, default=0) >= seen) or _TO_COME.search(part):
            return True
    return False


def check_times(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each query that asks for records of a time of which the alert sees none."""
    where = SILENT[resource.type]
    lengths = [seconds_of(resource.get(name)) or 0.0 for name in where.periods]
    seen = max(*lengths, where.least) if any(lengths) else 0.0
    for path, item in _criteria(resource, where.path):
        query = item.get(where.query) if isinstance(item, Mapping) else None
        if isinstance(query, str) and _never_there(query, seen):
            name = f"{path}.{where.query}" if path else where.query
            yield failed(f"{name} asks for records of a time of which the alert sees none, and never rings", name)


def check_thresholds(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcome of each comparison of a count of records."""
    where = SILENT[resource.type]
    for path, item in _criteria(resource, where.path):
        if not isinstance(item, Mapping):
            continue
        metric, number = str(item.get("metricName") or ""), number_of(item.get(where.threshold))
        if _SHARE.search(metric) and _is_beyond_all(str(item.get(where.operator)).lower(), number):
            yield failed(
                f"{path}.{where.threshold} is a share that {metric} never exceeds", f"{path}.{where.threshold}"
            )
            continue
        is_count = not where.aggregation or str(item.get(where.aggregation)).lower() == "count"
        if is_count and _never_rings(str(item.get(where.operator)).lower(), item.get(where.threshold)):
            name = f"{path}.{where.threshold}" if path else where.threshold
            yield failed(f"{name} is a number of records at which the alert never rings", name)
        elif is_count:
            yield passed()


def check_receivers(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a group of receivers of alerts that has none."""
    lists = [value for name, value in resource.props.items() if name.endswith(_RECEIVERS)]
    if not any(value is UNKNOWN or items_of(value) for value in lists):
        yield failed("it has no receiver: alerts that are sent to it reach nobody", "")


def _is_beyond_all(operator: str, share: float | None) -> bool:
    """Returns whether a share of a hundred never meets a comparison; it may be the hundred itself."""
    return share is not None and operator.startswith("greater") and (
        share > _WHOLE or (share == _WHOLE and operator == "greaterthan")
    )  # fmt: skip


def _criteria(resource: Resource, path: str) -> Iterator[tuple[str, Plain]]:
    for found, value in walk(resource.props, path) if path else [("", dict(resource.props))]:
        yield from ((found, item) for item in one_or_many(value))


def _never_rings(operator: str, threshold: Plain) -> bool:
    number = number_of(threshold)
    if number is None:
        return False
    is_below = (operator == "lessthan" and number <= 0) or (operator == "lessthanorequal" and number < 0)
    return is_below or (operator.startswith("greater") and number >= _MOST)
