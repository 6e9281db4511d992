"""Ends the process of a test that exceeds its time, from one thread that watches all tests of the process.

pytest-timeout starts and joins a thread for each test, which took half a millisecond of processor time (measured on
2026-11-29, on 5,700 tests). What happens at the end is its own: it prints the stacks, and exits with status 1.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest
from pytest_timeout import Settings, timeout_timer

PERIOD = 0.5
"""Seconds between two looks at the test that runs: it may exceed its time by so much."""

_now, _sleep = time.monotonic, time.sleep  # tests replace those of the module


class _Watched(NamedTuple):
    item: pytest.Item
    settings: Settings
    end: float


@dataclass
class Watchdog:
    """Watches one test at a time. Its thread starts with the first."""

    _watched: _Watched | None = None
    _thread: threading.Thread | None = field(default=None, repr=False)

    def watch(self, item: pytest.Item, settings: Settings) -> Callable[[], None]:
        """Watches a test, and returns a function that ends this."""
        self._watched = _Watched(item, settings, _now() + settings.timeout)
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="watchdog of tests", daemon=True)
            self._thread.start()
        return self._forget

    def _forget(self) -> None:
        self._watched = None

    def _look(self) -> None:
        while True:
            _sleep(PERIOD)
            watched = self._watched
            if watched is not None and _now() > watched.end:
                self._forget()  # a debugger may hold the test: pytest-timeout returns then, and does not ask again
                timeout_timer(watched.item, watched.settings)
