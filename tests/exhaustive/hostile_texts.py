"""Texts on which a regular expression may be slow: units of its own, many times one after another."""

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

UNITS = (" ", "a", "0", ".", "-", "/", "\\", '"', "'", "(", "<", "\n", ":", "=", "{", "[", ",", "*", "_", "$", "a.",
         "a-", "a ", "\t", "A", ";", "\r\n", "#", "/*a")  # fmt: skip
"""Units for every expression."""
MOST = 40
"""Units of an expression itself."""
_LONGEST = 400
_CATEGORIES = {
    codes.CATEGORY_DIGIT: ("0", r"\d"), codes.CATEGORY_NOT_DIGIT: ("a", r"\D"), codes.CATEGORY_SPACE: (" ", r"\s"),
    codes.CATEGORY_NOT_SPACE: ("a", r"\S"), codes.CATEGORY_WORD: ("a", r"\w"), codes.CATEGORY_NOT_WORD: ("-", r"\W"),
}  # fmt: skip
_OTHERS = "aZ0 -./_:=\"'\\\n,;x@#"


def _one(item: tuple[Any, Any]) -> str:
    """Returns a character of a literal, a range or a category."""
    code, value = item
    if code is codes.LITERAL:
        return chr(value)
    return chr(value[0]) if code is codes.RANGE else _CATEGORIES[value][0]


def _is_in(char: str, item: tuple[Any, Any]) -> bool:
    code, value = item
    if code is codes.CATEGORY:
        return re.match(_CATEGORIES[value][1], char) is not None
    return ord(char) == value if code is codes.LITERAL else value[0] <= ord(char) <= value[1]


def _of_class(items: list[tuple[Any, Any]]) -> str:
    if items[0][0] is not codes.NEGATE:
        return _one(items[0])
    return next((char for char in _OTHERS if not any(_is_in(char, item) for item in items[1:])), "\x02")


class _Sampler:
    """Writes a text that an expression matches, and keeps its beginnings, its parts and what is repeated in it."""

    def __init__(self) -> None:
        self.units: dict[str, None] = {}
        self.repeats: dict[tuple[str, str], None] = {}

    def write(self, tree: Any, before: str) -> str:
        """Returns a text for a sequence of parts."""
        text, word = "", ""
        for item in tree:
            part = self._part(item, before + text)
            text += part
            word = word + part if item[0] is codes.LITERAL else ""
            self.units |= {unit: None for unit in (text, word if len(word) > 2 else "") if 0 < len(unit) <= _LONGEST}
        return text

    def _part(self, item: tuple[Any, Any], before: str) -> str:
        code, value = item
        if code in (codes.LITERAL, codes.RANGE, codes.CATEGORY):
            return _one(item)
        if code in (codes.ANY, codes.NOT_LITERAL):
            return "b" if value == ord("a") else "a"
        if code is codes.IN:
            return _of_class(value)
        if code is codes.BRANCH:
            return [self.write(branch, before) for branch in value[1]][0]
        if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            return self.write(value[3] if code is codes.SUBPATTERN else value, before)
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            text = self.write(value[2], before)
            if value[1] > 50 and text:
                self.repeats[before[-_LONGEST:], text] = None
            return text * max(value[0], 1)
        if code in (codes.ASSERT, codes.ASSERT_NOT):
            self.write(value[1], before)
        return ""


def hostile(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yields the beginning and the unit of texts on which an expression may be slow."""
    sampler = _Sampler()
    sampler.write(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG), "")
    own = list(sampler.units)
    step = max(1, len(own) // MOST)
    yield from (("", unit) for unit in dict.fromkeys((*UNITS, *own[::step], *(f"{unit} " for unit in own[::step]))))
    yield from list(sampler.repeats)[:MOST]
