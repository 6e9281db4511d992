"""How many cases tests try that draw them by chance, or that repeat what other tests evaluate too.

A run of all tests, as in continuous integration, tries a third of them: all took a tenth of its time (2026-12-02). One
of files or folders that are named tries all of them, and so does any with `FALAJ_THOROUGH=1`.
"""

import hashlib
import os

VARIABLE = "FALAJ_THOROUGH"
"""Environment variable that child processes inherit: 0 or 1. `tests/conftest.py` sets it where it is not set."""


def is_thorough() -> bool:
    """Returns whether all cases are tried."""
    return os.environ.get(VARIABLE, "1") != "0"


def many(number: int) -> int:
    """Returns how many of so many cases are tried, at least one."""
    return number if is_thorough() else max(1, number // 3)


def is_tried(name: str) -> bool:
    """Returns whether a case is tried: one of three is, always the same by its name."""
    return is_thorough() or int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0
