"""Whether one resource of the plan configures another: a bucket's versioning, a server's encryption protector."""

from ..engine.reading import Resource


def refers_to(other: Resource, resource: Resource, link: str, names: tuple[str, ...]) -> bool:
    """Whether the property `link` of `other` refers to `resource`.

    By name where both names are known (`names` are the properties of `resource` that can hold it), because a value
    computed from one resource may still name another; else by the dependency that the engine recorded.
    """
    target = other.get(link)
    own_names = {name for key in names if isinstance(name := resource.get(key), str)}
    if isinstance(target, str) and own_names:
        return target in own_names
    return resource.urn in other.dependencies.get(link, ())
