"""Texts, brackets and lists in programs in Rego: what is one expression, and what a program names."""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex

_TEXT = r"\"(?:[^\"\\\n]|\\.)*+\"?|`[^`]*+`?"
"""A text; one without an end, which is no Rego, is read to the end of its line, so that no other begins in it."""
TEXT_OR_COMMENT = lazy_regex(rf"({_TEXT})|#[^\n]*")
_BRACKET = lazy_regex(rf"{_TEXT}|[()\[\]{{}}]")
OPENING, CLOSING = "([{", ")]}"
_ARGUMENT = lazy_regex(r"(?!(?:true|false|null)\b)[a-z_]\w*")
_OF_EMPTY = lazy_regex(r"(?:\[\s*+\]|\{\s*+\}|set\(\s*+\))(?P<close>\)*+)(?=\[)")
_OF_CALL = lazy_regex(r"[\w\])\"]")
"""What stands before the brackets of a call, and of an element of a call."""
_OF_WORKLOADS = frozenset({
    "template", "jobTemplate", "walk", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController",
    "Job", "CronJob",
})  # fmt: skip
"""Fields and kinds that a program names if it reads workloads too, and the function that finds each field."""
_FIELD_OR_TEXT = lazy_regex(rf"{_TEXT}|\.\w+|\bwalk\b")


def brackets(text: str) -> Iterator[tuple[int, str]]:
    """Yields the brackets outside texts with their positions."""
    for match in _BRACKET.finditer(text):
        if match[0] in OPENING or match[0] in CLOSING:
            yield match.start(), match[0]


def split(text: str, separators: str) -> Iterator[str]:
    """Yields the parts of a text between separators outside brackets and texts."""
    depth, start = 0, 0
    for match in re.finditer(rf"{_TEXT}|[()\[\]{{}}{separators}]", text):
        if match[0] in OPENING:
            depth += 1
        elif match[0] in CLOSING:
            depth -= 1
        elif match[0] in separators and depth <= 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def is_of_empty(text: str) -> bool:
    """Returns whether an expression asks for an element of an empty list, rather than of a call that ends with one."""
    return any(_is_in_brackets(text, match.start(), len(match["close"])) for match in _OF_EMPTY.finditer(text))


def _is_in_brackets(text: str, start: int, number: int) -> bool:
    """Returns whether a number of brackets that are those of no call open directly before a position of a text."""
    first = start - number
    return text[max(first, 0) : start] == "(" * number and not (first > 0 and _OF_CALL.match(text[first - 1]))


def are_any(arguments: str) -> bool:
    """Returns whether a function is for every value: its arguments are names, of which none is asked for twice."""
    names = [name.strip() for name in arguments.strip("()").split(",") if name.strip()]
    named = [name for name in names if name != "_"]
    return all(map(_ARGUMENT.fullmatch, names)) and len(set(named)) == len(named)


def is_list(text: str) -> bool:
    """Returns whether an expression is one list, set or object, rather than an element or a comparison of one."""
    depth = 0
    for index, character in brackets(text) if text.startswith(("[", "{")) else ():
        depth += 1 if character in OPENING else -1
        if depth == 0:
            return index == len(text) - 1
    return False


def is_comprehension(text: str) -> bool:
    """Returns whether a list, set or object is of what meets a condition, and empty where nothing does."""
    return len(list(split(text[1:-1], "|"))) > 1


def names_workloads(text: str) -> bool:
    """Returns whether a program without comments reads objects that make pods, rather than pods only."""
    return not _OF_WORKLOADS.isdisjoint(match[0].strip('"`.') for match in _FIELD_OR_TEXT.finditer(text))
