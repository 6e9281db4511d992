"""Values of JSON traces, or a sentence with their path."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from falaj.finops.errors import BadInput, shown
from falaj.finops.input_files import parse_json, read_text

MOST_BYTES = 2 * 2**30
"""Size of a text, which is read as a whole and takes several times as much memory as values."""


def read_lines(path: Path) -> str:
    """Returns the text of a trace that is no table. Raises `BadInput`."""
    if path.is_file() and (size := path.stat().st_size) > MOST_BYTES:
        raise BadInput(
            str(path), f"has {size / 2**30:.1f} GiB; at most {MOST_BYTES // 2**30} are read: cut it in parts"
        )
    return read_text(path)


def read_json(path: Path) -> Any:
    """Returns the content of a JSON file. Raises `BadInput`."""
    return parse_json(read_lines(path), str(path))


def mapping(value: object, where: str) -> Mapping[str, Any]:
    """Returns an object of JSON. Raises `BadInput` if the value is none."""
    if not isinstance(value, dict):
        raise BadInput(where, f"{shown(value)} is not an object; is the file cut off or of another form?")
    return value


def items(parent: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    """Returns the list under a key. Raises `BadInput` if it is none."""
    value = parent.get(key)
    if not isinstance(value, list):
        given = "is missing" if key not in parent else f"{shown(value)} is not a list"
        raise BadInput(f"{where}: {key}", f"{given}; a list is expected")
    return value


def text(parent: Mapping[str, Any], key: str, where: str) -> str:
    """Returns the text under a key. Raises `BadInput` if it is none or empty."""
    value = parent.get(key)
    if not isinstance(value, str) or not value:
        given = "is missing" if key not in parent else f"{shown(value)} is not a text"
        raise BadInput(f"{where}: {key}", f"{given}; a text is expected")
    return value


def number(value: object, where: str, least: float, most: float) -> float:
    """Returns a number within limits; a text may have it. Raises `BadInput`."""
    try:
        read = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except ValueError:
        read = None
    if read is None or not least <= read <= most:
        raise BadInput(where, f"{shown(value)} is not a number from {least:g} to {most:g}")
    return read
