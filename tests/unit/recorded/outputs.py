"""What commands print for valid files, as text and as JSON, on a fixed day."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.unit.cli.file_inputs import INPUTS, answered, valid, write_valid
from tests.unit.recorded.fixed_day import on_a_fixed_day
from tests.unit.recorded.rows import same_everywhere

FILE = "outputs.csv"
GROUPS = sorted({given.command[0] for given in INPUTS.values()})
"""First words of the commands."""


def contents(group: str, folder: Path) -> dict[tuple[str, ...], Any]:
    """Returns exit status, error and output of each command of a group. `folder` is empty."""
    write_valid(folder)
    names = [name for name, given in INPUTS.items() if given.command[0] == group]
    return {
        (group, " ".join((name, *more))): _shown(name, folder, more)
        for name in names
        for more in ((), ("--json",))[: 1 + INPUTS[name].json]
    }


def _shown(name: str, folder: Path, more: tuple[str, ...]) -> list[str]:
    file = folder / "spoiled" / INPUTS[name].name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(valid(name))
    with on_a_fixed_day(), _of_processes(folder / "printed") as printed:
        answer = answered(name, folder, file, more)
    file.unlink(missing_ok=True)
    parts = (answer.status, answer.sentence, answer.output + printed.read_text(encoding="utf-8"))
    return [same_everywhere(str(part).replace(str(folder), "")) for part in parts]


@contextmanager
def _of_processes(file: Path) -> Iterator[Path]:
    """Yields a file with what the processes print that a command starts: `falaj check` has one of its own."""
    stdout = os.dup(1)
    try:
        with file.open("wb") as printed:
            os.dup2(printed.fileno(), 1)
            yield file
    finally:
        os.dup2(stdout, 1)
        os.close(stdout)
