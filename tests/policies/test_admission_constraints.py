"""Which objects policies of a cluster are asked about: rules for none, exceptions for all, bindings for no namespace
(FJ-ESC-103, FJ-ESC-117, FJ-ESC-119)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import k8s, meta
from .harness import Given, Pack, rules

PACK = Pack()
ADMISSION = "admissionregistration.k8s.io/v1"
PODS = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}
EVERY = {key: ["*"] for key in PODS}
NOT_ROOT = {"expression": "object.spec.securityContext.runAsNonRoot"}
NAME = "kubernetes.io/metadata.name"


def policy(constraints: object, kind: str = f"{ADMISSION}:ValidatingAdmissionPolicy") -> Given:
    """Returns an admission policy."""
    spec = {"failurePolicy": "Fail", "matchConstraints": constraints, "validations": [NOT_ROOT]}
    return k8s(kind, {"metadata": {"name": "x"}, "spec": {**spec, "validationActions": ["Deny"]}})


def refuses(resource: Given, rule: str = "FJ-ESC-119") -> bool:
    """Returns whether a rule refuses a resource."""
    return rule in rules(PACK.evaluate_resource(resource))


@pytest.mark.parametrize(("changed", "refused"), [
    ({}, False), ({"apiVersions": ["v1beta1"]}, True), ({"apiVersions": ["v1", "v1beta1"]}, False),
    ({"apiVersions": ["*"]}, False), ({"resources": ["Pod"]}, True), ({"resources": ["pod"]}, True),
    ({"resources": ["pods", "pods/ephemeralcontainers"]}, False), ({"scope": "Cluster"}, True),
    ({"scope": "Namespaced"}, False), ({"apiGroups": ["apps"], "apiVersions": ["v1beta2"]}, True),
    ({"apiGroups": ["example.ae"], "apiVersions": ["v1beta2"]}, False), ({"apiGroups": ["", "example.ae"]}, False),
    ({"apiGroups": ["networking.k8s.io"], "apiVersions": ["v1beta1"]}, False),
])  # fmt: skip
def test_rules_for_no_object(changed: dict[str, object], *, refused: bool) -> None:
    rule = {**PODS, **changed}
    assert refuses(policy({"resourceRules": [rule]})) is refused
    assert refuses(policy({"resourceRules": [rule]}, "policies.kyverno.io/v1:ValidatingPolicy")) is refused
    webhook = {"name": "a", "failurePolicy": "Fail", "rules": [rule]}
    configuration = k8s(f"{ADMISSION}:ValidatingWebhookConfiguration", {
        "metadata": {"name": "x"}, "webhooks": [webhook]})  # fmt: skip
    assert refuses(configuration) is refused


@settings(max_examples=many(60), deadline=None)
@given(st.sets(st.sampled_from(sorted(PODS))), st.booleans())
def test_what_is_taken_out_again(wide: set[str], is_narrow: bool) -> None:
    excluded = {**PODS, **{key: ["*"] for key in wide}, **({"operations": ["DELETE"]} if is_narrow else {})}
    assert refuses(policy({"resourceRules": [PODS], "excludeResourceRules": [excluded]})) is not is_narrow


@pytest.mark.parametrize("excluded", [
    {**EVERY, "resourceNames": ["a"]}, {**PODS, "operations": ["UPDATE"]}, {**PODS, "resources": ["pods/status"]},
    {**EVERY, "scope": "Cluster"},
])  # fmt: skip
def test_what_is_left_after_exceptions(excluded: object) -> None:
    assert not refuses(policy({"resourceRules": [PODS], "excludeResourceRules": [excluded]}))


@pytest.mark.parametrize(("conditions", "refused"), [
    (["true"], True), (["object.metadata.name == object.metadata.name", "1 == 1"], True),
    (["object.metadata.namespace == 'agents'"], False), (["true", "object.metadata.namespace == 'agents'"], False),
    ([], True),
])  # fmt: skip
def test_exceptions_that_every_object_meets(conditions: list[str], *, refused: bool) -> None:
    listed = [{"name": f"c{index}", "expression": text} for index, text in enumerate(conditions)]
    exception = k8s("policies.kyverno.io/v1:PolicyException", {"metadata": meta(), "spec": {
        "policyRefs": [{"name": "restricted", "kind": "ValidatingPolicy"}], "matchConditions": listed}})  # fmt: skip
    assert refuses(exception, "FJ-ESC-103") is refused


def binding(selector: object) -> Given:
    """Returns a binding that denies in some namespaces."""
    spec = {"policyName": "p", "validationActions": ["Deny"], "matchResources": {"namespaceSelector": selector}}
    return k8s(f"{ADMISSION}:ValidatingAdmissionPolicyBinding", {"metadata": {"name": "x"}, "spec": spec})


def listed(*names: str, operator: str = "In") -> dict[str, object]:
    """Returns a selector of namespaces by their names."""
    return {"matchExpressions": [{"key": NAME, "operator": operator, "values": list(names)}]}


@pytest.mark.parametrize(("selector", "refused"), [
    (listed("nowhere"), True), ({"matchLabels": {NAME: "nowhere"}}, True), (listed("nowhere", "team-a"), False),
    (listed("team-b"), False), (listed("kube-system"), False), (listed("nowhere", operator="NotIn"), False),
    ({"matchLabels": {"environment": "prod"}}, False), ({}, False),
])  # fmt: skip
def test_bindings_list_namespaces_of_which_the_plan_knows(selector: object, *, refused: bool) -> None:
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team-a"}}
    plan = (
        binding(selector),
        k8s("core/v1:List", {"items": [namespace]}, "list"),
        k8s("core/v1:ConfigMap", {"metadata": meta("x", "team-b"), "data": {}}, "map"),
    )
    assert ("FJ-ESC-117" in rules(PACK.evaluate_stack(*plan))) is refused


def kyverno(validate: dict[str, object]) -> Given:
    """Returns a policy of Kyverno with one rule."""
    rule = {"name": "x", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "validate": {
        "failureAction": "Enforce", **validate}}  # fmt: skip
    return k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "x"}, "spec": {"rules": [rule]}})


NEVER, MAY = ({"key": key, "operator": "Equals", "value": "b"} for key in ("a", "{{ request.object.kind }}"))
HOST = {"spec": {"hostNetwork": "false"}}


@pytest.mark.parametrize(("validate", "refused"), [
    ({"deny": {"conditions": {"all": [NEVER, MAY]}}}, True), ({"deny": {"conditions": {"any": [NEVER]}}}, True),
    ({"deny": {"conditions": {"any": [NEVER, MAY]}}}, False), ({"deny": {"conditions": {"all": [MAY]}}}, False),
    ({"deny": {}}, False), ({"anyPattern": [HOST, {"metadata": {"name": "?*"}}]}, True),
    ({"anyPattern": [HOST, {}]}, True), ({"pattern": {"kind": "*"}}, True), ({"pattern": HOST}, False),
    ({"anyPattern": [HOST, {"metadata": {"labels": {"owner": "?*"}}}]}, False),
])  # fmt: skip
def test_what_kyverno_denies_and_asks_for(validate: dict[str, object], *, refused: bool) -> None:
    assert refuses(kyverno(validate)) is refused
