"""Locations of DataSync, which are sources or destinations: the tasks of the plan decide it."""

from ..engine.plan import Plan, linked_by
from ..engine.reading import Resource
from ..engine.rows import aws

_TASKS = aws("datasync/Task")


def is_source_only(resource: Resource, plan: Plan) -> bool:
    """Returns whether tasks of the plan copy from a location, and none copies to it: data that comes into the country
    does not leave it."""
    sources, destinations = (plan.by_key(linked_by(_TASKS, f"{end}LocationArn")) for end in ("source", "destination"))
    return resource.urn in sources and resource.urn not in destinations
