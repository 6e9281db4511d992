"""Builds of AWS CodeBuild that a schedule starts while earlier ones run, and workflows that start machines more often
than each hour: each run has machines of its own.

Processors by the compute types of AWS CodeBuild (botocore 1.44.8, codebuild, ProjectEnvironment.computeType) and the
timeout of an hour by pulumi-aws 7.51.1, Project; targets by botocore 1.44.8, events and scheduler; tasks of AWS Step
Functions by their resource, such as `arn:aws:states:::glue:startJobRun` (AWS Step Functions Developer Guide, "Start an
AWS Glue job with Step Functions", read 2026-12-01). The limit is judged, not read anywhere.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan, named_by
from ..engine.reading import Plain, Resource, from_json, texts_in
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.texts import read_texts
from .cron import runs_an_hour
from .schedules import EVENT_TARGET, SCHEDULE, rules_of

_PROJECT, _WORKFLOW = aws("codebuild/Project", "sfn/StateMachine")
_PROJECT_ARN = lazy_regex(r"arn:aws[\w-]{0,20}:codebuild:[^:]{0,40}:[^:]{0,40}:project/(?P<name>.{1,300})")
_WORKFLOW_ARN = lazy_regex(r"arn:aws[\w-]{0,20}:states:[^:]{0,40}:[^:]{0,40}:stateMachine:(?P<name>.{1,300})")
STARTS_MACHINES = lazy_regex(
    r"arn:aws[\w-]{0,20}:states:::(?:aws-sdk:)?(?:glue:startjobrun|batch:submitjob|sagemaker:create\w{1,40}job"
    r"|elasticmapreduce:|emr:runjobflow|emr-?serverless:startjobrun|emr-?containers:startjobrun|ec2:runinstances"
    r"|ec2:createfleet)",
    re.IGNORECASE,
)
_CALL = lazy_regex(r"arn:aws[\w-]{0,20}:scheduler:::aws-sdk:codebuild:startbuild", re.IGNORECASE)
_PROCESSORS = {"SMALL": 2, "MEDIUM": 4, "LARGE": 8, "XLARGE": 36, "2XLARGE": 72}
"""End of a compute type -> processors."""
_PROCESSORS_WITH_GPUS = {"SMALL": 4, "LARGE": 32}
"""The same of environments whose type is LINUX_GPU_CONTAINER."""
_OF_OTHERS = ("LARGE", 60)
"""Size and minutes of a build whose project is not in the plan, or does not say."""
_BUILD_OF_OTHERS = _PROCESSORS[_OF_OTHERS[0]] * _OF_OTHERS[1]
"""Processor-minutes of a build whose project is not in the plan."""
_MOST_PROCESSORS = 128
"""Processors of all builds of a schedule at once: a build each minute of the smallest size that lasts an hour."""


def check_builds(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields an outcome for each expression of a schedule by which builds start."""
    target, key, expressions = _target(resource, plan)
    projects = [item for item in plan.dependencies_of(resource, key) if item.type == _PROJECT] if key else []
    name = _name(target) if isinstance(target, dict) else None
    if name is None and not projects:
        return
    projects = projects or plan.with_keys(named_by((_PROJECT,), "name"), texts_in([name]))
    largest = max((processors * minutes for processors, minutes in map(_size, projects)), default=_BUILD_OF_OTHERS)
    for expression, path in expressions:
        runs = runs_an_hour(expression)
        at_once = runs * largest / 60 if runs > 1 else 0
        text = f"{path} {expression} starts builds that have {at_once:,.0f} processors at once"
        yield failed(f"{text}, more than {_MOST_PROCESSORS}", path) if at_once > _MOST_PROCESSORS else passed()


def check_workflows_often(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields an outcome for each expression of a schedule that starts a workflow of the plan which starts machines."""
    target, key, expressions = _target(resource, plan)
    arn = _WORKFLOW_ARN.match(str(target.get("arn"))) if isinstance(target, dict) else None
    linked = [item for item in plan.dependencies_of(resource, key) if item.type == _WORKFLOW] if key else []
    named = plan.by_key(named_by((_WORKFLOW,), "name")).get(arn["name"], ()) if arn is not None else ()
    if not any(map(_starts_machines, linked or named)):
        return
    for expression, path in expressions:
        text = f"{path} {expression} starts a workflow with machines more often than each hour"
        yield failed(text, path) if runs_an_hour(expression) > 1 else passed()


def _starts_machines(workflow: Resource) -> bool:
    tasks = (leaf.value for leaf in read_texts(workflow).leaves if leaf.key == "Resource")
    return any(STARTS_MACHINES.match(task) is not None for task in tasks if isinstance(task, str))


def _target(resource: Resource, plan: Plan) -> tuple[Plain, str, list[tuple[Plain, str]]]:
    """Returns the target of a schedule, the property that has it, and each expression with its path."""
    if resource.type == SCHEDULE:
        return resource.get("target"), "target", [(resource.get("scheduleExpression"), "scheduleExpression")]
    if resource.type == EVENT_TARGET:
        return resource.props, "arn", [(rule.get("scheduleExpression"), "rule") for rule in rules_of(resource, plan)]
    return None, "", []


def _name(target: dict[str, Plain]) -> Plain:
    """Returns the name of the project that a target builds, perhaps an empty one; None if it builds none."""
    arn = str(target.get("arn"))
    if match := _PROJECT_ARN.match(arn):
        return match["name"]
    if _CALL.match(arn) is None:
        return None
    given = from_json(target.get("input"))
    named = [value for key, value in given.items() if key.lower() == "projectname"] if isinstance(given, dict) else []
    return named[0] if named else ""


def _size(project: Resource) -> tuple[float, float]:
    """Returns the processors of a build, and the minutes that it may last."""
    environment = project.get("environment")
    kind, of = (str(environment.get(key)) if isinstance(environment, dict) else "" for key in ("computeType", "type"))
    sizes = _PROCESSORS_WITH_GPUS if "_GPU_" in of.upper() else _PROCESSORS
    processors = sizes.get(kind.rpartition("_")[2].upper(), sizes[_OF_OTHERS[0]])
    return processors, number_of(project.get("buildTimeout")) or _OF_OTHERS[1]
