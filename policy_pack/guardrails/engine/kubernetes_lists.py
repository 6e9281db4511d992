"""Lists of Kubernetes objects. Rows are evaluated on each item of a list as on a resource of the item's kind."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from .reading import Resource
from .tokens import normalise


def kind_of(resource: Resource) -> str:
    """Returns the kind of a Kubernetes resource: `Service` of `kubernetes:core/v1:Service`; empty for other clouds."""
    return _kind(resource.type)


@cache
def _kind(token: str) -> str:
    return token.rsplit(":", 1)[-1] if token.startswith("kubernetes:") else ""


def expand_list(resource: Resource) -> Iterator[Resource]:
    """Yields the resource itself, or the items of a list as resources with the list's URN."""
    name = kind_of(resource)
    items = resource.props.get("items")
    if not name.endswith("List") or not isinstance(items, list):
        yield resource
        return
    group = resource.type.removeprefix("kubernetes:").rsplit(":", 1)[0]
    for item in items:
        if isinstance(item, dict):
            api_version = item.get("apiVersion")
            kind = item.get("kind") or name.removesuffix("List")
            token = normalise(f"kubernetes:{api_version if isinstance(api_version, str) else group}:{kind}")
            yield from expand_list(replace(resource, type=token, props=item))
