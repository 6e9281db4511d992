"""Cost Anomaly Detection: a monitor, its threshold and its subscriptions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pulumi
import pulumi_aws as aws

ABSOLUTE, RELATIVE = "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE"
"""Dimensions of a threshold: US dollars above the expected spend, and percent of it (Cost Explorer API,
AnomalySubscription)."""


def service_monitor(name: str, tags: Mapping[str, str], parent: pulumi.Resource) -> pulumi.Output[str]:
    """ARN of a monitor that learns the spending of each service.

    AWS allows one of this kind an account, and creates it when Cost Explorer is opened for the first time.
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
    addresses: Sequence[str],
    topic: pulumi.Input[str],
    threshold: aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> None:
    """A daily summary by e-mail, and an immediate message to the topic: AWS sends each kind one way only."""
    channels = {
        "daily": ("DAILY", [("EMAIL", address) for address in addresses]),
        "immediate": ("IMMEDIATE", [("SNS", topic)]),
    }
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
    """Threshold of an anomaly: above the expected spend by both amounts. The cost of a small service often doubles."""
    expression = aws.costexplorer.AnomalySubscriptionThresholdExpressionAndArgs
    dimension = aws.costexplorer.AnomalySubscriptionThresholdExpressionAndDimensionArgs
    return aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs(
        ands=[
            expression(dimension=dimension(key=key, match_options=["GREATER_THAN_OR_EQUAL"], values=[value]))
            for key, value in ((ABSOLUTE, str(usd)), (RELATIVE, str(percent)))
        ]
    )
