"""Families of the fifteenth set on clusters: names of other teams, tokens that programs show, and operators' kinds."""

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.identity.team_names import is_another_team, is_of_others

from .blind import IMAGE, ME, cluster_role, crd, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
ROLES = f"arn:aws:iam::{ME}:role"


def _refused(given: Given) -> set[str]:
    return set(blocking(PACK.evaluate_plan(given)))


KNOWN = ("payments", "team-b", "orders", "monitoring", "kafka", "web", "team-database", "default")
"""Namespaces of which the plan knows."""


@pytest.mark.parametrize(("name", "own", "expected"), [
    ("payments-ledger", "team-a", True),
    ("payments-irsa", "shop", True),
    ("eks/payments/secrets-reader", "shop", True),
    ("payments-ledger", "payments", False),
    ("payments-ledger", "payments-dev", False),
    ("payments-pull", "pay", False),
    ("ledger", "team-a", False),
    ("human-resources", "hr", False),
    ("cloudwatch-metrics-reader", "orders", False),
    ("kafka-reader", "shop", False),
    ("web-database-monitoring", "shop", False),
    ("team-a-reader", "team-a", False),
    ("a-reader", "team-a", False),
    ("team-b-ledger", "team-a", True),
    ("team-c-ledger", "team-a", True),
    ("tenant-reader", "shop", False),
    ("team-platform-reader", "shop", False),
    ("payments-orders-exchange", "orders", False),
    ("snap-0123456789abcdef0", "team-a", False),
    ("restored-20261128", "team-a", False),
    ("6f1c0a52-dead-beef-cafe-0123456789ab", "team-a", False),
    ("", "team-a", False),
])  # fmt: skip
def test_a_name_is_of_others_if_it_is_that_of_another_namespace(name: str, own: str, expected: bool) -> None:
    assert is_of_others(name, own, KNOWN) is expected


@pytest.mark.parametrize(("group", "kind"), [
    ("opentelemetry.io", "instrumentations"), ("monitoring.coreos.com", "scrapeconfigs"),
    ("kafka.strimzi.io", "kafkausers"), ("operator.victoriametrics.com", "vmagents"), ("k6.io", "testruns"),
    ("testworkflows.testkube.io", "testworkflows"), ("volsync.backube", "replicationsources"),
    ("postgresql.cnpg.io", "clusters"), ("rabbitmq.com", "permissions"), ("longhorn.io", "backups"),
    ("cilium.io", "tracingpolicies"), ("config.projectsveltos.io", "clusterprofiles"), ("metal3.io", "baremetalhosts"),
])  # fmt: skip
def test_kinds_by_which_operators_act_are_written_by_no_role_of_every_namespace(group: str, kind: str) -> None:
    for verbs, is_refused in ((["patch"], True), (["get", "list"], False)):
        rule = {"apiGroups": [group], "resources": [kind], "verbs": verbs}
        assert ("FJ-IDN-305" in _refused(cluster_role(rule))) is is_refused


@pytest.mark.parametrize("role", [None, 7, "", UNKNOWN, "payments", f"{ROLES}/team-a-pull", f"{ROLES}/x"])
def test_roles_of_the_team_and_odd_values_pass(role: object) -> None:
    kind = "generators.external-secrets.io/v1alpha1:ECRAuthorizationToken"
    assert "FJ-IDN-314" not in _refused(crd(kind, {"region": "me-central-1", "role": role}))


@pytest.mark.parametrize("annotations", [
    {"fluentbit.io/exclude": "false"}, {"fluentbit.io/exclude-linkerd-proxy": "true"}, {"fluentbit.io/parser": "true"},
    {"ad.datadoghq.com/metrics_exclude": "true"}, {"co.elastic.logs/enabled": "true"},
    {"vector.dev/exclude-containers": "envoy"}, {"splunk.com/exclude": "false"},
])  # fmt: skip
def test_annotations_that_leave_no_program_out_pass(annotations: dict[str, str]) -> None:
    pod = {"metadata": meta(annotations=annotations), "spec": {"containers": [{"name": "app", "image": IMAGE}]}}
    assert "FJ-IDN-313" not in _refused(k8s("core/v1:Pod", pod))


def test_a_collector_leaves_out_its_own_records() -> None:
    pod = {
        "metadata": meta("agent", "tools", annotations={"fluentbit.io/exclude": "true"}),
        "spec": {
            "containers": [{"name": "agent", "image": f"registry.dc1.example.ae/fluent/fluentd@sha256:{'a' * 64}"}]
        },
    }
    assert "FJ-IDN-313" not in _refused(k8s("core/v1:Pod", pod))


@pytest.mark.parametrize("value", [None, 7, UNKNOWN, [], {}, ""])
def test_odd_values_of_jobs_stop_nothing(value: object) -> None:
    jobs = [{"authorization": {"credentials_file": value}, "static_configs": [{"targets": value}]}, value]
    for kind in ("TargetAllocator", "OpenTelemetryCollector"):
        report = PACK.evaluate_plan(crd(f"opentelemetry.io/v1alpha1:{kind}", {"scrapeConfigs": jobs}))
        assert not [item for item in report if "raised" in item.text]


@pytest.mark.parametrize(("plan", "listed", "is_refused"), [
    ((), {}, False),
    ((), {"payments": "made by the landing zone"}, True),
    (("payments",), {}, True),
    ((UNKNOWN, "payments"), {}, True),
    ((UNKNOWN,), {}, False),
    (("pay*",), {}, False),
    (("shop",), {}, False),
])  # fmt: skip
def test_a_role_is_of_a_namespace_that_the_plan_or_the_settings_know(
    plan: tuple[object, ...], listed: dict[str, str], is_refused: bool
) -> None:
    asked = crd("keda.sh/v1alpha1:TriggerAuthentication", {
        "podIdentity": {"provider": "aws", "roleArn": f"{ROLES}/payments"}})  # fmt: skip
    others = [
        k8s("core/v1:ConfigMap", {"metadata": {"name": "x", "namespace": namespace}}, f"n{number}")
        for number, namespace in enumerate(plan)
    ]
    settings = Enforcement.model_validate({"default": {}, "kubernetes": {"namespaces": listed}})
    assert ("FJ-IDN-314" in blocking(Pack(settings).evaluate_plan(asked, *others))) is is_refused


@pytest.mark.parametrize(("namespace", "expected"), [
    ("payments", True), ("team-x", True), ("unknown", False), ("shop", False), ("kube-system", False),
    ("ingress-nginx", False), ("", False),
])  # fmt: skip
def test_namespaces_of_the_platform_are_no_team(namespace: str, *, expected: bool) -> None:
    assert is_another_team(namespace, "shop", {"payments", "shop", "kube-system", "ingress-nginx", ""}) is expected
