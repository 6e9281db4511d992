"""Settings that a release must state, because its chart's default is weak.

`data/chart_defaults.csv` has the chart, the concern of the rule that evaluates the row, what the values need as
`name=value` in lower case without separators, of which one is enough, what the default does, and the source.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from falaj.facts.chart_names import chart_name

from ..engine.data_folder import DATA
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, failed, undetermined
from .setting_names import setting_names
from .texts import read_texts

_RELEASE = "kubernetes:helm.sh/v1:Release"
_LONGEST = 300
"""Length of the longest name that is compared: longer ones are no settings of these charts."""


@dataclass(frozen=True, slots=True)
class ChartDefault:
    """A weak default of a chart."""

    concern: str
    """Concern of the rule that evaluates it."""
    needs: re.Pattern[str]
    """What one of the settings must say, as `name=value`."""
    harm: str
    """What the default does."""


@cache
def _defaults() -> dict[str, tuple[ChartDefault, ...]]:
    found: dict[str, tuple[ChartDefault, ...]] = {}
    for row in csv.DictReader(DATA.joinpath("chart_defaults.csv").read_text(encoding="utf-8").splitlines()):
        needs = re.compile(rf"\w*(?:{row['needs']})", re.IGNORECASE)
        item = ChartDefault(row["concern"], needs, row["harm"])
        found[row["chart"]] = (*found.get(row["chart"], ()), item)
    return found


def _empty_lists(value: Plain, name: str) -> Iterator[str]:
    """Yields the empty lists of a value, which take what the chart has by default out."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _empty_lists(item, name + re.sub(r"[\W_]", "", key).lower())
    elif value == []:
        yield f"{name}=[]"


def check_chart_defaults(resource: Resource, concern: str) -> Iterator[Outcome]:
    """Yields a failure for each weak default of a concern that a release leaves in place."""
    if resource.type != _RELEASE:
        return
    chart = chart_name(str(resource.get("chart")))
    for item in _defaults().get(chart, ()):
        if item.concern != concern:
            continue
        leaves = read_texts(resource).leaves
        names = ((name, leaf.value) for leaf in leaves for name in setting_names(leaf) if len(name) <= _LONGEST)
        stated = chain((f"{name}={value}" for name, value in names), _empty_lists(resource.get("values"), "values"))
        if any(map(item.needs.fullmatch, stated)):
            continue
        is_unknown = resource.get("values") is UNKNOWN or any(leaf.value is UNKNOWN for leaf in leaves)
        text = f"values of chart {chart} leave a default in place by which {item.harm}"
        yield undetermined(f"{text}, or are not known before deployment", "values") if is_unknown else failed(
            text, "values")  # fmt: skip
