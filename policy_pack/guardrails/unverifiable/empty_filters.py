"""Filters of events, messages and records that match none: what they are for never happens, and who reads the plan
sees a filter.

`readers.event_patterns` says what matches nothing; properties by pulumi-aws 7.51.1.
"""

from collections.abc import Callable, Iterator, Mapping

from ..engine.reading import Plain, Resource, one_or_many, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.event_patterns import finds_no_line, never_matches, never_selects

_SOURCES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(aws("lambda/EventSourceMapping"), ("filterCriteria?.filters?", "eventSourceArn")),
    **dict.fromkeys(aws("pipes/Pipe"), ("sourceParameters?.filterCriteria?.filters?", "source")),
}
"""Type -> path of its filters, of which one must match, and name of its source."""
_PATTERNS: Mapping[str, str] = {
    **dict.fromkeys(aws("cloudwatch/EventRule", "cloudwatch/EventArchive"), "eventPattern"),
    **dict.fromkeys(aws("sns/TopicSubscription"), "filterPolicy"),
}
_TEXTS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    **dict.fromkeys(aws("iot/TopicRule"), ("sql", never_selects)),
    **dict.fromkeys(aws("cloudwatch/LogMetricFilter"), ("pattern", finds_no_line)),
    **dict.fromkeys(aws("cloudwatch/LogSubscriptionFilter"), ("filterPattern", finds_no_line)),
}
"""Type -> property of its filter, and what says that it matches nothing."""


def check_empty_filters(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each filter that nothing matches."""
    if resource.type in _SOURCES:
        yield from _of_source(resource, *_SOURCES[resource.type])
    elif resource.type in _PATTERNS:
        key = _PATTERNS[resource.type]
        if never_matches(resource.get(key)):
            yield failed(f"{key} matches no event", key)
    elif resource.type in _TEXTS:
        key, is_empty = _TEXTS[resource.type]
        value = resource.get(key)
        if isinstance(value, str) and is_empty(value):
            yield failed(f"{key} matches nothing", key)


def _of_source(resource: Resource, path: str, source: str) -> Iterator[Outcome]:
    is_queue = ":sqs:" in str(resource.get(source))
    for place, value in walk(resource.props, path):
        patterns: list[Plain] = [item.get("pattern") for item in one_or_many(value) if isinstance(item, dict)]
        if patterns and all(never_matches(item, is_queue=is_queue) for item in patterns):
            text = "matches none that is wanted, and the queue loses the others" if is_queue else "matches no event"
            yield failed(f"{place} {text}", place)
