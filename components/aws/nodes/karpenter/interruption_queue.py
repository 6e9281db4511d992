"""Interruption events for Karpenter: five EventBridge rules that deliver to one encrypted queue."""

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
"""Rule -> source and detail type of the events that Karpenter handles (its pkg/controllers/interruption/messages)."""

RETENTION_SECONDS = 300
"""Older warnings are of no use: a spot machine is reclaimed two minutes after its warning."""

PRINCIPAL = {"Service": "events.amazonaws.com"}


@dataclass(frozen=True)
class Interruptions:
    """The queue, its key, and `fed`, the targets that must exist before events arrive."""

    queue: aws.sqs.Queue
    key: aws.kms.Key
    fed: Sequence[pulumi.Resource]


def interruptions(name: str, tags: Mapping[str, str], parent: pulumi.Resource) -> Interruptions:
    """A queue that only these rules send to, and only over TLS."""
    child = pulumi.ResourceOptions(parent=parent)
    description = f"Encrypts the queue of interruptions of {name}"
    key = customer_key(f"{name}-queue-key", description, lambda account: (events_key_use(account),), tags, parent)
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
            lambda arns: queue_policy(arns[0], arns[1], arns[2:])
        ),
        opts=child,
    )
    after = pulumi.ResourceOptions(parent=parent, depends_on=[policy])
    targets = [
        aws.cloudwatch.EventTarget(f"{name}-on-{event}-target", rule=rule.name, arn=queue.arn, opts=after)
        for event, rule in rules.items()
    ]
    return Interruptions(queue, key, targets)


def _rule(name: str, event: str, tags: Mapping[str, str], opts: pulumi.ResourceOptions) -> aws.cloudwatch.EventRule:
    source, kind = EVENTS[event]
    return aws.cloudwatch.EventRule(
        f"{name}-on-{event}",
        description=f"{kind}, for Karpenter",
        event_pattern=json.dumps({"source": [source], "detail-type": [kind]}),
        tags=with_name_tag(tags, f"{name}-on-{event}"),
        opts=opts,
    )


def events_key_use(account: str) -> Statement:
    """EventBridge may encrypt what it sends for this account (EventBridge User Guide, encrypted queues as targets)."""
    return Statement(
        "EventsEncrypt",
        ("kms:GenerateDataKey*", "kms:Decrypt"),
        principals=PRINCIPAL,
        conditions={"StringEquals": {"aws:SourceAccount": account}},
    )


def queue_policy(account: str, queue: str, rules: Sequence[str]) -> str:
    """The queue's policy: only these rules of this account send, and plain HTTP is denied. `queue` and `rules` are
    ARNs."""
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
