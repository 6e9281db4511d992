"""The whole plan, for what one resource alone cannot say."""

from collections.abc import Iterator
from dataclasses import dataclass

from .reading import Resource


@dataclass(frozen=True)
class Plan:
    """Every resource of a stack by URN."""

    resources: dict[str, Resource]

    def linked(self, resource: Resource, key: str) -> Iterator[Resource]:
        """The resources that a property's value comes from, even where the value itself is not known yet."""
        for urn in resource.dependencies.get(key, ()):
            if urn in self.resources:
                yield self.resources[urn]

    def of_type(self, *tokens: str) -> Iterator[Resource]:
        """All resources of the types."""
        return (item for item in self.resources.values() if item.type in tokens)
