"""What commands print for valid files, as text and as JSON, on a fixed day."""

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
    with on_a_fixed_day():
        answer = answered(name, folder, file, more)
    file.unlink(missing_ok=True)
    parts = (answer.status, answer.sentence, answer.output)
    return [same_everywhere(str(part).replace(str(folder), "")) for part in parts]
