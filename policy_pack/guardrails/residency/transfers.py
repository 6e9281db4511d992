"""Locations of DataSync, which are sources or destinations: the tasks of the plan decide it."""

from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.rows import aws

_TASK = aws("datasync/Task")[0]


def is_source_only(resource: Resource, plan: Plan) -> bool:
    """Returns whether tasks of the plan copy from a location, and none copies to it: data that comes into the country
    does not leave it."""
    tasks = list(plan.of_type(_TASK))
    return _is_used(resource, tasks, "sourceLocationArn") and not _is_used(resource, tasks, "destinationLocationArn")


def _is_used(resource: Resource, tasks: list[Resource], key: str) -> bool:
    return any(resource.urn in task.dependencies.get(key, ()) for task in tasks)
