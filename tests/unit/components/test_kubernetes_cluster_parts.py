"""Parts of a cluster that gateways and monitoring depend on: their children, versions, placement and traffic."""

from typing import Any

import pytest

from falaj.components import kubernetes
from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.charts.scraping import annotated_pods, scrape_class
from falaj.components.core.serving.cluster_parts import needed_parts, part_problems
from falaj.components.core.serving.draining import REQUEST_TIMEOUT_SECONDS
from falaj.components.core.serving.gateways import GatewayConfig
from falaj.components.core.validation.enums import ClusterPart
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.clouds import Cloud
from tests.unit.components.kubernetes_samples import GATEWAY_API, PROMETHEUS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.test_kubernetes_controllers import API, DNS, ways

NAMESPACE, POLICY = "kubernetes:core/v1:Namespace", "kubernetes:networking.k8s.io/v1:NetworkPolicy"
RELEASE, SERVICE = "kubernetes:helm.sh/v3:Release", "kubernetes:core/v1:Service"
MIRROR = "registry.example.ae/mirror"
SYSTEM = {
    "nodeSelector": {"falaj/profile": "system"},
    "tolerations": [{"key": "CriticalAddonsOnly", "operator": "Exists"}],
}


def gateway_api(**changed: Any) -> Recording:
    return recorded(kubernetes.GatewayApi, {**GATEWAY_API, **changed})


def certificates(**changed: Any) -> Recording:
    return recorded(kubernetes.CertManager, {**GATEWAY_API, **changed})


def prometheus(**changed: Any) -> Recording:
    return recorded(kubernetes.Prometheus, {**PROMETHEUS, **changed})


def values(of: Recording, name: str) -> dict[str, Any]:
    return of.one(RELEASE, name).inputs["values"]


CONTROLLER = {
    (NAMESPACE, "uae-namespace"),
    (POLICY, "uae-policy"),
    (RELEASE, "uae-base"),
    (RELEASE, "uae-istiod"),
}


@pytest.mark.parametrize(
    ("changed", "children", "gateway_class"),
    [
        ({}, {(RELEASE, "uae-crds"), *CONTROLLER}, "istio"),
        ({"definitions": False}, CONTROLLER, "istio"),
        ({"controller": False}, {(RELEASE, "uae-crds")}, "none"),
    ],
)
def test_the_gateway_api_has_exactly_these_children(
    changed: dict[str, Any], children: set[tuple[str, str]], gateway_class: str
) -> None:
    of = gateway_api(**changed)
    assert of.names() == children
    assert of.outputs[of.one("falaj:kubernetes:GatewayApi").urn] == {"gateway_class": gateway_class}


def test_the_charts_of_the_gateway_api_are_pinned_and_installed_in_order() -> None:
    of = gateway_api()
    charts = {
        release.name: (release.inputs["chart"], release.inputs["version"], release.inputs["namespace"])
        for release in of.of(RELEASE)
    }
    assert charts == {
        "uae-crds": ("gateway-api-crds", "1.2.0", "kube-system"),
        "uae-base": ("base", "1.31.0", "istio-system"),
        "uae-istiod": ("istiod", "1.31.0", "istio-system"),
    }
    urns = {release.name: release.urn for release in of.of(RELEASE)}
    # istiod serves the kinds that exist when it starts.
    assert {urns["uae-base"], urns["uae-crds"]} <= set(of.one(RELEASE, "uae-istiod").depends_on)
    assert values(of, "uae-crds") == {"global": {"resourcePolicy": {"keep": True}}}


def test_istio_and_its_gateways_run_on_system_nodes_with_bounded_resources() -> None:
    control = values(gateway_api(), "uae-istiod")
    pods = control["gatewayClasses"]["istio"]["deployment"]["spec"]
    assert pods["replicas"] == control["autoscaleMin"] == 2
    for placed in (control, pods["template"]["spec"]):
        assert {key: placed[key] for key in SYSTEM} == SYSTEM
    assert control["global"]["priorityClassName"] == "system-cluster-critical"
    assert pods["template"]["spec"]["priorityClassName"] == "system-cluster-critical"
    (proxy,) = pods["template"]["spec"]["containers"]
    for resources in (control["resources"], proxy["resources"]):
        assert set(resources) == {"requests", "limits"}
    assert control["gatewayClasses"]["istio"]["podDisruptionBudget"] == {"spec": {"minAvailable": 1}}
    # A gateway that is stopped keeps its requests, and exits as soon as it has none.
    assert proxy["env"] == [{"name": "EXIT_ON_ZERO_ACTIVE_CONNECTIONS", "value": "true"}]
    assert REQUEST_TIMEOUT_SECONDS < pods["template"]["spec"]["terminationGracePeriodSeconds"] <= 600
    # The status port is no listener of the load balancer.
    deleted = {"port": 15021, "$patch": "delete"}
    assert control["gatewayClasses"]["istio"]["service"] == {"spec": {"ports": [deleted]}}
    assert "podLabels" not in control


@pytest.mark.parametrize(("mirror", "hub"), [(None, "docker.io/istio"), (MIRROR, f"{MIRROR}/istio")])
def test_images_of_istio_come_from_the_mirror(mirror: str | None, hub: str) -> None:
    settings = values(gateway_api(image_mirror=mirror), "uae-istiod")["global"]
    assert (settings["hub"], settings["tag"]) == (hub, "1.31.0-distroless")


def test_istio_is_called_by_gateways_and_the_api_server() -> None:
    assert ways(gateway_api()) == (
        ["everybody: TCP 15017", "themselves: all", "falaj-gateway: TCP 15010, TCP 15012", "monitoring: TCP 15014"],
        [DNS, API, "themselves: all"],
    )


def test_cert_manager_has_exactly_these_children_and_its_crds() -> None:
    of = certificates()
    assert of.names() == {(NAMESPACE, "uae-namespace"), (POLICY, "uae-policy"), (RELEASE, "uae-release")}
    release = of.one(RELEASE).inputs
    assert (release["chart"], release["version"], release["namespace"]) == ("cert-manager", "v1.21.2", "cert-manager")
    assert release["values"]["crds"] == {"enabled": True, "keep": True}
    assert release["values"]["config"]["enableGatewayAPI"] is True
    for pods in (release["values"], *(release["values"][part] for part in ("webhook", "cainjector"))):
        assert {key: pods[key] for key in SYSTEM} == SYSTEM
        assert set(pods["resources"]) == {"requests", "limits"}
    assert ways(of) == (["everybody: TCP 10250", "monitoring: TCP 9402"], [DNS, API])


def test_images_of_cert_manager_come_from_the_mirror() -> None:
    settings = values(certificates(image_mirror=MIRROR), "uae-release")
    images = [settings["image"], *(settings[part]["image"] for part in ("webhook", "cainjector", "acmesolver"))]
    assert {image["repository"] for image in images} == {
        f"{MIRROR}/jetstack/cert-manager-{part}" for part in ("controller", "webhook", "cainjector", "acmesolver")
    }
    assert {image["tag"] for image in images} == {"v1.21.2"}


def test_prometheus_has_exactly_these_children_and_its_address() -> None:
    of = prometheus()
    assert of.names() == {
        (NAMESPACE, "uae-namespace"),
        (POLICY, "uae-policy"),
        (RELEASE, "uae-release"),
        (SERVICE, "uae-service"),
    }
    assert of.outputs[of.one("falaj:kubernetes:Prometheus").urn] == {
        "namespace": "monitoring",
        "address": "http://prometheus.monitoring:9090",
    }
    service = of.one(SERVICE).inputs
    assert (service["metadata"]["name"], service["metadata"]["namespace"]) == ("prometheus", "monitoring")
    assert [port["port"] for port in service["spec"]["ports"]] == [9090]
    release = of.one(RELEASE).inputs
    assert (release["chart"], release["version"]) == ("kube-prometheus-stack", "88.6.4")


def test_prometheus_reads_all_monitors_and_annotated_pods_and_keeps_them_on_a_volume() -> None:
    spec = values(prometheus(), "uae-release")["prometheus"]["prometheusSpec"]
    assert {key for key, value in spec.items() if value is False} == {
        f"{kind}SelectorNilUsesHelmValues" for kind in ("rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig")
    }
    (job,) = spec["additionalScrapeConfigs"]
    assert job["relabel_configs"][0]["source_labels"] == ["__meta_kubernetes_pod_annotation_prometheus_io_scrape"]
    assert job == annotated_pods("tenant-[^/;]+")
    assert spec["scrapeClasses"] == [scrape_class("tenant-[^/;]+")]
    claim = spec["storageSpec"]["volumeClaimTemplate"]["spec"]
    assert claim == {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": "falaj-system",
        "resources": {"requests": {"storage": "50Gi"}},
    }
    assert {key: spec[key] for key in SYSTEM} == SYSTEM
    own = prometheus(storage_class=None)
    claim = values(own, "uae-release")["prometheus"]["prometheusSpec"]["storageSpec"]["volumeClaimTemplate"]["spec"]
    assert "storageClassName" not in claim


def test_prometheus_needs_no_privileged_namespace() -> None:
    of = prometheus()
    labels = of.one(NAMESPACE).inputs["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    # The node exporter mounts paths of its node.
    assert values(of, "uae-release")["nodeExporter"] == {"enabled": False}


def test_grafana_reads_dashboards_of_its_namespace_and_no_secrets_of_others() -> None:
    release = values(prometheus(), "uae-release")
    grafana = release["grafana"]
    assert grafana["rbac"] == {"namespaced": True}
    assert grafana["sidecar"] == {
        "dashboards": {"searchNamespace": "monitoring", "resource": "configmap"},
        "datasources": {"enabled": False},
    }
    (source,) = grafana["datasources"]["datasources.yaml"]["datasources"]
    assert (source["type"], source["url"]) == ("prometheus", "http://prometheus.monitoring:9090")
    assert grafana["defaultDashboardsEnabled"] is False
    assert {key: grafana[key] for key in SYSTEM} == SYSTEM
    # The chart generates the password; nothing makes Grafana reachable or open to the anonymous.
    assert grafana.keys() & {"adminPassword", "admin", "ingress", "service", "route", "persistence"} == set()
    assert grafana["grafana.ini"].keys() == {"analytics", "snapshots"}


def test_nothing_in_grafana_is_published_at_the_vendor() -> None:
    settings = values(prometheus(), "uae-release")["grafana"]["grafana.ini"]
    assert settings["snapshots"] == {"external_enabled": False}
    assert settings["analytics"]["reporting_enabled"] is False


def test_metrics_of_nodes_have_their_pool() -> None:
    allowed = values(prometheus(), "uae-release")["kube-state-metrics"]["metricLabelsAllowlist"]
    assert allowed == ["nodes=[falaj/pool,falaj/capacity,karpenter.sh/capacity-type]"]


def test_only_scaling_cost_and_budgets_query_prometheus() -> None:
    own, others = prometheus().one(POLICY).inputs["spec"]["ingress"]
    assert own["from"] == [{"podSelector": {}}]
    (peer,) = others["from"]
    assert peer["namespaceSelector"]["matchExpressions"][0]["values"] == [
        "keda",
        "falaj-observability",
        "falaj-queue-budgets",
    ]
    assert [port["port"] for port in others["ports"]] == [9090]


def test_images_of_prometheus_come_from_the_mirror() -> None:
    assert "global" not in values(prometheus(), "uae-release")
    assert values(prometheus(image_mirror=MIRROR), "uae-release")["global"] == {"imageRegistry": MIRROR}


@pytest.mark.parametrize("of", [gateway_api, certificates, prometheus])
def test_nothing_runs_before_its_namespace_has_a_policy(of: Any) -> None:
    recording = of()
    policy, releases = recording.one(POLICY), {release.urn for release in recording.of(RELEASE)}
    for release in recording.of(RELEASE):
        if release.inputs["namespace"] != "kube-system":
            assert set(release.depends_on) & {policy.urn, *releases}, release.name


GATEWAY = GatewayConfig(gateway_class="istio", domains=["*.models.example.ae"], certificate="models-tls")
PLAIN = GATEWAY.model_copy(update={"encrypts_pods": False})
WITH_ISSUER = GATEWAY.model_copy(update={"issuer": "bank-ca"})
OTHER_CLASS = GATEWAY.model_copy(update={"gateway_class": "nginx"})
OURS = PrometheusSpec(prometheus="http://prometheus.monitoring:9090")
API_PARTS = {ClusterPart.GATEWAY_API, ClusterPart.GATEWAY_CONTROLLER}


@pytest.mark.parametrize(
    ("cloud", "gateway", "monitoring", "expected"),
    [
        (Cloud.AWS, None, None, set()),
        (Cloud.AWS, PLAIN, None, {*API_PARTS, ClusterPart.LOAD_BALANCER_CONTROLLER}),
        (Cloud.AZURE, PLAIN, None, API_PARTS),
        (Cloud.AZURE, OTHER_CLASS, None, API_PARTS),
        (Cloud.AZURE, GATEWAY, None, {*API_PARTS, ClusterPart.CERT_MANAGER}),
        (Cloud.ONPREM, WITH_ISSUER, None, {*API_PARTS, ClusterPart.CERT_MANAGER}),
        (Cloud.AZURE, None, OURS, {ClusterPart.PROMETHEUS_OPERATOR}),
    ],
)
def test_a_part_is_needed_only_for_what_uses_it(
    cloud: Cloud, gateway: GatewayConfig | None, monitoring: PrometheusSpec | None, expected: set[ClusterPart]
) -> None:
    assert needed_parts(cloud, gateway, monitoring) == expected


@pytest.mark.parametrize("part", list(ClusterPart))
def test_a_part_that_the_cluster_has_is_not_installed(part: ClusterPart) -> None:
    gateway = {**WITH_ISSUER.model_dump(exclude_unset=True), "issuer": "bank-ca"}
    cluster = {"gateway": gateway, "observability": {"prometheus": OURS.prometheus}, "installed": [part.value]}
    assert ClusterSettings.model_validate(cluster).parts(Cloud.AWS) == set(ClusterPart) - {part}


def _paths(*args: Any) -> list[str]:
    problems: list[Problem] = list(part_problems(*args))
    return [problem.path for problem in problems]


def test_what_the_platform_cannot_install_must_be_there() -> None:
    elsewhere = PrometheusSpec(prometheus="https://prometheus.example.ae")
    assert _paths((), OTHER_CLASS, elsewhere) == ["gateway.gateway_class", "observability.prometheus"]
    has_both = (ClusterPart.GATEWAY_CONTROLLER, ClusterPart.PROMETHEUS_OPERATOR)
    assert _paths(has_both, OTHER_CLASS, elsewhere) == []
    assert _paths((), GATEWAY, OURS) == []
    with_slash = PrometheusSpec(prometheus=f"{OURS.prometheus}/")
    assert _paths((), None, with_slash) == []
