"""Scale: each regular expression of the pack reads a text in time in proportion to its length, whatever the text.

An expression of a module is read as its module reads it; those of tables as their readers do. What is read of a name is
cut to some hundred characters (`readers.setting_names`), so that expressions of names are not here.
"""

import re
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from guardrails.engine.lazy_regex import CompiledRegex
from guardrails.engine.table_words import with_words
from guardrails.identity.program_switch_rows import program_switches
from guardrails.unverifiable.switch_rows import condition, read_object_rows, read_rows

from tests.declared_types import modules

from .hostile_texts import hostile

SMALL, LARGE = 5_000, 20_000
MOST, LEAST = 8, 0.1
"""Allowed ratio of processor time for four times the characters, and the seconds below which it says nothing."""
SHORT = LEAST / 4**3
"""Seconds for the small text below which the large one is not read: not even a cubic reading would take LEAST there."""
LIMIT = 2.0
"""Seconds after which a reading ends."""
TRIES = 3
"""Measurements that all have to say that a text is slow: what else uses the processor only ever adds time."""
MODULES = {module.__name__: module for module in modules() if module.__name__.startswith("guardrails.")}
SEARCHES = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
NOT_OF_PROGRAMS = ("guardrails.engine.", "guardrails.reference", "guardrails.readers.expressions")
"""Modules whose expressions read the pack's own texts and settings."""
CUT = frozenset(
    {
        "encryption.transit.chart_ingresses._SWITCH", "encryption.transit.client_settings._UPGRADED",
        "exposure.custom_secrets._NAMES_KEY", "exposure.everybody._CALLERS", "exposure.everybody._ORDINARY_KEYS",
        "identity.aws_changes._NOT_OF_OTHERS", "identity.aws_disclosures._FORM", "identity.bypass_rules._TOKEN",
        "identity.namespace_crossings._MIRROR", "identity.sign_in_services._OF_ADDRESS", "readers.addresses._SCHEME",
        "readers.cel._MACRO", "residency.plain_names._NAMED", "residency.plain_names._NO_DESTINATION_KEYS",
        "residency.secret_addresses._POSTING", "residency.vendor_words._REFERENCE",
        "unverifiable.helm_values._CLUSTER_ROLE", "unverifiable.postgres_rules._MASK",
    }
)  # fmt: skip
"""Expressions of texts that their module cuts, or reads up to a length."""
Reading = Callable[[str], object]


class _TooLongError(Exception):
    """A reading took longer than the limit."""


def _end(_: int, __: FrameType | None) -> None:
    raise _TooLongError


def _seconds(reading: Reading, text: str) -> float:
    """Returns the processor time of a reading, the better of two if it is long; the limit if it takes longer."""
    best = LIMIT
    for _ in range(2):
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        try:
            reading(text)
            best = min(best, time.process_time() - start)
        except _TooLongError:
            return LIMIT
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if best < LEAST:
            break
    return best


def _text(start: str, unit: str, size: int) -> str:
    return f"{start}{(unit * size)[:size]}\x00"


def _is_slow(reading: Reading, start: str, unit: str) -> bool:
    small = _text(start, unit, SMALL)
    before = _seconds(reading, small)
    if before < SHORT:
        return False
    taken = _seconds(reading, _text(start, unit, LARGE))
    return taken >= LIMIT or (taken > LEAST and taken > MOST * min(before, _seconds(reading, small)))


def slow_text(reading: Reading, pattern: re.Pattern[str]) -> tuple[str, str] | None:
    """Returns the beginning and the unit of a text whose reading takes more than in proportion; None if none does."""
    handler = signal.signal(signal.SIGVTALRM, _end)
    try:
        for start, unit in hostile(pattern):
            if all(_is_slow(reading, start, unit) for _ in range(TRIES)):
                return start, unit
        return None
    finally:
        signal.signal(signal.SIGVTALRM, handler)


@pytest.mark.parametrize(
    ("expression", "is_slow"),
    [
        (r"\s+$", True),
        (r"<[^>]*>", True),
        (r"^(?:a|a\s*)+$", True),
        (r"\s{1,20}$", False),
        (r"^[a-z]+$", False),
        (r"<[^<>]*>", False),
    ],
)
def test_slow_expressions_are_found(expression: str, is_slow: bool) -> None:
    pattern = re.compile(expression)
    assert (slow_text(pattern.search, pattern) is not None) is is_slow


def _readings(pattern: re.Pattern[str], methods: set[str]) -> Iterator[Reading]:
    if methods & SEARCHES:
        yield lambda text: deque(pattern.finditer(text), 0)
    yield from (getattr(pattern, name) for name in ("match", "fullmatch") if name in methods)


def _expressions(name: str) -> Iterator[tuple[str, re.Pattern[str], set[str]]]:
    """Yields the expressions of a module that have a name, with how the module reads them."""
    source = Path(str(MODULES[name].__file__)).read_text(encoding="utf-8")
    for word, value in vars(MODULES[name]).items():
        if isinstance(value, CompiledRegex):
            yield word, re.compile(value.pattern, value.flags), set(re.findall(rf"\b{word}\.(\w+)\b", source))


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith(NOT_OF_PROGRAMS)])
def test_expressions_of_a_module_read_in_proportion(name: str) -> None:
    found = {
        word: slow
        for word, pattern, methods in _expressions(name)
        if f"{name.removeprefix('guardrails.')}.{word}" not in CUT
        for reading in _readings(pattern, methods)
        if (slow := slow_text(reading, pattern)) is not None
    }
    assert not found


SAFE = sorted({row.safe for rows in (*read_rows().values(), read_object_rows()) for row in rows
               if row.safe.lstrip("=+!").startswith("~")})  # fmt: skip


def _of_switch(safe: str) -> re.Pattern[str]:
    return re.compile(with_words(safe.lstrip("=+!").removeprefix("~")), re.IGNORECASE)


@pytest.mark.parametrize("part", range(10))
def test_expressions_of_switches_read_in_proportion(part: int) -> None:
    readings = ((safe, condition(safe).judge, _of_switch(safe)) for safe in SAFE[part::10])
    assert not {safe: slow for safe, reading, pattern in readings if (slow := slow_text(reading, pattern)) is not None}


TEXTS = [item.pattern for item in program_switches() if item.name is None]


@pytest.mark.parametrize("part", range(10))
def test_expressions_of_programs_read_in_proportion(part: int) -> None:
    readings = ((item.pattern, item.search, re.compile(item.pattern)) for item in TEXTS[part::10])
    assert not {text: slow for text, reading, pattern in readings if (slow := slow_text(reading, pattern)) is not None}
