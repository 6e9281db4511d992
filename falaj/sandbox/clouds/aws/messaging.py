"""Topics, queues, event rules, log groups: what tells people and machines that something happened."""

from __future__ import annotations

from falaj.sandbox.clouds.rows import Call, InUse, Naming, Parent, Row
from falaj.sandbox.clouds.values import text

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
    ),
    Row(
        "aws:sqs/queuePolicy:QueuePolicy",
        id="{queueUrl}",
        replace=("queueUrl", "region"),
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
        creating=(rule_is_triggered,),
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
