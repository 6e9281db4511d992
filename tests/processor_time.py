"""Processor time of a piece of code, and a limit of it, for tests of what has to be read in linear time.

What other processes do at that time does not count, and nothing is collected meanwhile: after thousands of tests one
pass of the garbage collector over the objects of a worker takes seconds. A processor whose other thread works for
somebody else takes twice as long for the same instructions: so what takes long is divided by how slow it is just then.
"""

import gc
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def _uncollected() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_WORDS, _TEXT = re.compile(r"\w+"), "a. b-" * 20_000
_FAST = 0.01
"""Seconds in which a processor finds the words of the text if nothing else uses it (measured on 2026-12-01 on a virtual
machine of two threads: 0.010 to 0.011, and 0.017 to 0.020 while a neighbour works)."""
_SHORT = 0.05
"""Seconds that are not worth a measurement of the processor."""


def _raw_seconds(code: Callable[[], object]) -> float:
    start = time.process_time()
    code()
    return time.process_time() - start


def _at_full_speed(seconds: float) -> float:
    """Returns how long a fast processor takes for what has just taken so long."""
    if seconds < _SHORT:
        return seconds
    now = statistics.median(_raw_seconds(lambda: [word.start() for word in _WORDS.finditer(_TEXT)]) for _ in range(9))
    return seconds / max(1.0, now / _FAST)


def seconds_of(code: Callable[[], object]) -> float:
    """Returns the processor seconds that a call of the code takes on a fast processor."""
    with _uncollected():
        return _at_full_speed(_raw_seconds(code))


@contextmanager
def within(limit: float) -> Iterator[None]:
    """Raises an assertion error if the body of the `with` statement takes more processor seconds than the limit on a
    fast processor."""
    with _uncollected():
        start = time.process_time()
        yield
        taken = time.process_time() - start
        if taken >= limit:
            taken = _at_full_speed(taken)
    assert taken < limit, f"took {taken:.2f} s of processor time, {limit} s are allowed"


_TRIES = 3


def hold_in_proportion(small: Callable[[], object], large: Callable[[], object], most: float, least: float = 0) -> None:
    """Raises an assertion error if the large piece of work takes more than `most` times the processor time of the small
    one, which counts as `least` seconds or more. What else uses the processor only ever adds time: a ratio that is too
    high is measured again, and the least time of each counts. The first run of the small one, which compiles
    expressions and fills caches, does not count: it would hide how much more the large one takes."""
    shorts, longs = [], []
    with _uncollected():
        small()
        for _ in range(_TRIES):
            shorts.append(_raw_seconds(small))
            longs.append(_raw_seconds(large))
            if min(longs) <= most * max(min(shorts), least):
                return
    raise AssertionError(f"at most {most} times as long are allowed; seconds of each try: {shorts} and {longs}")
