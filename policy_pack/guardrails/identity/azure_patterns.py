"""Actions of roles of Azure, in which `*` stands for any characters, slashes included (Azure, "Understand Azure role
definitions", read 2026-11-30)."""

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
