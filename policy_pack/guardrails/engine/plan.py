"""The plan: all resources of a stack, for rules that evaluate several resources together."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .reading import Resource


@dataclass(frozen=True)
class Plan:
    """The resources of a stack by URN."""

    resources: dict[str, Resource]

    @cached_property
    def _by_type(self) -> dict[str, list[Resource]]:
        by_type: dict[str, list[Resource]] = {}
        for item in self.resources.values():
            by_type.setdefault(item.type, []).append(item)
        return by_type

    def dependencies_of(self, resource: Resource, key: str) -> Iterator[Resource]:
        """Yields the resources that a property depends on, even if its value is not known yet."""
        for urn in resource.dependencies.get(key, ()):
            if urn in self.resources:
                yield self.resources[urn]

    def of_type(self, *tokens: str) -> Iterator[Resource]:
        """Yields all resources of the given types."""
        return (item for token in tokens for item in self._by_type.get(token, ()))
