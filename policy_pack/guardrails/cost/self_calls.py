"""What starts itself: each run causes the next one, and all of them are charged until somebody notices.

A filter that hands the lines of a function to the function itself makes it write further lines (Amazon CloudWatch Logs,
"Log recursion prevention": an unexpected increase of the bill; a function that is the destination of an account-level
filter gets no lines of its own), a pipe that writes to its source reads what it wrote, and a rule of AWS IoT that
republishes to a topic that it selects meets its own message. The loop that AWS Lambda ends by itself is one of queues,
topics and functions (AWS Lambda, "Use Lambda recursive loop detection to prevent infinite loops"; all read 2026-12-02).
`${topic()}` is the topic of the message itself, a condition on `topic(n)` may leave out what the rule writes
(awsdocs/aws-iot-docs 03613779 developerguide/iot-sql-functions.md, read 2026-12-02), and no wildcard at the beginning
of a filter is for topics that begin with `$` (OASIS, MQTT 3.1.1, MQTT-4.7.2-1, in servers and tests that quote it, read
2026-12-02).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_FILTER, _PIPE, _RULE = aws("cloudwatch/LogSubscriptionFilter", "pipes/Pipe", "iot/TopicRule")
SELF_CALLERS = (_FILTER, _PIPE, _RULE)
"""Types that hand on what they read."""
_FUNCTION = lazy_regex(r"arn:aws[\w-]{0,20}:lambda:[^:]{0,40}:[^:]{0,40}:function:(?P<name>[\w-]{1,140})(?::.{0,140})?")
_SELECTS = lazy_regex(r"\bfrom\s{1,9}['\"](?P<topic>[^'\"]{1,256})['\"]", re.IGNORECASE)
_LEAVES_OUT = lazy_regex(r"\bwhere\b[\s\S]{0,2000}?\btopic\s{0,9}\(", re.IGNORECASE)
_OF_LAMBDA = "/aws/lambda/"


def check_self_calls(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for what hands its results to itself."""
    if resource.type == _FILTER:
        function = _FUNCTION.fullmatch(str(resource.get("destinationArn")))
        if function is not None and resource.get("logGroup") == f"{_OF_LAMBDA}{function['name']}":
            yield failed("destinationArn is the function whose lines the filter reads: each run starts the next",
                         "destinationArn")  # fmt: skip
    elif resource.type == _PIPE:
        source = resource.get("source")
        if isinstance(source, str) and source == resource.get("target"):
            yield failed("target is the source of the pipe: what it writes is read again, for ever", "target")
    elif resource.type == _RULE:
        yield from _of_rule(resource)


def _of_rule(resource: Resource) -> Iterator[Outcome]:
    sql = str(resource.get("sql"))
    if str(resource.get("enabled")).lower() == "false" or _LEAVES_OUT.search(sql):
        return
    selected = [match["topic"] for match in _SELECTS.finditer(sql)]
    for above in ("republishes[*]", "errorAction?.republish?"):
        for path, topic in walk(resource.props, f"{above}.topic"):
            if isinstance(topic, str) and any(_covers(pattern, topic.strip()) for pattern in selected):
                yield failed(f"{path} is one that the rule selects itself: each message starts the next", path)


def _covers(pattern: str, topic: str) -> bool:
    """Returns whether a filter of MQTT covers a topic: `+` is one level, and `#` all that follow."""
    if topic.lower() == "${topic()}":
        return True
    if topic.startswith("$") and not topic.startswith("${") and pattern[:1] in ("#", "+"):
        return False
    wanted, given = pattern.split("/"), topic.split("/")
    for index, part in enumerate(wanted):
        if part == "#":
            return True
        if index >= len(given) or part not in ("+", given[index]):
            return False
    return len(wanted) == len(given)
