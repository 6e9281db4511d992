"""Builds of AWS CodeBuild that a schedule starts while earlier ones run: each has a machine of its own.

Processors by the compute types of AWS CodeBuild and the timeout of an hour by pulumi-aws 7.51.1, Project (the numbers
of processors as known); targets by botocore 1.44.8, events and scheduler. The limit is judged, not read anywhere.
"""

import re
from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, from_json
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed
from .cron import runs_an_hour
from .schedules import EVENT_TARGET, SCHEDULE, rules_of

_PROJECT = aws("codebuild/Project")[0]
_PROJECT_ARN = re.compile(r"arn:aws[\w-]{0,20}:codebuild:[^:]{0,40}:[^:]{0,40}:project/(?P<name>.{1,300})")
_CALL = re.compile(r"arn:aws[\w-]{0,20}:scheduler:::aws-sdk:codebuild:startbuild", re.IGNORECASE)
_PROCESSORS = {"SMALL": 2, "MEDIUM": 4, "LARGE": 8, "XLARGE": 36, "2XLARGE": 72}
"""End of a compute type -> processors."""
_OF_OTHERS = ("LARGE", 60)
"""Size and minutes of a build whose project is not in the plan, or does not say."""
_MOST_PROCESSORS = 128
"""Processors of all builds of a schedule at once: a build each minute of the smallest size that lasts an hour."""


def check_builds(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields an outcome for each expression of a schedule by which builds start."""
    if resource.type == SCHEDULE:
        target, key = resource.get("target"), "target"
        expressions = [(resource.get("scheduleExpression"), "scheduleExpression")]
    elif resource.type == EVENT_TARGET:
        target, key = resource.props, "arn"
        expressions = [(rule.get("scheduleExpression"), "rule") for rule in rules_of(resource, plan)]
    else:
        return
    projects = [item for item in plan.dependencies_of(resource, key) if item.type == _PROJECT]
    name = _name(target) if isinstance(target, dict) else None
    if name is None and not projects:
        return
    projects = projects or [item for item in plan.of_type(_PROJECT) if item.get("name") == name]
    processors, minutes = _size(projects[0]) if projects else (_PROCESSORS[_OF_OTHERS[0]], _OF_OTHERS[1])
    for expression, path in expressions:
        runs = runs_an_hour(expression)
        at_once = max(1, runs * minutes / 60) * processors if runs > 1 else 0
        text = f"{path} {expression} starts builds that have {at_once:,.0f} processors at once"
        yield failed(f"{text}, more than {_MOST_PROCESSORS}", path) if at_once > _MOST_PROCESSORS else passed()


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
    kind = str(environment.get("computeType")) if isinstance(environment, dict) else ""
    processors = _PROCESSORS.get(kind.rpartition("_")[2].upper(), _PROCESSORS[_OF_OTHERS[0]])
    return processors, number_of(project.get("buildTimeout")) or _OF_OTHERS[1]
