"""Topics, queues, event rules, log groups: what tells people and machines that something happened."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from falaj.sandbox.clouds.aws.iam import has_statements
from falaj.sandbox.clouds.rows import Call, InUse, Naming, Parent, Row
from falaj.sandbox.clouds.values import Json, text

_TARGET = "aws:cloudwatch/eventTarget:EventTarget"
_RETENTIONS = (
    0,
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)
"""Days that CloudWatch Logs accepts (PutRetentionPolicy of its API reference); 0 keeps logs for ever."""

_PROTOCOLS = ("application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs")
_SNS = "arn:aws:sns:{region}:{account}:"


def retention(call: Call) -> str | None:
    """Logs are kept for one of a list of days."""
    days = call.inputs.get("retentionInDays")
    if days is not None and days not in _RETENTIONS:
        return f"InvalidParameterException: retentionInDays must be one of {list(_RETENTIONS[1:])}, got {days}"
    return None


def rule_is_triggered(call: Call) -> str | None:
    """A rule has a pattern or a schedule."""
    if not call.inputs.get("eventPattern") and not call.inputs.get("scheduleExpression"):
        return "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified."
    return None


def pattern_is_one(call: Call) -> str | None:
    """An event pattern is an object whose leaves are lists (EventBridge User Guide, event patterns)."""
    given = text(call.inputs, "eventPattern")
    try:
        pattern = json.loads(given or "{}")
    except ValueError:
        return "InvalidEventPatternException: Event pattern is not valid. Reason: it is no JSON"
    if not isinstance(pattern, dict):
        return "InvalidEventPatternException: Event pattern is not valid. Reason: Filter is not an object"
    for problem in _pattern_problems(pattern):
        return f"InvalidEventPatternException: Event pattern is not valid. Reason: {problem}"
    return None


def _pattern_problems(pattern: Mapping[str, Json]) -> Iterator[str]:
    for name, wanted in pattern.items():
        if isinstance(wanted, Mapping):
            yield from _pattern_problems(wanted)
        elif not isinstance(wanted, list):
            yield f'"{name}" must be an object or an array'
        elif not wanted:
            yield f'"{name}": Empty arrays are not allowed'


def schedule_is_one(call: Call) -> str | None:
    """`rate(...)` or `cron(...)` with six fields."""
    given = text(call.inputs, "scheduleExpression")
    if not given or re.fullmatch(r"rate\([1-9]\d* (minute|hour|day)s?\)|cron\((\S+ ){5}\S+\)", given):
        return None
    return "ValidationException: Parameter ScheduleExpression is not valid."


def target_is_one(call: Call) -> str | None:
    """A target is an ARN, and a rule has five at most."""
    arn = text(call.inputs, "arn")
    if not arn.startswith("arn:"):
        return f"ValidationException: Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
    rule = call.world.by_handle(f"event-rule:{call.scope}:{text(call.inputs, 'rule')}")
    others = call.world.find(call.token, call.scope) if rule else []
    same = [target for target in others if text(target.inputs, "rule") == text(call.inputs, "rule")]
    if call.existing is None and len(same) >= _TARGETS_PER_RULE:
        return f"LimitExceededException: The requested resource exceeds the maximum number allowed: {_TARGETS_PER_RULE}"
    return None


_TARGETS_PER_RULE = 5
"""Of a rule (EventBridge User Guide, quotas)."""

_QUEUE_NUMBERS = {
    "messageRetentionSeconds": (60, 1209600),
    "visibilityTimeoutSeconds": (0, 43200),
    "delaySeconds": (0, 900),
    "receiveWaitTimeSeconds": (0, 20),
    "kmsDataKeyReusePeriodSeconds": (60, 86400),
}
"""Attribute of a queue -> least and most (SetQueueAttributes of the SQS API reference)."""


def queue_attributes(call: Call) -> str | None:
    """Numbers within bounds, one kind of encryption, and a policy that is one."""
    for name, (least, most) in _QUEUE_NUMBERS.items():
        value = call.inputs.get(name)
        if isinstance(value, int | float) and not least <= value <= most:
            return f"InvalidAttributeValue: Invalid value for the parameter {name[0].upper()}{name[1:]}."
    if call.inputs.get("sqsManagedSseEnabled") is True and call.inputs.get("kmsMasterKeyId"):
        return "InvalidAttributeValue: You can use one type of server-side encryption (SSE) at one time."
    if (call.inputs.get("fifoQueue") is True) != call.name.endswith(".fifo"):
        return (
            "InvalidParameterValue: The name of a FIFO queue can only include alphanumeric characters, hyphens, or "
            "underscores, must end with .fifo suffix and be 1 to 80 in length."
        )
    return queue_policy(call)


def queue_policy(call: Call) -> str | None:
    """A policy document with statements."""
    policy = text(call.inputs, "policy")
    if policy and not has_statements(policy):
        return "InvalidAttributeValue: Invalid value for the parameter Policy."
    return None


def queue_url(call: Call) -> str:
    """A queue's id is its URL."""
    return "https://sqs.{region}.amazonaws.com/{account}/{name}".format_map(call.facts)


def subscription_id(call: Call) -> str:
    """A subscription's id is its ARN, under its topic's."""
    return f"{text(call.inputs, 'topic')}:{call.facts['uuid']}"


ROWS = (
    Row(
        "aws:sns/topic:Topic",
        id=_SNS + "{name}",
        naming=Naming("name", longest=256),
        outputs={
            "arn": "{id}",
            "owner": "{account}",
            "signatureVersion": 0,
            "tracingConfig": "PassThrough",
            "fifoThroughputScope": "",
            "policy": '{{"Version":"2008-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"*"}},'
            '"Action":"SNS:Publish","Resource":"{id}","Condition":{{"StringEquals":'
            '{{"AWS:SourceOwner":"{account}"}}}}}}]}}',
        },
        replace=("name", "namePrefix", "fifoTopic", "region"),
    ),
    Row("aws:sns/topicPolicy:TopicPolicy", id="{arn}", outputs={"owner": "{account}"}, replace=("arn", "region")),
    Row(
        "aws:sns/topicSubscription:TopicSubscription",
        id=subscription_id,
        outputs={
            "arn": "{id}",
            "ownerId": "{account}",
            "pendingConfirmation": False,
            "confirmationWasAuthenticated": False,
            "filterPolicyScope": "",
        },
        replace=("topic", "protocol", "endpoint", "region"),
        enums={"protocol": _PROTOCOLS},
    ),
    Row(
        "aws:sqs/queue:Queue",
        id=queue_url,
        naming=Naming("name", longest=80),
        outputs={
            "arn": "arn:aws:sqs:{region}:{account}:{name}",
            "url": "{id}",
            "visibilityTimeoutSeconds": 30,
            "messageRetentionSeconds": 345600,
            "maxMessageSize": 262144,
            "kmsDataKeyReusePeriodSeconds": 300,
            "sqsManagedSseEnabled": True,
        },
        replace=("name", "namePrefix", "fifoQueue", "region"),
        taken="QueueAlreadyExists: A queue already exists with the same name: {name}",
        creating=(queue_attributes,),
    ),
    Row(
        "aws:sqs/queuePolicy:QueuePolicy",
        id="{queueUrl}",
        replace=("queueUrl", "region"),
        creating=(queue_policy,),
        parents=(
            Parent(
                "queueUrl", "{value}", "AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist."
            ),
        ),
    ),
    Row(
        "aws:cloudwatch/eventRule:EventRule",
        naming=Naming("name", longest=64),
        outputs={"arn": "arn:aws:events:{region}:{account}:rule/{name}", "eventBusName": "default", "state": "ENABLED"},
        handles=("event-rule:{scope}:{name}",),
        replace=("name", "namePrefix", "eventBusName", "region"),
        creating=(rule_is_triggered, pattern_is_one, schedule_is_one),
        enums={"state": ("ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")},
        in_use=(InUse((_TARGET,), "ValidationException: Rule can't be deleted since it has targets."),),
    ),
    Row(
        _TARGET,
        id="{rule}-{name}",
        naming=Naming("targetId", longest=64, digits=16),
        outputs={"eventBusName": "default"},
        replace=("rule", "targetId", "eventBusName", "region"),
        parents=(
            Parent(
                "rule",
                "event-rule:{scope}:{value}",
                "ResourceNotFoundException: Rule {value} does not exist on EventBus default.",
            ),
        ),
        creating=(target_is_one,),
    ),
    Row(
        "aws:cloudwatch/logGroup:LogGroup",
        naming=Naming("name", longest=512),
        outputs={
            "arn": "arn:aws:logs:{region}:{account}:log-group:{name}",
            "logGroupClass": "STANDARD",
            "retentionInDays": 0,
            "skipDestroy": False,
            "deletionProtectionEnabled": False,
        },
        replace=("name", "namePrefix", "logGroupClass", "region"),
        taken="ResourceAlreadyExistsException: The specified log group already exists",
        creating=(retention,),
        enums={"logGroupClass": ("STANDARD", "INFREQUENT_ACCESS", "DELIVERY")},
    ),
)
