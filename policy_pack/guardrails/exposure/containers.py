"""Containers outside Kubernetes (ECS, Batch, CodeBuild, Azure Container Instances): host access and hardening."""

from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.families import exposure_rule
from ..engine.reading import MISSING, Plain, Resource, from_json, walk
from ..engine.rows import CONTAINER_GROUPS, Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from .reasons import DEFENCE_IN_DEPTH

_TASK = "aws:ecs/taskDefinition:TaskDefinition"
_JOB = "aws:batch/jobDefinition:JobDefinition"
_BUILD = "aws:codebuild/project:Project"
CONTAINERS: dict[str, tuple[str, ...]] = {
    _TASK: ("containerDefinitions",),
    _JOB: (
        "containerProperties",
        "nodeProperties.nodeRangeProperties[*].container",
        "nodeProperties.nodeRangeProperties[*].ecsProperties.taskProperties[*].containers",
        "ecsProperties.taskProperties[*].containers",
    ),
}
"""Type -> paths of its containers, some of which are JSON texts."""


def containers(resource: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the containers of an ECS task or a Batch job, with their paths."""
    for path in CONTAINERS.get(resource.type, ()):
        for value_path, value in walk(resource.props, path):
            definitions = from_json(value)
            for index, item in enumerate(definitions if isinstance(definitions, list) else [definitions]):
                if isinstance(item, dict):
                    yield f"{value_path}[{index}]", item


def _adds_capabilities(item: dict[str, Plain]) -> bool:
    return any(value not in (MISSING, []) for _, value in walk(item, "linuxParameters.capabilities.add"))


_PRIVILEGED_PATHS = {
    _BUILD: ("environment.privilegedMode",),
    **dict.fromkeys(CONTAINER_GROUPS, (
        "containers[*].securityContext.privileged", "initContainers[*].securityContext.privileged")),
}  # fmt: skip


def _check_host_access(resource: Resource) -> Iterator[Outcome]:
    for path, item in containers(resource):
        yield failed(f"{path} is privileged", path) if is_true(item.get("privileged")) else passed()
        if _adds_capabilities(item):
            yield failed(f"{path} adds capabilities", path)
    for key in ("pidMode", "ipcMode", "networkMode"):
        if resource.type == _TASK and resource.get(key) == "host":
            yield failed(f"{key} shares the host's namespace with the task", key)
    for path in _PRIVILEGED_PATHS.get(resource.type, ()):
        for value_path, value in walk(resource.props, path):
            yield failed(f"{value_path} gives access to the host", value_path) if is_true(value) else passed()
    for path, value in walk(resource.props, "volumes[*].hostPath") if resource.type == _TASK else ():
        yield failed(f"{path} is a directory of the host", path) if value not in (MISSING, "") else passed()


def _check_hardening(resource: Resource) -> Iterator[Outcome]:
    for path, item in containers(resource):
        if str(item.get("user", "")).split(":")[0] in ("root", "0"):
            yield failed(f"{path} runs as root", path)
        key = "readonlyRootFilesystem"
        yield passed() if is_true(item.get(key)) else failed(f"{path}.{key} must be true", path)


CONTAINER_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(115, Severity.CRITICAL, "Containers of ECS, Batch, CodeBuild and Azure have no access to their host",
                  "an attacker who breaks out of such a container controls the host and everything on it",
                  "Remove privileged, added capabilities and host modes",
                  predicate=_check_host_access, types=(_TASK, _JOB, _BUILD, *CONTAINER_GROUPS)),
    exposure_rule(116, Severity.MEDIUM,
                  "Containers of ECS and Batch have a read-only root file system and do not run as root",
                  DEFENCE_IN_DEPTH,
                  "Set readonlyRootFilesystem to true, and a user that is not root",
                  predicate=_check_hardening, types=(_TASK, _JOB)),
)  # fmt: skip
