"""Values that weaken one chart: they switch off a safeguard that the chart has, or on what its upstream warns of.

`data/chart_values.csv` has the chart, what is refused as `name=value` in lower case without separators, in `unless`
what makes it harmless where the release states it, the harm, and the file of upstream that was read. Other rules refuse
what many charts have in common; the rows are what was left after each value of a reviewed chart was read.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from falaj.facts.chart_names import chart_name

from ..engine.data_folder import DATA
from ..engine.families import unverifiable_rule
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.setting_names import setting_name
from ..readers.texts import Leaf, read_texts
from .helm_values import RELEASES

_LONGEST_NAME, _LONGEST = 300, 20_000
"""Lengths of the longest name, and of the part of a setting, that are compared."""


@dataclass(frozen=True, slots=True)
class ChartValue:
    """A value that is refused."""

    values: re.Pattern[str]
    """The setting with the refused value, as `name=value`."""
    unless: re.Pattern[str] | None
    """What makes it harmless; None if nothing does."""
    harm: str
    """What the value does."""


@dataclass(frozen=True, slots=True)
class ChartRows:
    """The refused values of a chart."""

    rows: tuple[ChartValue, ...]
    any_value: re.Pattern[str]
    """What any of the rows refuses: most settings are not, and are compared once."""


@cache
def chart_values() -> dict[str, ChartRows]:
    """Returns the refused values of each chart."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(DATA.joinpath("chart_values.csv").read_text(encoding="utf-8").splitlines()):
        found.setdefault(row["chart"], []).append(row)
    return {
        chart: ChartRows(tuple(map(_value, rows)), _ending("|".join(f"(?:{row['values']})" for row in rows)))
        for chart, rows in found.items()
    }


def _value(row: dict[str, str]) -> ChartValue:
    return ChartValue(_ending(row["values"]), _ending(row["unless"]) if row["unless"] else None, row["harm"])


def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\w*(?:{pattern})", re.IGNORECASE)


def _settings(leaf: Leaf) -> Iterator[str]:
    """Yields a leaf as `name=value`, by each of its names but those with which another one ends."""
    if leaf.value is UNKNOWN:
        return
    key, path = setting_name(leaf.key), setting_name(leaf.path)
    names = {path} if path.endswith(key) else {path, key}
    for name in (*names, path + key) if leaf.is_in_text else names:
        if len(name) <= _LONGEST_NAME:
            yield f"{name}={leaf.value}"[:_LONGEST]


def _check_values(resource: Resource) -> Iterator[Outcome]:
    chart = chart_name(str(resource.get("chart")))
    known = chart_values().get(chart)
    if known is None:
        return
    if resource.get("values") is UNKNOWN:
        yield undetermined(f"the values of chart {chart} are not known before deployment", "values")
        return
    settings = [(leaf.path, text) for leaf in read_texts(resource).leaves for text in _settings(leaf)]
    refused = [(path, text) for path, text in settings if known.any_value.fullmatch(text)]
    for row in known.rows:
        paths = dict.fromkeys(path for path, text in refused if row.values.fullmatch(text))
        if paths and not (row.unless is not None and any(row.unless.fullmatch(text) for _, text in settings)):
            yield from (failed(f"{path} of chart {chart}: {row.harm}", path) for path in paths)


CHART_VALUES: tuple[Guardrail, ...] = (
    unverifiable_rule(
        124, Severity.HIGH, "Values leave the safeguards of reviewed charts on",
        "a chart does what its values say, and no guardrail sees the objects that it creates",
        "Remove the value, or state what makes it harmless: guardrails/data/chart_values.csv has it for each chart, "
        "with the file of upstream",
        predicate=_check_values, types=RELEASES,
    ),
)  # fmt: skip
