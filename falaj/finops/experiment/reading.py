"""Measurements of two variants, from CSV, JSON or a Prometheus export."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.experiment.prometheus import read_range_query
from falaj.finops.experiment.rules import Rules, parse
from falaj.finops.experiment.samples import aggregate
from falaj.finops.experiment.windows import MeasurementWindow, group_by_variant, window
from falaj.finops.input_files import parse_json, read_text

SAMPLE_COLUMN = "latency_s"
"""A file with this column contains one row per request."""


def load(path: Path, rules: Rules | None) -> tuple[Rules, dict[str, list[MeasurementWindow]]]:
    """Reads the rules and the windows of a file; given rules take precedence over those in the
    file. Raises `BadInput`.
    """
    return read(read_text(path), str(path), rules)


def read(text: str, location: str, rules: Rules | None = None) -> tuple[Rules, dict[str, list[MeasurementWindow]]]:
    """Parses the rules and windows of a text: JSON if it begins like JSON, otherwise CSV. Raises `BadInput`."""
    if not text.strip():
        raise BadInput(location, "is empty")
    if text.lstrip()[0] not in "{[":
        effective_rules = rules or Rules()
        return effective_rules, group_by_variant(
            _from_rows(_csv(text, location), effective_rules, location), effective_rules, location
        )
    data = parse_json(text, location)
    effective_rules = rules or parse(data.get("rules") if isinstance(data, Mapping) else None, f"{location}: rules")
    return effective_rules, group_by_variant(_from_json(data, effective_rules, location), effective_rules, location)


def _from_json(data: Any, rules: Rules, location: str) -> list[MeasurementWindow]:
    if isinstance(data, Mapping) and "windows" not in data:
        if "data" in data or "result" in data:
            return read_range_query(data, rules, location)
        raise BadInput(location, "has neither windows nor the result of a Prometheus query")
    rows = data["windows"] if isinstance(data, Mapping) else data
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise BadInput(location, "windows must be a list of objects")
    return _from_rows([(f"{location}: windows[{index}]", row) for index, row in enumerate(rows)], rules, location)


def _from_rows(rows: list[tuple[str, Mapping[str, Any]]], rules: Rules, location: str) -> list[MeasurementWindow]:
    if rows and SAMPLE_COLUMN in rows[0][1]:
        return aggregate(rows, rules)
    return [window(row, row_location, rules) for row_location, row in rows]


def _csv(text: str, location: str) -> list[tuple[str, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    result: list[tuple[str, Mapping[str, Any]]] = []
    try:
        for row in reader:
            row_location = f"{location}: line {reader.line_num}"
            if None in row or None in row.values():
                raise BadInput(row_location, "has a different number of fields than the header")
            result.append((row_location, row))
    except csv.Error as error:
        raise BadInput(location, f"not CSV: {error}") from None
    return result
