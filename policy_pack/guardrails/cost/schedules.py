"""Schedules that start trainings, batches or machines more often than each hour: each run may take machines of its own;
and tasks of ECS and data flows of Azure Data Factory, of which many start in an hour.

Expressions and targets by botocore 1.44.8, scheduler, CreateSchedule and Target, and events, PutRule; minutes with
ranges, lists and steps, and targets `arn:aws:scheduler:::aws-sdk:SERVICE:ACTION`, as strings in public repositories;
read 2026-11-30; properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. The hour and the numbers are judged,
not read anywhere.
"""

import re
from collections.abc import Iterator
from itertools import islice

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan, named_by
from ..engine.reading import MISSING, Plain, Resource, items_of, leaves, texts_in
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed, passed
from .cron import runs_an_hour

SCHEDULE, EVENT_TARGET = aws("scheduler/Schedule")[0], aws("cloudwatch/EventTarget")[0]
_EVENT_RULE = aws("cloudwatch/EventRule")[0]
TRIGGER, _GLUE_JOB = aws("glue/Trigger", "glue/Job")
FACTORY_TRIGGER, _PIPELINE = azure("datafactory:Trigger", "datafactory:Pipeline")
_STARTS_MACHINES = lazy_regex(
    r"arn:aws[\w-]*:(?:sagemaker:[^:]*:[^:]*:pipeline/|batch:"
    r"|scheduler:::aws-sdk:(?:sagemaker:(?:create\w*job|startpipelineexecution)|batch:submitjob|emr:runjobflow"
    r"|ec2:(?:runinstances|createfleet|requestspot\w+)|(?:emrserverless|emrcontainers|glue):startjobrun))",
    re.IGNORECASE,
)
_STARTING_FIELDS = ("sagemakerPipelineParameters", "sagemakerPipelineTarget", "batchTarget")
"""Fields of a target that only a pipeline or a queue of batches has, whose ARN may not be known yet."""
_HOUR = 60
"""Minutes of an hour."""
_MOST_TASKS = 240
"""Tasks that a schedule starts in an hour: four each minute, each of which ends by itself or not."""
_MOST_CORES = 320
"""Cores of data flows, or units of copies, that a trigger starts in an hour: more than one run of the largest."""
_DEFAULT_CORES = 8
"""Of a data flow that states none: the smallest cluster, half of it workers (MicrosoftDocs/azure-docs e9a91732
articles/data-factory/control-flow-execute-data-flow-activity.md, compute.coreCount, read 2026-12-01)."""


def _starts_machines(target: dict[str, Plain]) -> bool:
    is_known = any(target.get(field) is not None for field in _STARTING_FIELDS)
    return is_known or _STARTS_MACHINES.match(str(target.get("arn"))) is not None


def _judge(expression: Plain, path: str) -> Outcome:
    text = f"{path} {expression} starts machines of a training or a batch more often than each hour"
    return failed(text, path) if runs_an_hour(expression) > 1 else passed()


def _judge_tasks(tasks: Plain, expression: Plain, path: str) -> Outcome:
    """Evaluates the tasks of ECS that a schedule starts in an hour."""
    count = number_of(tasks.get("taskCount")) if isinstance(tasks, dict) else 0
    started = (1 if count is None else count) * runs_an_hour(expression)
    text = f"{path} {expression} starts {started:,.0f} tasks in an hour, more than {_MOST_TASKS}"
    return failed(text, path) if started > _MOST_TASKS else passed()


def check_schedule(resource: Resource) -> Outcome:
    """Evaluates a schedule of EventBridge Scheduler with its target."""
    target = resource.get("target")
    if not isinstance(target, dict):
        return passed()
    expression, path = resource.get("scheduleExpression"), "scheduleExpression"
    return (
        _judge(expression, path)
        if _starts_machines(target)
        else _judge_tasks(target.get("ecsParameters"), expression, path)
    )


def check_event_target(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Evaluates the rule of EventBridge that starts a target."""
    tasks = resource.get("ecsTarget")
    if not _starts_machines(resource.props) and not isinstance(tasks, dict):
        return
    for rule in rules_of(resource, plan):
        expression = rule.get("scheduleExpression")
        is_of_tasks = isinstance(tasks, dict)
        yield _judge_tasks(tasks, expression, "rule") if is_of_tasks else _judge(expression, "rule")


def rules_of(target: Resource, plan: Plan) -> set[Resource]:
    """Returns the rules of EventBridge in the plan that start a target."""
    name = target.get("rule")
    named = plan.with_keys(named_by((_EVENT_RULE,), "name"), texts_in([name]))
    return {item for item in (*named, *plan.dependencies_of(target, "rule")) if item.type == _EVENT_RULE}


def check_trigger(resource: Resource, plan: Plan) -> Outcome:
    """Evaluates a trigger of AWS Glue: each run of a job takes workers of its own."""
    actions = [item for item in items_of(resource.get("actions")) if isinstance(item, dict)]
    names = [name for item in actions if (name := item.get("jobName")) is not None]
    jobs = plan.dependencies_of(resource, "actions")
    named = plan.by_key(_job_names)
    started = [named.get(name, (None,))[-1] for name in names if isinstance(name, str)]
    started += [item for item in jobs if item.type == _GLUE_JOB] if len(started) < len(names) else []
    is_known = len(started) >= len(names) and all(item is not None and _runs_once(item) for item in started)
    return passed() if is_known else _judge(resource.get("schedule"), "schedule")


def _job_names(resource: Resource) -> Iterator[str]:
    if resource.type == _GLUE_JOB and isinstance(name := resource.get("name"), str):
        yield name


def _runs_once(job: Resource) -> bool:
    """Returns whether a job of Glue reads a stream all the time, one run at once: a start beside it fails (AWS Glue
    API, ExecutionProperty: MaxConcurrentRuns is 1 by default; read 2026-12-02), so that schedules only restart it."""
    command, limits = job.get("command"), job.get("executionProperty")
    is_stream = isinstance(command, dict) and command.get("name") == "gluestreaming"
    most = limits.get("maxConcurrentRuns", 1) if isinstance(limits, dict) else 1 if limits is MISSING else None
    return is_stream and number_of(most) == 1


def check_factory_trigger(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Evaluates a trigger of Azure Data Factory with the pipelines of the plan that it starts."""
    trigger = resource.get("properties")
    recurrence = trigger.get("recurrence", trigger) if isinstance(trigger, dict) else None
    if not isinstance(recurrence, dict) or str(recurrence.get("frequency")).lower() != "minute":
        return
    runs = _HOUR / max(1, number_of(recurrence.get("interval")) or 1)
    names = {str(value) for _, key, value in leaves(trigger) if key == "referenceName"}
    yield from (passed() for _ in islice(plan.of_type(_PIPELINE), 1))
    for pipeline in plan.with_keys(_pipeline_names, names):
        cores = runs * _cores(pipeline)
        text = f"properties starts {cores:,.0f} cores of data flows or units of copies in an hour of '{pipeline.name}'"
        yield failed(f"{text}, more than {_MOST_CORES}", "properties") if cores > _MOST_CORES else passed()


def _pipeline_names(item: Resource) -> tuple[str, ...]:
    return (str(item.get("pipelineName")), item.name) if item.type == _PIPELINE else ()


def _cores(pipeline: Resource) -> float:
    """Returns the cores of the data flows of a pipeline, and the units of its copies that are stated."""
    activities = [(key, value) for _, key, value in leaves(pipeline.get("activities"))]
    flows = _DEFAULT_CORES * sum(item == ("type", "ExecuteDataFlow") for item in activities)
    stated = {of: sum(number_of(value) or 0 for key, value in activities if key == of)
              for of in ("coreCount", "dataIntegrationUnits")}  # fmt: skip
    return max(flows, stated["coreCount"]) + stated["dataIntegrationUnits"]
