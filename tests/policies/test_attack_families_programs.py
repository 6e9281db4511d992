"""Families of the third set of attacks: the same mechanism in other kinds, places and spellings, and beside each the
form that careful teams write."""

import base64
import json

import pytest
import yaml
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT

from .attacks.third_residency import release
from .blind import ME, THEM, aws, az, cluster_role, crd, k8s, meta, pod
from .harness import Given, Pack, blocking

PACK = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))


def refusals(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def config_map(text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"file": text}})


def secret(text: str, key: str = "stringData") -> Given:
    value = base64.b64encode(text.encode()).decode() if key == "data" else text
    return k8s("core/v1:Secret", {"metadata": meta(), key: {"file": value}})


def kubeconfig(server: str) -> str:
    return json.dumps({"kind": "Config", "clusters": [{"name": "a", "cluster": {"server": server}}]})


def alertmanager(**receiver: object) -> str:
    return yaml.safe_dump({"route": {"receiver": "a"}, "receivers": [{"name": "a", **receiver}]})


def mesh(**settings: object) -> str:
    return yaml.safe_dump({"defaultConfig": {"tracing": settings}, "rootNamespace": "istio-system"})


@pytest.mark.parametrize("given", [
    crd("opentelemetry.io/v1alpha1:Instrumentation", {"java": {"env": []}, "exporter": {"endpoint": "HOST"}}),
    crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {"config": {"exporters": {"otlp": {"endpoint": "HOST"}}}}),
    crd("tempo.grafana.com/v1alpha1:TempoStack", {"storage": {"endpoint": "HOST"}}),
    crd("kubeflow.org/v1:Notebook", {"settings": {"httpProxy": "HOST"}}),
    config_map(alertmanager(webhook_configs=[{"url": "HOST"}])),
    config_map(alertmanager(slack_configs=[{"api_url": "HOST"}])),
    secret(alertmanager(opsgenie_configs=[{"api_url": "HOST"}])),
    secret(alertmanager(webhook_configs=[{"url": "HOST"}])),
    config_map(mesh(zipkin={"address": "HOST"})),
    config_map(yaml.safe_dump({"extensionProviders": [{"name": "a", "opentelemetry": {"service": "HOST"}}]})),
    secret(kubeconfig("HOST")),
    config_map(kubeconfig("HOST")),
    crd("grafana.integreatly.org/v1beta1:GrafanaContactPoint", {"type": "webhook", "settings": {"url": "HOST"}}),
    crd("grafana.integreatly.org/v1beta1:GrafanaDatasource", {"datasource": {"type": "loki", "url": "HOST"}}),
    k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations={
        "nginx.ingress.kubernetes.io/auth-url": "HOST/validate"}), "spec": {"ingressClassName": "nginx-internal"}}),
], ids=lambda given: f"{given.type.rpartition(':')[2]}-{len(json.dumps(given.props))}")  # fmt: skip
@pytest.mark.parametrize(
    ("host", "is_refused"),
    [("https://a.stranger.io", True), ("https://198.51.100.7:6443", True), ("https://a.monitoring.svc:8443", False),
     ("https://10.20.0.7:6443", False), ("https://s3.dc1.example.ae", False)],
)  # fmt: skip
def test_hosts_of_programs_are_in_the_country(given: Given, host: str, is_refused: bool) -> None:
    props = json.loads(json.dumps(given.props).replace("HOST", host))
    found = refusals(Given(given.type, props, provider=given.provider))
    assert bool({rule for rule in found if rule.startswith("FJ-RES-")}) is is_refused


def test_servers_of_allowed_clusters_are_in_the_country() -> None:
    assert "FJ-RES-002" not in refusals(secret(kubeconfig("https://kubernetes.dc1.example.ae:6443")))


def test_hosts_in_base64_are_read() -> None:
    assert "FJ-RES-002" in refusals(secret(kubeconfig("https://a.stranger.io"), "data"))
    assert "FJ-RES-002" not in refusals(secret(kubeconfig("https://10.0.0.1:6443"), "data"))


def test_the_ingress_itself_may_be_asked_about_requests() -> None:
    annotations = {"nginx.ingress.kubernetes.io/auth-url": "https://$host/oauth2/auth"}
    spec = {"ingressClassName": "nginx-internal"}
    assert "FJ-RES-312" not in refusals(
        k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations=annotations), "spec": spec})
    )


@pytest.mark.parametrize("kind", ["gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "traefik.io/v1alpha1:TLSOption",
                                  "projectcontour.io/v1:HTTPProxy"])  # fmt: skip
@pytest.mark.parametrize("key", ["minVersion", "minimumProtocolVersion", "minTLSVersion", "minProtocolVersion"])
@pytest.mark.parametrize(
    ("version", "is_refused"),
    [
        ("1.0", True),
        ("VersionTLS11", True),
        ("TLSv1", True),
        ("TLSV1_1", True),
        ("1.2", False),
        ("VersionTLS13", False),
    ],
)
def test_gateways_accept_tls_1_2_or_later(kind: str, key: str, version: str, is_refused: bool) -> None:
    assert ("FJ-ENC-425" in refusals(crd(kind, {"tls": {key: version}}))) is is_refused


def test_versions_of_other_things_are_no_versions_of_tls() -> None:
    assert "FJ-ENC-425" not in refusals(crd("ray.io/v1:RayCluster", {"client": {"minVersion": "1.0"}}))


@pytest.mark.parametrize("given", [
    *(k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(), "spec": {"ingressClassName": name}})
      for name in ("ngrok", "tailscale", "cloudflare-tunnel", "inlets")),
    k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations={"kubernetes.io/ingress.class": "ngrok"})}),
    *(k8s("networking.k8s.io/v1:IngressClass", {"metadata": {"name": "web"}, "spec": {"controller": name}})
      for name in ("k8s.ngrok.com/ingress-controller", "tailscale.com/ts-ingress",
                   "strrl.dev/cloudflare-tunnel-ingress-controller")),
    k8s("gateway.networking.k8s.io/v1:GatewayClass", {"metadata": {"name": "web"}, "spec": {
        "controllerName": "ngrok.com/gateway-controller"}}),
], ids=str)  # fmt: skip
def test_tunnels_are_no_entries(given: Given) -> None:
    assert "FJ-EXP-322" in refusals(given)


def test_classes_of_controllers_in_the_cluster_are_entries() -> None:
    spec = {"controller": "k8s.io/ingress-nginx"}
    assert "FJ-EXP-322" not in refusals(
        k8s("networking.k8s.io/v1:IngressClass", {"metadata": {"name": "nginx-internal"}, "spec": spec})
    )


@pytest.mark.parametrize("value", ["true", True, "false"], ids=str)
def test_services_are_not_published_in_a_tailnet(value: object) -> None:
    spec = {"type": "ClusterIP", "selector": {"app": "x"}, "ports": [{"port": 8443}]}
    given = k8s("core/v1:Service", {"metadata": meta(annotations={"tailscale.com/expose": value}), "spec": spec})
    assert ("FJ-EXP-321" in refusals(given)) is (value != "false")


@pytest.mark.parametrize("verb", ["create", "patch", "update"])
@pytest.mark.parametrize("resource", ["deployments", "daemonsets", "cronjobs", "configmaps"])
def test_roles_of_the_cluster_change_no_workloads_and_no_settings(resource: str, verb: str) -> None:
    rule = {"apiGroups": ["*" if resource == "" else "apps"], "resources": [resource], "verbs": ["get", verb]}
    is_harmless = (resource, verb) == ("configmaps", "create")
    assert ("FJ-IDN-305" in refusals(cluster_role(rule))) is not is_harmless
    assert "FJ-IDN-305" not in refusals(cluster_role({**rule, "resourceNames": ["scorer"]}))
    role = k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta(), "rules": [rule]})
    assert "FJ-IDN-305" not in refusals(role)


def test_queues_that_run_jobs_in_another_cluster_are_listed() -> None:
    """The kubeconfig of the cluster is usually in no plan."""
    spec = {"kubeConfig": {"locationType": "Secret", "location": "worker"}}
    assert "FJ-ESC-103" in refusals(crd("kueue.x-k8s.io/v1beta1:MultiKueueCluster", spec))


@pytest.mark.parametrize(("most", "is_refused"), [(8, False), (9, True), (5000, True)])
def test_scaled_jobs_count_their_gpus(most: int, is_refused: bool) -> None:
    container = {"resources": {"limits": {"nvidia.com/gpu": "8"}, "requests": {"cpu": "8"}}}
    spec = {"maxReplicaCount": most, "jobTargetRef": {"template": {"spec": pod(container)}}}
    assert ("FJ-COST-126" in refusals(crd("keda.sh/v1alpha1:ScaledJob", spec))) is is_refused


@pytest.mark.parametrize("given", [
    crd("extensions.istio.io/v1alpha1:WasmPlugin", {"url": "oci://a.stranger.io/filter:1"}),
    crd("extensions.istio.io/v1alpha1:WasmPlugin", {"url": "https://a.stranger.io/filter.wasm", "phase": "STATS"}),
    crd("gateway.envoyproxy.io/v1alpha1:EnvoyExtensionPolicy", {"wasm": [
        {"code": {"type": "HTTP", "http": {"url": "https://a.stranger.io/filter.wasm"}}}]}),
    crd("gateway.envoyproxy.io/v1alpha1:EnvoyExtensionPolicy", {"wasm": [
        {"code": {"type": "Image", "image": {"url": "a.stranger.io/filter:1"}}}]}),
], ids=str)  # fmt: skip
def test_plugins_of_proxies_come_from_listed_sources(given: Given) -> None:
    assert "FJ-ESC-111" in refusals(given)


@pytest.mark.parametrize(("address", "is_refused"), [("198.51.100.7", True), ("10.20.0.7", False)])
def test_names_of_a_private_zone_are_in_the_country(address: str, is_refused: bool) -> None:
    given = az("privatedns:PrivateRecordSet", {"privateZoneName": "bank.ae", "recordType": "A",
                                               "aRecords": [{"ipv4Address": address}]})  # fmt: skip
    assert ("FJ-RES-212" in refusals(given)) is is_refused
    assert "FJ-ESC-112" not in refusals(given)


def test_arguments_of_triggers_are_arguments_of_jobs() -> None:
    arguments = {"--extra-py-files": "s3://published-by-somebody/x.py"}
    assert "FJ-ESC-111" in refusals(
        aws("glue/Trigger", {"type": "ON_DEMAND", "actions": [{"jobName": "j", "arguments": arguments}]})
    )


@pytest.mark.parametrize(("kind", "key"), [
    ("directconnect/GatewayAssociationProposal", "dxGatewayOwnerAccountId"),
    ("ec2/VpcPeeringConnection", "peerOwnerId"),
    ("ec2transitgateway/PeeringAttachment", "peerAccountId"), ("guardduty/InviteAccepter", "masterAccountId"),
    ("guardduty/OrganizationAdminAccount", "adminAccountId"), ("securityhub/InviteAccepter", "masterId"),
    ("macie2/InvitationAccepter", "administratorAccountId"), ("cfg/AggregateAuthorization", "accountId"),
])  # fmt: skip
def test_accounts_in_properties_are_listed(kind: str, key: str) -> None:
    assert "FJ-IDN-116" in refusals(aws(kind, {key: THEM}))
    assert not {"FJ-IDN-116", "FJ-ESC-112"} & refusals(aws(kind, {key: ME}))


@pytest.mark.parametrize("account", [ME, THEM])
def test_registries_that_fill_ones_own_are_listed(account: str) -> None:
    given = aws("ecr/PullThroughCacheRule", {"upstreamRegistryUrl": f"{account}.dkr.ecr.me-central-1.amazonaws.com"})
    assert ("FJ-IDN-116" in refusals(given)) is (account == THEM)


@pytest.mark.parametrize(
    ("values", "is_refused"),
    [
        ({"image": {"repository": "docker.io/stranger/keda"}}, True),
        ({"image": {"repository": "stranger/keda"}}, True),
        ({"image": {"registry": "ghcr.io", "repository": "stranger/keda"}}, True),
        ({"image": "ghcr.io/stranger/keda:1.2"}, True),
        ({"global": {"imageRegistry": "a.stranger.io"}}, True),
        ({"global": {"hub": "docker.io/stranger"}}, True),
        ({"controllers": [{"image": {"repository": "quay.io/stranger/a"}}]}, True),
        ({"image": {"repository": "ghcr.io/kedacore/keda"}}, False),
        ({"image": {"registry": "ghcr.io", "repository": "kedacore/keda"}}, False),
        ({"image": {"registry": "registry.k8s.io"}}, False),
        ({"controller": {"image": {"registry": "registry.k8s.io", "image": "ingress-nginx/controller"}}}, False),
        ({"controller": {"image": {"registry": "a.stranger.io", "image": "ingress-nginx/controller"}}}, True),
        ({"controller": {"image": {"registry": "registry.k8s.io", "image": "docker.io/stranger/a"}}}, True),
        ({"controller": {"registry": "registry.k8s.io", "image": "stranger/a"}}, True),
        ({"image": {"repository": "registry.dc1.example.ae/mirror/keda", "tag": "2.18.0"}}, False),
        ({"image": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/keda@sha256:{'a' * 64}"}, False),
        ({"image": {"tag": "2.18.0", "pullPolicy": "IfNotPresent"}}, False),
        ({"git": {"repository": "https://git.example.ae/a"}}, False),
        ({"git": {"repository": "bank/a"}}, False),
        ({"driver": {"repository": "docker.io/stranger"}}, True),
        ({"driver": {"repository": "nvcr.io/nvidia"}}, False),
    ],
    ids=str,
)
def test_charts_run_images_of_known_publishers(values: dict[str, object], is_refused: bool) -> None:
    (given,) = release("keda", "https://kedacore.github.io/charts", "2.18.0", values)
    assert ("FJ-ESC-113" in refusals(given)) is is_refused
