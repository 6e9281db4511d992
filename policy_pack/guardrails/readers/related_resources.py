"""Determines whether a resource of the plan configures another one, such as a bucket's versioning or a server's
encryption protector."""

from collections.abc import Iterator
from functools import cache

from ..engine.plan import Keys, Plan, referring_by
from ..engine.reading import Resource


def related_to(
    resource: Resource, plan: Plan, types: tuple[str, ...], link: str, names: tuple[str, ...]
) -> Iterator[Resource]:
    """Yields the resources of the types whose property `link` refers to `resource`, as `refers_to` decides.

    One that refers to it under several names is yielded as often.
    """
    index = plan.by_key(referring_by(types, link))
    for key in (resource.urn, *_names(resource, names)):
        for item in index.get(key, ()):
            if refers_to(item, resource, link, names):
                yield item


def referred_to(
    resource: Resource, plan: Plan, types: tuple[str, ...], link: str, names: tuple[str, ...]
) -> Iterator[Resource]:
    """Yields the resources of the types to which the property `link` of `resource` refers, as `refers_to` decides."""
    index = plan.by_key(_identities(types, names))
    for key in dict.fromkeys(referring_by((resource.type,), link)(resource)):
        for item in index.get(key, ()):
            if refers_to(resource, item, link, names):
                yield item


@cache
def _identities(types: tuple[str, ...], names: tuple[str, ...]) -> Keys:
    """Returns the function that gives a resource of the types its URN, and its names in these properties."""
    return lambda item: (item.urn, *_names(item, names)) if item.type in types else ()


def _names(resource: Resource, keys: tuple[str, ...]) -> set[str]:
    return {name for key in keys if isinstance(name := resource.get(key), str)}


def refers_to(other: Resource, resource: Resource, link: str, names: tuple[str, ...]) -> bool:
    """Returns whether the property `link` of `other` refers to `resource`.

    Compares names if both are known (`names` are the properties of `resource` that can contain its name), because a
    value that is computed from one resource may still name another. Otherwise, uses the dependencies that the engine
    recorded.
    """
    target = other.get(link)
    resource_names = _names(resource, names)
    if isinstance(target, str) and resource_names:
        return target in resource_names
    return resource.urn in other.dependencies.get(link, ())
