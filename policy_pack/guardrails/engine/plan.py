"""The plan: all resources of a stack, for rules that evaluate several resources together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

from .reading import Resource, texts_in

Found = TypeVar("Found")

Keys = Callable[[Resource], Iterable[str]]
"""Gives a resource the keys under which an index has it."""


@cache
def named_by(types: tuple[str, ...], *properties: str) -> Keys:
    """Returns the function that gives a resource of the types the texts of these properties."""
    return lambda item: texts_in([item.get(key) for key in properties]) if item.type in types else ()


@cache
def linked_by(types: tuple[str, ...], *properties: str) -> Keys:
    """Returns the function that gives a resource of the types the URNs on which these properties depend; without
    properties, those on which any does."""

    def urns(item: Resource) -> Iterable[str]:
        links = item.dependencies if item.type in types else {}
        return (urn for key in properties or links for urn in links.get(key, ()))

    return urns


@cache
def referring_by(types: tuple[str, ...], *properties: str) -> Keys:
    """Returns the function that gives a resource of the types the texts of these properties, and the URNs on which
    they depend."""
    texts, urns = named_by(types, *properties), linked_by(types, *properties)
    return lambda item: (*texts(item), *urns(item))


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

    @cached_property
    def _places(self) -> dict[str, int]:
        return {urn: number for number, urn in enumerate(self.resources)}

    @cached_property
    def _found(self) -> dict[tuple[Callable[..., Any], str], Any]:
        return {}

    @cached_property
    def _indexes(self) -> dict[Keys, Mapping[str, Sequence[Resource]]]:
        return {}

    def by_key(self, keys: Keys) -> Mapping[str, Sequence[Resource]]:
        """Returns the resources by each of the keys that a function gives them.

        The index is kept, so that a rule that joins every resource with the others is linear: pass a function of a
        module, or a cached one, and none that is made for each call.
        """
        if keys not in self._indexes:
            index: dict[str, list[Resource]] = {}
            for item in self.resources.values():
                for key in set(keys(item)):
                    index.setdefault(key, []).append(item)
            self._indexes[keys] = index
        return self._indexes[keys]

    def with_keys(self, keys: Keys, wanted: Iterable[str]) -> list[Resource]:
        """Returns the resources that an index has under any of the wanted keys, each once, in the order of the plan."""
        index = self.by_key(keys)
        found = dict.fromkeys(item for key in wanted for item in index.get(key, ()))
        return sorted(found, key=lambda item: self._places[item.urn]) if len(found) > 1 else list(found)

    def once(self, function: Callable[["Plan", str], Found], key: str) -> Found:
        """Returns what a function of a module finds in the plan for a key, which is computed once: so that a rule that
        asks it for every resource is linear."""
        place = (function, key)
        if place not in self._found:
            self._found[place] = function(self, key)
        return self._found[place]  # type: ignore[no-any-return]

    def by_type_order(self, items: Iterable[Resource]) -> list[Resource]:
        """Returns resources in the order of `with_prefix`: type by type, as the types first occur in the plan."""
        place = {token: number for number, token in enumerate(self._by_type)}
        return sorted(items, key=lambda item: place[item.type])

    def dependencies_of(self, resource: Resource, key: str) -> Iterator[Resource]:
        """Yields the resources that a property depends on, even if its value is not known yet."""
        for urn in resource.dependencies.get(key, ()):
            if urn in self.resources:
                yield self.resources[urn]

    def of_type(self, *tokens: str) -> Iterator[Resource]:
        """Yields all resources of the given types."""
        return (item for token in tokens for item in self._by_type.get(token, ()))

    def with_prefix(self, *prefixes: str) -> Iterator[Resource]:
        """Yields all resources whose type begins with one of the prefixes, type by type."""
        return (item for token, items in self._by_type.items() if token.startswith(prefixes) for item in items)
