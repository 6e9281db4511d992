"""Encryption in transit that needs a predicate: listeners, database parameters, gateways and ingresses."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, rules

PACK = Pack()
LISTENER = "aws:lb/listener:Listener"
STRONG = "ELBSecurityPolicy-TLS13-1-2-2021-06"
HTTPS_REDIRECT = {"type": "redirect", "redirect": {"protocol": "HTTPS", "statusCode": "HTTP_301"}}
FORWARD = {"type": "forward", "targetGroupArn": UNKNOWN}


def _report(token: str, props: Mapping[str, object]) -> tuple[set[str], set[str]]:
    tagged = {"tags": TAGS, **props} if token.startswith("aws:") or "Gateway" in token else props
    reports = PACK.evaluate_resource(Given(token, tagged))
    return rules(reports), blocking(reports)


@pytest.mark.parametrize(
    "token", [LISTENER, "aws:alb/listener:Listener", "aws:elasticloadbalancingv2/listener:Listener"]
)
@pytest.mark.parametrize(
    ("props", "stopped"),
    [
        ({"protocol": "HTTPS", "sslPolicy": STRONG, "defaultActions": [FORWARD]}, False),
        ({"protocol": "TLS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06"}, False),
        ({"protocol": "TCP", "defaultActions": [FORWARD]}, False),
        ({"protocol": "HTTP", "defaultActions": [HTTPS_REDIRECT]}, False),
        ({"protocol": "HTTP", "defaultActions": HTTPS_REDIRECT}, False),
        ({"protocol": "HTTP", "defaultActions": [{"type": "fixed-response"}]}, False),
        ({"defaultActions": [FORWARD]}, False),
        ({"protocol": "HTTP", "defaultActions": [FORWARD]}, True),
        ({"protocol": "http", "defaultActions": [FORWARD]}, True),
        ({"protocol": "HTTP"}, True),
        ({"protocol": "HTTP", "defaultActions": [HTTPS_REDIRECT, FORWARD]}, True),
        ({"protocol": "HTTP", "defaultActions": [{"type": "redirect", "redirect": {"port": "443"}}]}, True),
        ({"protocol": "HTTPS", "defaultActions": [FORWARD]}, True),
        ({"protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-2016-08"}, True),
        ({"protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-0-2021-06"}, True),
        ({"protocol": "TLS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-1-2021-06"}, True),
    ],
)  # fmt: skip
def test_a_load_balancer_serves_https_or_redirects_to_it(token: str, props: dict[str, object], stopped: bool) -> None:
    expected = {"FJ-ENC-403"} if stopped else set()
    assert _report(token, props) == (expected, expected)


@pytest.mark.parametrize(
    "props",
    [
        {"protocol": UNKNOWN},
        {"protocol": "HTTPS", "sslPolicy": UNKNOWN},
        {"protocol": "HTTP", "defaultActions": [UNKNOWN_OBJECT]},
    ],
)
def test_an_unknown_listener_is_reported_but_not_blocked(props: dict[str, object]) -> None:
    assert _report(LISTENER, props) == ({"FJ-ENC-403"}, set())


@pytest.mark.parametrize(
    ("protocol", "reports"),
    [("HTTPS", set()), ("TCP", set()), (None, set()), ("HTTP", {"FJ-ENC-405"}), ("http", {"FJ-ENC-405"})],
)
def test_a_load_balancer_connects_to_its_targets_over_tls(protocol: str | None, reports: set[str]) -> None:
    assert _report("aws:lb/targetGroup:TargetGroup", {"protocol": protocol}) == (reports, reports)


def _group(kind: str, family: object, *parameters: object) -> tuple[set[str], set[str]]:
    """Returns what FJ-ENC-404 reports and refuses; FJ-IDN-313 also speaks of some parameters."""
    reported, refused = _report(f"aws:{kind}", {"family": family, "parameters": list(parameters)})
    return reported & {"FJ-ENC-404"}, refused & {"FJ-ENC-404"}


RDS = "rds/parameterGroup:ParameterGroup"
AURORA = "rds/clusterParameterGroup:ClusterParameterGroup"
FAILS = ({"FJ-ENC-404"}, {"FJ-ENC-404"})
PASSES: tuple[set[str], set[str]] = (set(), set())


@pytest.mark.parametrize(
    ("kind", "family", "parameters", "expected"),
    [
        (RDS, "postgres14", [{"name": "rds.force_ssl", "value": "1"}], PASSES),
        (RDS, "postgres14", [{"name": "rds.force_ssl", "value": 1}], PASSES),
        (RDS, "postgres16", [], PASSES),
        (RDS, "mysql9.7", [{"name": "max_connections", "value": "9"}], PASSES),
        (RDS, "mysql8.4", [{"name": "require_secure_transport", "value": "1"}], PASSES),
        (RDS, "mysql8.4", [{"name": "max_connections", "value": "9"}], FAILS),
        (RDS, "mariadb11.8", [], PASSES),
        (RDS, "mariadb11.4", [], FAILS),
        (RDS, "mysql8.0", [{"name": "require_secure_transport", "value": "ON"}], PASSES),
        (RDS, "oracle-ee-19", [], PASSES),
        (RDS, "aurora-postgresql15", [], PASSES),
        (AURORA, "aurora-postgresql17", [], PASSES),
        (AURORA, "aurora-mysql8.0", [{"name": "require_secure_transport", "value": "ON"}], PASSES),
        ("docdb/clusterParameterGroup:ClusterParameterGroup", "docdb5.0", [], PASSES),
        ("redshift/parameterGroup:ParameterGroup", "redshift-1.0", [{"name": "require_ssl", "value": "true"}], PASSES),
        (RDS, "postgres14", [], FAILS),
        (RDS, "postgres16", [{"name": "rds.force_ssl", "value": "0"}], FAILS),
        (RDS, "sqlserver-se-15.0", [], FAILS),
        (RDS, "mysql8.0", [{"name": "require_secure_transport", "value": "0"}], FAILS),
        (RDS, "mariadb10.11", [], FAILS),
        (AURORA, "aurora-postgresql15", [], FAILS),
        (AURORA, "aurora-mysql8.0", [], FAILS),
        ("docdb/clusterParameterGroup:ClusterParameterGroup", "docdb5.0",
         [{"name": "tls", "value": "disabled"}], FAILS),
        ("neptune/clusterParameterGroup:ClusterParameterGroup", "neptune1.3",
         [{"name": "neptune_enforce_ssl", "value": "0"}], FAILS),
        ("redshift/parameterGroup:ParameterGroup", "redshift-1.0", [], FAILS),
        (RDS, UNKNOWN, [], ({"FJ-ENC-404"}, set())),
        (RDS, "postgres14", [{"name": "rds.force_ssl", "value": UNKNOWN}], ({"FJ-ENC-404"}, set())),
        (RDS, "postgres14", [UNKNOWN_OBJECT], ({"FJ-ENC-404"}, set())),
    ],
)  # fmt: skip
def test_database_parameters_force_tls(
    kind: str, family: object, parameters: list[object], expected: tuple[set[str], set[str]]
) -> None:
    assert _group(kind, family, *parameters) == expected


STRONG_SUITES = ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]
WEAK_SUITE = "TLS_RSA_WITH_3DES_EDE_CBC_SHA"  # one of those that Checkov's CKV_AZURE_218 refuses (2026-08)


def _gateway(**changes: Any) -> dict[str, object]:
    rule = {"httpListener": {"id": "/x/httpListeners/plain"}, "redirectConfiguration": {"id": "/x/r"}}
    props: dict[str, object] = {
        "location": "uaenorth",
        "httpListeners": [{"name": "plain", "protocol": "Http"}, {"name": "tls", "protocol": "Https"}],
        "requestRoutingRules": [rule],
        "backendHttpSettingsCollection": [{"protocol": "Https"}],
    }
    return props | changes


@pytest.mark.parametrize(
    ("props", "stopped"),
    [
        (_gateway(), False),
        (_gateway(sslPolicy={"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101S"}), False),
        (_gateway(sslPolicy={"policyType": "Custom", "minProtocolVersion": "TLSv1_2"}), False),
        (
            _gateway(sslPolicy={"policyType": "Custom", "cipherSuites": STRONG_SUITES}),
            False,
        ),
        (_gateway(sslProfiles=[{"name": "partners"}, {"sslPolicy": {"policyName": "AppGwSslPolicy20220101S"}}]), False),
        (_gateway(sslPolicy={"policyType": "Custom", "cipherSuites": [*STRONG_SUITES, WEAK_SUITE]}), True),
        (_gateway(sslProfiles=[{"sslPolicy": {"policyName": "AppGwSslPolicy20150501"}}]), True),
        (_gateway(sslProfiles=[{"sslPolicy": {"policyType": "Custom", "minProtocolVersion": "TLSv1_0"}}]), True),
        (_gateway(sslProfiles=[{"sslPolicy": {"cipherSuites": [WEAK_SUITE]}}]), True),
        (_gateway(requestRoutingRules=[]), True),
        (_gateway(requestRoutingRules=[{"httpListener": {"id": "/x/httpListeners/plain"}}]), True),
        (_gateway(backendHttpSettingsCollection=[{"protocol": "Https"}, {"protocol": "Http"}]), True),
        (_gateway(sslPolicy={"policyName": "AppGwSslPolicy20150501"}), True),
        (_gateway(sslPolicy={"policyType": "Custom", "minProtocolVersion": "TLSv1_1"}), True),
    ],
)
def test_an_application_gateway_serves_https(props: dict[str, object], stopped: bool) -> None:
    expected = {"FJ-ENC-412"} if stopped else set()
    assert _report("azure-native:network:ApplicationGateway", props) == (expected, expected)


def test_a_listener_of_an_unknown_protocol_is_named() -> None:
    given = Given("azure-native:network:ApplicationGateway", _gateway(httpListeners=[{"protocol": UNKNOWN}]))
    pack = Pack(language="python")
    (text,) = [report.text for report in pack.evaluate_resource(given) if report.rule == "FJ-ENC-412"]
    assert "(Python: http_listeners[0].protocol) is not known before deployment; it must be Https" in text


PROTOCOL = "Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10"


@pytest.mark.parametrize(
    ("custom", "stopped"),
    [({PROTOCOL: "False"}, False), ({}, False), ({PROTOCOL: "True"}, True), ({PROTOCOL: True}, True)],
)
def test_api_management_disables_old_protocols(custom: dict[str, object], stopped: bool) -> None:
    props = {"tags": TAGS, "location": "uaenorth", "customProperties": custom}
    reports = PACK.evaluate_resource(Given("azure-native:apimanagement:ApiManagementService", props))
    assert "FJ-ENC-413" in blocking(reports) if stopped else "FJ-ENC-413" not in rules(reports)


@pytest.mark.parametrize(
    ("kind", "name", "value", "expected"),
    [
        ("dbforpostgresql", "require_secure_transport", "on", PASSES),
        ("dbforpostgresql", "ssl_min_protocol_version", "TLSv1.2", PASSES),
        ("dbformysql", "tls_version", "TLSv1.2, TLSv1.3", PASSES),
        ("dbformysql", "max_connections", "off", PASSES),
        ("dbforpostgresql", "require_secure_transport", "off", ({"FJ-ENC-414"}, {"FJ-ENC-414"})),
        ("dbforpostgresql", "ssl_min_protocol_version", "TLSv1", ({"FJ-ENC-414"}, {"FJ-ENC-414"})),
        ("dbformysql", "require_secure_transport", "OFF", ({"FJ-ENC-414"}, {"FJ-ENC-414"})),
        ("dbformysql", "tls_version", "TLSv1.1,TLSv1.2", ({"FJ-ENC-414"}, {"FJ-ENC-414"})),
        ("dbformysql", "require_secure_transport", UNKNOWN, ({"FJ-ENC-414"}, set())),
    ],
)
def test_azure_database_servers_require_tls(
    kind: str, name: str, value: str, expected: tuple[set[str], set[str]]
) -> None:
    props = {"configurationName": name, "value": value}
    assert _report(f"azure-native:{kind}:Configuration", props) == expected


def test_an_ingress_terminates_tls_and_serves_no_plaintext() -> None:
    certificate = {"alb.ingress.kubernetes.io/certificate-arn": UNKNOWN}
    plain = {"kubernetes.io/ingress.allow-http": "true"}
    unknown = {"metadata": {"annotations": UNKNOWN_OBJECT}, "spec": {}}
    cases: list[tuple[dict[str, object], set[str]]] = [
        ({"spec": {"tls": [{"hosts": ["a.ae"], "secretName": "a"}]}}, set()),
        ({"metadata": {"annotations": certificate}, "spec": {}}, set()),
        ({"metadata": {"annotations": plain}, "spec": {"tls": [{"secretName": "a"}]}}, {"FJ-ENC-421"}),
        ({"spec": {"rules": []}}, {"FJ-ENC-421"}),
        ({"spec": {"tls": []}}, {"FJ-ENC-421"}),
        ({}, {"FJ-ENC-421"}),
    ]
    for token in ("networking.k8s.io/v1:Ingress", "networking.k8s.io/v1beta1:Ingress", "extensions/v1beta1:Ingress"):
        for props, expected in cases:
            assert _encryption_rules(token, props) == (expected, expected)
        assert _encryption_rules(token, unknown) == ({"FJ-ENC-421"}, set())
    assert _encryption_rules("networking.k8s.io/v1:IngressPatch", {"spec": {}}) == (set(), set())
    assert _encryption_rules("networking.k8s.io/v1:IngressClass", {"spec": {}}) == (set(), set())


def _encryption_rules(token: str, props: dict[str, object]) -> tuple[set[str], set[str]]:
    reports = [
        item for item in PACK.evaluate_resource(Given(f"kubernetes:{token}", props)) if item.rule.startswith("FJ-ENC")
    ]
    return rules(reports), blocking(reports)


def test_a_data_quality_job_without_a_network_section_sends_plaintext_between_its_machines() -> None:
    """After Checkov's CKV_AWS_369 (2026-08)."""
    token = "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition"
    for network, stopped in (
        ({}, True),
        ({"networkConfig": {"enableInterContainerTrafficEncryption": False}}, True),
        ({"networkConfig": {"enableInterContainerTrafficEncryption": True}}, False),
    ):
        assert ("FJ-ENC-402" in blocking(PACK.evaluate_resource(Given(token, network)))) is stopped


@pytest.mark.parametrize(
    ("properties", "stopped"),
    [({}, False), ({"KAFKA_SSL_ENABLED": "true"}, False), ({"KAFKA_SSL_ENABLED": "false"}, True)],
)
def test_glue_connects_to_kafka_by_tls_unless_told_otherwise(properties: dict[str, object], stopped: bool) -> None:
    props = {"connectionType": "KAFKA", "connectionProperties": properties}
    assert ("FJ-ENC-402" in _report("aws:glue/connection:Connection", props)[1]) is stopped


@pytest.mark.parametrize(("policy", "is_refused"), [
    ("2024-01", False), ("FIPS-2025-03", False), ("Restricted-2024-06", False), ("SshAuditCompliant-2025-02", False),
    ("AS2Restricted-2025-07", False), ("2018-11", True), ("Restricted-2018-11", True), ("Restricted-2020-06", True),
    ("PQ-SSH-Experimental-2023-04", True), ("FIPS-2023-05", True), ("FIPS-2024-01", True), ("FIPS-2024-05", False),
])  # fmt: skip
def test_file_transfers_use_a_current_security_policy(policy: str, is_refused: bool) -> None:
    props = {"endpointType": "VPC", "protocols": ["SFTP"], "securityPolicyName": f"TransferSecurityPolicy-{policy}"}
    assert ("FJ-ENC-401" in _report("aws:transfer/server:Server", props)[1]) is is_refused
