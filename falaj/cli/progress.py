"""The status line of a command: what it is doing, on standard error, until it prints its result."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

from falaj.cli.common import err

DELAY = 0.2
"""Seconds before the line: what is done by then needs none."""


REFRESH = 0.2
"""Seconds between two looks at what the line says."""


@dataclass
class StatusLine:
    """What a status line says. The commands within may change it, which a terminal shows."""

    text: str


@contextmanager
def status(what: str, spinner: bool = True) -> Iterator[StatusLine]:
    """Says on standard error what the commands within are doing, unless they are done at once.

    On a terminal the line shows the elapsed time, and is erased at the end; elsewhere it is printed once. Without
    `spinner` it is printed once on a terminal too, for what writes to the terminal itself.
    """
    done, line = Event(), StatusLine(what)
    thread = Thread(target=_show, args=(line, spinner and err.is_terminal, done), daemon=True)
    thread.start()
    try:
        yield line
    finally:
        done.set()
        thread.join()


def _show(line: StatusLine, spinner: bool, done: Event) -> None:
    if done.wait(DELAY):
        return
    if not spinner:
        err.print(line.text, style="dim", highlight=False, markup=False)
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(line.text, total=None)
        while not done.wait(REFRESH):
            progress.update(task, description=line.text)
