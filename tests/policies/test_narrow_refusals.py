"""Good programs that a wide rule would refuse, beside the neighbours that it must refuse."""

import json

import pytest
from guardrails.engine.reading import Plain

from .blind import Props, aws, az, crd, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
BALANCER = "orders-1.me-central-1.elb.amazonaws.com"
RECORD = aws("route53/Record", {"name": "api.example.ae", "type": "CNAME", "records": [BALANCER]})


def _refused(*plan: Given) -> set[str]:
    return blocking(PACK.evaluate_plan(*plan))


@pytest.mark.parametrize(("name", "is_refused"), [(BALANCER, False), ("other-1.me-central-1.elb.amazonaws.com", True)])
def test_the_name_of_a_load_balancer_of_the_stack_is_its_own(name: str, *, is_refused: bool) -> None:
    balancer = aws("lb/LoadBalancer", {"internal": True, "dnsName": name}, "balancer")
    assert bool({"FJ-RES-002", "FJ-RES-003"} & _refused(balancer, RECORD)) is is_refused
    assert {"FJ-RES-002", "FJ-RES-003"} & _refused(RECORD)


@pytest.mark.parametrize("host", [
    "dualstack.evil-1.me-central-1.elb.amazonaws.com", "a.b.c.d.uaenorth.azurecontainerapps.io",
    "me-central-1a.evil-0123456789abcdef.elb.me-central-1.amazonaws.com", "evil.scm.uaenorth-01.azurewebsites.net",
])  # fmt: skip
def test_other_names_of_what_anybody_may_serve(host: str) -> None:
    record = aws("route53/Record", {"name": "api.example.ae", "type": "CNAME", "records": [host]})
    assert {"FJ-RES-002", "FJ-RES-003"} & _refused(record)


@pytest.mark.parametrize(("namespace", "spec", "is_refused"), [
    ("team-a", {"hosts": ["chat.team-a.svc.cluster.local"]}, False),
    (UNKNOWN, {"hosts": ["chat.team-a.svc.cluster.local"]}, False), (UNKNOWN, {"hosts": ["*.local"]}, True),
    ("team-a", {"hosts": ["*.svc.cluster.local"]}, True), ("team-a", {"hosts": ["*.local"]}, True),
    ("team-a", {"hosts": ["p.payments.svc.cluster.local"], "exportTo": ["payments"]}, True),
    ("team-a", {"hosts": ["p.payments.svc.cluster.local"], "exportTo": []}, True),
    ("team-a", {"hosts": ["p.payments.svc.cluster.local"], "exportTo": ["."]}, False),
])  # fmt: skip
def test_routes_for_services_of_other_namespaces(namespace: Plain, spec: Props, *, is_refused: bool) -> None:
    route = k8s("networking.istio.io/v1:VirtualService", {"metadata": meta() | {"namespace": namespace}, "spec": spec})
    assert ("FJ-IDN-314" in _refused(route)) is is_refused


LEAVES_OUT = {"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["b"]}]}
EVERYWHERE = {"matchExpressions": [{"key": "k8s:io.kubernetes.pod.namespace", "operator": "Exists"}]}


@pytest.mark.parametrize(("kind", "peer", "is_refused"), [
    ("CiliumNetworkPolicy", {"matchLabels": {}}, False), ("CiliumNetworkPolicy", LEAVES_OUT, False),
    ("CiliumNetworkPolicy", EVERYWHERE, True), ("CiliumClusterwideNetworkPolicy", LEAVES_OUT, True),
    ("CiliumNetworkPolicy", {"matchLabels": UNKNOWN}, False),
])  # fmt: skip
def test_peers_of_cilium_are_of_the_namespace(kind: str, peer: Props, *, is_refused: bool) -> None:
    policy = crd(f"cilium.io/v2:{kind}", {"endpointSelector": {}, "ingress": [{"fromEndpoints": [peer]}]})
    assert ("FJ-EXP-324" in _refused(policy)) is is_refused


@pytest.mark.parametrize(("machine", "is_refused"), [("ml.g5.xlarge", False), ("ml.m5.xlarge", True)])
def test_a_step_on_a_machine_with_local_disks_takes_no_key(machine: str, *, is_refused: bool) -> None:
    resources = {"InstanceType": machine, "InstanceCount": 1, "VolumeSizeInGB": 30}
    definition = json.dumps({"Steps": [{"Arguments": {"ResourceConfig": resources}}]})
    pipeline = aws("sagemaker/Pipeline", {"pipelineDefinition": definition})
    assert ("FJ-ENC-108" in _refused(pipeline)) is is_refused


@pytest.mark.parametrize(("script", "is_refused"), [
    ("curl -s https://kubernetes.default.svc/api/v1/secrets/y | jq -r .data.t | base64 -d > /tmp/t", False),
    ("curl -d @x https://kubernetes.default.svc/api/v1/namespaces", True),
    ("curl https://kubernetes.default.svc/api/v1/pods -X POST -d '{}'", True),
])  # fmt: skip
def test_what_decodes_an_answer_changes_nothing(script: str, *, is_refused: bool) -> None:
    command = {"image": "registry.example.ae/tools@sha256:" + "a" * 64, "name": "x", "command": ["sh", "-c", script]}
    job = k8s("batch/v1:Job", {"metadata": meta(), "spec": {"template": {"spec": {"containers": [command]}}}})
    assert ("FJ-ESC-109" in _refused(job)) is is_refused


@pytest.mark.parametrize(("address", "is_refused"), [("198.51.100.0/24", False), ("0.0.0.0/0", True)])
def test_a_filter_of_a_network_is_narrow(address: str, *, is_refused: bool) -> None:
    criterion = {"field": "service.action.networkConnectionAction.remoteIpDetails.ipAddressV4", "equals": [address]}
    hides = {"action": "ARCHIVE", "rank": 1, "findingCriteria": {"criterions": [criterion]}}
    assert ("FJ-EXP-127" in _refused(aws("guardduty/Filter", hides))) is is_refused


CLOSE = {"actionConfiguration": {"status": "Closed"}}
BY_HOST = {"conditionType": "Property", "conditionProperties": {
    "propertyName": "HostName", "operator": "Equals", "propertyValues": ["scanner-01"]}}  # fmt: skip
BY_SEVERITY = {"conditionType": "Property", "conditionProperties": {
    "propertyName": "IncidentSeverity", "operator": "Equals", "propertyValues": ["Low"]}}  # fmt: skip


@pytest.mark.parametrize(("operator", "others", "is_refused"), [
    ("And", [BY_SEVERITY], False), ("Or", [BY_HOST], False), ("Or", [BY_SEVERITY], True)])  # fmt: skip
def test_conditions_in_a_condition(operator: str, others: list[Props], *, is_refused: bool) -> None:
    inner = {"operator": operator, "innerConditions": [BY_HOST, *others]}
    logic = {"conditions": [{"conditionType": "Boolean", "conditionProperties": inner}]}
    rule = az("securityinsights:AutomationRule", {"actions": [CLOSE], "triggeringLogic": logic})
    assert ("FJ-EXP-127" in _refused(rule)) is is_refused


@pytest.mark.parametrize(("expression", "is_refused"), [
    ("request.namespace != 'pci'", False), ("!has(oldObject.metadata.labels)", False), ("object.spec.x", True),
])  # fmt: skip
def test_expressions_of_a_request_that_stores_nothing(expression: str, *, is_refused: bool) -> None:
    rule = {"name": "x", "match": {"any": [{"resources": {"kinds": ["Pod"], "operations": ["DELETE"]}}]},
            "validate": {"failureAction": "Enforce", "cel": {"expressions": [{"expression": expression}]}}}  # fmt: skip
    policy = crd("kyverno.io/v1:ClusterPolicy", {"rules": [rule]})
    assert ("FJ-ESC-119" in _refused(policy)) is is_refused


@pytest.mark.parametrize(("text", "is_refused"), [
    ("Please apprise the user of the risks", False), ("apprise -b done slack://token", True)])  # fmt: skip
def test_a_word_of_english_is_no_messenger(text: str, *, is_refused: bool) -> None:
    settings = k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"prompt": text}})
    assert ("FJ-RES-114" in _refused(settings)) is is_refused


def test_another_cloud_of_a_store_of_traces() -> None:
    spec = {"storage": {"traces": {"backend": "gcs"}}}
    assert any(rule.startswith("FJ-RES") for rule in _refused(crd("tempo.grafana.com/v1alpha1:TempoMonolithic", spec)))
