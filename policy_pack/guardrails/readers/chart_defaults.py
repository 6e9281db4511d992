"""Settings that a release, or an object that installs a chart, must state, because the chart's default is weak.

`data/chart_defaults.csv` has the chart, the concern of the rule that evaluates the row, what the values need as
`name=value` in lower case without separators, of which one is enough, what the default does, and the source.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from falaj.facts.chart_names import chart_name

from ..engine.data_folder import DATA
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, failed, undetermined
from .custom_resources import is_custom
from .setting_names import setting_names
from .texts import EMPTY_LIST, read_texts

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


@dataclass(frozen=True, slots=True)
class _Installed:
    """A chart that a resource installs."""

    name: str
    path: str
    """Path of its values, or of what names the chart."""
    within: str
    """Beginning of the paths of its settings."""
    has_values_elsewhere: bool
    """Whether a file or another object has settings too."""


_VALUES_ELSEWHERE = ("valuesFrom", "valueFiles", "valuesFiles", "valuesSecrets", "valuesReferences")
"""Fields of Flux, Argo CD, k3s and others that name files or objects with values."""


def _charts(resource: Resource) -> Iterator[_Installed]:
    """Yields the charts that a resource installs: a release, or an object of a deployer in the cluster (Argo CD
    `source`, Flux `spec.chart.spec`, k3s HelmChart, Crossplane `forProvider.chart`, as known on 2026-11-29)."""
    if resource.type == _RELEASE:
        yield _Installed(chart_name(str(resource.get("chart"))), "values", "", has_values_elsewhere=False)
    elif is_custom(resource):
        spec = resource.props.get("spec")
        found = list(_named_charts(spec, "spec"))
        is_elsewhere = bool(found) and _has_values_elsewhere(spec)
        for name, path in found:
            yield _Installed(name, path, "" if len(found) == 1 else f"{path}.", has_values_elsewhere=is_elsewhere)


def _named_charts(value: Plain, path: str) -> Iterator[tuple[str, str]]:
    """Yields the name of each chart below a value, and where it stands. A deployer may say it by an address of OCI."""
    if isinstance(value, dict):
        chart, address = value.get("chart"), str(value.get("repoURL"))
        names = (chart.get("name") if isinstance(chart, dict) else chart, value.get("chartName"))
        reference = next((name for name in names if isinstance(name, str) and name), "")
        if not chart and not reference and address.startswith("oci://"):
            reference = address
        if reference:
            yield chart_name(reference), path
        for key, item in value.items():
            if key not in _VALUES:
                yield from _named_charts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _named_charts(item, f"{path}[{index}]")


_VALUES = frozenset({"values", "valuesObject", "valuesContent", "set", "parameters"})
"""Fields with the values of a chart, which may have one of the name `chart`."""


def _has_values_elsewhere(value: Plain) -> bool:
    """Returns whether a field outside of values names a file or an object with values."""
    if isinstance(value, dict):
        return any(
            (key in _VALUES_ELSEWHERE and bool(item)) or (key not in _VALUES and _has_values_elsewhere(item))
            for key, item in value.items()
        )
    return isinstance(value, list) and any(map(_has_values_elsewhere, value))


def check_chart_defaults(resource: Resource, concern: str) -> Iterator[Outcome]:
    """Yields a failure for each weak default of a concern that an installed chart leaves in place."""
    for chart in _charts(resource) if resource.type.startswith("kubernetes:") else ():
        for item in _defaults().get(chart.name, ()):
            if item.concern == concern:
                yield from _check_default(resource, chart, item)


def _check_default(resource: Resource, chart: _Installed, item: ChartDefault) -> Iterator[Outcome]:
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
