"""Runs checks of accounts in parallel, in bounded time. A check that fails is a row, never an error."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from falaj.preflight.rows import NO_ANSWER, NOT_ALLOWED, NoAnswer, NotAllowed, PreflightRow, Verdict

WORKERS = 12
Progress = Callable[[int, int, str], None]
"""Called with the number of finished checks, of all checks, and the one that finished ("" at the start)."""


@dataclass(frozen=True)
class AccountCheck:
    """A question to the account of a site, which yields rows."""

    site: str
    subject: str
    run: Callable[[], Iterable[PreflightRow]]

    def rows(self) -> list[PreflightRow]:
        """Returns the rows of the answer; the one row `unknown` if there is none, with the rows before a failure."""
        found: list[PreflightRow] = []
        try:
            found.extend(self.run())
        except NotAllowed as error:
            found.append(self.unknown(NOT_ALLOWED, f"allow the caller to read it: {error}"))
        except NoAnswer as error:
            found.append(self.unknown(f"{NO_ANSWER}: {error}"))
        except Exception as error:  # an unforeseen answer of one service must not hide those of the others
            found.append(self.unknown(f"{NO_ANSWER}: {type(error).__name__}: {error}"))
        return found

    def unknown(self, found: str, fix: str = "ask again, or look it up in the console") -> PreflightRow:
        """Returns the row of a check without an answer."""
        return PreflightRow(
            site=self.site, subject=self.subject, found=found, verdict=Verdict.UNKNOWN, fix=fix, answered=False
        )


def run_checks(checks: Sequence[AccountCheck], seconds: float, progress: Progress) -> list[PreflightRow]:
    """Returns the rows of all checks in their order, after `seconds` at the latest.

    The threads are daemons: a service that never answers does not keep the command from ending.
    """
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    finished: queue.SimpleQueue[tuple[int, list[PreflightRow]]] = queue.SimpleQueue()
    for index in range(len(checks)):
        waiting.put(index)

    def work() -> None:
        while True:
            try:
                index = waiting.get_nowait()
            except queue.Empty:
                return
            finished.put((index, checks[index].rows()))

    progress(0, len(checks), "")
    for _ in range(min(WORKERS, len(checks))):
        threading.Thread(target=work, daemon=True).start()
    results: dict[int, list[PreflightRow]] = {}
    for index, rows in _until(finished, len(checks), time.monotonic() + seconds):
        results[index] = rows
        progress(len(results), len(checks), f"{checks[index].site}: {checks[index].subject}")
    late = f"{NO_ANSWER} within {seconds:g} s"
    return [
        row
        for index, check in enumerate(checks)
        for row in (results[index] if index in results else [check.unknown(late)])
    ]


def _until(
    finished: "queue.SimpleQueue[tuple[int, list[PreflightRow]]]", count: int, deadline: float
) -> Iterator[tuple[int, list[PreflightRow]]]:
    for _ in range(count):
        try:
            yield finished.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return
