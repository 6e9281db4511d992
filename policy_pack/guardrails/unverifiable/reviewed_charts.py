"""Helm charts whose values nobody has reviewed are refused, as types and kinds are.

Rules on values refuse the settings that they know; a chart of which nobody has read the values passes with whatever its
own settings and its defaults open, grant or send. So charts are an allow-list, `data/reviewed_charts.csv`: a chart has
a row if each of its values was read for what weakens it, and rules refuse what does. A chart is known by its name, the
last segment of its address, because a mirror keeps it; FJ-ESC-105 evaluates where it comes from. Bitnami has charts of
its own under names of others; where the address says so, only those that were read as Bitnami's pass. A mirror must
keep the chart of another publisher than that of the list under another name.

Objects of GitOps controllers name charts too; they are evaluated where the settings allow their kind (FJ-ESC-103). What
a kind that the table lacks installs is read where an address stands beside the chart, which a drawing has not.

Fields by argoproj/argo-cd 37ee0097 (pkg/apis/application/v1alpha1/types.go), fluxcd/helm-controller 0f61a86 and
fluxcd/source-controller 39b711b1 (HelmRelease, HelmChart), k3s-io/helm-controller 21a911f (HelmChart), rancher/fleet
3b2c622c (HelmOp, Bundle), crossplane-contrib/provider-helm 4854188 (Release),
kubernetes-sigs/cluster-api-addon-provider-helm 8c58141 (HelmChartProxy) and projectsveltos/addon-controller 60c63580
(ClusterProfile, Profile), read 2026-11-29. Anonymous figures on versions, which
some programs send by default, are no reason to leave a chart off; releases that ask for them are refused (FJ-ESC-124).
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache

from falaj.facts.chart_names import CHART_NAME, chart_name

from ..engine.data_folder import DATA
from ..engine.families import unverifiable_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, walk
from ..engine.rows import Guardrail, PlanPredicate, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.installed_charts import BITNAMI, has_repository, installed_charts, is_of_bitnami
from ..readers.referenced_charts import referenced_releases, with_references

_OF_PULUMI = ("kubernetes:helm.sh/v1:Release", "kubernetes:helm.sh/v1:Chart")
_APPLICATION = ("source?.chart?", "sources[*].chart?", "source?.repoURL?", "sources[*].repoURL?")
_OCI = "kubernetes:source.toolkit.fluxcd.io/v1:OCIRepository"
"""Kind of Flux with an artifact, which is a chart if the layer that it selects is one."""
_CHARTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_OF_PULUMI, ("chart",)),
    "kubernetes:argoproj.io/v1:Application": tuple(f"spec?.{path}" for path in _APPLICATION),
    "kubernetes:argoproj.io/v1:ApplicationSet": tuple(f"spec?.template?.spec?.{path}" for path in _APPLICATION),
    "kubernetes:fleet.cattle.io/v1:Bundle": ("spec?.helm?.chart?",),
    "kubernetes:fleet.cattle.io/v1:HelmOp": ("spec?.helm?.chart?",),
    "kubernetes:addons.cluster.x-k8s.io/v1:HelmChartProxy": ("spec?.chartName?",),
    "kubernetes:config.projectsveltos.io/v1:ClusterProfile": ("spec?.helmCharts[*].chartName?",),
    "kubernetes:config.projectsveltos.io/v1:Profile": ("spec?.helmCharts[*].chartName?",),
    "kubernetes:helm.cattle.io/v1:HelmChart": ("spec?.chart?", "spec?.chartContent?"),
    "kubernetes:helm.crossplane.io/v1:Release": ("spec?.forProvider?.chart?.name?", "spec?.forProvider?.chart?.url?"),
    "kubernetes:helm.toolkit.fluxcd.io/v1:HelmRelease": ("spec?.chart?.spec?.chart?",),
    "kubernetes:source.toolkit.fluxcd.io/v1:HelmChart": ("spec?.chart?",),
    _OCI: ("spec?.url?",),
}
"""Type -> paths of the charts that an object of it installs. An address that may be another thing is a chart in a
registry only (`oci://`)."""
_SOURCES: Mapping[str, str] = {
    "kubernetes:helm.toolkit.fluxcd.io/v1:HelmRelease": "spec?.chart?.spec?.sourceRef?.kind?",
    "kubernetes:source.toolkit.fluxcd.io/v1:HelmChart": "spec?.sourceRef?.kind?",
}
"""Type of Flux -> path of the kind of what has the chart; a repository of files or a bucket has folders."""
_OF_FOLDERS = frozenset({"GitRepository", "Bucket"})


@cache
def reviewed_charts() -> Mapping[str, str]:
    """Returns the names of the charts of the list, each with the source that was read."""
    with (DATA / "reviewed_charts.csv").open(encoding="utf-8", newline="") as file:
        return {row["chart"]: row["source"] for row in csv.DictReader(file)}


def _references(item: Resource) -> Iterator[tuple[str, Plain]]:
    """Yields the charts of a resource as (path, reference), without folders, which FJ-ESC-105 refuses."""
    layers = walk(item.props, "spec?.layerSelector?.mediaType?") if item.type == _OCI else ()
    if item.type == _OCI and not any("helm" in str(layer) for _, layer in layers):
        return
    for field in _CHARTS.get(item.type, ()):
        for path, value in walk(item.props, field):
            is_other = path.endswith("repoURL") and not str(value).startswith("oci://")
            is_text = isinstance(value, str)
            is_folder = item.type in _OF_PULUMI and is_text and "://" not in value and not CHART_NAME.fullmatch(value)
            if not is_other and (value is UNKNOWN or (is_text and not is_folder)):
                yield path, value
    # What other deployers install: their fields are not known, so an address must stand beside the chart.
    for chart in installed_charts(item) if item.type not in _CHARTS else ():
        if has_repository(item, chart):
            yield f"{chart.path}.chart", chart.name


def _repository(source: str) -> str:
    return source.partition(" ")[0]


def _is_folder(item: Resource, reference: Plain) -> bool:
    """Returns whether a chart of Flux is a folder: its name says nothing of the chart in it."""
    source = _SOURCES.get(item.type)
    if source is None or not isinstance(reference, str):
        return False
    kinds = {str(value) for _, value in walk(item.props, source)}
    return not CHART_NAME.fullmatch(reference) or not _OF_FOLDERS.isdisjoint(kinds)


def _check_chart(allowed: Mapping[str, str]) -> Predicate:
    reviewed = reviewed_charts()

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in expand_list(resource):
            references = [(path, path.rpartition(".")[0], reference) for path, reference in _references(item)]
            is_one = len({above for _, above, _ in references}) == 1
            for path, above, reference in references:
                within = "" if is_one else f"{above}."
                name = chart_name(reference) if isinstance(reference, str) else ""
                if isinstance(reference, str) and path.endswith("chartContent"):
                    yield failed(f"{path} is an archive of files, which nobody has reviewed", path)
                elif _is_folder(item, reference):
                    yield failed(f"{path} is a folder of files, whatever its name: nobody has reviewed them", path)
                elif reference is UNKNOWN:
                    yield undetermined("its chart is not known before deployment", path)
                elif name in allowed:
                    yield passed()
                elif name in reviewed:
                    is_other = is_of_bitnami(item, above, name, within) and not reviewed[name].startswith(BITNAMI)
                    yield (
                        failed(
                            f"the chart {name} that was reviewed is {_repository(reviewed[name])}'s, and not that "
                            "of Bitnami",
                            path,
                        )
                        if is_other
                        else passed()
                    )
                else:
                    yield failed(f"nobody has reviewed what the values of chart {name} open, grant or send", path)

    return predicate


def _check_references(allowed: Mapping[str, str]) -> PlanPredicate:
    check = with_references(_check_chart(allowed))

    def predicate(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        yield from check(resource, plan)
        for item in referenced_releases(resource, plan):
            if item.missing is not None:
                text = f"spec.chartRef.name is {item.missing}, which the program lacks: nobody knows which chart it is"
                yield failed(text, "spec.chartRef.name")

    return predicate


def reviewed_chart_guardrail(allowed: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail. `allowed`: charts in the settings."""
    return unverifiable_rule(
        123, Severity.HIGH, "Helm charts are those whose values were reviewed",
        "a chart that nobody has read passes with whatever its values and its defaults open, grant or send",
        "Use a reviewed chart (guardrails/data/reviewed_charts.csv), declare its objects in the program, or read every "
        "value of the chart and list its name under escape.charts in enforcement.yaml, with who reviews its values",
        predicate=_check_chart(allowed), plan_predicate=_check_references(allowed), types=("kubernetes:",),
    )  # fmt: skip
