"""The status line of a command: what it is doing, on standard error, until it prints its result."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from falaj.cli.common import err

DELAY = 0.2
"""Seconds before the line: what is done by then needs none."""


@contextmanager
def status(what: str, spinner: bool = True) -> Iterator[None]:
    """Says on standard error what the commands within are doing, unless they are done at once.

    On a terminal the line shows the elapsed time, and is erased at the end; elsewhere it is printed once. Without
    `spinner` it is printed once on a terminal too, for what writes to the terminal itself.
    """
    done = Event()
    line = Thread(target=_show, args=(what, spinner and err.is_terminal, done), daemon=True)
    line.start()
    try:
        yield
    finally:
        done.set()
        line.join()


def _show(what: str, spinner: bool, done: Event) -> None:
    if done.wait(DELAY):
        return
    if not spinner:
        err.print(what, style="dim", highlight=False, markup=False)
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        progress.add_task(what, total=None)
        done.wait()
