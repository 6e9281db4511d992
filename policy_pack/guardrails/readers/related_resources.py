"""Determines whether a resource of the plan configures another one, such as a bucket's versioning or a server's
encryption protector."""

from ..engine.reading import Resource


def refers_to(other: Resource, resource: Resource, link: str, names: tuple[str, ...]) -> bool:
    """Returns whether the property `link` of `other` refers to `resource`.

    Compares names if both are known (`names` are the properties of `resource` that can contain its name), because a
    value that is computed from one resource may still name another. Otherwise, uses the dependencies that the engine
    recorded.
    """
    target = other.get(link)
    resource_names = {name for key in names if isinstance(name := resource.get(key), str)}
    if isinstance(target, str) and resource_names:
        return target in resource_names
    return resource.urn in other.dependencies.get(link, ())
