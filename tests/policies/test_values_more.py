"""Charts by reference, ports of controllers, rights of Jenkins, accounts of volumes and sets of listeners: what is good
beside the attacks of `attacks/values_more_families.py` is silent."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS
from guardrails.unverifiable.reviewed_charts import reviewed_charts

from tests.distribution import ROOT

from .attacks import values_more_a, values_more_k
from .attacks.values_more_families import (
    ADMINISTERS,
    FLUX,
    REFERENCE,
    artifact,
    from_map,
    jenkins,
    listeners,
    values_in_map,
    volume_class,
)
from .blind import crd, k8s, meta
from .chart_values import release
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
READ_WHOLE = frozenset(
    {
        "alertmanager", "argo-cd", "argo-rollouts", "argo-workflows", "aws-for-fluent-bit",
        "aws-load-balancer-controller", "backstage", "cert-manager", "cilium", "cloudnative-pg",
        "cluster-autoscaler", "dask", "dex", "external-dns", "external-secrets", "fluent-bit", "gatekeeper",
        "gateway", "gha-runner-scale-set", "gpu-operator", "ingress-nginx", "istiod", "jupyterhub", "karpenter",
        "keda", "kong", "kube-prometheus-stack", "kube-state-metrics", "kuberay-operator", "kueue", "kyverno",
        "linkerd-control-plane", "loki", "longhorn", "metrics-server", "minio", "mlflow", "nats",
        "nvidia-device-plugin", "oauth2-proxy", "open-webui", "opencost", "prometheus", "prometheus-adapter",
        "prometheus-blackbox-exporter", "qdrant", "reloader", "sealed-secrets", "spark-operator",
        "strimzi-kafka-operator", "tailscale-operator", "traefik", "trust-manager", "vault", "vcluster",
        "velero", "vllm-stack", "weaviate",
    }
)  # fmt: skip
"""Charts of which each value was read for the rows of `attacks/values_more_*.py`, but for those on images, resources,
labels, probes and the place of pods. Airflow, Capsule and Tempo were read in part."""


def refused(*plan: Given) -> set[str]:
    """Returns the ids of the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def test_charts_that_were_read_whole_are_reviewed() -> None:
    assert READ_WHOLE - reviewed_charts().keys() == set()


@pytest.mark.parametrize(
    "plan",
    [
        (artifact("qdrant"), crd(FLUX, {"chartRef": REFERENCE, "values": {"apiKey": True}})),
        (values_in_map("apiKey: true\n"), from_map("qdrant")),
        (artifact("velero"), crd(FLUX, {"chartRef": REFERENCE, "values": {"cleanUpCRDs": False}})),
        (crd(FLUX, {"chartRef": {**REFERENCE, "name": UNKNOWN}}),),
        (k8s("source.toolkit.fluxcd.io/v1:HelmChart", {"metadata": meta("tool"), "spec": {
            "chart": "qdrant", "sourceRef": {"kind": "HelmRepository", "name": "charts"}}}, "chart"),
         crd(FLUX, {"chartRef": {"kind": "HelmChart", "name": "tool"}, "values": {"apiKey": True}})),
    ],
)  # fmt: skip
def test_a_release_by_reference_is_read_with_what_it_refers_to(plan: tuple[Given, ...]) -> None:
    assert not {"FJ-ESC-123", "FJ-ESC-124", "FJ-IDN-313", "FJ-RES-120"} & refused(*plan)


def test_each_artifact_of_a_name_may_be_the_one_that_a_release_gets() -> None:
    """Objects of two clusters may have one name: the harmless one hides nothing."""
    harmless, harmful = artifact("qdrant"), replace(artifact("longhorn"), name="other")
    for first, second in ((harmless, harmful), (harmful, harmless)):
        assert "FJ-RES-120" in refused(first, second, crd(FLUX, {"chartRef": REFERENCE}))


def test_each_config_map_of_a_name_may_be_the_one_that_a_release_gets() -> None:
    harmless = values_in_map("cleanUpCRDs: false\n")
    harmful = replace(values_in_map("cleanUpCRDs: true\n"), name="other")
    for first, second in ((harmless, harmful), (harmful, harmless)):
        assert "FJ-ESC-124" in refused(first, second, from_map("velero"))


def test_an_artifact_of_another_namespace_is_another_one() -> None:
    release_elsewhere = crd(FLUX, {"chartRef": {**REFERENCE, "namespace": "other"}, "values": {"apiKey": True}})
    assert "FJ-ESC-123" in refused(artifact("qdrant"), release_elsewhere)


@pytest.mark.parametrize(
    "strategy",
    [
        {"globalMatrix": {"entries": [
            {"group": {"name": "authenticated", "permissions": ["Overall/Read", "Job/Read"]}},
            {"group": {"name": "platform", "permissions": ADMINISTERS}}]}},
        {"roleBased": {"roles": {"global": [
            {"name": "admin", "permissions": ADMINISTERS, "entries": [{"group": "platform"}]},
            {"name": "reader", "permissions": ["Overall/Read"], "entries": [{"group": "authenticated"}]}]}}},
        {"globalMatrix": {"permissions": ["GROUP:Overall/Administer:platform", "USER:Job/Read:anonymous"]}},
    ],
)  # fmt: skip
def test_groups_administer_jenkins(strategy: object) -> None:
    assert "FJ-IDN-313" not in refused(jenkins(strategy))


@pytest.mark.parametrize("target", ["platform/broker:9092", "5432", "data", "data/postgres"])
def test_ports_of_the_platform_and_other_settings_are_silent(target: str) -> None:
    given = k8s("core/v1:ConfigMap", {"metadata": meta("tcp-services", "ingress"), "data": {"5432": target}})
    assert "FJ-IDN-314" not in refused(given)


@pytest.mark.parametrize(
    "given",
    [
        volume_class("file.csi.azure.com", networkEndpointType="privateEndpoint"),
        volume_class("blob.csi.azure.com", networkendpointtype="PrivateEndpoint"),
        volume_class("file.csi.azure.com", storageAccount="stbank"),
        volume_class("disk.csi.azure.com"),
        volume_class("file.csi.azure.com", networkEndpointType=UNKNOWN),
    ],
    ids=lambda given: str(sorted(given.props["parameters"])),
)
def test_private_accounts_and_those_of_the_program_are_silent(given: Given) -> None:
    reports = [report.text for report in PACK.evaluate_plan(given) if "FJ-EXP-317" in report.text]
    assert all("not known before deployment" in text for text in reports)


@pytest.mark.parametrize("hostname", ["*.team-a.example.ae", "pay.example.ae"])
def test_a_team_listens_for_its_own_hosts(hostname: str) -> None:
    assert "FJ-IDN-314" not in refused(listeners(hostname=hostname))


def test_sections_of_host_access_are_refused_where_they_are_on() -> None:
    assert "FJ-ESC-107" in refused(release("metrics-server", {"hostNetwork": {"enabled": True}}))
    assert "FJ-ESC-107" not in refused(release("metrics-server", {"hostNetwork": {"enabled": False}}))


INSTALLED = "kubernetes:apps.kubermatic.k8c.io/v1:ApplicationInstallation"


@pytest.mark.parametrize(
    ("token", "spec", "is_refused"),
    [
        (INSTALLED, {"source": {"chartName": "jenkins-x", "url": "https://charts.bank.ae"}}, True),
        (INSTALLED, {"source": {"chartName": "keda", "url": "https://charts.bank.ae"}}, False),
        ("kubernetes:helm.k0sproject.io/v1beta1:Chart", {"chartName": "bank/jenkins-x"}, True),
        ("kubernetes:charts.example.ae/v1:Board", {"panels": [{"chart": "bar", "title": "costs"}]}, False),
    ],
)
def test_other_deployers_install_reviewed_charts(token: str, spec: dict[str, object], *, is_refused: bool) -> None:
    assert ("FJ-ESC-123" in refused(Given(token, {"metadata": meta("x"), "spec": spec}))) is is_refused


VALUES = (*values_more_a.VALUES, *values_more_k.VALUES)
APPLICATION = "argoproj.io/v1alpha1:Application"


def entries(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Yields values as `helm --set` states them."""
    if isinstance(value, dict):
        for key, item in value.items():
            part = str(key).replace(".", "\\.")
            yield from entries(item, f"{name}.{part}" if name else part)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from entries(item, f"{name}[{index}]")
    else:
        yield name, value


def said(value: object) -> str:
    """Returns a value as a parameter has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_entries_are_names_of_a_file_of_values() -> None:
    assert list(entries({"a": {"b.c": [{"d": 1}]}})) == [("a.b\\.c[0].d", 1)]


@pytest.mark.parametrize(("chart", "harm", "values"), VALUES, ids=[f"{chart}: {harm}" for chart, harm, _ in VALUES])
def test_single_values_of_deployers_are_those_of_a_file(chart: str, harm: str, values: dict[str, object]) -> None:
    pairs = [{"name": name, "value": said(value)} for name, value in entries(values)]
    source = {"chart": chart, "repoURL": "https://charts.bank.ae", "helm": {"parameters": pairs}}
    crossplane = {"forProvider": {"chart": {"name": chart}, "set": pairs}}
    for given in (
        crd(APPLICATION, {"source": source}),
        crd(APPLICATION, {"sources": [{"repoURL": "https://git.bank.ae", "ref": "values"}, source]}),
        crd("helm.cattle.io/v1:HelmChart", {"chart": chart, "set": dict(entries(values))}),
        crd("helm.crossplane.io/v1beta1:Release", crossplane),
    ):
        texts = [report.text for report in PACK.evaluate_plan(given) if "[FJ-ESC-124]" in report.text]
        assert any(harm in text for text in texts)


def test_a_variable_in_two_parameters_is_one() -> None:
    parameters = [{"name": "main.env[1].value", "value": "False"}, {"name": "main.env[1].name", "value": "WEBUI_AUTH"}]
    given = crd(APPLICATION, {"source": {"chart": "own", "helm": {"parameters": parameters}}})
    assert "FJ-IDN-313" in refused(given)
    good = [{**parameters[0], "value": "True"}, parameters[1]]
    assert "FJ-IDN-313" not in refused(crd(APPLICATION, {"source": {"chart": "own", "helm": {"parameters": good}}}))


@pytest.mark.parametrize("name", ["[", "a..b", "[999999]", "a[0", ".".join(["a"] * 200), "a" * 400, ""])
def test_names_of_parameters_may_be_anything(name: str) -> None:
    parameters = [{"name": name, "value": "x"}, {"name": f"{name}.b", "value": "y"}, {"name": "a.b"}]
    assert refused(crd(APPLICATION, {"source": {"chart": "own", "helm": {"parameters": parameters}}}))


@pytest.mark.parametrize(
    ("chart", "values"),
    [
        # What the charts have by default, or in upstream's own examples (kyverno/kyverno 111e07bbec,
        # grafana/loki 65e30f84, kubernetes/ingress-nginx dbb11b92 deploy/static/provider/aws, read 2026-11-29).
        ("kyverno", {"config": {"excludeGroups": ["system:nodes"], "resourceFilters": [
            "[Event,*,*]", "[*/*,kube-system,*]", "[ReplicaSet,*,*]", "[Pod/binding,*,*]", "[*,kyverno,*]"]}}),
        ("loki", {"loki": {"auth_enabled": False, "analytics": {"reporting_enabled": False}},
                  "enterprise": {"license": {"contents": "NOTAVALIDLICENSE"}}}),
        ("ingress-nginx", {"controller": {"service": {"type": "ClusterIP"}, "config": {
            "http-snippet": "server {\n  listen 2443;\n  return 308 https://$host$request_uri;\n}\n",
            "use-forwarded-headers": "true", "proxy-real-ip-cidr": "10.0.0.0/8"}}}),
        ("open-webui", {"pipelines": {"enabled": False}, "enableOpenaiApi": False, "extraEnvVars": [
            {"name": "DEFAULT_USER_ROLE", "value": "user"}, {"name": "ENABLE_SIGNUP", "value": "false"}]}),
        ("argo-cd", {"redis-ha": {"enabled": True}, "redisSecretInit": {"enabled": False}}),
        ("airflow", {"dags": {"gitSync": {"enabled": True, "repo": "git@git.data.svc:a.git", "knownHosts": "git x"}}}),
        ("jupyterhub", {"singleuser": {"storage": {"static": {"pvcName": "x", "subPath": "{username}"}}}}),
        ("spark-operator", {"spark": {"jobNamespaces": ["etl", "risk"]}, "webhook": {"enable": True}}),
    ],
)  # fmt: skip
def test_values_of_upstream_and_of_careful_teams_are_silent(chart: str, values: dict[str, object]) -> None:
    reports = [report.text for report in PACK.evaluate_plan(release(chart, values)) if report.mandatory]
    assert [text for text in reports if "[FJ-ESC-124]" in text or "signs himself up" in text] == []
