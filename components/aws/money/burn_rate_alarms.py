"""CloudWatch alarms on the hourly cost of a site's machines."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pulumi
import pulumi_aws as aws

RUN_SECONDS = 600
"""Interval in seconds at which the job publishes metrics."""

SPEND, RUNNING, UNPRICED = "HourlySpendAed", "RunningMachines", "UnpricedMachines"


@dataclass(frozen=True)
class Limits:
    """Limits in dirhams (AED) per hour above which the alarms fire."""

    fast: Decimal
    slow: Decimal


@dataclass(frozen=True)
class AlarmSpec:
    """An alarm that fires if `statistic` of `metric` breaches `limit` in `breaching` of `periods` periods.

    `period` is in seconds. `missing_data` decides how CloudWatch treats missing data.
    """

    metric: str
    statistic: str
    limit: Decimal
    description: str
    comparison: str = "GreaterThanThreshold"
    period: int = RUN_SECONDS
    periods: int = 3
    breaching: int = 2
    missing_data: str = "missing"


def alarm_specs(limits: Limits) -> dict[str, AlarmSpec]:
    """Returns the alarms of a site by kind. Only `silent` fires on missing data, so that one fault raises one alarm."""
    return {
        "fast": AlarmSpec(SPEND, "Maximum", limits.fast, "spends several times its budget's pace"),
        "slow": AlarmSpec(
            SPEND,
            "Average",
            limits.slow,
            "has spent above its budget's pace for hours",
            period=3600,
            periods=6,
            breaching=6,
        ),
        "unpriced": AlarmSpec(UNPRICED, "Maximum", Decimal(0), "runs machines whose price nobody knows", breaching=3),
        "silent": AlarmSpec(
            RUNNING,
            "SampleCount",
            Decimal(1),
            "does not report what it spends",
            comparison="LessThanThreshold",
            breaching=3,
            missing_data="breaching",
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
    """Creates the alarms. Each publishes to the topic when it fires and when it recovers."""
    return {
        kind: aws.cloudwatch.MetricAlarm(
            f"{name}-{kind}",
            namespace="Falaj",
            metric_name=spec.metric,
            dimensions={"Site": site},
            statistic=spec.statistic,
            period=spec.period,
            evaluation_periods=spec.periods,
            datapoints_to_alarm=spec.breaching,
            comparison_operator=spec.comparison,
            threshold=float(spec.limit),
            treat_missing_data=spec.missing_data,
            alarm_description=f"{site} {spec.description}",
            alarm_actions=[topic],
            ok_actions=[topic],
            tags=dict(tags),
            opts=pulumi.ResourceOptions(parent=parent),
        )
        for kind, spec in alarm_specs(limits).items()
    }
