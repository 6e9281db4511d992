"""Processor time of a piece of code, and a limit of it, for tests of what has to be read in linear time.

What other processes do at that time does not count, and nothing is collected meanwhile: after thousands of tests one
pass of the garbage collector over the objects of a worker takes seconds.
"""

import gc
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


def seconds_of(code: Callable[[], object]) -> float:
    """Returns the processor seconds that a call of the code takes."""
    with _uncollected():
        start = time.process_time()
        code()
        return time.process_time() - start


@contextmanager
def within(limit: float) -> Iterator[None]:
    """Raises an assertion error if the body of the `with` statement takes more processor seconds than the limit."""
    with _uncollected():
        start = time.process_time()
        yield
        taken = time.process_time() - start
    assert taken < limit, f"took {taken:.2f} s of processor time, {limit} s are allowed"
