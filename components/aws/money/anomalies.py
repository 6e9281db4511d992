"""Cost Anomaly Detection: what counts as unusual spending, and who hears of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pulumi
import pulumi_aws as aws

ABSOLUTE, RELATIVE = "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE"
"""Dimensions of a threshold: US dollars above the usual, and percent of it (Cost Explorer API, AnomalySubscription)."""


def service_monitor(name: str, tags: Mapping[str, str], parent: pulumi.Resource) -> pulumi.Output[str]:
    """A monitor that learns the spending of each service by itself; its ARN.

    AWS allows one of this kind an account, and makes one where Cost Explorer is opened for the first time.
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
    people: Sequence[str],
    topic: pulumi.Input[str],
    threshold: aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> None:
    """People hear once a day by e-mail, machines at once by the topic: AWS offers each way one of these only."""
    ways = {
        "daily": ("DAILY", [("EMAIL", address) for address in people]),
        "immediate": ("IMMEDIATE", [("SNS", topic)]),
    }
    for way, (frequency, subscribers) in ways.items():
        aws.costexplorer.AnomalySubscription(
            f"{name}-anomalies-{way}",
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


def unusual(usd: Decimal, percent: int) -> aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs:
    """An anomaly that costs so many dollars and is so many percent above the usual: small services double daily."""
    expression = aws.costexplorer.AnomalySubscriptionThresholdExpressionAndArgs
    dimension = aws.costexplorer.AnomalySubscriptionThresholdExpressionAndDimensionArgs
    return aws.costexplorer.AnomalySubscriptionThresholdExpressionArgs(
        ands=[
            expression(dimension=dimension(key=key, match_options=["GREATER_THAN_OR_EQUAL"], values=[value]))
            for key, value in ((ABSOLUTE, str(usd)), (RELATIVE, str(percent)))
        ]
    )
