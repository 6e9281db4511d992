"""Waiting for a fixed time inside a deployment, for clouds that confirm a change before it has taken effect."""

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

RECORD = "FALAJ_WAITS"
"""Environment variable with the file of the sandbox's waits. The emulated clouds have no delays of their own, so in the
sandbox a wait ends at once, and is written there for the emulator, which refuses what was not waited for."""


async def wait_until_effective(
    subject: str, created: str, seconds: int, announce: Callable[[str], None] = lambda message: None
) -> None:
    """Waits until `seconds` have passed since the resource `subject` was created (`created`: ISO 8601, UTC).

    An older resource is not waited for. A resource without a known time counts as just created, and a time in the
    future, by a clock that is wrong, as now: so the wait is never longer than `seconds`. `announce` is called with a
    message before a wait.
    """
    record = os.environ.get(RECORD)
    if record:
        Path(record).touch(mode=0o600)
        with Path(record).open("a", encoding="utf-8") as waits:
            waits.write(f"{seconds} {subject.lower()}\n")
        return
    now = datetime.now(UTC)
    age = now - _moment(created, now)
    remaining = timedelta(seconds=seconds) - max(age, timedelta())
    if remaining > timedelta():
        announce(f"waiting {remaining.total_seconds():.0f} seconds until it has taken effect")
        await asyncio.sleep(remaining.total_seconds())


def _moment(text: str, default: datetime) -> datetime:
    moment = datetime.fromisoformat(text) if text else default
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
