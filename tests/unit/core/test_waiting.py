"""Waits are as long as what is left of the delay, never longer, and are only recorded in the sandbox."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import AsyncMock, patch

import pytest

from falaj.components.core.site.waiting import RECORD, wait_until_effective


def slept(created: str, seconds: int = 300) -> float:
    """Returns the seconds for which a program sleeps."""
    messages: list[str] = []
    with patch.object(asyncio, "sleep", AsyncMock()) as sleep:
        asyncio.run(wait_until_effective("/grant", created, seconds, messages.append))
    assert len(messages) == len(sleep.await_args_list)
    return sum(call.args[0] for call in sleep.await_args_list)


def ago(**age: float) -> str:
    return (datetime.now(UTC) - timedelta(**age)).isoformat()


@pytest.mark.parametrize(("age", "expected"), [(0, 300), (100, 200), (300, 0), (800_000, 0), (None, 300)])
def test_what_is_left_of_the_delay_is_waited_for(
    age: int | None, expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(RECORD, raising=False)
    assert slept("" if age is None else ago(seconds=age)) == pytest.approx(expected, abs=30)


def test_a_clock_that_is_wrong_makes_no_wait_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RECORD, raising=False)
    assert slept(ago(days=-2)) == 300
    assert slept("2026-01-01T00:00:00.1234567Z") == 0  # seven digits, as Azure writes them


def test_the_sandbox_records_instead_of_waiting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(RECORD, str(tmp_path / "waits"))
    assert slept("") == 0
    assert (tmp_path / "waits").read_text() == "300 /grant\n"
