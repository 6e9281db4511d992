"""Containers of tasks of Amazon ECS and of jobs of AWS Batch, wherever a definition has them."""

from collections.abc import Iterator

from ..engine.reading import Plain, Resource, from_json, one_or_many, walk

TASK = "aws:ecs/taskDefinition:TaskDefinition"
DAEMON = "aws:ecs/daemonTaskDefinition:DaemonTaskDefinition"
JOB = "aws:batch/jobDefinition:JobDefinition"
CONTAINERS: dict[str, tuple[str, ...]] = {
    TASK: ("containerDefinitions",),
    DAEMON: ("containerDefinitions",),
    JOB: (
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
            for index, item in enumerate(one_or_many(definitions)):
                if isinstance(item, dict):
                    yield f"{value_path}[{index}]", item
