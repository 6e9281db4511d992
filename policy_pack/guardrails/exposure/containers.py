"""Containers that run without Kubernetes: what ECS, Batch, CodeBuild and Azure let them do on their machine."""

from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.families import exposure_rule
from ..engine.reading import MISSING, Plain, Resource, from_json, walk
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed

_TASK = "aws:ecs/taskDefinition:TaskDefinition"
_JOB = "aws:batch/jobDefinition:JobDefinition"
_BUILD = "aws:codebuild/project:Project"
_GROUP = "azure-native:containerinstance:ContainerGroup"
CONTAINERS: dict[str, tuple[str, ...]] = {
    _TASK: ("containerDefinitions",),
    _JOB: (
        "containerProperties",
        "nodeProperties.nodeRangeProperties[*].container",
        "nodeProperties.nodeRangeProperties[*].ecsProperties.taskProperties[*].containers",
        "ecsProperties.taskProperties[*].containers",
    ),
}
"""Type -> where its containers are; several of these are JSON. Jobs of many machines have them one deeper."""


def containers(resource: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Containers of ECS and Batch with their paths."""
    for path in CONTAINERS.get(resource.type, ()):
        for at, value in walk(resource.props, path):
            definitions = from_json(value)
            for index, item in enumerate(definitions if isinstance(definitions, list) else [definitions]):
                if isinstance(item, dict):
                    yield f"{at}[{index}]", item


def _adds_capabilities(item: dict[str, Plain]) -> bool:
    return any(value not in (MISSING, []) for _, value in walk(item, "linuxParameters.capabilities.add"))


_PRIVILEGED = {
    _BUILD: ("environment.privilegedMode",),
    _GROUP: ("containers[*].securityContext.privileged", "initContainers[*].securityContext.privileged"),
}  # fmt: skip


def _host_access(resource: Resource) -> Iterator[Outcome]:
    for path, item in containers(resource):
        yield failed(f"{path} is privileged", path) if is_true(item.get("privileged")) else passed()
        if _adds_capabilities(item):
            yield failed(f"{path} adds capabilities", path)
    for key in ("pidMode", "ipcMode", "networkMode"):
        if resource.type == _TASK and resource.get(key) == "host":
            yield failed(f"{key} shares the machine with the task", key)
    for path in _PRIVILEGED.get(resource.type, ()):
        for at, value in walk(resource.props, path):
            yield failed(f"{at} gives away the machine", at) if is_true(value) else passed()
    for path, value in walk(resource.props, "volumes[*].hostPath") if resource.type == _TASK else ():
        yield failed(f"{path} is a folder of the machine", path) if value not in (MISSING, "") else passed()


def _hardening(resource: Resource) -> Iterator[Outcome]:
    for path, item in containers(resource):
        if str(item.get("user", "")).split(":")[0] in ("root", "0"):
            yield failed(f"{path} runs as root", path)
        key = "readonlyRootFilesystem"
        yield passed() if is_true(item.get(key)) else failed(f"{path}.{key} must be true", path)


CONTAINER_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(115, Severity.CRITICAL, "No container of ECS, Batch, CodeBuild or Azure has its machine",
                  "whoever breaks out of such a container has the machine, and everything that runs on it",
                  "Remove privileged and the host modes",
                  predicate=_host_access, types=(_TASK, _JOB, _BUILD, _GROUP)),
    exposure_rule(116, Severity.MEDIUM,
                  "Containers of ECS and Batch keep their file system read-only, and do not run as root",
                  "each wall that stands makes a broken program less of a broken machine",
                  "Set readonlyRootFilesystem to true and a user that is not root",
                  predicate=_hardening, types=(_TASK, _JOB)),
)  # fmt: skip
