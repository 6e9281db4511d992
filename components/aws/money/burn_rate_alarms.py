"""Alarms over what a site's machines cost an hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pulumi
import pulumi_aws as aws

RUN_SECONDS = 600
"""The job publishes once in ten minutes."""

SPEND, RUNNING, UNPRICED = "HourlySpendAed", "RunningMachines", "UnpricedMachines"


@dataclass(frozen=True)
class Limits:
    """Dirhams an hour from which the alarms sound."""

    fast: Decimal
    slow: Decimal


@dataclass(frozen=True)
class Watch:
    """One alarm: so many of so many periods, in which `statistic` of `metric` is `comparison` than the limit."""

    metric: str
    statistic: str
    limit: Decimal
    meaning: str
    comparison: str = "GreaterThanThreshold"
    period: int = RUN_SECONDS
    of: int = 3
    sounding: int = 2
    missing: str = "missing"


def watches(limits: Limits) -> dict[str, Watch]:
    """The alarms of a site. Only `silent` sounds for data that does not come: one fault is one alarm."""
    return {
        "fast": Watch(SPEND, "Maximum", limits.fast, "spends several times its budget's pace"),
        "slow": Watch(
            SPEND, "Average", limits.slow, "has spent above its budget's pace for hours", period=3600, of=6, sounding=6
        ),
        "unpriced": Watch(UNPRICED, "Maximum", Decimal(0), "runs machines whose price nobody knows", sounding=3),
        "silent": Watch(
            RUNNING,
            "SampleCount",
            Decimal(1),
            "does not report what it spends",
            comparison="LessThanThreshold",
            sounding=3,
            missing="breaching",
        ),
    }


def alarms(
    name: str,
    site: str,
    limits: Limits,
    topic: pulumi.Input[str],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> dict[str, aws.cloudwatch.MetricAlarm]:
    """The alarms, each of which publishes to the topic when it sounds and when it stops."""
    return {
        kind: aws.cloudwatch.MetricAlarm(
            f"{name}-{kind}",
            namespace="Falaj",
            metric_name=watch.metric,
            dimensions={"Site": site},
            statistic=watch.statistic,
            period=watch.period,
            evaluation_periods=watch.of,
            datapoints_to_alarm=watch.sounding,
            comparison_operator=watch.comparison,
            threshold=float(watch.limit),
            treat_missing_data=watch.missing,
            alarm_description=f"{site} {watch.meaning}",
            alarm_actions=[topic],
            ok_actions=[topic],
            tags=dict(tags),
            opts=pulumi.ResourceOptions(parent=parent),
        )
        for kind, watch in watches(limits).items()
    }
