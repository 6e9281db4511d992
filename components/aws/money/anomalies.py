"""Cost Anomaly Detection: monitor, threshold and subscriptions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pulumi
import pulumi_aws as aws

ABSOLUTE, RELATIVE = "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE"
"""Dimensions of a threshold: US dollars above the expected spend, and percent of it (Cost Explorer API,
AnomalySubscription)."""


def service_monitor(name: str, tags: Mapping[str, str], parent: pulumi.Resource) -> pulumi.Output[str]:
    """Creates an anomaly monitor of the spending on each AWS service, and returns its ARN.

    AWS allows one such monitor per account, and creates it when Cost Explorer is opened for the first time.
    """
    return aws.costexplorer.AnomalyMonitor(
        f"{name}-services",
        monitor_type="DIMENSIONAL",
        monitor_dimension="SERVICE",
        tags=dict(tags),
        opts=pulumi.ResourceOptions(parent=parent),
    ).arn


def subscriptions(
    name: str,
    monitor: pulumi.Input[str],
    addresses: Sequence[pulumi.Input[str]],
    topic: pulumi.Input[str] | None,
    threshold: aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> None:
    """Creates a subscription to a daily summary by e-mail and, with a topic, one to immediate messages to it. AWS sends
    daily summaries only by e-mail, and immediate messages only to a topic."""
    channels = {"daily": ("DAILY", [("EMAIL", address) for address in addresses])}
    if topic is not None:
        channels["immediate"] = ("IMMEDIATE", [("SNS", topic)])
    for channel, (frequency, subscribers) in channels.items():
        aws.costexplorer.AnomalySubscription(
            f"{name}-anomalies-{channel}",
            frequency=frequency,
            monitor_arn_lists=[monitor],
            subscribers=[
                aws.costexplorer.AnomalySubscriptionSubscriberArgs(type=kind, address=address)
                for kind, address in subscribers
            ],
            threshold_expression=threshold,
            tags=dict(tags),
            opts=pulumi.ResourceOptions(parent=parent),
        )


def anomaly_threshold(usd: Decimal, percent: int) -> aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs:
    """Returns the threshold of an anomaly, which must exceed the expected spend by both amounts: the cost of a small
    service often doubles, so a percentage alone is not enough."""
    expression = aws.costexplorer.AnomalySubscriptionThresholdExpressionAndArgs
    dimension = aws.costexplorer.AnomalySubscriptionThresholdExpressionAndDimensionArgs
    return aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs(
        ands=[
            expression(dimension=dimension(key=key, match_options=["GREATER_THAN_OR_EQUAL"], values=[value]))
            for key, value in ((ABSOLUTE, str(usd)), (RELATIVE, str(percent)))
        ]
    )
