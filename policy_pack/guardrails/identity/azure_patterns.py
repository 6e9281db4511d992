"""Actions of roles of Azure, in which `*` stands for any characters, slashes included (Azure, "Understand Azure role
definitions", read 2026-11-30)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..engine.reading import Plain

_LONGEST = 512
"""Characters of an action that are read."""


def name_of(action: str) -> str:
    """Returns an action as forms of operations read it: in lower case, without blanks, and no longer than any is."""
    return action.strip().lower()[:_LONGEST]


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.strip().lower().split("*"))


def matches(pattern: Plain, operation: str) -> bool:
    """Returns whether an action of a role matches an operation. The time is linear in both, whatever the stars."""
    if not isinstance(pattern, str):
        return False
    first, *others = _parts(pattern)
    text = operation.lower()
    if not others:
        return first == text
    last = others.pop()
    end = len(text) - len(last)
    if end < len(first) or not text.startswith(first) or not text.endswith(last):
        return False
    place = len(first)
    for part in filter(None, others):
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True


class Patterns:
    """Patterns of a role, of which those that may match an operation are found by what stands before their first star:
    a role may have thousands of actions, and leave out as many."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Indexes the patterns by their beginning, up to its last slash, and those without a star as they are."""
        self._whole: set[str] = set()
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for pattern in patterns:
            first, *others = _parts(pattern)
            if others:
                self._by_start[first[: first.rfind("/") + 1]].append(pattern)
            else:
                self._whole.add(first)

    def cover(self, operation: str) -> bool:
        """Returns whether one of the patterns matches an operation."""
        text = operation.lower()
        near = (pattern for start in _starts(text) for pattern in self._by_start.get(start, ()))
        return text in self._whole or any(matches(pattern, text) for pattern in near)


def _starts(text: str) -> Iterator[str]:
    """Yields each beginning of an operation that ends with a slash, the empty one first."""
    yield ""
    yield from (text[: place + 1] for place, char in enumerate(text[:_LONGEST]) if char == "/")
