"""What a row of `file_inputs.INPUTS` says of a file that a command reads."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unit.cli.input_mutants import as_json

FILE = "{file}"


@dataclass(frozen=True)
class FileInput:
    """A file that a command reads."""

    command: tuple[str, ...]
    """The command; `{file}` is the file, and `{NAME}` the valid file of another input."""
    content: Any
    """Valid content: nested, rows of a table (a tuple), or bytes."""
    text: Callable[[Any], bytes] = as_json
    json: bool = True
    """Whether the command has `--json`."""
    status: tuple[int, ...] = (0,)
    """Exit statuses with valid content."""
    name: str = "file"
    """Name of the file; `{folder}` is the folder that it is in."""
    around: Callable[[Path], AbstractContextManager[object]] = nullcontext
    """What surrounds a run of the command with the file."""
