"""A topic that alarms of this account are published to, encrypted, and who of AWS may publish."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document
from falaj.components.aws.identity.keys import account_id, customer_key
from falaj.components.core.validation.tags import named


@dataclass(frozen=True)
class Publisher:
    """A service of AWS that publishes alarms: its principal is `<service>.amazonaws.com`.

    `source` is the ARN pattern of what it publishes for, with `{account}`.
    """

    sid: str
    service: str
    source: str

    @property
    def principal(self) -> dict[str, str]:
        """As a statement names it."""
        return {"Service": f"{self.service}.amazonaws.com"}


BUDGETS = Publisher("Budgets", "budgets", "arn:aws:budgets::{account}:*")
"""AWS Budgets (Cost Management User Guide, budgets-sns-policy; read 2026-11-24)."""
ANOMALIES = Publisher("Anomalies", "costalerts", "arn:aws:ce::{account}:anomalysubscription/*")
"""Cost Anomaly Detection (Cost Management User Guide, ad-SNS; read 2026-11-24)."""
ALARMS = Publisher("Alarms", "cloudwatch", "arn:aws:cloudwatch:*:{account}:alarm:*")
"""CloudWatch alarms (CloudWatch User Guide, notify users on alarm changes)."""


def publishers_use(account: str, publishers: Sequence[Publisher]) -> tuple[Statement, ...]:
    """Statements of a key's policy: what is published for this account may be encrypted, and nothing else."""
    return tuple(
        Statement(
            f"{publisher.sid}Encrypt",
            ("kms:GenerateDataKey*", "kms:Decrypt"),
            principals=publisher.principal,
            conditions={"StringEquals": {"aws:SourceAccount": account}},
        )
        for publisher in publishers
    )


def publish(account: str, topic: str, publishers: Sequence[Publisher]) -> str:
    """A topic's policy: only these services publish, only for this account, and only over TLS."""
    allowed = [
        Statement(
            f"{publisher.sid}Publish",
            ("sns:Publish",),
            (topic,),
            publisher.principal,
            {
                "StringEquals": {"aws:SourceAccount": account},
                "ArnLike": {"aws:SourceArn": publisher.source.format(account=account)},
            },
        )
        for publisher in publishers
    ]
    refused = Statement(
        "TlsOnly",
        ("sns:Publish",),
        (topic,),
        {"AWS": EVERYONE},
        {"Bool": {"aws:SecureTransport": "false"}},
        "Deny",
    )
    return document(*allowed, refused)


def alarm_topic(
    name: str, purpose: str, publishers: Sequence[Publisher], tags: Mapping[str, str], parent: pulumi.Resource
) -> pulumi.Output[str]:
    """A topic with a key of its own; its ARN is known once its policy is there, because AWS tries the topic at once
    when a budget or a subscription names it."""
    key = customer_key(f"{name}-key", purpose, lambda account: publishers_use(account, publishers), tags, parent)
    topic = aws.sns.Topic(
        f"{name}-topic",
        kms_master_key_id=key.arn,
        tags=named(tags, f"{name}-topic"),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    policy = aws.sns.TopicPolicy(
        f"{name}-topic-policy",
        arn=topic.arn,
        policy=pulumi.Output.all(account_id(parent), topic.arn).apply(
            lambda both: publish(both[0], both[1], publishers)
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return policy.arn


def mail_alarms(name: str, topic: pulumi.Input[str], people: Sequence[str], parent: pulumi.Resource) -> None:
    """People hear of CloudWatch alarms, which know no other way to them than a topic, once they have confirmed the
    topic's first mail. What budgets and anomaly detection publish reaches them without it, so it is held back here."""
    for address in people:
        aws.sns.TopicSubscription(
            f"{name}-mail-{address}",
            topic=topic,
            protocol="email",
            endpoint=address,
            filter_policy_scope="MessageBody",
            filter_policy=json.dumps({"AlarmName": [{"exists": True}]}),
            opts=pulumi.ResourceOptions(parent=parent),
        )
