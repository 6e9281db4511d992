"""Regular expressions that are compiled, and tried, only on texts that have what each of their matches has.

An expression such as `(?:oidc|sso)\\w{0,24}issuer(?:url)?` matches no text without `issuer`. Tables have hundreds of
them, and the texts of a stack thousands: to look for a literal takes a tenth of the time of a match that fails.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from ..engine.lazy_regex import lazy_regex

Item = TypeVar("Item")

_SHORTEST = 3
"""Characters of a literal: shorter ones are in most texts."""
_BREAK, _GROUPS = "\0", 0xE000
"""What stands for no text of its own, and the first of the characters for private use, one of which is put for each
group. Expressions have none of them."""
_BETWEEN = lazy_regex(f"[{_BREAK}\ue000-\uf8ff]")
_ESCAPE = lazy_regex(r"\\(?:N\{[^}]*\}|x..|u.{4}|U.{8}|\d{1,3}|.)", re.DOTALL)
_CLASS = lazy_regex(r"\[\^?\]?[^\]]*\]")
_GROUP = lazy_regex(r"\((?P<kind>\?(?:P?<\w+>|[a-zA-Z-]*:|>|<?[=!]|.))?(?P<inside>[^()]*)\)")
_REPEATED = lazy_regex(r"[^|](?:[*?]|\{[\d,]*\})[?+]?")
_OTHER = lazy_regex(r"[.^$+{}]")
"""Parts of expressions, in the order in which they are replaced; of `a+`, which is at least one `a`, the `a` stays."""

_FOLDED = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s"})
"""Letters that are equal to those of ASCII for `re.IGNORECASE`, and have other small letters than these (Python 3.11,
Lib/re/_casefix.py and `_sre.unicode_tolower`); the Kelvin sign has a `k`."""


def folded(text: str) -> str:
    """Returns a text in which literals are looked for: in lower case."""
    return text.lower() if text.isascii() else text.translate(_FOLDED).lower()


def literals(pattern: str) -> tuple[str, ...]:
    """Returns texts in lower case of which each match of an expression has one; none if that is not plain to see."""
    groups: dict[str, tuple[str, ...]] = {}

    def replace_group(match: re.Match[str]) -> str:
        mark = chr(_GROUPS + len(groups))
        has_text = (match["kind"] or ":")[-1] in ":>"  # else what is before or behind it
        groups[mark] = _of_branches(match["inside"], groups) if has_text else ()
        return mark

    rest = _CLASS.sub(_BREAK, _ESCAPE.sub(_BREAK, pattern))
    while (shorter := _GROUP.sub(replace_group, rest)) != rest:
        rest = shorter
    return _of_branches(rest, groups)


def _of_branches(text: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Returns the literals of the branches of an expression in which breaks and groups are replaced."""
    found: dict[str, None] = {}
    for branch in _OTHER.sub(_BREAK, _REPEATED.sub(_BREAK, text)).split("|"):
        choices = [*((run,) for run in _BETWEEN.split(branch)), *(groups[mark] for mark in branch if mark in groups)]
        best = max(choices, key=_least)
        if _least(best) < _SHORTEST:
            return ()
        found |= dict.fromkeys(map(folded, best))
    return tuple(found)


def _least(texts: tuple[str, ...]) -> int:
    return min(map(len, texts), default=0)


class Expression:
    """A regular expression that is compiled when a text first may match it."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Takes what `re.compile` takes. The expression must not be in verbose mode."""
        self.pattern = pattern
        self.literals = literals(pattern)
        self._regex = lazy_regex(pattern, flags)

    def _may_match(self, text: str) -> bool:
        if not self.literals:
            return True
        lower = folded(text)
        return any(literal in lower for literal in self.literals)

    def search(self, text: str) -> re.Match[str] | None:
        """Returns the first match in a text, if there is one."""
        return self._regex.search(text) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Returns the matches in a text."""
        return self._regex.finditer(text) if self._may_match(text) else iter(())

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Returns the match of the whole text, if it matches."""
        return self._regex.fullmatch(text) if self._may_match(text) else None


class ExpressionIndex(Generic[Item]):
    """Finds the items whose expression may match a text, without asking each of them."""

    def __init__(self, items: Iterable[tuple[Expression, Item]]) -> None:
        """Indexes the items, whose order is kept, by three letters that are in few of their literals."""
        pairs = list(items)
        self._items = [item for _, item in pairs]
        self._always = {place for place, (expression, _) in enumerate(pairs) if not expression.literals}
        places: dict[str, list[int]] = {}
        for place, (expression, _) in enumerate(pairs):
            for literal in expression.literals:
                places.setdefault(literal, []).append(place)
        count = Counter(letters for literal in places for letters in _letters(literal))
        self._by_letters: dict[str, list[tuple[str, list[int]]]] = {}
        for literal, found in places.items():
            rarest = min(sorted(_letters(literal)), key=count.__getitem__)
            self._by_letters.setdefault(rarest, []).append((literal, found))

    def of(self, text: str) -> list[Item]:
        """Returns the items whose expression may match a text, or one of several with breaks of lines between them."""
        lower = folded(text)
        found = [
            places
            for letters in self._by_letters.keys() & _letters(lower)
            for literal, places in self._by_letters[letters]
            if literal in lower
        ]
        return [self._items[place] for place in sorted(self._always.union(*found))] if found or self._always else []


def _letters(text: str) -> set[str]:
    """Returns all that stands in three places of a text."""
    return set(map("".join, zip(text, text[1:], text[2:], strict=False)))
