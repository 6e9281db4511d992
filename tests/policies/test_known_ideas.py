"""Families of the ideas that were known to pass: the same attack in other spellings, and what limits it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .blind import TAGS, aws, az, crd, k8s, meta, workload
from .harness import UNKNOWN, Given, Pack, blocking
from .idioms.eleventh_charts import inside

PACK = Pack()
POD = {"matchLabels": {"app": "x"}}
ISSUER = "https://login.example.ae"
NGINX, HAPROXY = "nginx.ingress.kubernetes.io/", "haproxy-ingress.github.io/"
EVERYWHERE = st.sampled_from([["0.0.0.0/0"], ["::/0"], ["0.0.0.0/1", "128.0.0.0/1"], ["10.0.0.0/8", "0.0.0.0/0"]])


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    reports = [report for item in plan for report in PACK.evaluate_resource(item)]
    return blocking([*reports, *PACK.evaluate_stack(*plan)])


def chart_release(values: object, chart: str = "app") -> Given:
    """Returns a release of a chart of the bank's registry."""
    return k8s("helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": "1.0.0", "namespace": chart,
        "values": values}, chart)  # fmt: skip


def _config(text: str, key: str = "config.yaml") -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {key: text}})


def _egress(form: str, blocks: list[str], first: Any, last: Any) -> Given:
    """Returns a policy of a namespace for calls of some pods to blocks, at ports from `first` to `last` if set."""
    ports = [{"protocol": "TCP"} if first is None else {"port": first, "endPort": last, "protocol": "TCP"}]
    if form == "kubernetes":
        return inside("networking.k8s.io/v1:NetworkPolicy", "x", {"podSelector": POD, "egress": [
            {"to": [{"ipBlock": {"cidr": block}} for block in blocks], "ports": ports}]})  # fmt: skip
    if form == "cilium":
        limit = {} if first is None else {"toPorts": [{"ports": ports}]}
        return inside("cilium.io/v2:CiliumNetworkPolicy", "x", {"endpointSelector": POD,
                                                               "egress": [{"toCIDR": blocks, **limit}]})  # fmt: skip
    if form == "administrator":
        limit = {} if first is None else {"ports": [{"portRange": {"start": first, "end": last, "protocol": "TCP"}}]}
        return inside("policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", "x", {
            "priority": 1, "subject": {"namespaces": {"matchLabels": {"team": "x"}}},
            "egress": [{"action": "Allow", "to": [{"networks": blocks}], **limit}]})  # fmt: skip
    limit = {} if first is None else {"ports": [f"{first}:{last}"]}
    return inside("crd.projectcalico.org/v1:NetworkPolicy", "x", {"selector": "app == 'x'", "egress": [
        {"action": "Allow", "protocol": "TCP", "destination": {"nets": blocks, **limit}}]})  # fmt: skip


FORMS = st.sampled_from(["kubernetes", "cilium", "administrator", "calico"])


@given(form=FORMS, blocks=EVERYWHERE, ports=st.sampled_from([(None, None), (1, 65535), (0, 65535)]))
def test_pods_do_not_call_every_address_on_every_port(form: str, blocks: list[str], ports: tuple[Any, Any]) -> None:
    assert "FJ-EXP-324" in refused(_egress(form, blocks, *ports))


@given(form=FORMS, blocks=EVERYWHERE, ports=st.sampled_from([(443, 443), (32768, 65535)]))
def test_pods_call_every_address_on_listed_ports(form: str, blocks: list[str], ports: tuple[Any, Any]) -> None:
    assert "FJ-EXP-324" not in refused(_egress(form, blocks, *ports))


@given(form=FORMS, block=st.sampled_from(["10.0.0.0/8", "203.0.113.0/24", UNKNOWN]))
def test_pods_call_listed_addresses_on_every_port(form: str, block: str) -> None:
    assert "FJ-EXP-324" not in refused(_egress(form, [block], None, None))


@pytest.mark.parametrize(
    ("protocols", "is_refused"),
    [
        ([{"tcp": {}}], True),
        ([{"udp": {"destinationPort": {"range": {"start": 1, "end": 65535}}}}], True),
        ([{"tcp": {"destinationPort": {"number": 443}}}], False),
        (
            [{"tcp": {"destinationPort": {"range": {"start": 8000, "end": 9000}}}}, {"destinationNamedPort": "https"}],
            False,
        ),
    ],
    ids=range(4),
)
def test_ports_of_administrators_are_read(protocols: list[object], is_refused: bool) -> None:
    rule = {"action": "Accept", "to": [{"networks": ["0.0.0.0/0"]}], "protocols": protocols}
    subject = {"namespaces": {"matchLabels": {"team": "x"}}}
    policy = inside("policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy", "x", {
        "tier": "Admin", "priority": 1, "subject": subject, "egress": [rule]})  # fmt: skip
    assert ("FJ-EXP-324" in refused(policy)) is is_refused


@pytest.mark.parametrize("rules", [
    [[(1, 32767), (32768, 65535)]], [[(1, 24), (26, 65535)]], [[(1, 32767)], [(32768, 65535)]], [[(0, 65535)]],
])  # fmt: skip
def test_ports_in_parts_are_every_port(rules: list[list[tuple[int, int]]]) -> None:
    def policy(parts: list[list[tuple[int, int]]]) -> Given:
        return inside("networking.k8s.io/v1:NetworkPolicy", "x", {"podSelector": POD, "egress": [
            {"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}],
             "ports": [{"port": first, "endPort": last} for first, last in ports]} for ports in parts]})  # fmt: skip

    assert "FJ-EXP-324" in refused(policy(rules))
    assert "FJ-EXP-324" not in refused(policy([[(443, 443), (32768, 65535)]]))


SELECTORS = st.sampled_from([
    {"from": "All"}, {"from": "Selector", "selector": {}}, {"from": "Selector", "selector": {"matchExpressions": [
        {"key": "kubernetes.io/metadata.name", "operator": "Exists"}]}},
    {"from": "Selector", "selector": {"matchExpressions": [{"key": "a", "operator": "DoesNotExist"}]}},
])  # fmt: skip


@given(namespaces=SELECTORS, kind=st.sampled_from(["v1:Gateway", "v1beta1:Gateway", "v1:ListenerSet"]))
def test_no_gateway_is_for_every_namespace(namespaces: Any, kind: str) -> None:
    listener = {"name": "a", "port": 443, "protocol": "HTTPS", "allowedRoutes": {"namespaces": namespaces}}
    assert "FJ-IDN-314" in refused(crd(f"gateway.networking.k8s.io/{kind}", {"listeners": [listener]}))
    waypoint = {"gatewayClassName": "istio-waypoint", "listeners": [listener]}
    assert "FJ-IDN-314" not in refused(crd("gateway.networking.k8s.io/v1:Gateway", waypoint))


def test_namespaces_of_a_gateway_that_are_not_known_are_named() -> None:
    listener = {"name": "a", "port": 443, "protocol": "HTTPS", "allowedRoutes": {"namespaces": {"from": UNKNOWN}}}
    gateway = crd("gateway.networking.k8s.io/v1:Gateway", {"listeners": [listener]})
    [report] = [item for item in Pack().evaluate_resource(gateway) if item.rule == "FJ-IDN-314"]
    sentence = "spec.listeners[0].allowedRoutes.namespaces is not known before deployment"
    assert (sentence in report.text, report.mandatory) == (True, False)


@pytest.mark.parametrize("policy", ["All", {"from": "All"}, {"from": "Same"}], ids=str)
def test_no_gateway_of_a_chart_is_for_every_namespace(policy: object) -> None:
    release = chart_release({"gateway": {"listeners": {"web": {"namespacePolicy": policy}}}}, "traefik")
    assert ("FJ-IDN-313" in refused(release)) is (policy != {"from": "Same"})


@pytest.mark.parametrize(
    ("host", "is_refused"),
    [("*", True), ("*/*", True), ("./*", False), ("team-a/*", False), ("*/a.example.ae", False), ("*.local", False)],
)
def test_servers_of_the_mesh_name_hosts_or_namespaces(host: str, is_refused: bool) -> None:
    gateway = crd("networking.istio.io/v1alpha3:Gateway", {"servers": [{"hosts": ["a.example.ae", host]}]})
    assert ("FJ-IDN-314" in refused(gateway)) is is_refused


@pytest.mark.parametrize("rule", [{}, {"hosts": []}, {"hosts": [""]}, {"hosts": ["a.example.ae", "*"]}, {"paths": []}])
def test_objects_of_the_interceptor_name_their_hosts(rule: dict[str, object]) -> None:
    assert "FJ-IDN-314" in refused(crd("http.keda.sh/v1beta1:InterceptorRoute", {"rules": [rule]}))
    assert "FJ-IDN-314" in refused(crd("http.keda.sh/v1alpha1:HTTPScaledObject", rule))
    named = {**rule, "hosts": ["a.example.ae"]}
    assert "FJ-IDN-314" not in refused(crd("http.keda.sh/v1beta1:InterceptorRoute", {"rules": [named]}))


PROVIDERS = st.sampled_from([
    ("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", ("jwt", "providers")),
    ("projectcontour.io/v1:HTTPProxy", ("virtualhost", "jwtProviders")),
    ("gateway.kgateway.dev/v1alpha1:GatewayExtension", ("jwt", "providers")),
    ("security.istio.io/v1beta1:RequestAuthentication", ("jwtRules",)),
])  # fmt: skip


@given(
    form=PROVIDERS,
    keys=st.sampled_from(
        [{"jwksUri": f"{ISSUER}/keys"}, {"remoteJWKS": {"uri": f"{ISSUER}/keys"}}, {"issuer": ISSUER}]
    ),
    audiences=st.sampled_from([{}, {"audiences": []}, {"audiences": [""]}, {"audiences": ["chat"]}]),
)
def test_tokens_are_for_listed_programs(form: tuple[str, tuple[str, ...]], keys: Any, audiences: Any) -> None:
    kind, path = form
    spec: object = [{"name": "bank", **keys, **audiences}]
    for key in reversed(path):
        spec = {key: spec}
    is_limited = audiences == {"audiences": ["chat"]}
    assert ("FJ-IDN-308" not in refused(inside(kind, "x", spec))) is is_limited


@pytest.mark.parametrize(
    ("body", "is_refused"),
    [
        ("<audiences />", True),
        ("<audiences><audience> </audience></audiences>", True),
        ('<required-claims><claim name="tid"><value>a</value></claim></required-claims>', True),
        ("<!-- <audiences><audience>a</audience></audiences> -->", True),
        ("<audiences><audience>a</audience></audiences>", False),
        ('<required-claims><claim name="azp" match="any"><value>a</value></claim></required-claims>', False),
        ("<audiences><audience>{{audience}}</audience></audiences>", False),
    ],
)
def test_policies_of_api_management_name_programs(body: str, is_refused: bool) -> None:
    policy = (
        f'<policies><inbound><validate-jwt><openid-config url="{ISSUER}/x" />{body}</validate-jwt></inbound></policies>'
    )
    item = az("apimanagement:ApiPolicy", {"format": "rawxml", "value": policy})
    assert ("FJ-EXP-207" in refused(item)) is is_refused


@pytest.mark.parametrize(
    ("claims", "is_refused"),
    [(None, True), ([{"name": "groups", "format": "single-string", "values": ["a"]}], True),
     ([{"name": "aud", "format": "string-array", "values": ["chat"]}], False), (UNKNOWN, False)],
    ids=range(4),
)  # fmt: skip
def test_load_balancers_take_tokens_of_a_program(claims: object, is_refused: bool) -> None:
    action = {"type": "jwt-validation", "jwtValidation": {
        "issuer": ISSUER, "jwksEndpoint": f"{ISSUER}/keys", "additionalClaims": claims}}  # fmt: skip
    assert ("FJ-IDN-112" in refused(aws("lb/Listener", {"defaultActions": [action], "tags": TAGS}))) is is_refused
    assert ("FJ-IDN-112" in refused(aws("lb/ListenerRule", {"actions": [action], "tags": TAGS}))) is is_refused


@pytest.mark.parametrize(
    ("annotations", "is_refused"),
    [
        ({f"{NGINX}backend-protocol": "https"}, True),
        ({f"{NGINX}backend-protocol": "GRPCS", f"{NGINX}proxy-ssl-verify": "off"}, True),
        ({f"{NGINX}backend-protocol": "HTTPS", f"{NGINX}proxy-ssl-verify": "on"}, False),
        ({f"{NGINX}backend-protocol": "GRPC"}, False),
        ({"haproxy.org/server-ssl": "true", "haproxy.org/server-crt": "a/b"}, True),
        ({f"{HAPROXY}backend-protocol": "h2-ssl"}, True),
        ({f"{HAPROXY}secure-backends": "true", f"{HAPROXY}secure-verify-ca-secret": "ca"}, False),
    ],
    ids=range(7),
)  # fmt: skip
def test_ingresses_check_the_certificates_of_servers(annotations: dict[str, str], is_refused: bool) -> None:
    ingress = k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations=annotations), "spec": {}})
    chart = chart_release({"ingress": {"annotations": annotations}})
    deployer = crd("argoproj.io/v1alpha1:Application", {"source": {"helm": {"values": json.dumps({
        "server": {"ingress": {"annotations": annotations}}})}}})  # fmt: skip
    for item in (ingress, chart, deployer):
        assert ("FJ-ENC-425" in refused(item)) is is_refused


@given(
    host=st.sampled_from(["traces.example.ae:4317", "203.0.113.9:4317", "dns:///traces.example.ae:4317"]),
    form=st.sampled_from([{"tls": {"insecure": True}}, {"insecure": "true"}, {"tls_config": {"insecure": True}}]),
)
def test_exporters_encrypt_on_their_way_out(host: str, form: dict[str, object]) -> None:
    def sending(address: str, **more: object) -> list[Given]:
        config = {"exporters": {"otlp/a": {"endpoint": address, **more}}}
        return [_config(json.dumps(config)), crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {"config": config}),
                chart_release({"config": config})]  # fmt: skip

    for item in (*sending(host, **form), *sending("http://traces.example.ae:4318")):
        assert "FJ-ENC-425" in refused(item)
    for item in (*sending("tempo.monitoring:4317", **form), *sending("10.1.2.3:4317", **form), *sending(host)):
        assert "FJ-ENC-425" not in refused(item)


@pytest.mark.parametrize("variables", [
    {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://traces.example.ae:4318"},
    {"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT": "traces.example.ae:4317", "OTEL_EXPORTER_OTLP_LOGS_INSECURE": "true"},
    {"OTEL_EXPORTER_OTLP_ENDPOINT": "traces.example.ae:4317", "OTEL_EXPORTER_OTLP_METRICS_INSECURE": "TRUE"},
])  # fmt: skip
def test_agents_encrypt_on_their_way_out(variables: dict[str, str]) -> None:
    env = [{"name": name, "value": value} for name, value in variables.items()]
    assert "FJ-ENC-425" in refused(workload("apps/v1:Deployment", {"env": env}))
    inner = [{**item, "value": item["value"].replace("traces.example.ae", "tempo.monitoring")} for item in env]
    assert "FJ-ENC-425" not in refused(workload("apps/v1:Deployment", {"env": inner}))


@pytest.mark.parametrize(("given_object", "rule"), [
    (crd("vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", {"podSelector": {}, "securityGroups": {
        "groupIds": ["sg-0123456789abcdef0"]}}), "FJ-IDN-314"),
    (crd("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", {"authorization": {"rules": [
        {"action": "Allow", "principal": {"headers": [{"name": "x", "values": ["y"]}]}}]}}), "FJ-IDN-308"),
], ids=["groups of the network", "a header that the caller chooses"])  # fmt: skip
def test_kinds_of_which_each_has_a_check_of_its_own(given_object: Given, rule: str) -> None:
    assert rule in refused(given_object)
