"""Lists of Kubernetes objects: rows are evaluated on each item as a resource of its own kind."""

from collections.abc import Iterator
from dataclasses import replace

from .reading import Resource
from .tokens import normalise


def kind_of(resource: Resource) -> str:
    """`Service` of `kubernetes:core/v1:Service`; empty for other clouds."""
    return resource.type.rsplit(":", 1)[-1] if resource.type.startswith("kubernetes:") else ""


def expand_list(resource: Resource) -> Iterator[Resource]:
    """The resource itself; for a list, its items as resources with the same URN."""
    name = kind_of(resource)
    items = resource.props.get("items")
    if not name.endswith("List") or not isinstance(items, list):
        yield resource
        return
    group = resource.type.removeprefix("kubernetes:").rsplit(":", 1)[0]
    for item in items:
        if isinstance(item, dict):
            stated = item.get("apiVersion")
            kind = item.get("kind") or name.removesuffix("List")
            token = normalise(f"kubernetes:{stated if isinstance(stated, str) else group}:{kind}")
            yield from expand_list(replace(resource, type=token, props=item))
