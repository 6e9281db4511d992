"""Text, YAML, JSON and CSV of the inputs of cost commands, all of them read here.

What cannot be read, or is no YAML or JSON within the bounds of `falaj.facts.strict_yaml` and `strict_json`, is refused
in one sentence.
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from falaj.facts import strict_json, strict_text, strict_yaml
from falaj.finops.errors import BadInput

_LONGEST_VALUE = 131_072


def read_text(path: Path) -> str:
    """Returns the text of a file in UTF-8, with or without a byte order mark. Raises `BadInput`."""
    try:
        return strict_text.read(path)
    except (OSError, ValueError) as error:
        raise BadInput(str(path), f"cannot be read: {strict_text.reason(error)}") from None


def read_input(given: str | Path) -> str:
    """Returns the text of a file, or of standard input for `-`. Raises `BadInput`."""
    if str(given) != "-":
        return read_text(Path(given))
    try:
        return strict_text.read_stream(sys.stdin.buffer)
    except (OSError, ValueError) as error:
        raise BadInput("standard input", f"cannot be read: {strict_text.reason(error)}") from None


def refuse_pipe(path: Path) -> None:
    """Raises `BadInput` for what is there and no file: what is read twice is no pipe."""
    if path.exists() and not path.is_file():
        raise BadInput(str(path), "is no file that can be read twice; save it to a file first")


def read_yaml(path: Path) -> Any:
    """Returns the content of a YAML file; an empty file is an empty mapping. Raises `BadInput`."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, location: str) -> Any:
    """Returns the content of YAML, or of JSON, which is YAML; an empty text is an empty mapping. Raises `BadInput`."""
    try:
        raw = strict_yaml.parse(text)
    except yaml.YAMLError as error:
        raise BadInput(location, f"not YAML: {strict_yaml.describe(error)}") from None
    return {} if raw is None else raw


def parse_json(text: str, location: str, *, more_text: bool = False) -> Any:
    """Returns the content of JSON. `more_text` accepts other text after it. Raises `BadInput`."""
    try:
        return strict_json.parse(text, more_text=more_text)
    except ValueError as error:
        raise BadInput(location, f"not JSON: {error}") from None


def csv_rows(text: str, location: str) -> Iterator[tuple[int, list[str]]]:
    """Yields the number of the last line and the fields of each row. Raises `BadInput` for what is no CSV, such as a
    value of more than 131,072 characters: most likely a quote that does not end. The limit of csv itself holds for
    the whole process, and others set it."""
    reader = csv.reader(io.StringIO(text))
    try:
        for fields in reader:
            if any(len(field) > _LONGEST_VALUE for field in fields):
                raise BadInput(location, f"not CSV: line {reader.line_num} has a value of more than 131,072 characters")
            yield reader.line_num, fields
    except csv.Error as error:
        raise BadInput(location, f"not CSV: {error}") from None
