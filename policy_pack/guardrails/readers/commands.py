"""Commands in the texts of a resource: in scripts, units, lists of words and calls of programs.

A text is divided where a shell divides it, without regard to quotes: what is searched for are known programs and what
follows them, so that a part too many does no harm. Variables that a script sets to a plain text are put in, which is
what a reader does. Repetitions are bounded, so that the time is linear in the length of a text.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from .texts import Leaf, read_texts

_COMMENT = lazy_regex(r"(?m)^[ \t]{0,99}#(?!!)[^\n]*")
_CONTINUATION = lazy_regex(r"[\\`^]\r?\n\s{0,99}")
_BETWEEN_ITEMS = lazy_regex(r"[\"']\s{0,20},\s{0,20}[\"']")
_END = lazy_regex(r"[\n;|&`()]|\$\(")
_AROUND_WORD = "[],"
_WITH_WORDS = "xargs"
_ASSIGNED = lazy_regex(
    r"(?:^|(?<=[\s;&]))(?P<name>[A-Za-z_]\w{0,60})=(?P<value>\"[^\"\n(`]{0,300}\"|'[^'\n]{0,300}'|[^\s;&|\"'()`]{1,300})",
    re.MULTILINE,
)
_VARIABLE = lazy_regex(
    r"\$(?:\{(?P<braced>[A-Za-z_]\w{0,60})(?::?-(?P<default>[^{}$]{0,200}))?\}|(?P<plain>[A-Za-z_]\w{0,60}))"
)
_LOOP = lazy_regex(r"\bfor\s{1,9}(?P<name>[A-Za-z_]\w{0,60})\s{1,9}in\s(?P<values>[^;\n$`]{1,2000}+)")
"""What follows the values is not asked for: a loop without an end would be read again from each `for` in it."""
_MOST_VALUES = 40
_ROUNDS = 2
"""How often the values of variables are put in: a value may have a variable too."""
_LONGEST = 262_144
"""Characters of a text that are read, as of scripts in FJ-ESC-109, which refuses longer ones."""


class Command(NamedTuple):
    """A program with the words after it, and the path of the text in which it stands."""

    path: str
    program: str
    words: tuple[str, ...]


def expanded(text: str) -> str:
    """Returns a script with the values of the variables that it sets, and the defaults of those that it does not."""
    if "$" not in text:
        return text
    values = {match["name"]: match["value"].strip("\"'") for match in _ASSIGNED.finditer(text)}

    def value(match: re.Match[str]) -> str:
        return values.get(match["braced"] or match["plain"], match["default"] or match[0])

    for _ in range(_ROUNDS):
        text = _VARIABLE.sub(value, text)[:_LONGEST]
    return text


def _plain(word: str) -> str:
    return word.replace('"', "").replace("'", "").strip(_AROUND_WORD)


def _in_loops(part: str, loops: Mapping[str, list[str]]) -> Iterator[str]:
    """Yields a part of a script with each value of the first variable of a loop in it, or as it is."""
    for match in _VARIABLE.finditer(part) if "$" in part else ():
        if values := loops.get(match["braced"] or match["plain"]):
            yield from (part.replace(match[0], value) for value in values)
            return
    yield part


def words_of(text: str) -> Iterator[tuple[str, ...]]:
    """Yields the words of each part of a text that a shell would run by itself, for each value of a loop."""
    plain = _BETWEEN_ITEMS.sub(" ", expanded(_CONTINUATION.sub(" ", _COMMENT.sub("", text[:_LONGEST]))))
    before: tuple[str, ...] = ()
    loops = {match["name"]: match["values"].split()[:_MOST_VALUES] for match in _LOOP.finditer(plain)}
    for part in _END.split(plain):
        for once in _in_loops(part, loops):
            words = tuple(word for word in (_plain(item) for item in once.split()) if word)
            if words:
                # Behind xargs, a program gets the words of the part before.
                yield (*words, *before) if _WITH_WORDS in words else words
                before = words


_BEFORE = {"args": "command", "command": "entryPoint"}
"""List of the words of a command -> the one of the same container that stands before it (kubernetes/api 10b39a39
core/v1/types.go, Command and Args; awsdocs/amazon-ecs-developer-guide 49232cf
doc_source/task_definition_parameters.md: entryPoint and command; read 2026-12-01)."""


def list_texts(leaves: Collection[Leaf]) -> Mapping[str, str]:
    """Returns path -> the words of each list of texts as one text, as a command is written."""
    words: dict[str, list[str]] = {}
    for leaf in leaves:
        if leaf.path.endswith("]") and isinstance(leaf.value, str):
            words.setdefault(leaf.path.rpartition("[")[0], []).append(leaf.value)
    for path, items in words.items():
        container, _, name = path.rpartition(".")
        words[path] = [*words.get(f"{container}.{_BEFORE.get(name, '')}", []), *items]
    return {path: " ".join(items) for path, items in words.items() if len(items) > 1}


@lru_cache(maxsize=4)
def command_texts(resource: Resource) -> tuple[tuple[str, str], ...]:
    """Returns the texts of a resource that may be commands, as (path, text): those of several words, and lists."""
    leaves = read_texts(resource).leaves
    texts = [(leaf.path, leaf.value) for leaf in leaves if isinstance(leaf.value, str) and " " in leaf.value.strip()]
    return (*texts, *list_texts(leaves).items())


def commands_in(path: str, text: str, programs: re.Pattern[str]) -> Iterator[Command]:
    """Yields the commands of a text whose program matches the pattern, with its folder left out."""
    if programs.search(text) is None:
        return
    for words in words_of(text):
        for index, word in enumerate(words):
            name = re.split(r"[/=]", word)[-1]
            if programs.fullmatch(name):
                yield Command(path, name, words[index + 1 :])


def commands(resource: Resource, programs: re.Pattern[str]) -> Iterator[Command]:
    """Yields the commands in all texts of a resource whose program matches the pattern."""
    for path, text in command_texts(resource):
        yield from commands_in(path, text, programs)
