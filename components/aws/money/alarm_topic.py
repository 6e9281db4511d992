"""An encrypted SNS topic for alarms of this account, and the AWS services that may publish to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document
from falaj.components.aws.identity.keys import account_id, customer_key
from falaj.components.core.validation.tags import with_name_tag


@dataclass(frozen=True)
class Publisher:
    """An AWS service that publishes alarms: its principal is `<service>.amazonaws.com`.

    `source` is the ARN pattern of the resources that it publishes for, with the placeholder `{account}`.
    """

    sid: str
    service: str
    source: str

    @property
    def principal(self) -> dict[str, str]:
        """Returns the principal for a policy statement."""
        return {"Service": f"{self.service}.amazonaws.com"}


BUDGETS = Publisher("Budgets", "budgets", "arn:aws:budgets::{account}:*")
"""AWS Budgets (Cost Management User Guide, budgets-sns-policy; read 2026-11-24)."""
ANOMALIES = Publisher("Anomalies", "costalerts", "arn:aws:ce::{account}:anomalysubscription/*")
"""Cost Anomaly Detection (Cost Management User Guide, ad-SNS; read 2026-11-24)."""
ALARMS = Publisher("Alarms", "cloudwatch", "arn:aws:cloudwatch:*:{account}:alarm:*")
"""CloudWatch alarms (CloudWatch User Guide, notify users on alarm changes)."""


def publisher_key_use(account: str, publishers: Sequence[Publisher]) -> tuple[Statement, ...]:
    """Returns key policy statements that let the publishers encrypt messages for this account."""
    return tuple(
        Statement(
            f"{publisher.sid}Encrypt",
            ("kms:GenerateDataKey*", "kms:Decrypt"),
            principals=publisher.principal,
            conditions={"StringEquals": {"aws:SourceAccount": account}},
        )
        for publisher in publishers
    )


def topic_policy(account: str, topic: str, publishers: Sequence[Publisher]) -> str:
    """Returns the topic policy: only these services may publish, only for this account, and only over TLS."""
    allow_publish = [
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
    deny_plain_http = Statement(
        "TlsOnly",
        ("sns:Publish",),
        (topic,),
        {"AWS": EVERYONE},
        {"Bool": {"aws:SecureTransport": "false"}},
        "Deny",
    )
    return document(*allow_publish, deny_plain_http)


def alarm_topic(
    name: str, purpose: str, publishers: Sequence[Publisher], tags: Mapping[str, str], parent: pulumi.Resource
) -> pulumi.Output[str]:
    """Creates a topic encrypted with its own KMS key, and returns its ARN. The ARN resolves once the topic policy
    exists, because AWS publishes a test message as soon as a budget or a subscription names the topic."""
    key = customer_key(f"{name}-key", purpose, lambda account: publisher_key_use(account, publishers), tags, parent)
    topic = aws.sns.Topic(
        f"{name}-topic",
        kms_master_key_id=key.arn,
        tags=with_name_tag(tags, f"{name}-topic"),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    policy = aws.sns.TopicPolicy(
        f"{name}-topic-policy",
        arn=topic.arn,
        policy=pulumi.Output.all(account_id(parent), topic.arn).apply(
            lambda resolved: topic_policy(resolved[0], resolved[1], publishers)
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return policy.arn


def email_alarms(
    name: str, topic: pulumi.Input[str], addresses: Sequence[pulumi.Input[str]], parent: pulumi.Resource
) -> None:
    """Creates e-mail subscriptions to CloudWatch alarms, which can notify people only through a topic. Each recipient
    must confirm the subscription in the topic's first e-mail. Messages from budgets and anomaly detection are filtered
    out, because these services send e-mail themselves. An address of another resource is named by its position."""
    for index, address in enumerate(addresses):
        aws.sns.TopicSubscription(
            f"{name}-mail-{address if isinstance(address, str) else index}",
            topic=topic,
            protocol="email",
            endpoint=address,
            filter_policy_scope="MessageBody",
            filter_policy=json.dumps({"AlarmName": [{"exists": True}]}),
            opts=pulumi.ResourceOptions(parent=parent),
        )
