"""Fields of custom resources whose harmless values are all known: every other value is refused (FJ-ESC-115)."""

import re
from collections.abc import Mapping

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.unverifiable.kubernetes_groups import reviewed_kinds
from guardrails.unverifiable.switch_rows import EVERY_KIND, SwitchRow, SwitchTable, condition, read_object_values, table
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import crd
from .harness import UNKNOWN, Pack, blocking, rules
from .test_switches_objects import resource, violations

RULE = "FJ-ESC-115"
PACK = Pack()
ROWS = read_object_values()
FREE = [row for row in ROWS if not table().required(row.type)]
"""Rows of kinds that may lack every field."""
NEED_MORE = ("custom",)
"""Values that do no harm beside other properties only."""
LISTS = [row for row in FREE if not row.safe.startswith("~")]


def _refused(row: SwitchRow, value: object) -> bool:
    return RULE in blocking(PACK.evaluate_resource(resource(row, value)))


def test_every_harmless_value_passes_in_every_case() -> None:
    refused = [
        (row.type, row.path, value)
        for row in LISTS
        for value in row.safe.split("|")
        if value not in NEED_MORE
        if _refused(row, value) or _refused(row, value.upper())
    ]
    assert refused == []


@settings(max_examples=many(60), deadline=None)
@given(
    st.sampled_from(ROWS),
    st.sampled_from(("*", "?*", "none", "any", "off", "0", "{{ x }}")) | st.text("abxyz-", min_size=5),
)
def test_a_value_that_nobody_reviewed_is_refused(row: SwitchRow, value: str) -> None:
    is_pattern = row.safe.startswith("~")
    is_safe = re.fullmatch(row.safe[1:], value) if is_pattern else value.lower() in row.safe.lower().split("|")
    assert is_safe or _refused(row, value)


def test_an_unknown_value_is_reported_and_does_not_block() -> None:
    for row in FREE:
        reports = PACK.evaluate_resource(resource(row, UNKNOWN))
        assert (RULE in rules(reports), RULE in blocking(reports)) == (True, False), row


def test_the_message_says_which_values_do_no_harm() -> None:
    policy = crd("kyverno.io/v1:ClusterPolicy", {"failurePolicy": "ignore"})
    texts = [report.text for report in PACK.evaluate_resource(policy) if RULE in report.text]
    assert ["spec.failurePolicy must be Fail: otherwise objects pass" in text for text in texts] == [True]


def test_the_mend_is_no_removal_where_the_default_does_the_same() -> None:
    source = crd("keda.sh/v1alpha1:ScaledObject", {"triggers": [{"metadata": {"tls": "disable"}}]})
    texts = [report.text for report in PACK.evaluate_resource(source) if RULE in report.text]
    assert ["Set the property" in text and "remove it" not in text for text in texts] == [True]


def test_rows_are_of_reviewed_kinds_and_well_formed() -> None:
    keys = [(row.type, row.path) for row in ROWS]
    assert len(keys) == len(set(keys))
    kinds = [re.fullmatch(r"kubernetes:(.+)/v1:(.+)", row.type) for row in ROWS if row.type != EVERY_KIND]
    assert [kind[0] for kind in kinds if kind and not {kind[2], "*"} & reviewed_kinds().get(kind[1], frozenset())] == []
    assert all(row.why and condition(row.safe) and violations(row) for row in ROWS)


@pytest.mark.parametrize(("path", "safe"), [
    ("spec.storage.type", "a"), ("spec.storage.volumes.type", "b"), ("spec.type", "c"), ("spec.volumes.type", "c"),
    ("spec.deep.storage.volumes.type", "b"), ("storage.type", "a"),
])  # fmt: skip
def test_the_longest_end_of_a_path_decides(path: str, safe: str) -> None:
    ends = {"*.type": "c", "*.storage.type": "a", "*.storage.volumes.type": "b"}
    rows = [SwitchRow("kubernetes:a/v1:B", end, value, "x") for end, value in ends.items()]
    row = SwitchTable({"kubernetes": rows}, {}).find("kubernetes:a/v1:B", path)
    assert row is not None
    assert row.safe == safe


@pytest.mark.parametrize(("kind", "spec"), [
    ("ray.io/v1:RayCluster", {"headGroupSpec": {"serviceType": "NodePort"}}),
    ("ray.io/v1:RayService", {"rayClusterConfig": {"headGroupSpec": {"serviceType": "LoadBalancer"}}}),
    ("ray.io/v1:RayCluster", {"authOptions": {"mode": "disabled"}}),
    ("crd.projectcalico.org/v1:FelixConfiguration", {"workloadSourceSpoofing": "Any"}),
    ("projectcalico.org/v3:FelixConfiguration", {"floatingIPs": "Enabled"}),
    ("cilium.io/v2:CiliumNetworkPolicy", {"ingress": [{"authentication": {"mode": "disabled"}}]}),
    ("cilium.io/v2:CiliumNetworkPolicy", {"ingress": [{"toPorts": [{"rules": {"http": [{"headerMatches": [
        {"name": "x", "value": "a", "mismatch": "LOG"}]}]}}]}]}),
    ("postgresql.cnpg.io/v1:Cluster", {"postgresql": {"parameters": {"password_encryption": "md5"}}}),
    ("postgresql.cnpg.io/v1:Cluster", {"postgresql": {"parameters": {"ignore_invalid_pages": "on"}}}),
    ("postgresql.cnpg.io/v1:Database", {"ensure": "absent"}),
    ("kafka.strimzi.io/v1:Kafka", {"kafka": {"listeners": [{"authentication": {"type": "custom"}}]}}),
    ("kafka.strimzi.io/v1:Kafka", {"kafka": {"authorization": {"type": "custom"}}}),
    ("kafka.strimzi.io/v1:Kafka", {"kafka": {"authorization": {"type": "custom", "authorizerClass": "ae.bank.All"}}}),
    ("kafka.strimzi.io/v1:KafkaNodePool", {"storage": {"type": "jbod", "volumes": [{"type": "ephemeral"}]}}),
    ("k8s.nginx.org/v1:Policy", {"egressMTLS": {"protocols": "TLSv1 TLSv1.1 TLSv1.2"}}),
    ("k8s.nginx.org/v1:Policy", {"ingressMTLS": {"verifyClient": "optional"}}),
    ("traefik.io/v1alpha1:TLSOption", {"clientAuth": {"clientAuthType": "RequestClientCert"}}),
    ("traefik.io/v1alpha1:TLSOption", {"maxVersion": "VersionTLS11"}),
    ("networking.istio.io/v1:DestinationRule", {"trafficPolicy": {"loadBalancer": {"simple": "PASSTHROUGH"}}}),
    ("networking.istio.io/v1:Sidecar", {"outboundTrafficPolicy": {"mode": "ALLOW_ANY"}}),
    ("networking.istio.io/v1:Gateway", {"servers": [{"tls": {"maxProtocolVersion": "TLSV1_0"}}]}),
    ("security.istio.io/v1:AuthorizationPolicy", {"action": "AUDIT"}),
    ("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", {"path": {"escapedSlashesAction": "KeepUnchanged"}}),
    ("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {"luaValidation": "Disabled"}),
    ("gateway.k8s.aws/v1beta1:LoadBalancerConfiguration", {"listenerConfigurations": [
        {"mutualAuthentication": {"mode": "passthrough"}}]}),
    ("kyverno.io/v1:ClusterPolicy", {"rules": [{"validate": {"podSecurity": {"level": "privileged"}}}]}),
    ("kyverno.io/v1:ClusterPolicy", {"applyRules": "One"}),
    ("policies.kyverno.io/v1:ValidatingPolicy", {"evaluation": {"mode": "JSON"}}),
    ("policy.linkerd.io/v1beta3:Server", {"accessPolicy": "audit"}),
    ("monitoring.coreos.com/v1:Alertmanager", {"alertmanagerConfigMatcherStrategy": {"type": "None"}}),
    ("loki.grafana.com/v1:LokiStack", {"tenants": {"mode": "passthrough"}}),
    ("external-secrets.io/v1:SecretStore", {"provider": {"azurekv": {"environmentType": "ChinaCloud"}}}),
    ("keda.sh/v1alpha1:ScaledObject", {"triggers": [{"metadata": {"tls": "disable"}}]}),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_values_that_no_row_named_as_bad_are_refused(kind: str, spec: Mapping[str, object]) -> None:
    assert RULE in blocking(PACK.evaluate_resource(crd(kind, spec)))


OAUTH = "io.strimzi.kafka.oauth.server"
VALIDATOR = f"{OAUTH}.JaasServerOauthValidatorCallbackHandler"
BEARER, HANDLER = {"sasl.enabled.mechanisms": "OAUTHBEARER"}, "sasl.server.callback.handler.class"
CHECK, JAAS = f"oauthbearer.{HANDLER}", "oauthbearer.sasl.jaas.config"


@pytest.mark.parametrize(("sasl", "config", "is_refused"), [
    (True, {**BEARER, CHECK: VALIDATOR}, False), (True, BEARER, True), (True, {**BEARER, CHECK: "ae.bank.All"}, True),
    (True, {**BEARER, f"plain.{HANDLER}": VALIDATOR}, True), (True, {}, True), (True, UNKNOWN, False),
    (True, {**BEARER, CHECK: VALIDATOR, JAAS: 'X required oauth.check.issuer="false";'}, True),
    (True, {**BEARER, CHECK: VALIDATOR, JAAS: 'X required oauth.check.issuer="true";'}, False),
    (True, {"sasl.enabled.mechanisms": "OAUTHBEARER, PLAIN", CHECK: VALIDATOR}, True),
    (True, {"sasl.enabled.mechanisms": "OAUTHBEARER,PLAIN", CHECK: VALIDATOR,
            f"plain.{HANDLER}": f"{OAUTH}.plain.JaasServerOauthOverPlainValidatorCallbackHandler"}, False),
    (True, {"sasl.enabled.mechanisms": "SCRAM-SHA-512"}, False), (False, {}, True),
    (True, {"sasl.enabled.mechanisms": "GSSAPI,SCRAM-SHA-256"}, False),
    (False, {"ssl.client.auth": "required"}, False), (False, {"ssl.client.auth": "requested"}, True),
])  # fmt: skip
def test_custom_listeners_of_kafka_say_who_checks_callers(sasl: object, config: object, *, is_refused: bool) -> None:
    sign_in = {"type": "custom", "sasl": sasl, "listenerConfig": config}
    kafka = crd("kafka.strimzi.io/v1:Kafka", {"kafka": {
        "authorization": {"type": "simple"}, "listeners": [{"tls": True, "authentication": sign_in}]}})  # fmt: skip
    assert (RULE in blocking(PACK.evaluate_resource(kafka))) is is_refused


def test_settings_allow_a_custom_listener_of_kafka() -> None:
    path = "kubernetes:kafka.strimzi.io/v1:Kafka:spec.kafka.listeners.authentication.listenerConfig"
    pack = Pack(
        Enforcement.model_validate(
            {"default": {"all": "mandatory"}, "escape": {"allowed_switches": {path: "a plug-in of ours"}}}
        )
    )
    kafka = crd("kafka.strimzi.io/v1:Kafka", {"kafka": {
        "authorization": {"type": "simple"}, "listeners": [{"authentication": {"type": "custom"}}]}})  # fmt: skip
    assert RULE not in blocking(pack.evaluate_resource(kafka))


@pytest.mark.parametrize(("kind", "spec"), [
    ("kyverno.io/v1:ClusterPolicy", {"background": True, "rules": [{"validate": {"pattern": {
        "spec": {"=(hostNetwork)": False, "containers": [{"securityContext": {"privileged": False}}]}}}}]}),
    ("kyverno.io/v1:ClusterPolicy", {"rules": [{"generate": {"synchronize": True, "data": {"spec": {"x": True}}}}]}),
    ("kyverno.io/v1:Policy", {"rules": [{"preconditions": {"all": [{"key": "{{ a }}", "value": True}]}}]}),
    ("argoproj.io/v1alpha1:Application", {"syncPolicy": {"automated": {"prune": True, "selfHeal": True}}, "source": {
        "helm": {"skipCrds": True, "valuesObject": {"ingress": {"enabled": False}}}}}),
    ("argoproj.io/v1alpha1:Workflow", {"archiveLogs": True, "templates": [{"daemon": False, "script": {"tty": False},
                                       "container": {"securityContext": {"privileged": False}}}]}),
    ("monitoring.coreos.com/v1:Prometheus", {"enableAdminAPI": False, "walCompression": True, "containers": [
        {"securityContext": {"readOnlyRootFilesystem": True}}], "volumes": [{"csi": {"readOnly": True}}]}),
    ("postgresql.cnpg.io/v1:Cluster", {"enableSuperuserAccess": False, "monitoring": {"enablePodMonitor": True},
                                       "affinity": {"enablePodAntiAffinity": True}}),
    ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {
        "authorization": {"type": "simple"}, "config": {"auto.create.topics.enable": False}, "listeners": [
            {"tls": True, "authentication": {"type": "tls"}}],
        "storage": {"type": "persistent-claim", "deleteClaim": False}}}),
    ("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"automountServiceAccountToken": False, "model": {
        "securityContext": {"allowPrivilegeEscalation": False}}}}),
    ("extensions.istio.io/v1alpha1:WasmPlugin", {"pluginConfig": {"strict": {"on": True}}}),
    ("projectcalico.org/v3:FelixConfiguration", {"wireguardEnabled": True, "bpfEnabled": True}),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_ordinary_booleans_of_operators_pass_and_new_ones_do_not(kind: str, spec: Mapping[str, object]) -> None:
    assert RULE not in blocking(PACK.evaluate_resource(crd(kind, spec)))
    assert RULE in blocking(PACK.evaluate_resource(crd(kind, {**spec, "unheardOf": {"letIn": True}})))


@pytest.mark.parametrize(("kind", "spec"), [
    ("kyverno.io/v1:ClusterPolicy", {"rules": [{"verifyImages": [{"required": False}]}]}),
    ("argoproj.io/v1alpha1:Workflow", {"templates": [{"inputs": {"artifacts": [
        {"git": {"repo": "ssh://git.example.ae/a", "insecureIgnoreHostKey": True}}]}}]}),
    ("postgresql.cnpg.io/v1:Cluster", {"postgresql": {"enableAlterSystem": True}}),
    ("gateway.envoyproxy.io/v1alpha1:EnvoyExtensionPolicy", {"extProc": [{"failOpen": True}]}),
    ("crd.projectcalico.org/v1:FelixConfiguration", {"allowVXLANPacketsFromWorkloads": True}),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_booleans_of_operators_in_a_position_that_opens_are_refused(kind: str, spec: Mapping[str, object]) -> None:
    assert RULE in blocking(PACK.evaluate_resource(crd(kind, spec)))
