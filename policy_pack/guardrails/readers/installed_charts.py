"""Charts that a resource installs: a release, or an object of a deployer in the cluster.

Argo CD `source`, Flux `spec.chart.spec`, k3s HelmChart, Crossplane `forProvider.chart` and others, by the types that
`unverifiable.reviewed_charts` names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from falaj.facts.chart_names import chart_name

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource
from .custom_resources import is_custom
from .texts import Leaf, read_texts

RELEASE = "kubernetes:helm.sh/v1:Release"
"""A Helm release of any SDK version, as normalised type."""
VALUES = frozenset({"values", "valuesObject", "valuesContent", "valuesTemplate", "set", "parameters"})
"""Fields with the values of a chart, which may have one of the name `chart`."""
BITNAMI = "bitnami/charts"
"""Beginning of the source of a row on a chart of Bitnami."""
_BITNAMI = lazy_regex(r"(?:^|/)bitnamicharts/|\bcharts\.bitnami\.com/")
"""Addresses of Bitnami's charts, also in a mirror that keeps the folder (bitnami/charts 5165628a README.md, read
2026-11-29). Many have the name of a chart of another publisher, with other values."""
_ADDRESSES = frozenset(
    {"chart", "chart.repository", "chart.url", "name", "repo", "repoURL", "repository", "repositoryOpts.repo",
     "repositoryURL", "url"}
)  # fmt: skip
"""Fields with the address of a chart, beside or below what names it."""


_IMAGE_OF_BITNAMI = lazy_regex(r"(?:^|.*/)bitnami(?:legacy|secure|prem)?/(?!sealed-secrets)[\w./-]{1,200}(?:[:@].*)?")
_MAIN_IMAGE = lazy_regex(r"(?:.*\.)?(?:values\w{0,9}|text)\.image\.repository")
_LONGEST = 200
_OF_BITNAMI_ONLY = "global.security.allowInsecureImages"
"""Values that only charts of Bitnami have: their images, and the switch for images of others (bitnami/charts 5165628a,
bitnami/minio/values.yaml, read 2026-11-29). A mirror without the folder keeps them. The controller of Sealed Secrets is
in their registry too, for the chart of bitnami-labs."""


_REPOSITORIES = _ADDRESSES - {"chart", "name"}


def has_repository(resource: Resource, chart: "InstalledChart") -> bool:
    """Returns whether an address stands beside the name of a chart, or its group is one of Helm: else `chart` may be
    another thing, such as a drawing."""
    begin = f"{chart.path}."
    paths = (leaf.path for leaf in read_texts(resource).leaves if leaf.path.startswith(begin))
    return resource.type.startswith("kubernetes:helm.") or any(path[len(begin) :] in _REPOSITORIES for path in paths)


_WITH_PARTS_OF_BITNAMI = frozenset(
    {"airflow", "backstage", "jaeger", "kong", "langfuse", "litellm-helm", "mlflow", "n8n", "superset"}
)
"""Charts of others that have charts of Bitnami as parts, and so the switch too: by the Chart.yaml of backstage/charts
b781aacb, jaegertracing/helm-charts 6c602b54, Kong/charts e76b8003, community-charts/helm-charts ae700fff and
8gears/n8n-helm-chart 344f5e09, by the README of langfuse/langfuse-k8s f5e4abf3 (read 2026-11-29); apache/airflow
00043c1 chart, apache/superset 0039da2 helm/superset and BerriAI/litellm 0044fd0 deploy/charts/litellm-helm (read
2026-11-30)."""


def is_of_bitnami(resource: Resource, path: str, name: str, within: str) -> bool:
    """Returns whether the chart that is named at a path, empty for a release, has an address of Bitnami, or values that
    only its charts have: those below `within`, unless a chart with that name has charts of Bitnami as parts."""
    begin = f"{path}." if path else ""
    return any(
        (leaf.path.startswith(within) and _names_bitnami(leaf, name))
        or (leaf.path.startswith(begin) and leaf.path[len(begin) :] in _ADDRESSES and _BITNAMI.search(str(leaf.value)))
        for leaf in read_texts(resource).leaves
    )


def _names_bitnami(leaf: Leaf, name: str) -> bool:
    """Returns whether a leaf is a value that only charts of Bitnami have."""
    is_image = leaf.key == "repository" and _MAIN_IMAGE.fullmatch(leaf.path[-_LONGEST:]) is not None
    is_named = is_image and _IMAGE_OF_BITNAMI.fullmatch(str(leaf.value)[:_LONGEST]) is not None
    return is_named or (name not in _WITH_PARTS_OF_BITNAMI and leaf.path.endswith(_OF_BITNAMI_ONLY))


@dataclass(frozen=True, slots=True)
class InstalledChart:
    """A chart that a resource installs."""

    name: str
    path: str
    """Path of its values, or of what names the chart."""
    within: str
    """Beginning of the paths of its settings."""
    has_values_elsewhere: bool
    """Whether a file or another object has settings too."""
    is_of_bitnami: bool
    """Whether its address says that it is Bitnami's."""


_VALUES_ELSEWHERE = ("valuesFrom", "valueFiles", "valuesFiles", "valuesSecrets", "valuesReferences")
"""Fields of Flux, Argo CD, k3s and others that name files or objects with values."""


_SOURCES = ("kubernetes:source.toolkit.fluxcd.io/",)
"""Objects of Flux that load a chart, which a release with its values installs (`readers/referenced_charts.py`)."""


def installed_charts(resource: Resource) -> Iterator[InstalledChart]:
    """Yields the charts that a resource installs."""
    if resource.type == RELEASE:
        name = chart_name(str(resource.get("chart")))
        yield InstalledChart(name, "values", "", False, is_of_bitnami(resource, "", name, ""))
    elif is_custom(resource) and not resource.type.startswith(_SOURCES):
        spec = resource.props.get("spec")
        found = list(_named_charts(spec, "spec"))
        is_elsewhere = bool(found) and _has_values_elsewhere(spec)
        for name, path in found:
            within = "" if len(found) == 1 else f"{path}."
            yield InstalledChart(name, path, within, is_elsewhere, is_of_bitnami(resource, path, name, within))


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
            if key not in VALUES:
                yield from _named_charts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _named_charts(item, f"{path}[{index}]")


def _has_values_elsewhere(value: Plain) -> bool:
    """Returns whether a field outside of values names a file or an object with values."""
    if isinstance(value, dict):
        return any(
            (key in _VALUES_ELSEWHERE and not _is_read(item)) or (key not in VALUES and _has_values_elsewhere(item))
            for key, item in value.items()
        )
    return isinstance(value, list) and any(map(_has_values_elsewhere, value))


def _is_read(sources: Plain) -> bool:
    """Returns whether there are no sources of values, or the text of each was read (`readers/referenced_charts.py`).

    An empty source names no object.
    """
    items = sources if isinstance(sources, list) else [sources] if sources else []
    return all(isinstance(item, dict) and (not item or "values" in item) for item in items)
