"""Keeps what a function finds in a leaf or a text: the resources of a stack repeat most of theirs."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from .texts import Leaf

Found = TypeVar("Found")

MAX_ENTRIES = 20_000
MAX_CHARACTERS = 400
"""Longer texts are searched each time: so that a cache holds at most some megabytes, whatever the resources contain."""


def cached_by_text(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """Decorates a function of a text alone, whose results nobody changes."""
    cached = lru_cache(MAX_ENTRIES)(function)

    @wraps(function)
    def find(text: str) -> Found:
        return cached(text) if len(text) <= MAX_CHARACTERS else function(text)

    return find


def cached_by_leaf(function: Callable[[Leaf], Found]) -> Callable[[Leaf], Found]:
    """Decorates a function of a leaf alone, whose results nobody changes."""
    cached = lru_cache(MAX_ENTRIES)(function)

    @wraps(function)
    def find(leaf: Leaf) -> Found:
        # Not of other values: True and 1 are equal, but differ as texts.
        is_short = isinstance(leaf.value, str) and len(leaf.path) + len(leaf.value) <= MAX_CHARACTERS
        return cached(leaf) if is_short else function(leaf)

    return find


def cached_by_leaf_and_type(function: Callable[[Leaf, str], Found]) -> Callable[[Leaf, str], Found]:
    """Decorates a function of a leaf and of the type of its resource alone, whose results nobody changes."""
    cached = lru_cache(MAX_ENTRIES)(function)

    @wraps(function)
    def find(leaf: Leaf, token: str) -> Found:
        is_short = isinstance(leaf.value, str) and len(leaf.path) + len(leaf.value) <= MAX_CHARACTERS
        return cached(leaf, token) if is_short else function(leaf, token)

    return find
