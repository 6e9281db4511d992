"""The status line: on standard error, after a moment, with the elapsed time on a terminal only."""

import io
import time

import pytest
from rich.console import Console

from falaj.cli import progress

DELAY = 0.05


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a pipe receives."""
    monkeypatch.setattr(progress, "DELAY", DELAY)
    pipe = io.StringIO()
    monkeypatch.setattr(progress, "err", Console(file=pipe))
    return pipe


@pytest.fixture
def shown(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a terminal receives."""
    monkeypatch.setattr(progress, "err", Console(file=written, force_terminal=True, width=60))
    return written


def wait_for(text: str, pipe: io.StringIO) -> None:
    deadline = time.monotonic() + 20
    while text not in pipe.getvalue():
        assert time.monotonic() < deadline, pipe.getvalue()
        time.sleep(0.01)


def test_a_pipe_gets_one_line(written: io.StringIO) -> None:
    with progress.status("Previewing [dev]"):
        wait_for("Previewing", written)
        time.sleep(2 * DELAY)
    assert written.getvalue() == "Previewing [dev]\n"


def test_what_is_done_at_once_needs_no_line(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "DELAY", 60)
    started = time.monotonic()
    with progress.status("Previewing dev"):
        pass
    assert (written.getvalue(), time.monotonic() - started < 30) == ("", True)


def test_a_terminal_shows_the_elapsed_time_and_forgets_it(shown: io.StringIO) -> None:
    with progress.status("Previewing [dev]"):
        wait_for("Previewing [dev]", shown)
        wait_for("0:00:01", shown)
    assert shown.getvalue().endswith("\x1b[1A\x1b[2K\x1b[?25h") or "\x1b[2K" in shown.getvalue()[-12:]


def test_a_command_that_writes_to_the_terminal_gets_a_plain_line(shown: io.StringIO) -> None:
    with progress.status("Running up on dev", spinner=False):
        wait_for("Running up on dev", shown)
    assert "0:00" not in shown.getvalue()
    assert "\x1b[2K" not in shown.getvalue()


def test_the_line_ends_with_an_error(written: io.StringIO) -> None:
    def fail() -> None:
        with progress.status("Previewing dev"):
            wait_for("Previewing", written)
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fail()
    before = written.getvalue()
    time.sleep(2 * DELAY)
    assert written.getvalue() == before == "Previewing dev\n"
