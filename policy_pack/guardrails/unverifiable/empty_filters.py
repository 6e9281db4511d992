"""Filters of events, messages and records that match none, and those of security that leave somebody out: what they are
for never happens, and who reads the plan sees a filter.

`readers.event_patterns` says what matches nothing, `readers.trail_filters` what an alarm on a trail or on findings may
leave out; properties by pulumi-aws 7.51.1.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, each_item, one_or_many, texts_in, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.event_patterns import finds_no_line, never_matches, never_selects
from ..readers.log_transforms import drops
from ..readers.sql_filters import is_positive
from ..readers.trail_filters import leaves_out, leaves_out_of_events

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
_OF_RULES = aws("iot/TopicRule")
_COLLECTION = azure("monitor:DataCollectionRule")
_BUS = azure("servicebus:Rule")
_OF_AN_AUDIT = lazy_regex(r"audit|siem|security|compliance|fraud|forensic|record", re.IGNORECASE)
"""Names of subscriptions that keep what was sent, so that nothing may be missing for what it is not."""
_UNSEEN = (
    "what no list says is harmless: whoever it is does everything without an alarm; leave out kinds of events, "
    "services and roles of deployments only, and no person, address or user agent"
)


def check_empty_filters(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each filter that nothing matches."""
    if resource.type in _SOURCES:
        yield from _of_source(resource, *_SOURCES[resource.type])
    elif resource.type in _COLLECTION:
        yield from _of_collection(resource)
    elif resource.type in _BUS:
        yield from _of_audit(resource)
    elif resource.type in _PATTERNS:
        key = _PATTERNS[resource.type]
        if never_matches(resource.get(key)):
            yield failed(f"{key} matches no event", key)
        yield from (failed(f"{key} leaves out by {part} {_UNSEEN}", key)
                    for part in leaves_out_of_events(resource.get(key)))  # fmt: skip
    elif resource.type in _TEXTS:
        key, is_empty = _TEXTS[resource.type]
        value = resource.get(key)
        if isinstance(value, str) and is_empty(value):
            yield failed(f"{key} matches nothing", key)
        elif isinstance(value, str) and resource.type not in _OF_RULES:
            yield from (failed(f"{key} leaves out by {part} {_UNSEEN}", key) for part in leaves_out(value))


def _of_source(resource: Resource, path: str, source: str) -> Iterator[Outcome]:
    is_queue = ":sqs:" in str(resource.get(source))
    for place, value in walk(resource.props, path):
        patterns: list[Plain] = [item.get("pattern") for item in one_or_many(value) if isinstance(item, dict)]
        if patterns and all(never_matches(item, is_queue=is_queue) for item in patterns):
            text = "matches none that is wanted, and the queue loses the others" if is_queue else "matches no event"
            yield failed(f"{place} {text}", place)


def _of_collection(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each transformation of a rule of collection that drops what is not listed."""
    for path, flow in each_item(walk(resource.props, "dataFlows?")):
        query = flow.get("transformKql") if isinstance(flow, dict) else None
        if isinstance(flow, dict) and isinstance(query, str):
            streams = {*texts_in(flow.get("streams")), str(flow.get("outputStream"))}
            dropped = {part for stream in streams for part in drops(stream, query)}
            yield from (failed(f"{path}.transformKql leaves out by {part} {_UNSEEN}", path) for part in sorted(dropped))


def _of_audit(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure if a subscription that keeps messages leaves some out by a form that is not listed."""
    name, path = resource.get("subscriptionName"), "sqlFilter.sqlExpression"
    if not isinstance(name, str) or _OF_AN_AUDIT.search(name) is None:
        return
    for place, text in walk(resource.props, "sqlFilter?.sqlExpression?"):
        if isinstance(text, str) and not is_positive(text):
            yield failed(f"{place} leaves out messages of an audit by what they are not; compare properties with "
                         "values by =, IN, LIKE, < and >, joined by AND and OR, or take all by 1=1", path)  # fmt: skip
