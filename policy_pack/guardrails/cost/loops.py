"""What leads back to where it came from, over several resources: each round is charged, and causes the next one.

Queues, topics, buckets and functions alone make loops that AWS Lambda ends by itself after some sixteen rounds, and no
others (AWS Lambda, "Use Lambda recursive loop detection to prevent infinite loops"): the result of a function that goes
to a bus of events, and from there by a rule to the function, is not among them. A bucket whose log lies in another one,
whose log lies in the first, logs the logs (msambol/s3-access-logging-infinite-loops finds such pairs); so does one that
logs to itself. A queue of lost messages that loses its own to the first queue never loses them, and pipes copy what
other pipes copied. Azure Event Grid writes each event that it cannot deliver as a blob, which is an event of the
account where it lies (Azure Event Grid, "Set dead-letter location and retry policy"). All others read 2026-12-02.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, from_json, items_of, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from .handed_on import STREAM_TYPES, WORKFLOW_TYPES, Step, of_stream, of_workflows

_PIPE, _NEXT, _TARGET, _QUEUE, _REDRIVE = aws(
    "pipes/Pipe", "lambda/FunctionEventInvokeConfig", "cloudwatch/EventTarget", "sqs/Queue", "sqs/RedrivePolicy"
)
_LOGGING = aws("s3/BucketLogging", "s3/BucketLoggingV2")
_BUCKETS = aws("s3/Bucket", "s3/BucketV2")
_RULES = aws("cloudwatch/EventRule")
_SCOPED, _OF_TOPIC, _TOPIC = azure(
    "eventgrid:EventSubscription", "eventgrid:SystemTopicEventSubscription", "eventgrid:SystemTopic"
)
_ARN = lazy_regex(
    r"arn:aws[\w-]{0,20}:(?P<service>[\w-]{1,40}):[^:]{0,40}:[^:]{0,40}:"
    r"(?:function:|event-bus/|stream/|table/)?(?P<name>[^:/]{1,300}).{0,300}"
)
_NAMES = {
    **dict.fromkeys(aws("lambda/Function", "sqs/Queue", "cloudwatch/EventBus", "kinesis/Stream"), "name"),
    **dict.fromkeys(_BUCKETS, "bucket"),
}  # fmt: skip
"""Type of a place -> the property that has its name."""
_BUS = "events"
"""Service of a bus in an ARN, unlike in the type; of the others it is the same."""
_RESULTS = lazy_regex(r'"lambda"|Lambda Function Invocation Result')
"""What the pattern of a rule has that takes the results of functions."""
_CONTAINER = "/blobServices/default/containers/"


def check_loops(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each step of a resource from whose end others lead back to its start."""
    steps = list(_steps(resource, plan))
    ways = plan.once(_ways, "") if steps else {}
    for step in steps:
        if step.start and step.end and _reaches(ways, step.end, step.start):
            yield failed(f"{step.path} leads back to where it came from, so that each round causes the next", step.path)


def _ways(plan: Plan, _: str) -> Mapping[str, set[str]]:
    """Returns the places to which something is handed on, by the place from which it comes: of those to which others
    lead in a loop, or behind one."""
    ways: dict[str, set[str]] = {}
    for item in (*plan.of_type(*LOOPED), *plan.with_prefix(WORKFLOW_TYPES)):
        for step in _steps(item, plan):
            if step.start and step.end:
                ways.setdefault(step.start, set()).add(step.end)
    return without_first(ways)


def without_first(ways: dict[str, set[str]]) -> dict[str, set[str]]:
    """Returns the ways without those from places to which nothing leads, so that the time is linear without a loop."""
    leading = Counter(end for ends in ways.values() for end in ends)
    first = [start for start in ways if not leading[start]]
    while first:
        ends = ways.pop(first.pop(), ())
        leading.subtract(ends)
        first.extend(end for end in ends if not leading[end] and end in ways)
    return ways


def _reaches(ways: Mapping[str, set[str]], start: str, end: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting and end not in seen:
        new = ways.get(waiting.pop(), set()) - seen
        seen |= new
        waiting.extend(new)
    return end in seen


def _own(resource: Resource) -> str:
    """Returns the place that a resource is."""
    name = resource.get(_NAMES.get(resource.type, ""))
    service = resource.type.split(":")[1].split("/")[0]
    return f"{_BUS if service == 'cloudwatch' else service}:{name}" if isinstance(name, str) else resource.urn


def _place(resource: Resource, plan: Plan, key: str, value: Plain, service: str = "") -> str:
    """Returns the place that a property names, by an ARN or the name of a resource of a service; empty if it is not
    known. What is known later is the resource on which the property depends, if it is only one."""
    found = _ARN.fullmatch(value) if isinstance(value, str) else None
    if found is not None:
        return f"{found['service']}:{found['name']}"
    named = {_own(item) for item in plan.dependencies_of(resource, key) if item.type in _NAMES}
    if len(named) == 1:
        return named.pop()
    return f"{service}:{value}" if service and isinstance(value, str) and value else ""


def _of_pipe(item: Resource, plan: Plan) -> Iterator[Step]:
    start, end = (_place(item, plan, key, item.get(key)) for key in ("source", "target"))
    if start != end:  # the pipe by itself is evaluated elsewhere
        yield Step(start, end, "target")


def _of_results(item: Resource, plan: Plan) -> Iterator[Step]:
    for path, value in walk(item.props, "destinationConfig?.onSuccess?.destination"):
        start = _place(item, plan, "functionName", item.get("functionName"), "lambda")
        yield Step(start, _place(item, plan, "destinationConfig", value), path)


def _of_target(item: Resource, plan: Plan) -> Iterator[Step]:
    """Yields the step from a bus to a target whose rule takes the results of functions."""
    asked = chain(plan.dependencies_of(item, "rule"), plan.by_key(_rule_names).get(str(item.get("rule")), ()))
    end = _place(item, plan, "arn", item.get("arn"))
    pattern = next((str(rule.get("eventPattern")) for rule in asked if rule.type in _RULES), "")
    is_of_others = "functionArn" in pattern and end.partition(":")[2] not in pattern
    if _RESULTS.search(pattern) is not None and not is_of_others:
        yield Step(_place(item, plan, "eventBusName", item.get("eventBusName"), _BUS), end, "arn")


def _rule_names(item: Resource) -> Iterator[str]:
    if item.type in _RULES:
        yield str(item.get("name"))


def _of_log(item: Resource, plan: Plan) -> Iterator[Step]:
    start, end = (_place(item, plan, key, item.get(key), "s3") for key in ("bucket", "targetBucket"))
    yield Step(start, end, "targetBucket")


def _of_bucket(item: Resource, plan: Plan) -> Iterator[Step]:
    for key in ("logging", "loggings"):
        for path, value in walk(item.props, f"{key}?.targetBucket"):
            yield Step(_own(item), _place(item, plan, key, value, "s3"), path)


def _of_queue(item: Resource, plan: Plan) -> Iterator[Step]:
    lost = from_json(item.get("redrivePolicy"))
    value = lost.get("deadLetterTargetArn") if isinstance(lost, dict) else None
    start = _own(item) if item.type == _QUEUE else _place(item, plan, "queueUrl", None)
    yield Step(start, _place(item, plan, "redrivePolicy", value), "redrivePolicy")


def _of_subscription(item: Resource, plan: Plan) -> Iterator[Step]:
    """Yields the step from an account to the one in which its lost events are blobs that are taken as events."""
    chosen = item.get("filter")
    rules = chosen if isinstance(chosen, dict) else {}
    types = items_of(rules.get("includedEventTypes"))
    if rules.get("advancedFilters") or (types and "Microsoft.Storage.BlobCreated" not in types):
        return
    named = plan.by_key(_topic_names).get(str(item.get("systemTopicName")), ())
    topics = [*plan.dependencies_of(item, "systemTopicName"), *named]
    source = item.get("scope") if item.type == _SCOPED else next((topic.get("source") for topic in topics), "")
    for path in ("deadLetterDestination?", "deadLetterWithResourceIdentity?.deadLetterDestination?"):
        for place, lost in walk(item.props, path):
            if isinstance(lost, dict) and _takes(rules, str(lost.get("blobContainerName"))):
                yield Step(str(source).lower(), str(lost.get("resourceId")).lower(), place)


def _topic_names(item: Resource) -> Iterator[str]:
    if item.type == _TOPIC:
        yield str(item.get("systemTopicName"))


def _takes(rules: Mapping[str, Plain], container: str) -> bool:
    """Returns whether a filter by subjects takes the blobs of a container."""
    wanted, ending = str(rules.get("subjectBeginsWith") or ""), rules.get("subjectEndsWith")
    blobs = f"{_CONTAINER}{container}/"
    return ending in (None, "", ".json") and (wanted.startswith(blobs) or blobs.startswith(wanted))


_OF_TYPE: Mapping[str, Callable[[Resource, Plan], Iterator[Step]]] = {
    _PIPE: _of_pipe, _NEXT: _of_results, _TARGET: _of_target, **dict.fromkeys(_LOGGING, _of_log),
    **dict.fromkeys(_BUCKETS, _of_bucket), **dict.fromkeys((_QUEUE, _REDRIVE), _of_queue),
    **dict.fromkeys((_SCOPED, _OF_TOPIC), _of_subscription), **dict.fromkeys(STREAM_TYPES, of_stream),
}  # fmt: skip
LOOPED = tuple(_OF_TYPE)
"""Types that hand something on."""


def _steps(resource: Resource, plan: Plan) -> Iterator[Step]:
    if resource.type.startswith(WORKFLOW_TYPES):
        return of_workflows(resource)
    of_type = _OF_TYPE.get(resource.type)
    return of_type(resource, plan) if of_type is not None else iter(())
