"""Values that weaken one chart: they switch off a safeguard that the chart has, or on what its upstream warns of.

`data/chart_values.csv` has the chart, what is refused as `name=value` in lower case without separators, in `unless`
what makes it harmless where the release states it, the harm, and the file of upstream that was read. Other rules refuse
what many charts have in common; the rows are what was left after each value of a reviewed chart was read. Objects of
deployers in the cluster are read as releases are.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..engine.data_folder import DATA
from ..engine.families import unverifiable_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.installed_charts import BITNAMI, RELEASE, VALUES, InstalledChart, installed_charts
from ..readers.referenced_charts import with_references
from ..readers.setting_names import setting_name
from ..readers.texts import NULL, Leaf, read_texts

_LONGEST_NAME, _LONGEST = 300, 20_000
"""Lengths of the longest name, and of the part of a setting, that are compared."""


@dataclass(frozen=True, slots=True)
class ChartValue:
    """A value that is refused."""

    values: re.Pattern[str]
    """The setting with the refused value, as `name=value`."""
    unless: re.Pattern[str] | None
    """What makes it harmless; None if nothing does."""
    unless_names: re.Pattern[str]
    """Names of the settings of `unless`."""
    beginnings: tuple[str, ...]
    """The same in plain letters, as far as they are: a section of values may be one that begins a name."""
    harm: str
    """What the value does."""
    is_of_bitnami: bool
    """Whether the chart that was read is Bitnami's."""


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


_SAID = lazy_regex(r"=(?:\([^()]*\)|[^|()])*")
"""What a pattern of `unless` says of a value."""
_NO_LETTERS = lazy_regex(r"\\[dw][*+]|[^a-z0-9|]")


def _value(row: dict[str, str]) -> ChartValue:
    unless, names = row["unless"], _SAID.sub("", row["unless"])
    beginnings = tuple(filter(None, _NO_LETTERS.sub("", names).split("|")))
    limit, is_of_bitnami = _ending(unless) if unless else None, row["source"].startswith(BITNAMI)
    return ChartValue(_ending(row["values"]), limit, _ending(names), beginnings, row["harm"], is_of_bitnami)


def _ending(pattern: str) -> re.Pattern[str]:
    return lazy_regex(rf"\w*(?:{pattern})", re.IGNORECASE)


class _Setting(NamedTuple):
    """A setting of a release."""

    path: str
    text: str
    """The setting as `name=value`; its name alone if the value is not known."""
    is_unknown: bool


def _settings(leaf: Leaf) -> Iterator[_Setting]:
    """Yields a leaf by each of its names but those with which another one ends."""
    key, path, is_unknown = setting_name(leaf.key), setting_name(leaf.path), leaf.value is UNKNOWN
    names = {path} if path.endswith(key) else {path, key}
    for name in (*names, path + key) if leaf.is_in_text else names:
        if len(name) <= _LONGEST_NAME:
            yield _Setting(leaf.path, name if is_unknown else f"{name}={leaf.value}"[:_LONGEST], is_unknown)


_FILES = "valueYamlFiles"
_ITEM = lazy_regex(
    rf"(?:{_FILES}\[\d+\]\.text|(?:.*?\.)??values(?:Object|Content|Template)?)\b[^\[\]]{{0,2000}}\[\d+\]"
)
"""The outermost item of a list in values: what one item states does not hold for another."""


def _beside(path: str, settings: list[_Setting]) -> list[_Setting]:
    """Returns the settings of the item of a list in which a path is, and files that are not known; all settings if it
    is in none."""
    item = _ITEM.match(path)
    if item is None:
        return settings
    return [
        setting for setting in settings
        if setting.path.startswith(item[0]) or (setting.is_unknown and setting.path.startswith(_FILES))
    ]  # fmt: skip


def _may_be(setting: _Setting, row: ChartValue) -> bool:
    """Returns whether a value that is not known may make a row harmless: the value itself, a section above it, or a
    file of values."""
    if setting.path.startswith(_FILES) or row.unless_names.fullmatch(setting.text):
        return True
    parts = [setting_name(part) for part in re.sub(r"\[\d+\]", "", setting.path).split(".")]
    sections = ("".join(parts[index:]) for index in range(len(parts)))
    return any(beginning.startswith(section) for section in sections if section for beginning in row.beginnings)


def _check_values(resource: Resource) -> Iterator[Outcome]:
    for part in expand_list(resource):
        for chart in installed_charts(part):
            known = chart_values().get(chart.name)
            if known is not None:
                yield from _check_chart(part, chart, known)


def _check_chart(resource: Resource, installed: InstalledChart, known: ChartRows) -> Iterator[Outcome]:
    """Yields the outcomes of the values of a chart that a resource installs."""
    chart = installed.name
    texts = read_texts(resource)
    leaves: Sequence[Leaf] = [*texts.leaves, *(item for item in texts.empty if item.value == NULL)]
    if resource.type != RELEASE:
        leaves = [item for item in leaves if item.path.startswith(installed.within) and _IN_VALUES.search(item.path)]
    unknown = next((item.path for item in leaves if item.value is UNKNOWN and _is_whole(item.path)), None)
    if unknown is not None:
        yield undetermined(f"the values of chart {chart} are not known before deployment", unknown)
        return
    settings = [setting for leaf in leaves for setting in _settings(leaf)]
    if installed.has_values_elsewhere:
        settings.append(_Setting(_FILES, "", is_unknown=True))
    refused = [item for item in settings if not item.is_unknown and known.any_value.fullmatch(item.text)]
    for row in (row for row in known.rows if row.is_of_bitnami or not installed.is_of_bitnami):
        for path in dict.fromkeys(item.path for item in refused if row.values.fullmatch(item.text)):
            yield from _check_row(row, f"{path} of chart {chart}: {row.harm}", path, settings)


_IN_VALUES = lazy_regex(rf"\.(?:{'|'.join(sorted(VALUES))})\b")
_ALL_VALUES = lazy_regex(r"(?:^|\.)values(?:Object|Content|Template)?\b")


def _is_whole(path: str) -> bool:
    """Returns whether a path is that of all values of a chart, and not of one below them."""
    found = _ALL_VALUES.search(path)
    return found is not None and found.end() == len(path)


def _check_row(row: ChartValue, text: str, path: str, settings: list[_Setting]) -> Iterator[Outcome]:
    """Yields the outcome of a value that is refused, unless another one makes it harmless."""
    near = _beside(path, settings) if row.unless else []
    if row.unless and any(row.unless.fullmatch(item.text) for item in near if not item.is_unknown):
        return
    is_unknown = any(item.is_unknown and _may_be(item, row) for item in near)
    yield (
        undetermined(f"{text}; what limits it is not known before deployment", path)
        if is_unknown
        else failed(text, path)
    )


CHART_VALUES: tuple[Guardrail, ...] = (
    unverifiable_rule(
        124, Severity.HIGH, "Values leave the safeguards of reviewed charts on",
        "a chart does what its values say, and no guardrail sees the objects that it creates",
        "Remove the value, or state what makes it harmless: guardrails/data/chart_values.csv has it for each chart, "
        "with the file of upstream",
        predicate=_check_values, plan_predicate=with_references(_check_values), types=("kubernetes:",),
    ),
)  # fmt: skip
