"""A ClusterRole counts in the namespaces in which the plan binds it, and in all if anything else may bind it.

A RoleBinding grants the rules of a ClusterRole in its own namespace, a ClusterRoleBinding in all (Kubernetes, "Using
RBAC Authorization", RoleBinding and ClusterRoleBinding; read 2026-11-29).
"""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import TAGS, k8s
from .harness import UNKNOWN, Given, Pack, blocking

RBAC = "rbac.authorization.k8s.io"
SCALES = {"apiGroups": ["apps"], "resources": ["deployments/scale"], "verbs": ["get", "patch"]}
EVICTS_NODES = {"apiGroups": [""], "resources": ["nodes"], "verbs": ["patch"]}
IMPERSONATES = {"apiGroups": [""], "resources": ["users"], "verbs": ["impersonate"]}
PEOPLE = {"kind": "Group", "name": "on-call", "apiGroup": RBAC}


def role(*rules: object, labels: object = None, name: str = "act") -> Given:
    return k8s(f"{RBAC}/v1:ClusterRole", {
        "metadata": {"name": name, "labels": labels or TAGS}, "rules": list(rules)}, name)  # fmt: skip


def bound(namespace: object = None, to: object = "act", kind: str = "ClusterRole") -> Given:
    """Returns a binding for a namespace, or for all."""
    binding = "RoleBinding" if namespace else "ClusterRoleBinding"
    place = {"namespace": namespace} if namespace else {}
    return k8s(f"{RBAC}/v1:{binding}", {
        "metadata": {"name": f"b-{namespace}", "labels": TAGS, **place}, "subjects": [PEOPLE],
        "roleRef": {"apiGroup": RBAC, "kind": kind, "name": to}}, f"b-{namespace}")  # fmt: skip


def refused(*plan: Given, **identity: object) -> set[str]:
    pack = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "identity": identity}))
    return blocking(pack.evaluate_plan(*plan)) & {"FJ-IDN-301", "FJ-IDN-305"}


def test_a_role_that_is_bound_in_namespaces_counts_there() -> None:
    assert refused(role(SCALES), bound("models"), bound("gateway")) == set()


@pytest.mark.parametrize("others", [
    (), (bound(),), (bound("models"), bound()), (bound("models"), bound(to=UNKNOWN)), (bound(UNKNOWN),),
    (bound("models", to=UNKNOWN),), (bound("models", kind="Role"),), (bound("models", to="other"),),
])  # fmt: skip
def test_a_role_that_something_else_may_bind_counts_everywhere(others: tuple[Given, ...]) -> None:
    assert "FJ-IDN-305" in refused(role(SCALES), *others)


def test_a_role_that_others_may_take_in_counts_everywhere() -> None:
    labels = {**TAGS, "rbac.bank.ae/aggregate-to-on-call": "true"}
    assert "FJ-IDN-305" in refused(role(SCALES, labels=labels), bound("models"))
    collected = {"clusterRoleSelectors": [{"matchLabels": {"project": "a"}}]}
    aggregator = k8s(f"{RBAC}/v1:ClusterRole", {
        "metadata": {"name": "all", "labels": TAGS}, "rules": [], "aggregationRule": collected}, "all")  # fmt: skip
    assert "FJ-IDN-305" in refused(aggregator)
    collected["clusterRoleSelectors"][0]["matchLabels"] = {"rbac.bank.ae/aggregate-to-on-call": "true"}
    assert refused(aggregator) == set()


@pytest.mark.parametrize("namespace", ["kube-system", "istio-system"])
def test_a_namespace_of_the_system_is_none_of_a_team(namespace: str) -> None:
    writes = {"apiGroups": [""], "resources": ["pods"], "verbs": ["create"]}
    assert refused(role(writes), bound("models")) == set()
    assert "FJ-IDN-305" in refused(role(writes), bound("models"), bound(namespace))


def test_what_no_role_may_have_is_refused_before_the_plan_is_known() -> None:
    pack = Pack()
    assert "FJ-IDN-305" in blocking(pack.evaluate_resource(role(IMPERSONATES)))
    assert "FJ-IDN-305" not in blocking(pack.evaluate_resource(role(SCALES)))


def test_each_rule_is_reported_once() -> None:
    texts = [item.text for item in Pack().evaluate_plan(role(SCALES, IMPERSONATES, EVICTS_NODES)) if "305" in item.rule]
    assert sorted(text.partition("rules[")[2][0] for text in texts) == ["0", "1", "2"]


@pytest.mark.parametrize(("name", "is_refused"), [
    ("view", False), ("system:auth-delegator", False), ("auditors", True), ("kueue-batch-admin-role", True),
    (UNKNOWN, False),
])  # fmt: skip
def test_a_role_that_the_plan_does_not_have_is_bound_for_all_only_where_it_is_listed(
    name: object, is_refused: bool
) -> None:
    assert ("FJ-IDN-301" in refused(bound(to=name))) is is_refused
    assert refused(bound("models", to=name)) == set()
    if is_refused:
        assert (
            refused(bound(to=name), cluster_roles={str(name): "the chart of the platform, read by security"}) == set()
        )


def test_listed_rights_of_controllers_hold_everywhere() -> None:
    right = {"act:core/nodes:patch": "the scaler of the platform changes labels"}
    assert refused(role(EVICTS_NODES), bound(), controller_rights=right) == set()


AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-"
EDITORS = {**TAGS, f"{AGGREGATE}edit": "true", f"{AGGREGATE}admin": "true"}


def writes(group: str, *kinds: str) -> dict[str, object]:
    return {"apiGroups": [group], "resources": [*kinds], "verbs": ["create", "delete", "deletecollection", "patch"]}


CERTIFICATES = writes("cert-manager.io", "certificates", "certificaterequests", "issuers")
INGRESSES = writes("networking.k8s.io", "ingresses")
ROUTES = writes("gateway.networking.k8s.io", "httproutes")


@pytest.mark.parametrize("rule", [CERTIFICATES, INGRESSES, ROUTES, writes("external-secrets.io", "externalsecrets")])
def test_rules_that_editors_of_namespaces_take_in_count_there(rule: dict[str, object]) -> None:
    """cert-manager 038260fb deploy/charts/cert-manager/templates/rbac.yaml, `cert-manager-edit` (read 2026-12-02)."""
    assert refused(role(rule, labels=EDITORS)) == set()
    assert refused(role(rule, labels=EDITORS), bound("models")) == set()
    assert "FJ-IDN-305" in refused(role(rule))


@pytest.mark.parametrize("rule", [
    writes("", "secrets"), writes("", "serviceaccounts"), writes(RBAC, "rolebindings"), writes(RBAC, "clusterroles"),
    IMPERSONATES, EVICTS_NODES, writes("velero.io", "restores"), writes("", "pods/exec"),
    writes("kustomize.toolkit.fluxcd.io", "kustomizations"), writes("networking.istio.io", "envoyfilters"),
])  # fmt: skip
def test_editors_of_namespaces_take_in_no_power_over_others(rule: dict[str, object]) -> None:
    assert "FJ-IDN-305" in refused(role(rule, labels=EDITORS))


@pytest.mark.parametrize(("labels", "others"), [
    (EDITORS, (bound(),)), (EDITORS, (bound(to="edit"),)), (EDITORS, (bound(to=UNKNOWN),)),
    ({**EDITORS, f"{AGGREGATE}view": "true"}, ()), ({**EDITORS, "rbac.bank.ae/aggregate-to-on-call": "true"}, ()),
    ({f"{AGGREGATE}edit": UNKNOWN}, ()), ({f"{AGGREGATE}edit": "false"}, ()), (EDITORS, (bound(UNKNOWN),)),
    (EDITORS, (k8s(f"{RBAC}/v1:ClusterRolePatch", {"metadata": {"name": "act", "labels": TAGS}}, "patch"),)),
])  # fmt: skip
def test_rules_that_others_than_editors_may_have_count_everywhere(labels: object, others: tuple[Given, ...]) -> None:
    assert "FJ-IDN-305" in refused(role(CERTIFICATES, labels=labels), *others)


KUEUE = {**TAGS, "rbac.kueue.x-k8s.io/batch-user": "true"}
WRITES_PODS = {"apiGroups": [""], "resources": ["pods"], "verbs": ["create"]}


def patch(name: object = "act", **props: object) -> Given:
    return k8s(f"{RBAC}/v1:ClusterRolePatch", {"metadata": {"name": name, "labels": TAGS}, **props}, "patch")


def aggregator(selector: object, name: str = "all") -> Given:
    return k8s(f"{RBAC}/v1:ClusterRole", {
        "metadata": {"name": name, "labels": TAGS}, "rules": [],
        "aggregationRule": {"clusterRoleSelectors": [selector]}}, name)  # fmt: skip


@pytest.mark.parametrize("plan", [
    (patch("of-kueue", rules=[WRITES_PODS]), bound("models", to="of-kueue")),
    (role(WRITES_PODS, labels=KUEUE), bound("models")),
    (role(WRITES_PODS, labels={**TAGS, "serving.knative.dev/controller": "true"}), bound("models")),
    (role(WRITES_PODS, labels=UNKNOWN), bound("models")),
    (role(WRITES_PODS), bound("models"), patch(metadata={"name": "act", "labels": {"a/aggregate-to-view": "true"}})),
    (role(WRITES_PODS), bound("models"), bound(kind=UNKNOWN)),
])  # fmt: skip
def test_rules_that_others_may_get_count_everywhere(plan: tuple[Given, ...]) -> None:
    assert "FJ-IDN-305" in refused(*plan)


@pytest.mark.parametrize(("selector", "is_refused"), [
    ({"matchLabels": {"team": "a"}, "matchExpressions": [{"key": "x-aggregate", "operator": "DoesNotExist"}]}, True),
    ({"matchExpressions": [{"key": "team", "operator": "In", "values": ["a"]},
                           {"key": "x-aggregate", "operator": "NotIn", "values": ["b"]}]}, True),
    ({"matchLabels": {"rbac.kueue.x-k8s.io/batch-user": "true"}}, False),
    ({"matchExpressions": [{"key": "serving.knative.dev/controller", "operator": "Exists"}]}, False),
])  # fmt: skip
def test_an_aggregator_names_a_label_that_is_for_that(selector: dict[str, Any], is_refused: bool) -> None:
    assert ("FJ-IDN-305" in refused(aggregator(selector))) is is_refused


def test_a_plan_says_what_a_role_may_do_only_where_it_has_all_of_it() -> None:
    everything = k8s(f"{RBAC}/v1:ClusterRole", {"metadata": {"name": "ext"}, "rules": [
        {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}, "ext")  # fmt: skip
    pack = Pack()
    assert "FJ-IDN-301" in blocking(pack.evaluate_plan(bound(to="ext"), read=(everything,)))
    reads_pods = role({"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}, name="ext")
    assert "FJ-IDN-301" not in blocking(pack.evaluate_plan(bound(to="ext"), read=(reads_pods,)))
    reads_all = role({"apiGroups": [""], "resources": ["*"], "verbs": ["get"]}, name="ext")
    assert "FJ-IDN-301" in blocking(pack.evaluate_plan(bound(to="ext"), read=(reads_all,)))
    assert "FJ-IDN-301" in refused(bound(to="ext"), patch("ext"))
    label = "rbac.crossplane.io/aggregate-to-admin"
    collected = {"matchLabels": {label: "true"}}
    assert "FJ-IDN-301" in refused(aggregator(collected, "mine"), bound(to="mine"))
    reads = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}
    taken_in = role(reads, labels={**TAGS, label: "true"}, name="part")
    assert refused(aggregator(collected, "mine"), taken_in, bound(to="mine")) == set()


def test_roles_of_two_clusters_may_share_their_name() -> None:
    def at(cluster: str, given: Given) -> Given:
        return Given(given.type, given.props, f"{given.name}-{cluster}", provider={}, provider_name=cluster)

    here = (at("dc1", role(WRITES_PODS)), at("dc1", bound("models")))
    reads = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}
    assert refused(*here, at("dc2", role(reads)), at("dc2", bound())) == set()
    assert "FJ-IDN-301" in refused(at("dc1", role(reads)), at("dc2", bound()))


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [{"kind": 3}], {"labels": 3, "name": {}, "kind": []}, UNKNOWN])
def test_odd_values_raise_nothing(value: Any) -> None:
    for key in ("metadata", "roleRef", "subjects", "rules", "aggregationRule"):
        for kind in ("ClusterRole", "ClusterRoleBinding", "RoleBinding", "ClusterRolePatch"):
            reports = Pack().evaluate_plan(k8s(f"{RBAC}/v1:{kind}", {key: value}, "it"), role(SCALES))
            assert "FJ-PACK-001" not in {item.rule for item in reports}
