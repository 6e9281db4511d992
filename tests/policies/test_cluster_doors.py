"""Doors of clusters that ask nobody: routes, brokers, webhooks, meshes and controllers, each with what is good."""

import pytest
from guardrails.engine.enforcement import Enforcement
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import KUBE, k8s, meta
from .harness import Given, Pack, rules

PACK = Pack()
TRUSTED = {"trusted": {"login.example.ae": "our own sign-in"}}


def refuses(rule: str, kind: str, spec: object, namespace: str = "team-a", **metadata: object) -> bool:
    """Returns whether a rule refuses an object."""
    props = {"metadata": meta("x", namespace, **metadata), "spec": spec}
    return rule in rules(PACK.evaluate_resource(k8s(kind, props)))


def release(values: object) -> set[str]:
    """Returns the rules that refuse a release of a chart with such values."""
    props = {"chart": "c", "namespace": "c", "values": values}
    return rules(PACK.evaluate_resource(Given("kubernetes:helm.sh/v3:Release", props, "c", provider=KUBE)))


def config(text: str, key: str = "Corefile") -> set[str]:
    """Returns the rules that refuse a map with such a text."""
    return rules(PACK.evaluate_resource(k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {key: text}})))


@pytest.mark.parametrize(
    ("conditions", "refused"),
    [
        ([{"prefix": "/"}], True),
        ([], True),
        ([{"prefix": "/api"}], True),
        ([{"prefix": "/healthz"}, {"prefix": "/"}], True),
        ([{"exact": "/healthz"}], False),
        ([{"prefix": "/.well-known/"}], False),
        ([{"exact": "/healthz2"}], True),
    ],
)
@pytest.mark.parametrize("policy", ["authPolicy", "jwtVerificationPolicy"])
def test_routes_of_contour_without_sign_in(conditions: object, policy: str, *, refused: bool) -> None:
    route = {"conditions": conditions, policy: {"disabled": True}}
    kind = "projectcontour.io/v1:HTTPProxy"
    assert refuses("FJ-IDN-308", kind, {"routes": [route]}) is refused
    assert not refuses("FJ-IDN-308", kind, {"routes": [{**route, policy: {"disabled": False}}]})
    host = {"authorization": {"authPolicy": {"disabled": True}}}
    assert refuses("FJ-IDN-308", kind, {"virtualhost": host})


@pytest.mark.parametrize(
    ("service", "value", "refused"),
    [
        ("chat", "false", True),
        ("chat", "true", False),
        ("oauth2-proxy", "false", False),
        ("bank-keycloak", "false", False),
        ("author", "false", True),
    ],
)
def test_ingresses_without_the_sign_in_of_their_controller(service: str, value: str, *, refused: bool) -> None:
    paths = [{"path": "/", "backend": {"service": {"name": service, "port": {"number": 80}}}}]
    annotations = {"nginx.ingress.kubernetes.io/enable-global-auth": value}
    spec = {"rules": [{"host": "a.example.ae", "http": {"paths": paths}}]}
    assert refuses("FJ-IDN-308", "networking.k8s.io/v1:Ingress", spec, annotations=annotations) is refused


@pytest.mark.parametrize(
    ("name", "middlewares", "refused"),
    [
        ("api@internal", [], True),
        ("dashboard@internal", None, True),
        ("api@internal", [{"name": "sign-in"}], False),
        ("ping@internal", [], False),
        ("chat", [], False),
    ],
)
def test_the_console_of_traefik(name: str, middlewares: object, *, refused: bool) -> None:
    route = {"match": "Host(`a.example.ae`)", "services": [{"name": name}], "middlewares": middlewares}
    assert refuses("FJ-IDN-308", "traefik.io/v1alpha1:IngressRoute", {"routes": [route]}) is refused


@pytest.mark.parametrize(
    ("mode", "port", "hosts", "refused"),
    [
        ("AUTO_PASSTHROUGH", 443, ["*"], True),
        ("AUTO_PASSTHROUGH", 15443, ["*"], True),
        ("AUTO_PASSTHROUGH", 443, ["*.local"], True),
        ("AUTO_PASSTHROUGH", 15443, ["*.local"], False),
        ("PASSTHROUGH", 443, ["db.example.ae"], False),
    ],
)
def test_gateways_that_lead_to_what_callers_name(mode: str, port: int, hosts: list[str], *, refused: bool) -> None:
    server = {"port": {"number": port, "name": "tls", "protocol": "TLS"}, "hosts": hosts, "tls": {"mode": mode}}
    assert refuses("FJ-IDN-308", "networking.istio.io/v1:Gateway", {"servers": [server]}) is refused


@pytest.mark.parametrize(("jwt", "refused"), [({}, True), ({"providers": [{"name": "bank"}]}, False)])
def test_a_header_passes_no_sign_in(jwt: object, *, refused: bool) -> None:
    spec = {"oidc": {"clientID": "chat", "passThroughAuthHeader": True}, "jwt": jwt}
    assert refuses("FJ-IDN-308", "gateway.envoyproxy.io/v1alpha1:SecurityPolicy", spec) is refused


@pytest.mark.parametrize(
    ("acl", "refused"),
    [
        ({"resource": {"type": "topic", "name": "*"}, "operations": ["Read"]}, True),
        ({"resource": {"type": "cluster"}, "operations": ["AlterConfigs"]}, True),
        ({"resource": {"type": "cluster"}, "operation": "All"}, True),
        ({"resource": {"type": "cluster"}, "operations": ["Describe", "IdempotentWrite"]}, False),
        ({"resource": {"type": "topic", "name": "*"}, "operations": ["Describe"]}, False),
        ({"resource": {"type": "topic", "name": "orders.", "patternType": "prefix"}, "operations": ["All"]}, False),
        ({"type": "deny", "resource": {"type": "topic", "name": "*"}, "operations": ["All"]}, False),
    ],
)
def test_users_of_kafka_have_topics_of_their_own(acl: object, *, refused: bool) -> None:
    spec = {"authentication": {"type": "tls"}, "authorization": {"type": "simple", "acls": [acl]}}
    assert refuses("FJ-IDN-314", "kafka.strimzi.io/v1beta2:KafkaUser", spec) is refused


@pytest.mark.parametrize(
    ("find", "kind", "refused"),
    [
        ({"name": {"regexp": ".*"}}, "ClusterSecretStore", True),
        ({"name": {"regexp": "^.+$"}}, "ClusterSecretStore", True),
        ({"path": "/", "name": {"regexp": ".*"}}, "ClusterSecretStore", True),
        ({"path": "team-a", "name": {"regexp": ".*"}}, "ClusterSecretStore", False),
        ({"name": {"regexp": "^team-a-"}}, "ClusterSecretStore", False),
        ({"tags": {"team": "a"}}, "ClusterSecretStore", False),
        ({"name": {"regexp": ".*"}}, "SecretStore", False),
    ],
)
def test_secrets_that_a_store_of_all_has(find: object, kind: str, *, refused: bool) -> None:
    spec = {"secretStoreRef": {"name": "vault", "kind": kind}, "dataFrom": [{"find": find}]}
    assert refuses("FJ-IDN-314", "external-secrets.io/v1:ExternalSecret", spec) is refused


@pytest.mark.parametrize(
    ("rule", "namespace", "refused"),
    [
        ({"apiGroups": [""], "resources": ["secrets"]}, "team-a", True),
        ({"apiGroups": ["*"], "resources": ["*"]}, "a", True),
        ({"apiGroups": [""], "resources": ["secrets"]}, "vault", False),
        ({"apiGroups": [""], "resources": ["pods"]}, "a", False),
        ({"apiGroups": ["example.ae"], "resources": ["*"]}, "team-a", False),
    ],
)
def test_webhooks_of_tenants_see_no_secrets(rule: dict[str, object], namespace: str, *, refused: bool) -> None:
    webhook = {"name": "a.example.ae", "failurePolicy": "Fail", "rules": [{"operations": ["CREATE"], **rule}],
               "clientConfig": {"service": {"name": "a", "namespace": namespace}}}  # fmt: skip
    configuration = k8s("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", {
        "metadata": {"name": "a"}, "webhooks": [webhook]})  # fmt: skip
    assert ("FJ-IDN-314" in rules(PACK.evaluate_resource(configuration))) is refused


@pytest.mark.parametrize(
    ("aliases", "refused"),
    [
        (["cluster.local"], False),
        (["login.example.ae"], False),
        (["someone.mesh"], True),
        (["old"], True),
        ([], False),
    ],
)
def test_a_mesh_takes_identities_of_listed_meshes_only(aliases: list[str], *, refused: bool) -> None:
    pack = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "identity": TRUSTED}))
    props = {"chart": "istiod", "values": {"meshConfig": {"trustDomainAliases": aliases}}}
    release_of = Given("kubernetes:helm.sh/v3:Release", props, "c", provider=KUBE)
    assert ("FJ-IDN-118" in rules(pack.evaluate_resource(release_of))) is refused


@settings(max_examples=many(60), deadline=None)
@given(
    st.sampled_from(("", "stop ", "continue ")), st.sampled_from(("", "exact ", "suffix ", "regex ")),
    st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.sampled_from((".cluster.local", "", ".cluster.local.")),
    st.sampled_from(("  ", "\t", "")),
)  # fmt: skip
def test_names_of_services_lead_to_no_other_host(verb: str, form: str, namespace: str, end: str, before: str) -> None:
    for target in ("collect.other-team.svc.cluster.local", "10.1.2.3", "gateway.example.ae"):
        line = f"{before}rewrite {verb}name {form}vault.{namespace}.svc{end} {target}"
        assert "FJ-IDN-313" in config(f".:53 {{\n{line}\n}}\n")
    own = f"{before}rewrite {verb}name {form}old.{namespace}.svc{end} new.{namespace}.svc.cluster.local"
    assert "FJ-IDN-313" not in config(f".:53 {{\n{own}\n}}\n")


@pytest.mark.parametrize(
    "text",
    [
        "rewrite name models.example.ae gateway.edge.svc.cluster.local",
        "rewrite stop type ANY A",
        "hosts {\n  10.1.0.5 core.example.ae\n  fallthrough\n}",
    ],
)
def test_names_of_the_bank_may_lead_to_the_cluster(text: str) -> None:
    assert "FJ-IDN-313" not in config(text)
    assert "FJ-IDN-313" in config("hosts {\n  10.1.0.5 db.example.ae vault.vault.svc.cluster.local\n}")


@pytest.mark.parametrize(
    ("kind", "spec", "refused"),
    [
        ("traefik.io/v1alpha1:TraefikService", {"mirroring": {"name": "a", "namespace": "payments"}}, True),
        (
            "traefik.io/v1alpha1:TraefikService",
            {"mirroring": {"name": "a", "mirrors": [{"namespace": "team-b"}]}},
            True,
        ),
        (
            "traefik.io/v1alpha1:TraefikService",
            {"mirroring": {"name": "a", "mirrors": [{"namespace": "team-a"}]}},
            False,
        ),
        ("traefik.io/v1alpha1:TraefikService", {"weighted": {"services": [{"namespace": "team-a"}]}}, False),
        ("traefik.io/v1alpha1:TraefikService", {"weighted": {"services": [{"namespace": "team-b"}]}}, True),
        (
            "gateway.networking.k8s.io/v1:HTTPRoute",
            {"rules": [{"filters": [{"requestMirror": {"backendRef": {"name": "a", "namespace": "team-b"}}}]}]},
            True,
        ),
    ],
)
def test_requests_are_copied_within_a_namespace(kind: str, spec: object, *, refused: bool) -> None:
    assert refuses("FJ-IDN-314", kind, spec) is refused


@pytest.mark.parametrize(
    ("kinds", "refused"),
    [
        ([{"apiGroups": ["apps"], "kinds": ["Pod"]}], True),
        ([{"apiGroups": [""], "kinds": ["pods"]}], True),
        ([{"apiGroups": ["v1"], "kinds": ["Pod"]}], True),
        ([{"apiGroups": [""], "kinds": ["Pod"]}], False),
        ([{"apiGroups": ["*"], "kinds": ["Pod"]}], False),
        ([{"apiGroups": ["apps"], "kinds": ["*"]}], False),
        ([{"apiGroups": [""], "kinds": ["pods"]}, {"apiGroups": ["batch"], "kinds": ["Job"]}], False),
        ([], False),
        ([{"apiGroups": ["example.ae"], "kinds": ["Menu"]}], False),
    ],
)
def test_constraints_name_kinds_of_their_groups(kinds: list[object], *, refused: bool) -> None:
    kind = "constraints.gatekeeper.sh/v1beta1:Own"
    assert refuses("FJ-ESC-119", kind, {"enforcementAction": "deny", "match": {"kinds": kinds}}) is refused


@pytest.mark.parametrize(("key", "refused"), [("serverSnippets", True), ("streamSnippets", True), ("listener", False)])
def test_lines_of_nginx_at_any_depth(key: str, *, refused: bool) -> None:
    for spec in ({key: "return 200;"}, {"routes": [{"path": "/", key: "return 200;"}]}):
        assert refuses("FJ-EXP-322", "k8s.nginx.org/v1:TransportServer", spec) is refused
