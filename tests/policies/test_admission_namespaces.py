"""Policies of a cluster for namespaces that are nowhere (FJ-ESC-117), and safeguards that leave out those that matter
(FJ-ESC-115)."""

import pytest

from .blind import az, k8s, meta
from .harness import UNKNOWN, Given, Pack, rules

PACK = Pack()
NAME = "kubernetes.io/metadata.name"
NAMESPACE = k8s("core/v1:Namespace", {"metadata": {"name": "team-a"}}, "a")
OBJECT = k8s("core/v1:ConfigMap", {"metadata": meta("x", "team-b"), "data": {}}, "b")
RELEASE = k8s("helm.sh/v3:Release", {"chart": "c", "namespace": "team-c"}, "c")
MANAGED = az("containerservice:ManagedNamespace", {"managedNamespaceName": "team-d"}, "d")


def _is_refused(given: Given, *plan: Given) -> bool:
    return "FJ-ESC-117" in rules(PACK.evaluate_stack(*(plan or (NAMESPACE, OBJECT, RELEASE, MANAGED)), given))


def _rule(match: object, **rule: object) -> Given:
    return k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "x"}, "spec": {"rules": [{
        "name": "x", "match": match, **rule}]}})  # fmt: skip


def _in(*names: object) -> dict[str, object]:
    return {"resources": {"kinds": ["Pod"], "namespaces": list(names)}}


def _selector(*names: str, key: str = NAME) -> dict[str, object]:
    return {"matchExpressions": [{"key": key, "operator": "In", "values": list(names)}]}


POD = {"resources": {"kinds": ["Pod"]}}


@pytest.mark.parametrize(("match", "refused"), [
    ({"any": [_in("old")]}, True), ({"any": [_in("old"), _in("team-a")]}, False), ({"any": [_in("old"), POD]}, False),
    ({"all": [_in("old"), POD]}, True), ({"all": [_in("team-a"), POD]}, False), (_in("old"), True),
    ({"any": [_in("team-*")]}, False), ({"any": [_in("old-*")]}, True), ({"any": [_in("*")]}, False),
    *(({"any": [_in(name)]}, False) for name in ("team-a", "team-b", "team-c", "team-d", "kube-system", UNKNOWN)),
    ({"any": [{"resources": {"kinds": ["Pod"], "namespaceSelector": _selector("old")}}]}, True),
    ({"any": [{"resources": {"kinds": ["Pod"], "namespaceSelector": _selector("old", key="team")}}]}, False),
])  # fmt: skip
def test_rules_of_kyverno(match: object, *, refused: bool) -> None:
    assert _is_refused(_rule(match)) is refused


@pytest.mark.parametrize(("condition", "refused"), [
    (("{{request.namespace}}", "Equals", "old"), True), (("{{ request.namespace || '' }}", "AnyIn", ["old"]), True),
    (("{{ request.object.metadata.namespace }}", "In", ["old", "team-a"]), False),
    (("{{ request.namespace }}", "NotEquals", "old"), False), (("{{ request.operation }}", "Equals", "old"), False),
])  # fmt: skip
def test_preconditions_of_kyverno(condition: tuple[str, str, object], *, refused: bool) -> None:
    item = dict(zip(("key", "operator", "value"), condition, strict=True))
    assert _is_refused(_rule({"any": [POD]}, preconditions={"all": [item]})) is refused


@pytest.mark.parametrize(("expression", "refused"), [
    ("object.metadata.namespace == 'old'", True), ("(request.namespace in [\"old\", 'older'])", True),
    ("namespaceObject.metadata.name == 'old'", True), ("object.metadata.namespace in ['old', 'team-a']", False),
    ("object.metadata.namespace == 'old' || object.kind == 'Pod'", False), ("object.metadata.name == 'old'", False),
    ("object.metadata.namespace != 'old'", False), ("request.namespace in [" + "'a'  " * 500, False),
])  # fmt: skip
def test_conditions_in_cel(expression: str, *, refused: bool) -> None:
    spec = {"matchConditions": [{"name": "n", "expression": expression}]}
    assert _is_refused(k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", {"spec": spec})) is refused


def test_a_namespace_whose_name_is_not_known_may_be_the_one() -> None:
    unknown = k8s("core/v1:Namespace", {"metadata": {"name": UNKNOWN}}, "n")
    assert not _is_refused(_rule({"any": [_in("old")]}), unknown)


@pytest.mark.parametrize(("excluded", "refused"), [
    ([], False), (["kube-system", "legacy"], False), (["*"], True), (["gatekeeper-*", "*-system"], False),
    (["kube-system", "team-*"], True), (["*-prod"], True),
])  # fmt: skip
def test_safeguards(excluded: list[str], *, refused: bool) -> None:
    cluster = "/subscriptions/1/resourceGroups/a/providers/Microsoft.ContainerService/managedClusters/b"
    safeguard = az("containerservice:DeploymentSafeguard", {
        "resourceUri": cluster, "level": "Enforce", "excludedNamespaces": excluded})  # fmt: skip
    assignment = az(
        "authorization:PolicyAssignment",
        {"scope": cluster, "enforcementMode": "Default", "parameters": {"excludedNamespaces": {"value": excluded}}},
    )
    for given in (safeguard, assignment):
        assert ("FJ-ESC-115" in rules(PACK.evaluate_resource(given))) is refused
