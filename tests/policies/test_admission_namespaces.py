"""Policies of a cluster for namespaces that are nowhere (FJ-ESC-117), and safeguards that leave out those that matter
(FJ-ESC-115)."""

from dataclasses import replace

import pytest
from guardrails.engine.enforcement import Enforcement
from pydantic import ValidationError

from .blind import aws, az, k8s, meta
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, rules

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
    (_in("kube-node-lease"), True), (_in("kube-public", "kube-node-lease"), False), (_in("kube-*"), False),
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
    (("{{ request.namespace }}", "AnyIn", "{{ settings.data.namespaces }}"), False),
    (("{{ request.namespace }}", "AnyIn", ["old", "{{ settings.data.namespace }}"]), False),
    (("{{ request.namespace }}", "AnyIn", '["default", "old"]'), False),
    (("{{ request.namespace }}", "AnyIn", '["older", "old"]'), True),
    (("{{ request.namespace || '' }}", "Equals", ""), False),
    (("{{ request.namespace }}", "AnyIn", ["", "old"]), False), (("{{ request.namespace }}", "Equals", "null"), True),
])  # fmt: skip
def test_preconditions_of_kyverno(condition: tuple[str, str, object], *, refused: bool) -> None:
    item = dict(zip(("key", "operator", "value"), condition, strict=True))
    assert _is_refused(_rule({"any": [POD]}, preconditions={"all": [item]})) is refused
    assert _is_refused(_rule({"any": [POD]}, preconditions={"any": [item]})) is refused


def test_one_precondition_of_any_is_enough() -> None:
    items = [{"key": "{{ request.namespace }}", "operator": "Equals", "value": name} for name in ("old", "team-a")]
    assert not _is_refused(_rule({"any": [POD]}, preconditions={"any": items}))


@pytest.mark.parametrize(("action", "refused"), [
    ({"mutate": {"patchStrategicMerge": {"metadata": {"labels": {"+(team)": "unknown"}}}}}, False),
    ({"generate": {"apiVersion": "v1", "kind": "ConfigMap", "name": "ca", "namespace": "{{ request.namespace }}",
                   "clone": {"namespace": "platform", "name": "ca"}}}, False),
    ({"validate": {"message": "no", "pattern": {"spec": {"=(hostNetwork)": "false"}}}}, True),
    ({"verifyImages": [{"imageReferences": ["*"]}]}, True),
    ({"mutate": {}, "validate": {"message": "no", "pattern": {"spec": {"=(hostNetwork)": "false"}}}}, True),
])  # fmt: skip
def test_rules_of_kyverno_that_refuse_nothing_protect_nothing(action: dict[str, object], *, refused: bool) -> None:
    assert _is_refused(_rule({"any": [_in("old")]}, **action)) is refused


@pytest.mark.parametrize(("kind", "refused"), [
    ("ValidatingPolicy", True), ("NamespacedImageValidatingPolicy", True), ("MutatingPolicy", False),
    ("GeneratingPolicy", False), ("DeletingPolicy", False),
])  # fmt: skip
def test_newer_kinds_of_kyverno(kind: str, *, refused: bool) -> None:
    spec = {"matchConstraints": {"namespaceSelector": _selector("old")}}
    assert _is_refused(k8s(f"policies.kyverno.io/v1:{kind}", {"spec": spec})) is refused


@pytest.mark.parametrize(("group", "refused"), [("", True), ("apps", True), ("postgresql.cnpg.io", False)])
def test_webhooks_of_operators_for_their_own_kinds_protect_nothing_else(group: str, *, refused: bool) -> None:
    rule = {"apiGroups": [group], "apiVersions": ["*"], "operations": ["CREATE"], "resources": ["*"]}
    webhook = {"name": "x", "rules": [rule], "namespaceSelector": _selector("old")}
    given = k8s("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", {"webhooks": [webhook]})
    assert _is_refused(given) is refused


@pytest.mark.parametrize(("expression", "refused"), [
    ("object.metadata.namespace == 'old'", True), ("(request.namespace in [\"old\", 'older'])", True),
    ("namespaceObject.metadata.name == 'old'", True), ("object.metadata.namespace in ['old', 'team-a']", False),
    ("object.metadata.namespace == 'old' || object.kind == 'Pod'", False), ("object.metadata.name == 'old'", False),
    ("'old' == request.namespace", True), ("'team-a' == request.namespace", False), ("request.namespace == ''", False),
    ("request.namespace == 'old' || (object.metadata.namespace in ['older'])", True),
    ("(request.namespace == 'old' || 'team-a' == request.namespace)", False),
    ("!(request.namespace == 'old' || request.namespace == 'older')", False),
    ("request.namespace == 'team-*'", True), ("object.metadata.namespace != 'old'", False),
    ("request.namespace in [" + "'a'  " * 500, False),
])  # fmt: skip
def test_conditions_in_cel(expression: str, *, refused: bool) -> None:
    spec = {"matchConditions": [{"name": "n", "expression": expression}]}
    assert _is_refused(k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", {"spec": spec})) is refused


def test_conditions_in_cel_of_a_rule_of_kyverno() -> None:
    for name, refused in (("old", True), ("team-a", False)):
        condition = {"name": "n", "expression": f"request.namespace == '{name}'"}
        assert _is_refused(_rule({"any": [POD]}, celPreconditions=[condition])) is refused


def _role_binding(**subject: object) -> Given:
    return k8s("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
        "metadata": {"name": "x"}, "subjects": [{"kind": "ServiceAccount", "name": "x", **subject}]})  # fmt: skip


PROVIDER = Given("kubernetes:core/v1:ConfigMap", {"metadata": {"name": "x"}}, "x", provider={"namespace": "new"})
KNOWN: tuple[Given, ...] = (
    aws("eks/PodIdentityAssociation", {"namespace": "new"}),
    aws("eks/FargateProfile", {"selectors": [{"namespace": "other"}, {"namespace": "new"}]}),
    aws("eks/AccessPolicyAssociation", {"accessScope": {"type": "namespace", "namespaces": ["other", "new"]}}),
    aws("eks/Addon", {"addonName": "x", "namespaceConfig": {"namespace": "new"}}),
    az("containerservice:FleetManagedNamespace", {"managedNamespaceName": "new"}),
    az("kubernetesconfiguration:FluxConfiguration", {"namespace": "new"}),
    az("kubernetesconfiguration:Extension", {"scope": {"cluster": {"releaseNamespace": "new"}}}),
    az("kubernetesconfiguration:Extension", {"scope": {"namespace": {"targetNamespace": "new"}}}),
    k8s("argoproj.io/v1alpha1:Application", {"spec": {"destination": {"namespace": "new"}}}),
    k8s("argoproj.io/v1alpha1:AppProject", {"spec": {"destinations": [{"namespace": "new"}]}}),
    k8s("argoproj.io/v1alpha1:AppProject", {"spec": {"destinations": [{"namespace": "*"}]}}),
    aws("eks/FargateProfile", {"selectors": [{"namespace": "n?w*"}]}),
    k8s("argoproj.io/v1alpha1:ApplicationSet", {"spec": {"template": {"spec": {
        "destination": {"namespace": "{{ path.basename }}"}}}}}),
    k8s("kustomize.toolkit.fluxcd.io/v1:Kustomization", {"spec": {"targetNamespace": "new"}}),
    k8s("helm.toolkit.fluxcd.io/v2:HelmRelease", {"spec": {"targetNamespace": "new"}}),
    k8s("hnc.x-k8s.io/v1alpha2:SubnamespaceAnchor", {"metadata": {"name": "new", "namespace": "team-a"}}),
    k8s("core/v1:List", {"items": [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "new"}}]}),
    _role_binding(namespace="new"),
    PROVIDER,
    k8s("core/v1:Namespace", {"metadata": {"name": UNKNOWN}}),
    k8s("core/v1:ConfigMap", {"metadata": UNKNOWN_OBJECT}),
    k8s("helm.sh/v3:Release", {"chart": "c", "namespace": UNKNOWN}),
    aws("eks/PodIdentityAssociation", {"namespace": UNKNOWN}),
    replace(PROVIDER, provider={"namespace": UNKNOWN}),
)  # fmt: skip


def test_names_with_stars_that_a_plan_knows_are_not_all_names() -> None:
    profile = aws("eks/FargateProfile", {"selectors": [{"namespace": "other-*"}]})
    assert _is_refused(_rule({"any": [_in("new")]}), profile)
    assert _is_refused(_rule({"any": [_in("new-*")]}), profile)


@pytest.mark.parametrize("given", KNOWN, ids=lambda given: given.type)
def test_namespaces_that_a_plan_names_are_somewhere(given: Given) -> None:
    assert not _is_refused(_rule({"any": [_in("new")]}), given)


@pytest.mark.parametrize("given", [
    k8s("hnc.x-k8s.io/v1alpha2:HierarchyConfiguration", {"metadata": {"name": "new", "namespace": "team-a"}}),
    k8s("core/v1:ConfigMap", {"metadata": {"name": "new"}, "data": {"namespace": "new"}}),
    _role_binding(),
], ids=lambda given: given.type)  # fmt: skip
def test_other_names_are_no_namespaces(given: Given) -> None:
    assert _is_refused(_rule({"any": [_in("new", "MISSING")]}), given)


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


def _listing(**namespaces: str) -> Pack:
    return Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "kubernetes": {"namespaces": namespaces}}))


@pytest.mark.parametrize(("names", "refused"), [
    (("payments",), False), (("pay*",), False), (("old", "payments"), False), (("payment",), True), (("old*",), True),
])  # fmt: skip
def test_namespaces_of_others_are_listed(names: tuple[str, ...], *, refused: bool) -> None:
    pack = _listing(payments="the stack of the team that runs payments")
    for given in (
        _rule({"any": [_in(*names)]}),
        k8s("constraints.gatekeeper.sh/v1beta1:Labels", {"spec": {"match": {"namespaces": list(names)}}}),
    ):
        assert ("FJ-ESC-117" in rules(pack.evaluate_stack(NAMESPACE, given))) is refused
        assert "FJ-ESC-117" in rules(PACK.evaluate_stack(NAMESPACE, given))


def test_a_listed_namespace_makes_no_policy_refuse() -> None:
    spec = {"policyName": "x", "validationActions": ["Audit"],
            "matchResources": {"namespaceSelector": _selector("payments")}}  # fmt: skip
    binding = k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", {"spec": spec})
    assert "FJ-ESC-117" in rules(_listing(payments="the stack of payments").evaluate_stack(binding))


@pytest.mark.parametrize("name", ["*", "team-*", "", "Payments", "a/b", "kube-node-lease"])
def test_a_list_names_namespaces_that_have_workloads(name: str) -> None:
    with pytest.raises(ValidationError):
        _listing(**{name: "the stack of payments"})
