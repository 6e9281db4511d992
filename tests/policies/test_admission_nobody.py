"""Policies of a cluster that are never evaluated for what they forbid, or are always satisfied (FJ-ESC-119)."""

import json

import pytest
from guardrails.readers.cel import always_true
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import k8s
from .harness import Given, Pack, rules

PACK = Pack()
ADMISSION = "admissionregistration.k8s.io/v1"
CEL = st.sampled_from(("has(object.spec.a)", "object.x.all(c, c.b || true)", "'a || true' == object.y", "a && true"))


def refuses(given_resource: Given) -> bool:
    """Returns whether the rule on policies of a cluster refuses a resource."""
    return "FJ-ESC-119" in rules(PACK.evaluate_resource(given_resource))


def top(kind: str, spec: object) -> Given:
    """Returns an object outside namespaces."""
    return k8s(kind, {"metadata": {"name": "x"}, "spec": spec})


def test_the_scope_of_a_constraint_is_named() -> None:
    match = {"scope": "Cluster", "kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}
    constraint = top("constraints.gatekeeper.sh/v1beta1:K8sImages", {"match": match})
    [report] = [item for item in PACK.evaluate_resource(constraint) if item.rule == "FJ-ESC-119"]
    assert "spec.match.scope is Cluster, which no object of its kinds is" in report.text


@pytest.mark.parametrize(("operations", "validate", "refused"), [
    (["DELETE"], {"pattern": {"spec": {}}}, True),
    (["CONNECT", "DELETE"], {"podSecurity": {"level": "restricted"}}, True),
    (["delete"], {"cel": {"expressions": []}}, True),
    (["DELETE"], {"deny": {}}, False),
    (["CREATE"], {"pattern": {"spec": {}}}, False),
    (["UPDATE", "DELETE"], {"pattern": {"spec": {}}}, False),
    ([], {"pattern": {"spec": {}}}, False),
])  # fmt: skip
@pytest.mark.parametrize("clause", ["any", "all"])
def test_rules_of_kyverno_for_what_is_not_stored(
    operations: list[str], validate: dict[str, object], clause: str, *, refused: bool
) -> None:
    match = {clause: [{"resources": {"kinds": ["Pod"], **({"operations": operations} if operations else {})}}]}
    rule = {"name": "x", "match": match, "validate": {"failureAction": "Enforce", **validate}}
    assert refuses(top("kyverno.io/v1:ClusterPolicy", {"rules": [rule]})) is refused


@given(left=CEL, right=CEL, constant=st.sampled_from(("true", "(true)", "!false", "1 == 1", "'a' == 'a'")))
@settings(max_examples=many(30), deadline=None)
def test_an_operand_that_is_always_true_decides(left: str, right: str, constant: str) -> None:
    for text in (f"{left} || {constant}", f"{constant} || {left}", f"{left} || ({right} || {constant})"):
        assert always_true(text)
        spec = {"validations": [{"expression": text}], "failurePolicy": "Fail"}
        assert refuses(top(f"{ADMISSION}:ValidatingAdmissionPolicy", spec))
        assert refuses(top("policies.kyverno.io/v1:ValidatingPolicy", {**spec, "validationActions": ["Deny"]}))
        rule = {"validate": {"failureAction": "Enforce", "cel": {"expressions": spec["validations"]}}}
        assert refuses(top("kyverno.io/v1:ClusterPolicy", {"rules": [rule]}))
    assert not always_true(f"{left} || {right}")
    assert not always_true(f"{left} && {constant}")


@pytest.mark.parametrize("text", ["1 == 2", "'a||b' == 'a||c'", "x == true", "false", ""])
def test_other_expressions_are_evaluated(text: str) -> None:
    assert not always_true(text)


def test_parentheses_of_any_number_are_read() -> None:
    assert always_true("(" * 50 + "a || true" + ")" * 50)
    assert not always_true("(" * 5000 + "a || b" + ")" * 5000)


@pytest.mark.parametrize(("scope", "kinds", "refused"), [
    ("Cluster", ["Pod"], True), ("Cluster", ["Pod", "Deployment"], True), ("Cluster", ["Namespace"], False),
    ("Cluster", ["Pod", "Namespace"], False), ("Namespaced", ["Namespace", "ClusterRole"], True),
    ("Namespaced", ["Pod"], False), ("*", ["Pod"], False), ("Cluster", ["*"], False),
    ("Namespaced", ["*"], False), ("Cluster", ["Own"], False),
])  # fmt: skip
def test_constraints_for_kinds_of_the_other_scope(scope: str, kinds: list[str], *, refused: bool) -> None:
    spec = {"enforcementAction": "deny", "match": {"scope": scope, "kinds": [{"apiGroups": [""], "kinds": kinds}]}}
    assert refuses(top("constraints.gatekeeper.sh/v1beta1:Own", spec)) is refused


HEAD = 'package a\nviolation[{"msg": msg}] {'
BAD = "  input.review.object.spec.a\n"


@pytest.mark.parametrize(("rego", "refused"), [
    (f"{HEAD}\n{BAD}  1 == 2\n}}\n", True),
    (f"{HEAD}\n{BAD}  false\n}}\n", True),
    (f"{HEAD} false }}\n", True),
    (f"{HEAD}\n{BAD}}}\n", False),
    (f"{HEAD}\n{BAD}  1 == 1\n}}\n", False),
    (f"{HEAD}\n  false\n}}\nviolation[{{\"msg\": msg}}] {{\n{BAD}}}\n", False),
    (f"{HEAD}\n  not input.parameters.a\n}}\n", False),
])  # fmt: skip
@pytest.mark.parametrize("in_code", [False, True])
def test_templates_whose_condition_is_never_met(rego: str, *, in_code: bool, refused: bool) -> None:
    code = {"code": [{"engine": "Rego", "source": {"rego": rego}}]} if in_code else {"rego": rego}
    assert refuses(top("templates.gatekeeper.sh/v1:ConstraintTemplate", {"targets": [code]})) is refused


def term(operator: str) -> dict[str, object]:
    """Returns a selector with one term."""
    key = "kubernetes.io/metadata.name"
    return {"namespaceSelector": {"matchExpressions": [{"key": key, "operator": operator, "values": ["kube-system"]}]}}


@pytest.mark.parametrize(("webhooks", "refused"), [
    (term("In"), True), ([term("In")], True), (term("NotIn"), False), ([term("NotIn")], False),
    ({"objectSelector": {"matchLabels": {"evaluated": "yes"}}}, True), ({}, False),
])  # fmt: skip
def test_settings_of_kyverno_that_list_what_is_evaluated(webhooks: object, *, refused: bool) -> None:
    def settings_of(name: str) -> Given:
        data = {"webhooks": json.dumps(webhooks)}
        return k8s("core/v1:ConfigMap", {"metadata": {"name": name, "namespace": "kyverno"}, "data": data})

    assert refuses(settings_of("kyverno")) is refused
    assert not refuses(settings_of("other"))


@pytest.mark.parametrize(("source", "refused"), [
    ({"validations": [{"expression": "size(object.spec.containers) > 0"}]}, True),
    ({"validations": [{"expression": "variables.ok"}], "variables": [{"name": "ok", "expression": "1 == 1"}]}, True),
    ({"validations": [{"expression": "has(object.spec.a)"}], "matchCondition": [{"expression": "false"}]}, True),
    ({"validations": [{"expression": "has(object.spec.a)"}], "matchCondition": [{"expression": "has(a.b)"}]}, False),
    ({"validations": [{"expression": "has(object.spec.a)"}]}, False),
])  # fmt: skip
def test_templates_in_cel(source: object, *, refused: bool) -> None:
    targets = [{"code": [{"engine": "K8sNativeValidation", "source": source}]}]
    assert refuses(top("templates.gatekeeper.sh/v1:ConstraintTemplate", {"targets": targets})) is refused


@pytest.mark.parametrize(("label", "body", "refused"), [
    ("rego", "false", True), ("rego", "input.request.object.spec.a", False), ("data", "false", False),
])  # fmt: skip
def test_maps_that_open_policy_agent_loads(label: str, body: str, *, refused: bool) -> None:
    text = f'package kubernetes.admission\ndeny[msg] {{\n  msg := "no"\n  {body}\n}}\n'
    metadata = {"name": "x", "namespace": "opa", "labels": {"openpolicyagent.org/policy": label}}
    assert refuses(k8s("core/v1:ConfigMap", {"metadata": metadata, "data": {"main": text}})) is refused
