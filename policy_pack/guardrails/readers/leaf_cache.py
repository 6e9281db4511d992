"""Keeps what a function finds in a leaf or a text: the resources of a stack repeat most of theirs."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import Any, Generic, TypeVar

from .texts import KEPT_LEAVES, LONGEST_KEPT, Leaf, Leaves, is_long

Found = TypeVar("Found")

MAX_ENTRIES, MAX_CHARACTERS = KEPT_LEAVES, LONGEST_KEPT
"""Longer texts are searched each time: so that a cache holds at most some megabytes, whatever the resources contain."""


def cached_by_text(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """Decorates a function of a text alone, whose results nobody changes."""
    cached = lru_cache(MAX_ENTRIES)(function)

    @wraps(function)
    def find(text: str) -> Found:
        return cached(text) if len(text) <= MAX_CHARACTERS else function(text)

    return find


class LeafCache(Generic[Found]):
    """A function of a leaf alone, whose results nobody changes, with what it has found."""

    def __init__(self, function: Callable[[Leaf], Found]) -> None:
        """Takes the function."""
        self._function = function
        self._cached = lru_cache(MAX_ENTRIES)(function)

    def __call__(self, leaf: Leaf) -> Found:
        """Returns what the function finds in a leaf."""
        # Not of other values: True and 1 are equal, but differ as texts.
        is_kept = isinstance(leaf.value, str) and not is_long(leaf)
        return self._cached(leaf) if is_kept else self._function(leaf)

    def among(self, leaves: Leaves) -> Iterable[tuple[Leaf, Found]]:
        """Returns the leaves in which the function finds something, with what it finds.

        Rules find nothing in nearly all leaves. Those in which nothing was found before are left out all at once.
        """
        nothing = _NOTHING[self]
        if len(nothing) >= MAX_ENTRIES:
            nothing.clear()
        results: dict[int, Found] = {}
        for number in leaves.numbers - nothing:
            places = leaves.places[number]
            leaf = leaves[places[0]]
            if found := self._function(leaf):
                results |= dict.fromkeys(places, found)
            elif isinstance(number, int):
                nothing.add(number)
        return ((leaves[place], results[place]) for place in sorted(results))


_NOTHING: defaultdict[LeafCache[Any], set[object]] = defaultdict(set)
"""Function -> the numbers of the leaves in which it finds nothing."""


def cached_by_leaf(function: Callable[[Leaf], Found]) -> LeafCache[Found]:
    """Decorates a function of a leaf alone, whose results nobody changes."""
    return LeafCache(function)


def cached_by_leaf_and_type(function: Callable[[Leaf, str], Found]) -> Callable[[Leaf, str], Found]:
    """Decorates a function of a leaf and of the type of its resource alone, whose results nobody changes."""
    cached = lru_cache(MAX_ENTRIES)(function)

    @wraps(function)
    def find(leaf: Leaf, token: str) -> Found:
        is_kept = isinstance(leaf.value, str) and not is_long(leaf)
        return cached(leaf, token) if is_kept else function(leaf, token)

    return find
