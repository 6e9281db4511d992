"""Rules of AWS IoT whose destination is what the device writes.

`${...}` in an action is an expression over the message, and the action runs with the role of the rule, not with the
rights of the device (AWS IoT Core, "Substitution templates" and "Republish", read 2026-12-02; which fields take one by
the pages of the actions, as known). A device that has a right to its own topics alone so reaches others. Functions say
what AWS knows of the message and its sender, and the topic is what the device had to have a right to
(awsdocs/aws-iot-docs 03613779 developerguide/iot-sql-functions.md, read 2026-12-02). Properties by pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_RULES = aws("iot/TopicRule")
_TOPICS = ("republishes[*].topic?", "errorAction?.republish?.topic?")
_WHOLE = (
    *_TOPICS, "s3[*].bucketName?", "s3[*].key?", "dynamodbs[*].tableName?", "dynamodbv2s[*].putItem?.tableName?",
    "kafkas[*].topic?", "kineses[*].streamName?", "firehoses[*].deliveryStreamName?", "sqs[*].queueUrl?",
)  # fmt: skip
"""Fields that say where a message goes; what stands first there decides of whom it is."""
_FIRST = lazy_regex(r"/{0,9}\$\{(?P<expression>[^{}]{1,200})\}")
_SHADOW = lazy_regex(r"\$\$aws/things/\$\{(?P<expression>[^{}]{1,200})\}")
_KNOWN = lazy_regex(
    r"\s*(?:topic|clientid|principal|accountid|newuuid|traceid|timestamp|parse_time|format_time)\s*\(.*", re.IGNORECASE
)
"""Expressions that begin with what AWS says of the message: its topic, its sender, its time."""


def check_device_destinations(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each action whose destination the sender of a message chooses."""
    for pattern in _WHOLE if resource.type in _RULES else ():
        for path, value in walk(resource.props, pattern):
            text = value.strip() if isinstance(value, str) else ""
            found = _FIRST.match(text) or (_SHADOW.match(text) if pattern in _TOPICS else None)
            if found is not None and not _KNOWN.fullmatch(found["expression"]):
                yield failed(f"{path} is where the sender says ({found['expression']}): take it from topic() or "
                             "clientid()", path)  # fmt: skip
