"""Interruption events for Karpenter: five EventBridge rules that send to one encrypted SQS queue."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document
from falaj.components.aws.identity.keys import account_id, customer_key
from falaj.components.core.validation.tags import with_name_tag

EVENTS = {
    "health": ("aws.health", "AWS Health Event"),
    "spot": ("aws.ec2", "EC2 Spot Instance Interruption Warning"),
    "rebalance": ("aws.ec2", "EC2 Instance Rebalance Recommendation"),
    "state": ("aws.ec2", "EC2 Instance State-change Notification"),
    "reservation": ("aws.ec2", "EC2 Capacity Reservation Instance Interruption Warning"),
}
"""Rule name -> source and detail type of the events that Karpenter handles (its
pkg/controllers/interruption/messages)."""

RETENTION_SECONDS = 300
"""Retention of messages. Older warnings are useless: a spot machine is reclaimed two minutes after its warning."""

PRINCIPAL = {"Service": "events.amazonaws.com"}


EVENTS_KEY_USE = Statement("EventsEncrypt", ("kms:GenerateDataKey*", "kms:Decrypt"), principals=PRINCIPAL)
"""Lets EventBridge encrypt messages (EventBridge User Guide, eb-troubleshooting, "encrypted queue"; Amazon SQS
Developer Guide, sqs-key-management). Its requests to KMS have no documented source account, so a condition on it might
never match, and warnings would be lost without an error; the queue policy admits only the rules of this account."""


@dataclass(frozen=True)
class InterruptionQueue:
    """The queue, its KMS key, and the EventBridge targets that must exist before events arrive."""

    queue: aws.sqs.Queue
    key: aws.kms.Key
    targets: Sequence[pulumi.Resource]


def create_interruption_queue(name: str, tags: Mapping[str, str], parent: pulumi.Resource) -> InterruptionQueue:
    """Creates the rules, and a queue that accepts messages only from them and only over TLS."""
    child = pulumi.ResourceOptions(parent=parent)
    description = f"Encrypts the queue of interruptions of {name}"
    key = customer_key(f"{name}-queue-key", description, lambda _: (EVENTS_KEY_USE,), tags, parent)
    queue = aws.sqs.Queue(
        f"{name}-interruptions",
        message_retention_seconds=RETENTION_SECONDS,
        kms_master_key_id=key.arn,
        kms_data_key_reuse_period_seconds=RETENTION_SECONDS,
        tags=with_name_tag(tags, f"{name}-interruptions"),
        opts=child,
    )
    rules = {event: _rule(name, event, tags, child) for event in EVENTS}
    policy = aws.sqs.QueuePolicy(
        f"{name}-interruptions-policy",
        queue_url=queue.id,
        policy=pulumi.Output.all(account_id(parent), queue.arn, *(rule.arn for rule in rules.values())).apply(
            lambda resolved: queue_policy(resolved[0], resolved[1], resolved[2:])
        ),
        opts=child,
    )
    after_policy = pulumi.ResourceOptions(parent=parent, depends_on=[policy])
    targets = [
        aws.cloudwatch.EventTarget(f"{name}-on-{event}-target", rule=rule.name, arn=queue.arn, opts=after_policy)
        for event, rule in rules.items()
    ]
    return InterruptionQueue(queue, key, targets)


def _rule(name: str, event: str, tags: Mapping[str, str], opts: pulumi.ResourceOptions) -> aws.cloudwatch.EventRule:
    source, detail_type = EVENTS[event]
    return aws.cloudwatch.EventRule(
        f"{name}-on-{event}",
        description=f"{detail_type}, for Karpenter",
        event_pattern=json.dumps({"source": [source], "detail-type": [detail_type]}),
        tags=with_name_tag(tags, f"{name}-on-{event}"),
        opts=opts,
    )


def queue_policy(account: str, queue: str, rules: Sequence[str]) -> str:
    """Returns the queue policy: only these rules of this account may send, and plain HTTP is denied. `queue` and
    `rules` are ARNs."""
    return document(
        Statement(
            "EventsSend",
            ("sqs:SendMessage",),
            (queue,),
            PRINCIPAL,
            {"StringEquals": {"aws:SourceAccount": account}, "ArnEquals": {"aws:SourceArn": list(rules)}},
        ),
        Statement(
            "TlsOnly", ("sqs:*",), (queue,), {"AWS": EVERYONE}, {"Bool": {"aws:SecureTransport": "false"}}, "Deny"
        ),
    )
