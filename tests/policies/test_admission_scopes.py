"""Policies of a cluster that refuse nothing (FJ-ESC-119): what they leave out, and when they are passed over."""

from collections.abc import Mapping
from typing import Any

import pytest

from .blind import KUBE, k8s
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
RULE = "FJ-ESC-119"
ADMISSION = "admissionregistration.k8s.io/v1"
ENFORCED = {"validate": {"failureAction": "Enforce"}}
SELECTED = {"selector": {"matchLabels": {"skip": "true"}}}
BY_NAMESPACE = {"namespaceSelector": {"matchLabels": {"skip": "true"}}}
PEOPLE = {"subjects": [{"kind": "Group", "name": "platform"}]}
EVERYBODY = {"subjects": [{"kind": "Group", "name": "system:authenticated"}]}
SYSTEM = {"resources": {"namespaces": ["kube-system", "kyverno"]}}


def kyverno(rule: Mapping[str, object], kind: str = "kyverno.io/v1:ClusterPolicy", **spec: object) -> Given:
    match = {"match": {"any": [{"resources": {"kinds": ["Pod", "Deployment"]}}]}}
    return k8s(kind, {"metadata": {"name": "x"}, "spec": {**spec, "rules": [{"name": "x", **match, **rule}]}})


def excluding(**exclude: object) -> Given:
    return kyverno({**ENFORCED, "exclude": exclude})


def needing(key: str, operator: str, value: object, *, clause: str = "all") -> Given:
    condition = {"key": key, "operator": operator, "value": value}
    return kyverno({**ENFORCED, "preconditions": {clause: [condition]}})


def hook(groups: list[str], kind: str = "ValidatingWebhookConfiguration", **fields: object) -> Given:
    webhook = {"name": "v", "rules": [{"apiGroups": groups, "resources": ["*"]}], "failurePolicy": "Fail", **fields}
    return k8s(f"{ADMISSION}:{kind}", {"metadata": {"name": "x"}, "webhooks": [webhook]})


def when(expression: object) -> dict[str, Any]:
    return {"matchConditions": [{"name": "c", "expression": expression}]}


def selecting(operator: str) -> dict[str, object]:
    return {"matchExpressions": [{"key": "skip", "operator": operator, "values": ["true"]}]}


CASES: list[tuple[Given, bool]] = [
    (kyverno({"validate": {"message": "no"}}), True),
    (kyverno({"validate": {"message": "no"}}, validationFailureAction="Enforce"), False),
    (kyverno({"validate": {"message": "no"}}, "kyverno.io/v2beta1:Policy"), True),
    (kyverno({"validate": {"message": "no"}}, "kyverno.io/v1:ClusterPolicyPatch"), False),
    (kyverno({"validate": {"failureAction": UNKNOWN}}), False),
    (kyverno({"verifyImages": [{"imageReferences": ["*"]}]}), True),
    (kyverno({"verifyImages": [{"imageReferences": ["*"], "failureAction": "Enforce"}]}), False),
    (kyverno({"mutate": {}}), False),
    (excluding(any=[SYSTEM]), False),
    (excluding(any=[SYSTEM, {"resources": {"namespaces": ["*"]}}]), True),
    (excluding(any=[{"resources": SELECTED}]), True),
    (excluding(any=[{"resources": {**SELECTED, "namespaces": ["logs"]}}]), False),
    (excluding(any=[{"resources": BY_NAMESPACE}]), False),
    (excluding(any=[{"resources": {"kinds": ["Pod"]}}]), False),
    (excluding(any=[{"resources": {"kinds": ["Pod", "Deployment"]}}]), True),
    (excluding(any=[{"resources": {"kinds": ["*"]}}]), True),
    (excluding(any=[PEOPLE]), False),
    (excluding(any=[EVERYBODY]), True),
    (excluding(any=[{**EVERYBODY, **SYSTEM}]), False),
    (excluding(all=[EVERYBODY, SYSTEM]), False),
    (excluding(all=[EVERYBODY, {"resources": SELECTED}]), True),
    (excluding(any=[{"clusterRoles": ["cluster-admin"]}]), False),
    (excluding(any=[{"clusterRoles": ["*"]}]), True),
    (excluding(resources={"namespaces": ["*"]}), True),
    (excluding(resources={"namespaces": ["kube-system"]}), False),
    (excluding(), False),
    (needing("a", "Equals", "b"), True),
    (needing("a", "AnyIn", ["b", "a"]), False),
    (needing("{{ request.operation }}", "Equals", "CREATE"), False),
    (needing("a", "NotEquals", "b"), False),
    (needing("a", "Equals", "b", clause="any"), False),
    (hook(["apps"]), False),
    (hook(["apps"], failurePolicy="Ignore"), True),
    (hook([""], failurePolicy="Ignore"), True),
    (hook(["example.ae"], failurePolicy="Ignore"), False),
    (hook(["apps"], "MutatingWebhookConfiguration", failurePolicy="Ignore"), False),
    (hook(["apps"], "ValidatingWebhookConfigurationPatch", failurePolicy="Ignore"), True),
    (hook(["example.ae"], "ValidatingWebhookConfigurationPatch", failurePolicy="Ignore"), False),
    (hook(["apps"], **when("false")), True),
    (hook(["apps"], **when("!('system:nodes' in request.userInfo.groups)")), False),
    (hook(["apps"], **when("!('system:authenticated' in request.userInfo.groups)")), True),
    (hook(["apps"], **when("!request.userInfo.username.startsWith('system:serviceaccount:')")), True),
    (hook(["apps"], **when("!(request.userInfo.username == 'system:serviceaccount:argocd:server')")), False),
    (hook(["apps"], **when(UNKNOWN)), False),
    (k8s(f"{ADMISSION}:ValidatingAdmissionPolicy", {"spec": when(" (false) ")}), True),
    (k8s(f"{ADMISSION}:ValidatingAdmissionPolicy", {"spec": when("object.spec.replicas > 1")}), False),
    (kyverno(ENFORCED, webhookConfiguration=when("false")), True),
    (kyverno({**ENFORCED, "celPreconditions": [{"name": "c", "expression": "false"}]}), True),
    (k8s("policies.kyverno.io/v1:ValidatingPolicy", {"spec": when("false")}), True),
    (k8s("policies.kyverno.io/v1:ValidatingPolicy", {"spec": when("object.kind == 'Pod'")}), False),
    (hook(["apps"], objectSelector=selecting("DoesNotExist")), True),
    (hook(["apps"], objectSelector=selecting("Exists")), False),
    (hook(["example.ae"], objectSelector=selecting("NotIn")), False),
    (k8s("constraints.gatekeeper.sh/v1beta1:Any", {"spec": {"match": {"excludedNamespaces": ["a", "*"]}}}), True),
    (k8s("constraints.gatekeeper.sh/v1beta1:Any", {"spec": {"match": {"excludedNamespaces": ["kube-*"]}}}), False),
    (k8s("constraints.gatekeeper.sh/v1beta1:Any", {"spec": {}}), False),
    (k8s("core/v1:ConfigMap", {"data": {"failurePolicy": "Ignore"}}), False),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), CASES, ids=[str(index) for index in range(len(CASES))])
def test_what_a_policy_leaves_out(given: Given, expected: bool) -> None:
    assert (RULE in blocking(PACK.evaluate_resource(given))) is expected, given.props


def test_items_of_lists_are_read() -> None:
    policy = {"apiVersion": "kyverno.io/v1", "kind": "ClusterPolicy", "spec": {"rules": [{"validate": {}}]}}
    given = Given("kubernetes:core/v1:List", {"items": [policy]}, provider=KUBE)
    assert RULE in blocking(PACK.evaluate_resource(given))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"audit": "restricted"}, True),
        ({"warn": "restricted", "enforce": "baseline"}, False),
        ({"audit": "restricted", "enforce": UNKNOWN}, False),
        ({}, False),
    ],
    ids=str,
)
def test_a_level_that_is_only_recorded_allows_every_pod(labels: Mapping[str, str], expected: bool) -> None:
    keys = {f"pod-security.kubernetes.io/{key}": value for key, value in labels.items()}
    namespace = k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": keys}})
    patch = k8s("core/v1:NamespacePatch", {"metadata": {"name": "team-a", "labels": keys}})
    assert ("FJ-EXP-325" in blocking(PACK.evaluate_resource(namespace))) is expected
    assert "FJ-EXP-325" not in blocking(PACK.evaluate_resource(patch))
