"""Whether objects may be in one cluster, and in which namespace each is."""

from ..engine.reading import Plain, Resource
from .kubernetes_objects import ObjectPart


def may_be_in_one_cluster(*resources: Resource) -> bool:
    """Returns whether objects may be in one cluster: the engine passes no provider for what is only looked up."""
    return len({resource.provider.urn for resource in resources if resource.provider}) < len(resources)


def place_of(item: ObjectPart) -> Plain:
    """Returns the namespace that an object states."""
    return item.child("metadata").get("namespace")
