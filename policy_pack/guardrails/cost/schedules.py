"""Schedules that start trainings, batches or machines more often than each hour: each run may take machines of its own.

Expressions and targets by botocore 1.44.8, scheduler, CreateSchedule and Target, and events, PutRule; minutes with
ranges, lists and steps, and targets `arn:aws:scheduler:::aws-sdk:SERVICE:ACTION`, as strings in public repositories;
read 2026-11-30; properties by pulumi-aws 7.51.1. The hour is judged, not read anywhere.
"""

import re
from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed

SCHEDULE, EVENT_TARGET = aws("scheduler/Schedule")[0], aws("cloudwatch/EventTarget")[0]
_EVENT_RULE = aws("cloudwatch/EventRule")[0]
TRIGGER = aws("glue/Trigger")[0]
_STARTS_MACHINES = re.compile(
    r"arn:aws[\w-]*:(?:sagemaker:[^:]*:[^:]*:pipeline/|batch:"
    r"|scheduler:::aws-sdk:(?:sagemaker:(?:create\w*job|startpipelineexecution)|batch:submitjob|emr:runjobflow"
    r"|ec2:(?:runinstances|createfleet|requestspot\w+)|(?:emrserverless|emrcontainers|glue):startjobrun))",
    re.IGNORECASE,
)
_STARTING_FIELDS = ("sagemakerPipelineParameters", "sagemakerPipelineTarget", "batchTarget")
"""Fields of a target that only a pipeline or a queue of batches has, whose ARN may not be known yet."""
_RATE = re.compile(r"rate\(\s*(?P<number>\d+)\s+minutes?\s*\)", re.IGNORECASE)
_CRON = re.compile(r"cron\(\s*(?P<minutes>\S+)\s+(?P<hours>\S+)\s", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})-(?!\1(?!\d))\d")
"""Several minutes in turn."""
_HOUR = 60
"""Minutes of an hour."""


def _is_often(expression: Plain) -> bool:
    """Returns whether an expression starts more than one run in an hour, in every hour."""
    text = str(expression)
    if rate := _RATE.match(text):
        return int(rate["number"]) < _HOUR
    cron = _CRON.match(text)
    if cron is None or cron["hours"].isdigit():
        return False
    step = number_of(cron["minutes"].partition("/")[2])
    several = cron["minutes"] == "*" or "," in cron["minutes"] or _RANGE.match(cron["minutes"]) is not None
    return several or (step is not None and step < _HOUR)


def _starts_machines(target: dict[str, Plain]) -> bool:
    is_known = any(target.get(field) is not None for field in _STARTING_FIELDS)
    return is_known or _STARTS_MACHINES.match(str(target.get("arn"))) is not None


def _judge(expression: Plain, path: str) -> Outcome:
    text = f"{path} {expression} starts machines of a training or a batch more often than each hour"
    return failed(text, path) if _is_often(expression) else passed()


def check_schedule(resource: Resource) -> Outcome:
    """Evaluates a schedule of EventBridge Scheduler with its target."""
    target = resource.get("target")
    if not isinstance(target, dict) or not _starts_machines(target):
        return passed()
    return _judge(resource.get("scheduleExpression"), "scheduleExpression")


def check_event_target(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Evaluates the rule of EventBridge that starts a target."""
    if not _starts_machines(resource.props):
        return
    name = resource.get("rule")
    named = (item for item in plan.of_type(_EVENT_RULE) if isinstance(name, str) and item.get("name") == name)
    rules = {item for item in (*named, *plan.dependencies_of(resource, "rule")) if item.type == _EVENT_RULE}
    for rule in rules:
        yield _judge(rule.get("scheduleExpression"), "rule")


def check_trigger(resource: Resource) -> Outcome:
    """Evaluates a trigger of AWS Glue: each run of a job takes workers of its own."""
    actions = resource.get("actions")
    starts = [item for item in one_or_many(actions) if isinstance(item, dict)]
    if not any(item.get("jobName") is not None for item in starts):
        return passed()
    return _judge(resource.get("schedule"), "schedule")
