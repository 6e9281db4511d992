"""Bounds of every value of the settings, whatever its field: no text, number or list is longer than any use of it.

Fields have closer bounds of their own. These hold where a field takes any text, such as the command of a run.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.raw import as_list, as_mapping

LONGEST_TEXT = 16_384
"""Characters of a text, such as a certificate or the script of a command."""

MOST_ITEMS = 5_000
"""Elements of a list, or keys of a mapping, such as tenants."""

GREATEST = 10**15
"""Absolute value of a number: a petabyte in bytes, or a thousand billion dirhams in fils."""

_REPEATED = ("args", "command")
"""Lists whose values may be there twice: the words of a command. What others name twice, a cloud refuses or starts
once."""

_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn")
"""Unicode categories of characters that nobody sees: controls, formats such as RIGHT-TO-LEFT OVERRIDE, private ones,
halves of characters and unassigned ones (Unicode Standard, table 4-4)."""

_ALLOWED = frozenset("\n\t\u200c\u200d")
"""Of these, what texts need: line breaks and tabs of scripts, and the joiners of Arabic and Persian words."""


def value_problems(raw: object, path: str) -> Iterator[Problem]:
    """Yields a problem for each value that is out of bounds, and for each text with invisible characters."""
    if isinstance(raw, str):
        yield from _text_problems(raw, path)
    elif isinstance(raw, int | float) and not abs(raw) <= GREATEST:  # neither is what is no number
        yield Problem(path, str(raw)[:40], "a number from -10^15 to 10^15", "correct the number")
    mapping, items = as_mapping(raw), as_list(raw)
    if max(len(mapping), len(items)) > MOST_ITEMS:
        allowed = f"at most {MOST_ITEMS:,} items"
        yield Problem(path, f"{max(len(mapping), len(items)):,} items", allowed, "remove some")
        return
    for key, item in mapping.items():
        yield from _text_problems(str(key), path)
        yield from value_problems(item, f"{path}.{key}")
    for index, item in enumerate(items):
        yield from value_problems(item, f"{path}.{index}")
    if path.rpartition(".")[2] not in _REPEATED:
        yield from _repeated(items, path)


def _repeated(items: Sequence[object], path: str) -> Iterator[Problem]:
    seen = set[str]()
    for index, item in enumerate(items):
        if isinstance(item, str) and item in seen:
            yield Problem(f"{path}.{index}", item, "each value once", "remove the repeated one")
        seen |= {item} if isinstance(item, str) else set()


def _text_problems(text: str, path: str) -> Iterator[Problem]:
    if len(text) > LONGEST_TEXT:
        allowed = f"at most {LONGEST_TEXT:,} characters"
        yield Problem(path, f"{text[:20]}...", allowed, f"shorten it by {len(text) - LONGEST_TEXT:,} characters")
    if not text.isprintable() and (found := next(filter(_is_invisible, text), "")):
        allowed, code = "characters that can be seen, line breaks and tabs", f"U+{ord(found):04X}"
        yield Problem(path, text, allowed, f"remove the invisible character {code}")


def _is_invisible(character: str) -> bool:
    return character not in _ALLOWED and unicodedata.category(character) in _INVISIBLE
