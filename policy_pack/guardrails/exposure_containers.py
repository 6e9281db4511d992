"""Containers that AWS runs without Kubernetes: what ECS, Batch and CodeBuild let them do on their machine."""

from collections.abc import Iterator

from .conditions import is_true
from .controls import EXPOSURE
from .reading import MISSING, Plain, Resource, from_json, walk
from .rows import Concern, Guardrail, Predicate, Severity
from .verdicts import Outcome, failed, passed

_TASK = "aws:ecs/taskDefinition:TaskDefinition"
_JOB = "aws:batch/jobDefinition:JobDefinition"
_BUILD = "aws:codebuild/project:Project"
_LISTS = {_TASK: "containerDefinitions", _JOB: "containerProperties"}


def _containers(resource: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    key = _LISTS.get(resource.type, "")
    found = from_json(resource.get(key)) if key else MISSING
    items = found if isinstance(found, list) else [found]
    for index, item in enumerate(items):
        if isinstance(item, dict):
            yield f"{key}[{index}]", item


def _machine(resource: Resource) -> Iterator[Outcome]:
    for path, item in _containers(resource):
        yield failed(f"{path} is privileged", path) if is_true(item.get("privileged")) else passed()
    for key in ("pidMode", "ipcMode", "networkMode"):
        if resource.type == _TASK and resource.get(key) == "host":
            yield failed(f"{key} shares the machine with the task", key)
    if resource.type == _BUILD:
        for path, value in walk(resource.props, "environment.privilegedMode"):
            yield failed(f"{path} gives the build the machine", path) if is_true(value) else passed()


def _walls(resource: Resource) -> Iterator[Outcome]:
    for path, item in _containers(resource):
        if str(item.get("user", "")).split(":")[0] in ("root", "0"):
            yield failed(f"{path} runs as root", path)
        key = "readonlyRootFilesystem"
        yield passed() if is_true(item.get(key)) else failed(f"{path}.{key} must be true", path)


def _rule(
    number: int, severity: Severity, what: str, why: str, remedy: str, predicate: Predicate, about: tuple[str, ...]
) -> Guardrail:
    return Guardrail(
        id=f"FJ-EXP-{number}",
        concern=Concern.EXPOSURE,
        severity=severity,
        what=what,
        why=why,
        remedy=remedy,
        controls=EXPOSURE,
        predicate=predicate,
        about=about,
    )


CONTAINER_EXPOSURE: tuple[Guardrail, ...] = (
    _rule(115, Severity.CRITICAL, "No container of ECS, Batch or CodeBuild has its machine",
          "whoever breaks out of such a container has the machine, and everything that runs on it",
          "Remove privileged and the host modes", _machine, (_TASK, _JOB, _BUILD)),
    _rule(116, Severity.MEDIUM, "Containers of ECS and Batch keep their file system read-only, and do not run as root",
          "each wall that stands makes a broken program less of a broken machine",
          "Set readonlyRootFilesystem to true and a user that is not root", _walls, (_TASK, _JOB)),
)  # fmt: skip
