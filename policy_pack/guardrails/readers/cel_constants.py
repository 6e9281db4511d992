"""Constants in conditions of CEL, and what follows from comparing one thing with several of them."""

from collections.abc import Mapping
from itertools import combinations

from ..engine.lazy_regex import lazy_regex

_NUMBER = lazy_regex(r"-?\d+(?:\.\d+)?")
_QUOTED = lazy_regex(r"'[^'\\]*'|\"[^\"\\]*\"|`[^`]*`")


def constant(side: str) -> float | str | bool | None:
    """Returns the value of one side of a comparison if it is a number, a text, true or false; None otherwise."""
    if _NUMBER.fullmatch(side):
        return float(side)
    if _QUOTED.fullmatch(side):
        return side[1:-1]
    return {"true": True, "false": False}.get(side)


def possible_combinations(parts: Mapping[str, int], every: int) -> int:
    """Returns a bit for each combination of truths that there can be: nothing equals two constants at once.

    `parts` are comparisons with their bits, as `A == B`; `every` has the bits of all combinations.
    """
    for first, second in combinations(filter(None, map(_equality, parts)), 2):
        if first[1] == second[1] and first[2] != second[2]:
            every &= ~(parts[first[0]] & parts[second[0]])
    return every


def _equality(part: str) -> tuple[str, str, float | str | bool] | None:
    """Returns a part that compares something with a constant, what it compares, and the constant; None for others."""
    first, sign, second = part.partition(" == ")
    if not sign or sign in second:
        return None
    for side, other in ((first, second), (second, first)):
        if (value := constant(side)) is not None and constant(other) is None:
            return part, other, value
    return None
