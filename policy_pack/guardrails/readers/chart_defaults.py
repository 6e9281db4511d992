"""Settings that a release, or an object that installs a chart, must state, because the chart's default is weak.

`data/chart_defaults.csv` has the chart, the concern of the rule that evaluates the row, what the values need as
`name=value` in lower case without separators, of which one is enough, what the default does, and the source. A value
may be a file of several lines.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..engine.data_folder import DATA
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Resource
from ..engine.verdicts import Outcome, failed, undetermined
from .installed_charts import BITNAMI, InstalledChart, installed_charts
from .setting_names import setting_names
from .texts import EMPTY_LIST, read_texts

_SETTING = lazy_regex(r" \(([^()]{1,200})\);")
"""Setting of a row, after the file in its source."""
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
    """What the default does, and in brackets the setting."""
    is_of_bitnami: bool
    """Whether the chart that was read is Bitnami's."""


@cache
def _defaults() -> dict[str, tuple[ChartDefault, ...]]:
    found: dict[str, tuple[ChartDefault, ...]] = {}
    for row in csv.DictReader(DATA.joinpath("chart_defaults.csv").read_text(encoding="utf-8").splitlines()):
        needs = lazy_regex(rf"\w*(?:{row['needs']})", re.IGNORECASE | re.DOTALL)
        setting = _SETTING.search(row["source"])
        harm = f"{row['harm']} ({setting[1]})" if setting else row["harm"]
        item = ChartDefault(row["concern"], needs, harm, row["source"].startswith(BITNAMI))
        found[row["chart"]] = (*found.get(row["chart"], ()), item)
    return found


def check_chart_defaults(resource: Resource, concern: str) -> Iterator[Outcome]:
    """Yields a failure for each weak default of a concern that an installed chart leaves in place."""
    for part in expand_list(resource) if resource.type.startswith("kubernetes:") else ():
        for chart in installed_charts(part):
            for item in _defaults().get(chart.name, ()):
                if item.concern == concern and (item.is_of_bitnami or not chart.is_of_bitnami):
                    yield from _check_default(part, chart, item)


def _check_default(resource: Resource, chart: InstalledChart, item: ChartDefault) -> Iterator[Outcome]:
    texts = read_texts(resource)
    lists = (leaf for leaf in texts.empty if leaf.value == EMPTY_LIST)  # they leave out what is there by default
    leaves = [leaf for leaf in (*texts.leaves, *lists) if leaf.path.startswith(chart.within)]
    names = ((name, leaf.value) for leaf in leaves for name in setting_names(leaf) if len(name) <= _LONGEST)
    if any(item.needs.fullmatch(f"{name}={value}") for name, value in names):
        return
    is_unknown = (
        resource.get("values") is UNKNOWN or chart.has_values_elsewhere or any(leaf.value is UNKNOWN for leaf in leaves)
    )
    text = f"values of chart {chart.name} leave a default in place by which {item.harm}"
    yield (
        undetermined(f"{text}, or are not known before deployment", chart.path)
        if is_unknown
        else failed(text, chart.path)
    )
