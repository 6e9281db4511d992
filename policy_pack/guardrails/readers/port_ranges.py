"""Ranges of ports as network rules write them, and when they are every port.

RFC 6335, section 6 (read 2026-11-30): services are registered at the System Ports up to 1023 and the User Ports from
1024 to 49151; the Dynamic Ports above are those of clients. So a rule is for every port if it has nearly all User
Ports: which others it leaves out changes nothing. That nine tenths are nearly all was decided here.
"""

from collections.abc import Iterable, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Plain

LAST_PORT = 65_535
EVERY_PORT = (0, LAST_PORT)
_FIRST_USER, _LAST_USER = 1_024, 49_151
_NEARLY_ALL = (_LAST_USER - _FIRST_USER + 1) * 9 // 10
_ALL = ("*", "any")
_RANGE = lazy_regex(r"\s*+(\d{0,5}+)\s*+([-:]?+)\s*+(\d{0,5}+)\s*+")
_SEPARATOR = lazy_regex(r"[\s,\[\]]+")

Ports = tuple[Plain, Plain]
"""The first and the last port of a range; one that is not known, or no number, is no range."""


def are_every_port(ranges: Iterable[Ports]) -> bool:
    """Returns whether ranges of ports have nearly all User Ports together."""
    known = ((number_of(first), number_of(last)) for first, last in ranges)
    covered, total = _FIRST_USER - 1.0, 0.0
    for start, end in sorted((start, end) for start, end in known if start is not None and end is not None):
        last = min(end, _LAST_USER)
        total += max(0.0, last - max(start - 1, covered))
        covered = max(covered, last)
    return total >= _NEARLY_ALL


def ports_in(texts: Iterable[Plain]) -> list[Ports]:
    """Returns the ranges in texts such as `443`, `1-65535` of Azure, or `1:65535`, `:1023` and `[80,!443]` of Suricata.

    With `!` a text is for the ports that it does not name, and in a list for those that no such text names
    (OISF/suricata 0130ed7c doc/userguide/rules/intro.rst).
    """
    words = [word for text in texts for word in _words(str(text))]
    named = [ports for word in words if not word.startswith("!") and (ports := _range(word)) is not None]
    left_out = [ports for word in words if word.startswith("!") and (ports := _range(word[1:])) is not None]
    if not left_out:
        return [*named]
    return [part for ports in named or [EVERY_PORT] for part in _without(ports, left_out)]


def _words(text: str) -> Iterator[str]:
    """Yields the items of a list as text; each with the `!` before the list."""
    is_negative = text.strip().startswith("![")
    for word in filter(None, _SEPARATOR.split(text.strip().removeprefix("!") if is_negative else text)):
        yield f"!{word}" if is_negative else word


def _range(word: str) -> tuple[int, int] | None:
    if word.lower() in _ALL:
        return EVERY_PORT
    found = _RANGE.fullmatch(word)
    if found is None or not (found[1] or found[3]):
        return None
    first = int(found[1] or 0)
    return first, int(found[3] or LAST_PORT) if found[2] else first


def _without(ports: tuple[int, int], left_out: Iterable[tuple[int, int]]) -> Iterator[Ports]:
    """Yields what is left of a range without others."""
    first, last = ports
    for start, end in sorted(left_out):
        if first < start:
            yield first, min(start - 1, last)
        first = max(first, end + 1)
    if first <= last:
        yield first, last
