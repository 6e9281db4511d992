"""SNS topics, SQS queues, EventBridge rules and CloudWatch log groups."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from falaj.sandbox.clouds.aws.iam import has_statements
from falaj.sandbox.clouds.spec import Naming, Operation, Parent, ResourceType, UsedBy
from falaj.sandbox.clouds.values import Json, get_str

_TARGET = "aws:cloudwatch/eventTarget:EventTarget"
_PROTOCOLS = ("application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs")
_SNS = "arn:aws:sns:{region}:{account}:"


def rule_has_trigger(op: Operation) -> str | None:
    """Checks that a rule has a pattern or a schedule."""
    if not op.inputs.get("eventPattern") and not op.inputs.get("scheduleExpression"):
        return "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified."
    return None


def event_pattern(op: Operation) -> str | None:
    """Checks that an event pattern is an object whose leaves are lists (EventBridge User Guide, event patterns)."""
    given = get_str(op.inputs, "eventPattern")
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
    for name, matcher in pattern.items():
        if isinstance(matcher, Mapping):
            yield from _pattern_problems(matcher)
        elif not isinstance(matcher, list):
            yield f'"{name}" must be an object or an array'
        elif not matcher:
            yield f'"{name}": Empty arrays are not allowed'


def schedule_expression(op: Operation) -> str | None:
    """Checks that a schedule is `rate(...)`, or `cron(...)` with six fields."""
    given = get_str(op.inputs, "scheduleExpression")
    if not given or re.fullmatch(r"rate\([1-9]\d* (minute|hour|day)s?\)|cron\((\S+ ){5}\S+\)", given):
        return None
    return "ValidationException: Parameter ScheduleExpression is not valid."


def event_target(op: Operation) -> str | None:
    """Checks that a target is an ARN, and that a rule has at most five targets."""
    arn = get_str(op.inputs, "arn")
    if not arn.startswith("arn:"):
        return f"ValidationException: Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
    rule = op.state.by_handle(f"event-rule:{op.scope}:{get_str(op.inputs, 'rule')}")
    others = op.state.find(op.token, op.scope) if rule else []
    same = [target for target in others if get_str(target.inputs, "rule") == get_str(op.inputs, "rule")]
    if op.existing is None and len(same) >= _TARGETS_PER_RULE:
        return f"LimitExceededException: The requested resource exceeds the maximum number allowed: {_TARGETS_PER_RULE}"
    return None


_TARGETS_PER_RULE = 5
"""Quota (EventBridge User Guide, quotas)."""

_QUEUE_NUMBERS = {
    "messageRetentionSeconds": (60, 1209600),
    "visibilityTimeoutSeconds": (0, 43200),
    "delaySeconds": (0, 900),
    "receiveWaitTimeSeconds": (0, 20),
    "kmsDataKeyReusePeriodSeconds": (60, 86400),
}
"""Attribute of a queue -> (minimum, maximum) (SQS API reference, SetQueueAttributes)."""


def queue_attributes(op: Operation) -> str | None:
    """Checks that attributes are in range, that one kind of encryption is used, and that the FIFO suffix and the policy
    are valid.
    """
    for name, (least, most) in _QUEUE_NUMBERS.items():
        value = op.inputs.get(name)
        if isinstance(value, int | float) and not least <= value <= most:
            return f"InvalidAttributeValue: Invalid value for the parameter {name[0].upper()}{name[1:]}."
    if op.inputs.get("sqsManagedSseEnabled") is True and op.inputs.get("kmsMasterKeyId"):
        return "InvalidAttributeValue: You can use one type of server-side encryption (SSE) at one time."
    if (op.inputs.get("fifoQueue") is True) != op.name.endswith(".fifo"):
        return (
            "InvalidParameterValue: The name of a FIFO queue can only include alphanumeric characters, hyphens, or "
            "underscores, must end with .fifo suffix and be 1 to 80 in length."
        )
    return queue_policy(op)


def queue_policy(op: Operation) -> str | None:
    """Checks that a policy is a document with statements."""
    policy = get_str(op.inputs, "policy")
    if policy and not has_statements(policy):
        return "InvalidAttributeValue: Invalid value for the parameter Policy."
    return None


def queue_url(op: Operation) -> str:
    """Returns the id of a queue, which is its URL."""
    return "https://sqs.{region}.amazonaws.com/{account}/{name}".format_map(op.variables)


def subscription_id(op: Operation) -> str:
    """Returns the id of a subscription, which is its ARN and begins with the topic's."""
    return f"{get_str(op.inputs, 'topic')}:{op.variables['uuid']}"


RESOURCE_TYPES = (
    ResourceType(
        "aws:sns/topic:Topic",
        id=_SNS + "{name}",
        naming=Naming("name", max_length=256),
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
        replace_on_changes=("name", "namePrefix", "fifoTopic", "region"),
    ),
    ResourceType(
        "aws:sns/topicPolicy:TopicPolicy",
        id="{arn}",
        outputs={"owner": "{account}"},
        replace_on_changes=("arn", "region"),
    ),
    ResourceType(
        "aws:sns/topicSubscription:TopicSubscription",
        id=subscription_id,
        outputs={
            "arn": "{id}",
            "ownerId": "{account}",
            "pendingConfirmation": False,
            "confirmationWasAuthenticated": False,
            "filterPolicyScope": "",
        },
        replace_on_changes=("topic", "protocol", "endpoint", "region"),
        enums={"protocol": _PROTOCOLS},
    ),
    ResourceType(
        "aws:sqs/queue:Queue",
        id=queue_url,
        naming=Naming("name", max_length=80),
        outputs={
            "arn": "arn:aws:sqs:{region}:{account}:{name}",
            "url": "{id}",
            "visibilityTimeoutSeconds": 30,
            "messageRetentionSeconds": 345600,
            "maxMessageSize": 262144,
            "kmsDataKeyReusePeriodSeconds": 300,
            "sqsManagedSseEnabled": True,
        },
        replace_on_changes=("name", "namePrefix", "fifoQueue", "region"),
        already_exists="QueueAlreadyExists: A queue already exists with the same name: {name}",
        write_rules=(queue_attributes,),
    ),
    ResourceType(
        "aws:sqs/queuePolicy:QueuePolicy",
        id="{queueUrl}",
        replace_on_changes=("queueUrl", "region"),
        write_rules=(queue_policy,),
        parents=(
            Parent(
                "queueUrl", "{value}", "AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist."
            ),
        ),
    ),
    ResourceType(
        "aws:cloudwatch/eventRule:EventRule",
        naming=Naming("name", max_length=64),
        outputs={"arn": "arn:aws:events:{region}:{account}:rule/{name}", "eventBusName": "default", "state": "ENABLED"},
        handles=("event-rule:{scope}:{name}",),
        replace_on_changes=("name", "namePrefix", "eventBusName", "region"),
        write_rules=(rule_has_trigger, event_pattern, schedule_expression),
        used_by=(UsedBy((_TARGET,), "ValidationException: Rule can't be deleted since it has targets."),),
    ),
    ResourceType(
        _TARGET,
        id="{rule}-{name}",
        naming=Naming("targetId", max_length=64, digits=16),
        outputs={"eventBusName": "default"},
        replace_on_changes=("rule", "targetId", "eventBusName", "region"),
        parents=(
            Parent(
                "rule",
                "event-rule:{scope}:{value}",
                "ResourceNotFoundException: Rule {value} does not exist on EventBus default.",
            ),
        ),
        write_rules=(event_target,),
    ),
    ResourceType(
        "aws:cloudwatch/logGroup:LogGroup",
        naming=Naming("name", max_length=512),
        outputs={
            "arn": "arn:aws:logs:{region}:{account}:log-group:{name}",
            "logGroupClass": "STANDARD",
            "retentionInDays": 0,
            "skipDestroy": False,
            "deletionProtectionEnabled": False,
        },
        replace_on_changes=("name", "namePrefix", "logGroupClass", "region"),
        already_exists="ResourceAlreadyExistsException: The specified log group already exists",
    ),
)
