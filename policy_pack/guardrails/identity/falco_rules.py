"""Rules of Falco that no event meets, and exceptions that leave out every event.

The macro `never_true` holds for no event: in a rule, or in a macro that rules need, nothing is reported any more, and
behind `not` it leaves nothing out. Macros of exceptions, most of whose names begin with `user_`, are `never_true`
unless something is to be left out, and `always_true` in one of them disables its rule (falcosecurity/rules c72713e,
rules/falco_rules.yaml, falco-incubating_rules.yaml and falco-sandbox_rules.yaml; falcosecurity/falco-website c47da4c,
content/en/docs/concepts/rules/controlling-rules.md, read 2026-11-29). A condition that is added to another begins with
`and` or `or`; what it is added to may hold or not.
"""

import re
from collections.abc import Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf
from .falco_selections import check_falco_selections

_PART = lazy_regex(r"(?P<place>.*)\.(?P<key>rule|macro|condition)", re.DOTALL)
_TOKEN = lazy_regex(r"\"[^\"]*\"|'[^']*'|[()]|[^\s()]+")
_CONSTANTS = {"never_true": False, "always_true": True, "evt.num=0": False, "evt.num>=0": True}
"""Conditions that hold for no event, and for each; the latter two are how the macros are defined."""
_EXCEPTION = lazy_regex(
    r"(?!user_ssh_directory|known_user_in_container)(?:user|allowed|known|trusted|expected|excluded?|ignored?|exempt\w*)_\w+"
    r"|\w+_(?:exceptions?|exclusions?|activities|(?:allow|white)list)|(?:ec2_metadata|nodeport)_containers|grep_more"
)
"""Names of macros that say what is left out; the former two say where a rule looks."""
_OPTIONAL = lazy_regex(r"(?:consider|possibly)_\w+")
"""Names of macros that say what else is looked at, which most do not need."""
_HARM = "what intruders do is seen by nobody"


class _Level:
    """What is known of a condition, or of a part of it in brackets, as far as it was read. A part is true if it holds
    for each event, false if it holds for none, and otherwise None."""

    __slots__ = ("_all", "_any", "_group", "_is_negated", "_words")

    def __init__(self) -> None:
        self._any: list[bool | None] = []
        self._all: list[bool | None] = []
        self._words: list[str] = []
        self._group: tuple[bool | None] | None = None
        self._is_negated = False

    def add_word(self, word: str) -> None:
        """Reads a word of a comparison, or an operator."""
        if word == "not":
            self._is_negated = not self._is_negated
        elif word in ("and", "or"):
            self._end_operand()
            if word == "or":
                self._any.append(_all(self._all))
                self._all = []
        else:
            self._words.append(word)

    def add_group(self, value: bool | None) -> None:
        """Reads a part in brackets, or a list of values behind a comparison."""
        self._group = (value,)

    def value(self) -> bool | None:
        """Returns what is known of the whole."""
        self._end_operand()
        values = [*self._any, _all(self._all)]
        return True if True in values else None if None in values else False

    def _end_operand(self) -> None:
        value = _CONSTANTS.get("".join(self._words)) if self._words else None
        if self._group is not None:
            value = None if self._words else self._group[0]
        self._all.append(not value if self._is_negated and value is not None else value)
        self._words, self._group, self._is_negated = [], None, False


def _all(values: list[bool | None]) -> bool | None:
    return False if False in values else None if None in values else True


def _value(condition: str) -> bool | None:
    """Returns whether a condition holds for each event (true) or for none (false); None if that depends on the
    event."""
    levels = [_Level()]
    for word in _TOKEN.findall(condition):
        if word == "(":
            levels.append(_Level())
        elif word != ")":
            levels[-1].add_word(word)
        elif len(levels) > 1:
            value = levels.pop().value()
            levels[-1].add_group(value)
    while len(levels) > 1:
        value = levels.pop().value()
        levels[-1].add_group(value)
    return levels[0].value()


def _is_blind(kind: str, name: str, condition: str) -> bool:
    """Returns whether a rule or a macro with this condition leaves nothing to report."""
    value = _value(condition)
    if kind == "macro" and name in _CONSTANTS:
        return value is not _CONSTANTS[name]
    if kind == "macro" and _EXCEPTION.fullmatch(name):
        return value is True
    return value is False and (kind == "rule" or _OPTIONAL.fullmatch(name) is None)


def check_falco_rules(leaves: Sequence[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each rule, each macro and each list of selections by which nothing is reported."""
    yield from check_falco_selections(leaves)
    names: dict[str, tuple[str, str]] = {}
    conditions: dict[str, tuple[str, str]] = {}
    for leaf in leaves:
        part = _PART.fullmatch(leaf.path) if leaf.path.endswith((".rule", ".macro", ".condition")) else None
        if part is not None and part["key"] == "condition":
            conditions[part["place"]] = (leaf.path, str(leaf.value))
        elif part is not None:
            names[part["place"]] = (part["key"], str(leaf.value).strip())
    for place, (path, condition) in conditions.items():
        if place in names and _is_blind(*names[place], condition):
            yield failed(f"{path}: {_HARM}", path)
