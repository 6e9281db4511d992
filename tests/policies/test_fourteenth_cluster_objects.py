"""Families of the fourteenth set of attacks on clusters: definitions, sign-in, balancers, networks and rights."""

import pytest
from guardrails.engine.reading import Plain
from guardrails.exposure.node_interfaces import check_operated_network
from guardrails.readers.kubernetes_objects import ObjectPart
from hypothesis import given
from hypothesis import strategies as st

from tests.processor_time import within

from .blind import TAGS, cluster_role, crd, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
CROSSING = "FJ-IDN-314"
TEAMS = st.from_regex(r"\Ateam-[b-z][a-z0-9]{0,8}\Z")
TEXT = {"type": "string"}


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def definition(group: str, kind: str, schema: object, **more: object) -> Given:
    """Returns the definition of a kind, with a schema."""
    names = {"kind": kind, "plural": f"{kind.lower()}s"}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    spec = {"group": group, "scope": "Cluster", "names": names, "versions": [version], **more}
    meta_data = {"name": f"{kind.lower()}s.{group}", "labels": TAGS}
    return k8s("apiextensions.k8s.io/v1:CustomResourceDefinition", {"metadata": meta_data, "spec": spec})


def with_spec(spec: object) -> dict[str, object]:
    """Returns the schema of an object with a spec."""
    return {"type": "object", "properties": {"spec": spec}}


KEPT = {"x-kubernetes-preserve-unknown-fields": True, "type": "object"}


@pytest.mark.parametrize(("group", "kind", "fields"), [
    ("kyverno.io", "ClusterPolicy", ["rules"]), ("templates.gatekeeper.sh", "ConstraintTemplate", ["targets", "crd"]),
    ("security.istio.io", "AuthorizationPolicy", ["rules", "action"]),
    ("argoproj.io", "AppProject", ["destinations", "sourceRepos", "clusterResourceWhitelist"]),
    ("policies.kyverno.io", "ValidatingPolicy", ["validations", "matchConstraints"]),
])  # fmt: skip
def test_definitions_store_what_policies_forbid(group: str, kind: str, fields: list[str]) -> None:
    listed = {"type": "object", "properties": {name: {"type": "array", "items": TEXT} for name in fields}}
    for schema in (listed, KEPT):
        assert CROSSING not in refused(definition(group, kind, with_spec(schema)))
    assert CROSSING not in refused(definition(group, kind, KEPT))
    for gone in fields:
        some = {"type": "object", "properties": {**listed["properties"], gone: {"type": "object"}}}  # type: ignore[dict-item]
        assert CROSSING in refused(definition(group, kind, with_spec(some)))
    assert CROSSING in refused(definition(group, kind, with_spec({"type": "object"})))
    assert CROSSING in refused(definition(group, kind, {"type": "object"}))
    assert CROSSING not in refused(definition("ml.bank.ae", kind, with_spec({"type": "object"})))


@pytest.mark.parametrize("schema", [UNKNOWN, None, "x", [], {"properties": UNKNOWN}, {"properties": {"spec": UNKNOWN}}])
def test_odd_schemas_are_no_finding(schema: object) -> None:
    assert CROSSING not in refused(definition("kyverno.io", "Policy", schema))


ASKED = (
    ("traefik.io/v1alpha1:Middleware", lambda host: {"forwardAuth": {"address": f"https://{host}/verify"}}),
    ("getambassador.io/v3alpha1:AuthService", lambda host: {"auth_service": f"https://{host}"}),
    ("security.istio.io/v1:RequestAuthentication", lambda host: {"jwtRules": [{"issuer": "a", "jwksUri": f"https://{host}/k"}]}),
)  # fmt: skip


@given(team=TEAMS, host=st.sampled_from(("v.{}.svc.cluster.local:8443", "v.{}.svc:443", "v.{}.svc", "V.{}.SVC.")))
def test_services_that_say_who_a_caller_is(team: str, host: str) -> None:
    for kind, spec in ASKED:
        for namespace, is_refused in ((team, True), ("payments", False), ("sso", False), ("auth-prod", False),
                                      ("edge", False)):  # fmt: skip
            item = k8s(kind, {"metadata": meta("x", "payments"), "spec": spec(host.format(namespace))})
            assert (CROSSING in refused(item)) is is_refused
    route = {"extAuth": {"http": {"backendRefs": [{"name": "v", "namespace": team, "port": 443}]}}}
    policy = k8s("gateway.envoyproxy.io/v1alpha1:SecurityPolicy",
                 {"metadata": meta("x", "payments"), "spec": route})  # fmt: skip
    ingress = k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("x", "payments", annotations={
        "nginx.ingress.kubernetes.io/auth-url": f"https://{host.format(team)}/auth"}), "spec": {}})  # fmt: skip
    assert CROSSING in refused(policy)
    assert CROSSING in refused(ingress)


@pytest.mark.parametrize("host", ["login.example.ae", "sso.bank.internal:8443", "verify", "login.bank.local:443"])
def test_services_outside_of_the_cluster_are_no_team(host: str) -> None:
    spec = {"forwardAuth": {"address": f"https://{host}/verify"}}
    item = k8s("traefik.io/v1alpha1:Middleware", {"metadata": meta("x", "payments"), "spec": spec})
    assert CROSSING not in refused(item)


@pytest.mark.parametrize(("namespace", "group", "order", "is_refused"), [
    ("team-a", "payments", "-1000", True), ("team-a", "public", "-1", True), ("team-a", "public", -5, True),
    ("team-a", "public", "10", False), ("team-a", "team-a", "-1", False), ("kube-system", "public", "-1", False),
    ("team-a", "public", "0", False), ("team-a", "public", UNKNOWN, False), ("team-a", "public", [], False),
])  # fmt: skip
def test_rules_before_those_of_others(namespace: str, group: str, order: object, *, is_refused: bool) -> None:
    annotations = {
        f"alb.ingress.kubernetes.io/group.{key}": value for key, value in (("name", group), ("order", order))
    }
    ingress = {"metadata": meta("x", namespace, annotations=annotations), "spec": {}}
    assert (CROSSING in refused(k8s("networking.k8s.io/v1:Ingress", ingress))) is is_refused


@pytest.mark.parametrize(("kind", "spec", "is_refused"), [
    ("mellanox.com/v1alpha1:MacvlanNetwork", {"master": "eth0"}, True),
    ("mellanox.com/v1alpha1:MacvlanNetwork", {}, True),
    ("mellanox.com/v1alpha1:MacvlanNetwork", {"master": "ens2f0"}, False),
    ("spiderpool.spidernet.io/v2beta1:SpiderMultusConfig", {"macvlan": {"master": ["eth0"]}}, True),
    ("spiderpool.spidernet.io/v2beta1:SpiderMultusConfig", {"macvlan": {"master": ["ens2f0"]}}, False),
    ("operator.openshift.io/v1:Network", {"additionalNetworks": [{"simpleMacvlanConfig": {"master": "eth0"}}]}, True),
    ("operator.openshift.io/v1:Network", {"additionalNetworks": [
        {"rawCNIConfig": '{"type": "host-device", "device": "eth1"}'}]}, True),
    ("operator.openshift.io/v1:Network", {"additionalNetworks": [{"rawCNIConfig": "x"}]}, False),
])  # fmt: skip
def test_networks_of_operators(kind: str, spec: dict[str, Plain], *, is_refused: bool) -> None:
    item = ObjectPart("", {"kind": kind.rpartition(":")[2], "spec": spec})
    assert any(outcome.verdict.name == "FAIL" for outcome in check_operated_network(item)) is is_refused


@pytest.mark.parametrize("group_and_kind", [
    ("extensions.istio.io", "wasmplugins"), ("networking.istio.io", "sidecars"), ("traefik.io", "middlewares"),
    ("configuration.konghq.com", "kongclusterplugins"), ("security.istio.io", "requestauthentications"),
    ("gateway.envoyproxy.io", "securitypolicies"), ("cilium.io", "ciliumenvoyconfigs"),
])  # fmt: skip
def test_rights_on_proxies_of_others(group_and_kind: tuple[str, str]) -> None:
    group, kind = group_and_kind
    rules = [{"apiGroups": [group], "resources": [kind], "verbs": [verb]} for verb in ("get", "patch")]
    assert [any(rule.startswith("FJ-IDN-") for rule in refused(cluster_role(rule))) for rule in rules] == [False, True]


HOSTILE = ("a" * 20_000, "a." * 10_000, "https://" + "a-" * 10_000 + ".svc", "x.a.svc." + "a." * 10_000, "*" * 20_000)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_take_no_time(text: str) -> None:
    spec = {"forwardAuth": {"address": text}, "auth_service": text, text: {"jwksUri": text}, "sessionTags": [
        {"key": text, "value": text}], "master": text}  # fmt: skip
    items = [
        crd("traefik.io/v1alpha1:Middleware", spec), crd("external-secrets.io/v1:SecretStore", spec),
        crd("policy.linkerd.io/v1alpha1:MeshTLSAuthentication", {"identities": [text, f"*.{text}"]}),
        crd("security.istio.io/v1:AuthorizationPolicy", {"rules": [{"from": [{"source": {"principals": [text]}}]}]}),
        crd("cert-manager.io/v1:Certificate", {"emailAddresses": [text], "otherNames": [{"utf8Value": text}]}),
        k8s("core/v1:Namespace", {"metadata": {"name": "a", "labels": {"argocd.argoproj.io/managed-by": text}}}),
    ]  # fmt: skip
    with within(5):
        for item in items:
            PACK.evaluate_resource(item)


@pytest.mark.parametrize(("preserved", "is_refused"), [(True, False), ("true", False), (False, True), (None, True)])
def test_a_definition_that_keeps_unknown_fields_stores_all(preserved: object, *, is_refused: bool) -> None:
    given = definition("kyverno.io", "Policy", with_spec({"type": "object"}), preserveUnknownFields=preserved)
    assert (CROSSING in refused(given)) is is_refused


@pytest.mark.parametrize(("own", "other", "is_refused"), [
    ("team-a", "team-b", True), ("team-a", "team-a", False), (None, "team-b", False), (UNKNOWN, "team-b", False),
    ("team-a", "kube-system", False),
])  # fmt: skip
def test_a_service_is_no_other_name_of_a_service_of_another_team(
    own: str | None, other: str, *, is_refused: bool
) -> None:
    metadata = {"name": "db", "labels": TAGS, **({"namespace": own} if own else {})}
    spec = {"type": "ExternalName", "externalName": f"db.{other}.svc.cluster.local"}
    reports = PACK.evaluate_plan(k8s("core/v1:Service", {"metadata": metadata, "spec": spec}))
    assert (CROSSING in {report.rule for report in reports}) is is_refused
