"""Charts are an allow-list: those whose values were reviewed, and those that the settings list (FJ-ESC-123)."""

import csv
import re
from datetime import date
from typing import Any

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.reading import Resource
from guardrails.readers.installed_charts import has_repository, installed_charts
from guardrails.unverifiable.chart_values import chart_values
from guardrails.unverifiable.reviewed_charts import reviewed_charts
from pydantic import ValidationError

from falaj.components.core.charts import charts as own_charts
from falaj.facts.chart_names import chart_name

from .harness import UNKNOWN, Given, Pack, blocking

RULE = "FJ-ESC-123"
RELEASE, CHART = "kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart"
APPLICATION, SET = "kubernetes:argoproj.io/v1alpha1:Application", "kubernetes:argoproj.io/v1alpha1:ApplicationSet"
FLUX = "kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease"
ADDRESS = "https://registry.bank.ae/charts"


def found(given: Given, charts: dict[str, str] | None = None) -> list[str]:
    """Returns the sentences of the rule. `charts`: those that the settings list."""
    settings = {"default": {"all": "mandatory"}, "escape": {"charts": charts or {}}}
    reports = Pack(Enforcement.model_validate(settings)).evaluate_resource(given)
    return [report.text for report in reports if f"[{RULE}]" in report.text]


def carriers(chart: object) -> list[Given]:
    """Returns every object that installs a chart, with this one."""
    source = {"repoURL": ADDRESS, "chart": chart, "targetRevision": "1.2.3"}
    return [
        Given(RELEASE, {"chart": chart}),
        Given(CHART, {"chart": chart}),
        Given(APPLICATION, {"spec": {"source": source}}),
        Given(APPLICATION, {"spec": {"sources": [{"repoURL": "https://git.bank.ae/values"}, source]}}),
        Given("kubernetes:argoproj.io/v1alpha1:ApplicationList", {"items": [{"spec": {"source": source}}]}),
        Given(
            "kubernetes:core/v1:List",
            {"items": [{"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": {"source": source}}]},
        ),
        Given(SET, {"spec": {"template": {"spec": {"source": source}}}}),
        Given(FLUX, {"spec": {"chart": {"spec": {"chart": chart, "version": "1.2.3"}}}}),
        Given("kubernetes:source.toolkit.fluxcd.io/v1:HelmChart", {"spec": {"chart": chart}}),
        Given("kubernetes:helm.cattle.io/v1:HelmChart", {"spec": {"chart": chart}}),
        Given("kubernetes:fleet.cattle.io/v1alpha1:HelmOp", {"spec": {"helm": {"chart": chart}}}),
        Given(
            "kubernetes:helm.crossplane.io/v1beta1:Release",
            {"spec": {"forProvider": {"chart": {"name": chart, "repository": ADDRESS}}}},
        ),
        Given("kubernetes:addons.cluster.x-k8s.io/v1alpha1:HelmChartProxy", {"spec": {"chartName": chart}}),
        Given(
            "kubernetes:config.projectsveltos.io/v1beta1:ClusterProfile",
            {
                "spec": {
                    "helmCharts": [
                        {"repositoryURL": ADDRESS, "chartName": chart if chart == UNKNOWN else f"bank/{chart}"}
                    ]
                }
            },
        ),
    ]


@pytest.mark.parametrize("given", carriers("jenkins-x"), ids=lambda given: given.type)
def test_a_chart_that_nobody_reviewed_is_refused_whatever_installs_it(given: Given) -> None:
    (text,) = found(given)
    assert "nobody has reviewed what the values of chart jenkins-x open, grant or send" in text
    assert "list its name under escape.charts" in text
    assert RULE in blocking(Pack(Enforcement.model_validate({"default": {}})).evaluate_resource(given))


@pytest.mark.parametrize("given", carriers("keda"), ids=lambda given: given.type)
def test_a_reviewed_chart_is_silent(given: Given) -> None:
    assert found(given) == []


@pytest.mark.parametrize("given", carriers("jenkins-x"), ids=lambda given: given.type)
def test_a_listed_chart_is_silent(given: Given) -> None:
    assert found(given, {"jenkins-x": "the platform team reads its values"}) == []


@pytest.mark.parametrize("given", carriers(UNKNOWN), ids=lambda given: given.type)
def test_an_unknown_chart_is_undetermined(given: Given) -> None:
    (text,) = found(given)
    assert "its chart is not known before deployment" in text
    assert RULE not in blocking(Pack(Enforcement.model_validate({"default": {}})).evaluate_resource(given))


@pytest.mark.parametrize(
    "given",
    [
        Given(CHART, {}),  # the component of older SDKs sends no properties; its objects are resources
        Given(RELEASE, {"chart": "./charts/tool"}),  # FJ-ESC-105 refuses folders
        Given(CHART, {"chart": "charts/tool"}),
        Given(APPLICATION, {"spec": {"source": {"repoURL": "https://git.bank.ae/apps", "path": "apps"}}}),
        Given(FLUX, {"spec": {"chartRef": {"kind": "OCIRepository", "name": "tool"}}}),
        Given("kubernetes:core/v1:ConfigMap", {"data": {"chart": "tool"}}),
        Given("aws:ecr/repository:Repository", {"name": "charts/tool"}),
    ],
    ids=lambda given: f"{given.type} {sorted(given.props)}",
)
def test_what_names_no_chart_of_a_registry_is_silent(given: Given) -> None:
    assert found(given) == []


def test_an_address_of_a_registry_names_a_chart() -> None:
    source = {"repoURL": "oci://registry.bank.ae/charts/jenkins-x", "targetRevision": "1.2.3"}
    assert "of chart jenkins-x open" in found(Given(APPLICATION, {"spec": {"source": source}}))[0]
    assert found(Given(APPLICATION, {"spec": {"source": {**source, "repoURL": "oci://r.bank.ae/charts/keda"}}})) == []


@pytest.mark.parametrize(
    ("chart", "kind", "is_refused"),
    [
        ("./apps/keda", "GitRepository", True),
        ("keda", "GitRepository", True),
        ("keda", "Bucket", True),
        ("./keda", "HelmRepository", True),
        ("keda", "HelmRepository", False),
    ],
)
def test_a_folder_of_flux_is_no_reviewed_chart(chart: str, kind: str, *, is_refused: bool) -> None:
    spec = {"chart": chart, "sourceRef": {"kind": kind, "name": "apps"}}
    for given in (
        Given(FLUX, {"spec": {"chart": {"spec": spec}}}),
        Given("kubernetes:source.toolkit.fluxcd.io/v1:HelmChart", {"spec": spec}),
    ):
        assert any("is a folder of files" in text for text in found(given)) is is_refused


def test_an_artifact_of_flux_is_a_chart_by_its_layer() -> None:
    layer = {"mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "operation": "copy"}
    token = "kubernetes:source.toolkit.fluxcd.io/v1beta2:OCIRepository"
    for name, is_refused in (("jenkins-x", True), ("keda", False)):
        spec = {"url": f"oci://registry.bank.ae/charts/{name}"}
        assert bool(found(Given(token, {"spec": {**spec, "layerSelector": layer}}))) is is_refused
        assert found(Given(token, {"spec": spec})) == []


def test_an_archive_in_the_object_is_no_reviewed_chart() -> None:
    (text,) = found(Given("kubernetes:helm.cattle.io/v1:HelmChart", {"spec": {"chartContent": "H4sIAAAAAAAA"}}))
    assert "spec.chartContent is an archive of files, which nobody has reviewed" in text


@pytest.mark.parametrize("folder", ["./charts/tool", "charts/tool"])
def test_a_folder_is_still_refused_as_a_source(folder: str) -> None:
    pack = Pack(Enforcement.model_validate({"default": {}}))
    assert "FJ-ESC-105" in blocking(pack.evaluate_resource(Given(RELEASE, {"chart": folder})))


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("keda", "keda"),
        ("oci://registry.bank.ae/charts/keda", "keda"),
        ("oci://registry.bank.ae/charts/keda/", "keda"),
        ("oci://registry.bank.ae:5000/charts/keda:2.17.0", "keda"),
        ("oci://registry.bank.ae/charts/keda@sha256:0123abcd", "keda"),
        ("https://charts.bank.ae/keda-2.17.0.tgz", "keda"),
        ("https://charts.bank.ae/aws-ebs-csi-driver-2.17.0-rc.1.tgz?token=x", "aws-ebs-csi-driver"),
        ("oci://registry.bank.ae/keda/other", "other"),
        ("oci://registry.bank.ae/charts/keda/..", ".."),
        ("oci://registry.bank.ae/charts/keda%2fother", "keda%2fother"),
    ],
)
def test_the_name_is_the_last_segment_without_its_version(reference: str, name: str) -> None:
    assert chart_name(reference) == name


@pytest.mark.parametrize(
    ("reference", "rule"),
    [
        ("https://charts.bank.ae/minio-5.4.0.tgz", "FJ-IDN-313"),
        ("oci://registry.bank.ae/charts/kyverno-policies:3.6.0", "FJ-IDN-313"),
        ("oci://registry.bank.ae/charts/ingress-nginx@sha256:0123abcd", "FJ-EXP-332"),
        ("https://charts.bank.ae/argocd-apps-2.0.0.tgz", "FJ-ESC-107"),
        ("oci://registry.bank.ae/charts/vcluster:0.30.0", "FJ-RES-120"),
    ],
)
def test_a_version_in_the_address_hides_no_chart(reference: str, rule: str) -> None:
    pack = Pack(Enforcement.model_validate({"default": {}}))
    assert rule in blocking(pack.evaluate_resource(Given(RELEASE, {"chart": reference, "values": {"a": 1}})))


@pytest.mark.parametrize("name", ["oci://charts.bank.ae/tool", "*", "tool*", "charts/tool", "", "Tool"])
def test_the_setting_takes_names_only(name: str) -> None:
    settings: dict[str, Any] = {"default": {}, "escape": {"charts": {name: "the platform team reads its values"}}}
    with pytest.raises(ValidationError, match="is not the name of a chart, the last segment of its address"):
        Enforcement.model_validate(settings)


BITNAMI = "oci://registry-1.docker.io/bitnamicharts"


@pytest.mark.parametrize(("chart", "is_refused"), [("minio", True), ("harbor", True), ("keycloak", False)])
def test_a_chart_of_bitnami_is_not_that_of_another_publisher(chart: str, *, is_refused: bool) -> None:
    for given in (
        Given(RELEASE, {"chart": f"{BITNAMI}/{chart}"}),
        Given(RELEASE, {"chart": f"oci://registry.bank.ae/bitnamicharts/{chart}"}),
        Given(RELEASE, {"chart": chart, "repositoryOpts": {"repo": "https://charts.bitnami.com/bitnami"}}),
        Given(APPLICATION, {"spec": {"source": {"chart": chart, "repoURL": "https://charts.bitnami.com/bitnami"}}}),
    ):
        texts = found(given)
        assert any("and not that of Bitnami" in text for text in texts) is is_refused
        assert found(given, {chart: "the platform team reads its values"}) == []


def test_rows_on_the_chart_of_another_publisher_are_not_for_bitnamis() -> None:
    pack = Pack(Enforcement.model_validate({"default": {}}))
    values = {"environment": {"MINIO_PROMETHEUS_AUTH_TYPE": "public"}}
    ours, theirs = (
        blocking(pack.evaluate_resource(Given(RELEASE, {"chart": f"{address}/minio", "values": values})))
        for address in ("oci://registry.bank.ae/charts", BITNAMI)
    )
    assert {"FJ-ESC-124", "FJ-IDN-313"} <= ours
    assert not {"FJ-ESC-124", "FJ-IDN-313"} & theirs


def test_the_setting_asks_for_a_reason() -> None:
    with pytest.raises(ValidationError, match="at least 10 characters"):
        Enforcement.model_validate({"default": {}, "escape": {"charts": {"tool": "ours"}}})


def test_rows_name_a_commit_a_file_and_a_day_once_in_order() -> None:
    rows = list(csv.DictReader((DATA / "reviewed_charts.csv").read_text(encoding="utf-8").splitlines()))
    names = [row["chart"] for row in rows]
    assert names == sorted(set(names))
    assert set(names) == reviewed_charts().keys()
    for row in rows:
        assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", row["chart"]), row
        assert row["version"], row
        assert re.search(r"[\w.-]+/[\w.-]+ \S+", row["source"]), row
        assert date(2026, 11, 29) <= date.fromisoformat(row["read"]), row


LISTED_BY_TEAMS = frozenset({"cerbos", "chromadb", "kiali-server", "lakefs", "openfga"})
"""Charts of which weak values are known, and not every value: a team that installs one reviews and lists it."""


def test_charts_with_rows_of_their_own_and_those_of_the_components_are_reviewed() -> None:
    own = {chart.name for chart in vars(own_charts).values() if isinstance(chart, own_charts.Chart)}
    assert own
    assert own - reviewed_charts().keys() == set()
    assert chart_values().keys() - reviewed_charts().keys() == LISTED_BY_TEAMS


@pytest.mark.parametrize("field", ["repo", "repoURL", "repository", "repositoryURL", "url", "repositoryOpts.repo"])
def test_an_address_beside_a_chart_says_that_it_is_one(field: str) -> None:
    spec: dict[str, Any] = {"chart": "redis", "version": "1.2.3"}
    first, _, second = field.partition(".")
    named: dict[str, Any] = spec | {
        first: {second: "https://charts.example.ae"} if second else "https://charts.example.ae"
    }
    for given, is_chart in ((spec, False), (named, True)):
        resource = Resource("urn", "kubernetes:x.example.com/v1:Deployer", "it", {"spec": given})
        assert [has_repository(resource, chart) for chart in installed_charts(resource)] == [is_chart]
