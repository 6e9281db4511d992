"""Taints of every node, policies that send objects, tokens for triggers, and retries without a bound."""

from typing import Any

import pytest
from guardrails.unverifiable.posting_policies import posts_objects

from .attacks.after_twenty_fourth_kube import asking, features, taint, token_for_triggers, training, workflow
from .attacks.twenty_fourth_kube import settings
from .blind import crd, k8s
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
EXISTS, NONE = {"op": "Exists"}, {"op": "In", "value": ["6"]}


def is_refused(given: Given, text: str, rule: str = "FJ-ESC-115") -> bool:
    """Returns whether a rule reports a text."""
    reports = PACK.evaluate_plan(given)
    return rule in blocking(reports) and any(item.rule == rule and text in item.text for item in reports)


def of(feature: str, **expressions: object) -> dict[str, object]:
    return {"feature": feature, "matchExpressions": expressions}


@pytest.mark.parametrize(("effect", "conditions", "expected"), [
    ("NoExecute", {}, True), ("NoSchedule", {"matchFeatures": []}, True), ("PreferNoSchedule", {}, False),
    ("NoExecute", {"matchFeatures": [of("kernel.version", major=EXISTS, full=EXISTS)]}, True),
    ("NoExecute", {"matchFeatures": [of("kernel.version", major=EXISTS), of("pci.device", vendor=EXISTS)]}, False),
    ("NoExecute", {"matchFeatures": [of("kernel.version", major=NONE)]}, False),
    ("NoExecute", {"matchFeatures": [of("system.name", nodename={"op": "InRegexp", "value": ["^.*$"]})]}, True),
    ("NoExecute", {"matchFeatures": [of("system.name", nodename={"op": "InRegexp", "value": ["gpu-.*"]})]}, False),
    ("NoExecute", {"matchFeatures": [{"feature": "kernel.version", "matchName": {"op": "In", "value": ["x"]}}]}, False),
    ("NoExecute", {"matchAny": [{"matchFeatures": [of("pci.device", vendor=EXISTS)]}]}, False),
    ("NoExecute", {"matchAny": [{"matchFeatures": [of("pci.device", vendor=EXISTS)]},
                                {"matchFeatures": [of("cpu.model", vendor_id=EXISTS)]}]}, True),
    ("NoExecute", {"matchFeatures": UNKNOWN}, False), ("NoExecute", {"matchFeatures": 7, "matchAny": "x"}, True),
])  # fmt: skip
def test_a_taint_is_for_nodes_that_differ_from_others(effect: str, conditions: Any, *, expected: bool) -> None:
    assert is_refused(features(taint(effect), **conditions), "for every machine") is expected


@pytest.mark.parametrize(("url", "expected"), [
    ("/apis/authorization.k8s.io/v1/subjectaccessreviews", False),
    ("/apis/authorization.k8s.io/v1/namespaces/team-a/localsubjectaccessreviews", False),
    ("/apis/authentication.k8s.io/v1/tokenreviews", False),
    ("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", True), ("/api/v1/namespaces/a/pods", True),
    ("/apis/authorization.k8s.io/v1/subjectaccessreviews/../clusterrolebindings", True),
])  # fmt: skip
def test_a_policy_asks_and_sends_nothing_else(url: str, *, expected: bool) -> None:
    assert is_refused(asking(url), "creates an object", "FJ-ESC-103") is expected
    assert not posts_objects({"context": [{"apiCall": {"urlPath": url, "method": "GET"}}, 3, None]})


@pytest.mark.parametrize(("expression", "expected"), [
    ('resource.Post("v1", "pods", {})', True), ("resource.Post( group , 'x', {})", True),
    ('resource.Post("authorization.k8s.io/v1", "subjectaccessreviews", {})', False),
    ('resource.Get("v1", "pods", "a", "b")', False), ('resource . Post ("v1", "pods", {})', True),
])  # fmt: skip
def test_an_expression_asks_and_sends_nothing_else(expression: str, *, expected: bool) -> None:
    assert posts_objects({"validations": [{"expression": expression}]}) is expected


@pytest.mark.parametrize(("account", "expected"), [
    ("keda-operator", True), ("default", True), ("argocd-application-controller", True), ("cluster-admin", True),
    ("thanos", False), ("metrics-reader", False), ("default-reader", False), ("administration-figures", False),
])  # fmt: skip
def test_triggers_get_tokens_of_accounts_that_are_for_that(account: str, *, expected: bool) -> None:
    for kind in ("TriggerAuthentication", "ClusterTriggerAuthentication"):
        assert is_refused(token_for_triggers(kind, account), "token of a controller") is expected


@pytest.mark.parametrize(("limit", "expected"), [(3, False), (99, False), (100, True), (2147483647, True)])
def test_work_that_fails_is_tried_again_with_a_bound(limit: int, *, expected: bool) -> None:
    jobs = crd("jobset.x-k8s.io/v1alpha2:JobSet", {"failurePolicy": {"maxRestarts": limit}, "replicatedJobs": []})
    for given in (jobs, training(limit), workflow(limit), workflow(str(limit))):
        assert is_refused(given, "buys its machines again") is expected
    assert not is_refused(workflow("{{workflow.parameters.tries}}"), "buys its machines again")


@pytest.mark.parametrize(("text", "expected"), [
    ("securityContext: {runAsUser: 0}\n", True), ("securityContext: {runAsUser: 10001}\n", False),
    ("securityContext:\n  capabilities: {add: [SYS_ADMIN]}\n", True),
    ("securityContext:\n  capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}\n", False),
])  # fmt: skip
def test_templates_of_pods_in_settings_count(text: str, *, expected: bool) -> None:
    found = blocking(PACK.evaluate_plan(settings("config-defaults", "tekton", {"default-pod-template": text})))
    assert bool(found & {"FJ-EXP-305", "FJ-EXP-307"}) is expected


@pytest.mark.parametrize(("kind", "option", "expected"), [
    ("DaemonSetPatch", "--enable-network-policy=false", True), ("DaemonSetPatch", "--run-firewall=false", True),
    ("DaemonSetPatch", "--enable-network-policy=true", False), ("DaemonSet", "--enable-network-policy=false", False),
])  # fmt: skip
def test_a_patch_leaves_policies_of_the_network_on(kind: str, option: str, *, expected: bool) -> None:
    spec = {"template": {"spec": {"containers": [{"name": "agent", "args": ["--metrics=:8162", option]}]}}}
    given = k8s(f"apps/v1:{kind}", {"metadata": {"name": "agent", "namespace": "kube-system"}, "spec": spec})
    assert is_refused(given, "network policies of the cluster have no effect") is expected


def _hdfs(value: str, before: str = "", after: str = "") -> Given:
    text = f"<property>\n  <name>dfs.permissions.enabled</name>\n  <value> {value} </value>\n</property>"
    return settings("hdfs", "team-a", {"hdfs-site.xml": f"<configuration>{before}{text}{after}</configuration>"})


def _property(elements: str) -> Given:
    text = elements.format(name="<name>dfs.permissions.enabled</name>")
    return settings("hdfs", "team-a", {
        "hdfs-site.xml": f"<configuration><property>{text}</property></configuration>"})  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [
    (_hdfs("false"), True), (_hdfs("true"), False), (_hdfs("false", "<!-- ", " -->"), False),
    (_hdfs("false", "<!-- as in trials -->"), True), (_hdfs("false", "<!-- "), False),
    (_property("<value>false</value>{name}"), True), (_property("{name}<final>true</final><value>false</value>"), True),
    (_property("{name}<value>true</value></property><property><value>false</value>"), False),
])  # fmt: skip
def test_properties_in_xml_are_settings(given: Given, *, expected: bool) -> None:
    assert is_refused(given, "files of all teams", "FJ-IDN-313") is expected
