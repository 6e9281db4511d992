"""Rules of AWS IoT whose destination is what the device writes.

`${...}` in an action is an expression over the message, and the action runs with the role of the rule, not with the
rights of the device (AWS IoT Core, "Substitution templates" and "Republish", read 2026-12-02). Every field of an action
takes one but roles, formats and sizes, through the API also names of tables, queues, functions and alarms
(awsdocs/aws-iot-docs 03613779 developerguide/*-rule-action.md, "Supports substitution templates", read 2026-12-02): of
these, what only fills a record is harmless. A device that has a right to its own topics alone so reaches others.
Functions say what AWS knows of the message and its sender, and the topic is what the device had to have a right to (the
same, iot-sql-functions.md, read 2026-12-02). Properties by pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, leaves
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_RULES = aws("iot/TopicRule")
_NO_ACTIONS = lazy_regex(r"(?:name|description|enabled|region|sql|sqlVersion|tags(?:All)?)(?![a-zA-Z]).*")
_CONTENTS = lazy_regex(
    r".*\.(?:hashKey(?:Field|Type|Value)|rangeKey(?:Field|Type|Value)|payloadField|partition(?:Key)?|id|messageId|value"
    r"|metric(?:Name|Timestamp|Unit|Value)|state(?:Reason|Value)|executionNamePrefix|clientProperties\..*)"
    r"|kafkas\[\d{1,9}\]\.key|errorAction\.kafka\.key"
)
"""Fields of actions that fill a record, or say how it is written; all others say where a message goes."""
_FIRST = lazy_regex(
    r"/{0,9}(?:arn:[^${}]{0,300}:|https?://(?:sqs[^${}]{0,300}/|[^/${}]{0,200}))?\$\{(?P<expression>[^{}]{1,200})\}"
)
"""What stands first of a name decides of whom it is: at the end of an ARN, or in the host of an address."""
_SHADOW = lazy_regex(r"\$\$aws/things/\$\{(?P<expression>[^{}]{1,200})\}")
_KNOWN = lazy_regex(
    r"\s*(?:topic|clientid|principal|accountid|newuuid|traceid|timestamp|parse_time|format_time)\s*\(.*", re.IGNORECASE
)
"""Expressions that begin with what AWS says of the message: its topic, its sender, its time."""


def check_device_destinations(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each action whose destination the sender of a message chooses."""
    for path, _, value in leaves(resource.props) if resource.type in _RULES else ():
        text = value.strip() if isinstance(value, str) else ""
        if "${" not in text or _NO_ACTIONS.fullmatch(path) or _CONTENTS.fullmatch(path):
            continue
        found = _FIRST.match(text) or (_SHADOW.match(text) if path.endswith(".topic") else None)
        if found is not None and not _KNOWN.fullmatch(found["expression"]):
            yield failed(f"{path} is where the sender says ({found['expression']}): take it from topic() or "
                         "clientid()", path)  # fmt: skip
