"""CloudWatch alarms."""

from __future__ import annotations

from falaj.sandbox.clouds.spec import Naming, Operation, ResourceType
from falaj.sandbox.clouds.values import Json, get_str

_HOUR, _DAY, _WEEK = 3_600, 86_400, 604_800
_HIGH_RESOLUTION_PERIODS = (10, 20, 30)


def evaluation_window(op: Operation) -> str | None:
    """Checks the period and the evaluation window of an alarm (CloudWatch API, PutMetricAlarm)."""
    period, periods = _number(op.inputs.get("period")), _number(op.inputs.get("evaluationPeriods"))
    to_alarm = _number(op.inputs.get("datapointsToAlarm"))
    if period and period not in _HIGH_RESOLUTION_PERIODS and period % 60:
        return f"ValidationError: Period must be 10, 20, 30 or a multiple of 60, got {period:g}"
    if period and periods and period * periods > (_DAY if period < _HOUR else _WEEK):
        return (
            "ValidationError: Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be "
            "<= 86400), or a week where the period is an hour or more"
        )
    if periods and to_alarm and to_alarm > periods:
        return f"ValidationError: DatapointsToAlarm ({to_alarm:g}) must not exceed EvaluationPeriods ({periods:g})"
    return None


def metric_and_threshold(op: Operation) -> str | None:
    """Checks that an alarm compares one statistic of one metric with a threshold, or uses a query."""
    if op.inputs.get("metricQueries") or op.inputs.get("evaluationCriteria"):
        return None
    if not get_str(op.inputs, "metricName") or not get_str(op.inputs, "namespace"):
        return "ValidationError: MetricName and Namespace must be specified"
    if bool(get_str(op.inputs, "statistic")) == bool(get_str(op.inputs, "extendedStatistic")):
        return "ValidationError: Exactly one of Statistic and ExtendedStatistic must be specified"
    if op.inputs.get("threshold") is None and not get_str(op.inputs, "thresholdMetricId"):
        return "ValidationError: Threshold must be specified"
    return None


def _number(value: Json) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


RESOURCE_TYPES = (
    ResourceType(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        naming=Naming("name", max_length=255),
        outputs={
            "arn": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}",
            "actionsEnabled": True,
            "treatMissingData": "missing",
        },
        replace_on_changes=("name", "region"),
        write_rules=(evaluation_window, metric_and_threshold),
        enums={
            "treatMissingData": ("breaching", "notBreaching", "ignore", "missing"),
        },
    ),
)
