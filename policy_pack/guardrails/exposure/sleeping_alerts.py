"""Alarms of Azure on what people do that look at hours of an office alone.

Midnight to four in the country is 20 to 24 o'clock in UTC; an alarm that keeps neither these hours nor those of that
name misses each night, and one without Saturday and Sunday each weekend: `readers.query_hours`. Rules that ask for what
is done outside of such hours keep the night.
"""

from collections.abc import Iterator

from ..engine.reading import Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from ..readers.log_transforms import reads_security
from ..readers.query_hours import kept

SLEEPING = {
    **dict.fromkeys(azure("monitor:ScheduledQueryRule"), "criteria.allOf[*].query"),
    **dict.fromkeys(azure("securityinsights:ScheduledAlertRule"), "query?"),
}
"""Type -> where it has queries."""
_NIGHT, _WEEKEND = frozenset({20, 21, 22, 23, 0, 1, 2, 3}), frozenset({0, 6})


def check_hours(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each alarm on records of security that misses each night, or each weekend."""
    for path, query in walk(resource.props, SLEEPING[resource.type]):
        if not isinstance(query, str) or not reads_security(query):
            continue
        for function, times, what in (("hourofday", _NIGHT, "night"), ("dayofweek", _WEEKEND, "weekend")):
            if kept(query, function).isdisjoint(times):
                yield failed(f"{path} leaves out what is done on each {what}", path)
