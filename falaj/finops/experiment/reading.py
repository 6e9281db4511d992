"""Measurements of two variants, from CSV, JSON or a Prometheus export."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.experiment.prometheus import exported
from falaj.finops.experiment.rules import Rules, parse
from falaj.finops.experiment.samples import gathered
from falaj.finops.experiment.windows import MeasurementWindow, checked, window

SAMPLE = "latency_s"
"""A file with this column holds one row for each request."""


def load(path: Path, rules: Rules | None) -> tuple[Rules, dict[str, list[MeasurementWindow]]]:
    """The rules and the windows of a file; rules given go before those in it. Raises `BadInput`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {unreadable}") from None
    return read(text, str(path), rules)


def read(text: str, location: str, rules: Rules | None = None) -> tuple[Rules, dict[str, list[MeasurementWindow]]]:
    """The same of a text: JSON where it begins like it, CSV otherwise."""
    if not text.strip():
        raise BadInput(location, "is empty")
    if text.lstrip()[0] not in "{[":
        used = rules or Rules()
        return used, checked(_of_rows(_csv(text, location), used, location), used, location)
    try:
        data = json.loads(text)
    except ValueError as broken:
        raise BadInput(location, f"not JSON: {broken}") from None
    used = rules or parse(data.get("rules") if isinstance(data, Mapping) else None, f"{location}: rules")
    return used, checked(_of_json(data, used, location), used, location)


def _of_json(data: Any, rules: Rules, location: str) -> list[MeasurementWindow]:
    if isinstance(data, Mapping) and "windows" not in data:
        if "data" in data or "result" in data:
            return exported(data, rules, location)
        raise BadInput(location, "has neither windows nor the result of a Prometheus query")
    rows = data["windows"] if isinstance(data, Mapping) else data
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise BadInput(location, "windows must be a list of objects")
    return _of_rows([(f"{location}: windows[{index}]", row) for index, row in enumerate(rows)], rules, location)


def _of_rows(rows: list[tuple[str, Mapping[str, Any]]], rules: Rules, location: str) -> list[MeasurementWindow]:
    if rows and SAMPLE in rows[0][1]:
        return gathered(rows, rules)
    return [window(row, where, rules) for where, row in rows]


def _csv(text: str, location: str) -> list[tuple[str, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    result: list[tuple[str, Mapping[str, Any]]] = []
    try:
        for row in reader:
            where = f"{location}: line {reader.line_num}"
            if None in row or None in row.values():
                raise BadInput(where, "has another number of fields than the first line")
            result.append((where, row))
    except csv.Error as broken:
        raise BadInput(location, f"not CSV: {broken}") from None
    return result
