"""Rights on named objects that are as strong as those on all, and accounts of the system and of whole namespaces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .blind import cluster_role, k8s, meta, pod
from .harness import UNKNOWN, Given, Pack, rules

PACK = Pack()
RBAC = "rbac.authorization.k8s.io"


def named(kind: str, name: object, *verbs: str) -> dict[str, object]:
    """Returns a rule of a role on one named object."""
    return {"apiGroups": [""], "resources": [kind], "verbs": list(verbs), "resourceNames": [name]}


def refuses(given_resource: Given, rule: str = "FJ-IDN-305") -> bool:
    """Returns whether a rule refuses a resource."""
    return rule in rules(PACK.evaluate_plan(given_resource))


def role_in(namespace: str, given_rule: dict[str, object]) -> Given:
    """Returns a role of one namespace."""
    return k8s(f"{RBAC}/v1:Role", {"metadata": meta("x", namespace), "rules": [given_rule]})


@pytest.mark.parametrize(("given_rule", "refused"), [
    (named("groups", "system:masters", "impersonate"), True),
    (named("userextras/scopes", "admin", "impersonate"), True), (named("uids", "1", "impersonate"), True),
    (named("userextras", "view", "get"), False),
    (named("users", "platform-admin", "impersonate"), True),
    (named("users", "robot-reports", "impersonate"), False),
    (named("serviceaccounts", "reports", "impersonate"), False),
    (named("clusterroles", "cluster-admin", "bind"), True),
    (named("clusterroles", "edit", "bind"), False), (named("clusterroles", "crossplane", "bind"), True),
    (named("clusterroles", "system:kube-scheduler", "bind"), True), (named("clusterroles", "view", "bind"), False),
    (named("serviceaccounts/token", "namespace-controller", "create"), True),
    (named("serviceaccounts/token", "vault-issuer", "create"), False),
    (named("clusterroles", "team-reader", "bind"), False),
    (named("clusterroles", "team-reader", "escalate"), True),
    (named("clusterroles", "cluster-admin", "get"), False),
    (named("validatingwebhookconfigurations", "kyverno-resource-validating-webhook-cfg", "delete"), True),
    (named("validatingwebhookconfigurations", "gatekeeper-validating-webhook-configuration", "patch"), True),
    (named("validatingwebhookconfigurations", "kueue-validating-webhook-configuration", "patch"), False),
    (named("validatingadmissionpolicybindings", "limits", "delete"), True),
    (named("validatingadmissionpolicybindings", "limits", "get"), False),
    (named("signers", "kubernetes.io/kube-apiserver-client", "approve"), True),
    (named("signers", "kubernetes.io/kubelet-serving", "approve"), False),
    (named("nodes/proxy", "node-1", "get"), True),
    (named("configmaps", "aws-auth", "patch"), True),
    (named("configmaps", "aws-auth", "get"), False),
    (named("configmaps", "features", "patch"), False),
    (named("secrets", "argocd-initial-admin-secret", "get"), True),
    (named("secrets", "database", "get"), False),
    (named("configmaps", UNKNOWN, "patch"), False),
    ({"apiGroups": [""], "resources": ["nodes"], "verbs": ["patch"]}, True),
    ({"apiGroups": [""], "resources": ["nodes"], "verbs": ["get", "list"]}, False),
])  # fmt: skip
def test_rights_on_named_objects_of_a_cluster(given_rule: dict[str, object], *, refused: bool) -> None:
    assert refuses(cluster_role(given_rule)) is refused


@given(namespace=st.sampled_from(("kube-system", "istio-system", "argocd", "kyverno")),
       name=st.sampled_from(("aws-auth", "coredns", "argocd-rbac-cm", "kyverno", "istio")))  # fmt: skip
@settings(max_examples=20, deadline=None)
def test_maps_of_controllers_count_in_their_namespaces(namespace: str, name: str) -> None:
    assert refuses(role_in(namespace, named("configmaps", name, "update")))
    assert not refuses(role_in("team-a", named("configmaps", name, "update")))


@pytest.mark.parametrize(("namespace", "refused"), [
    ("argocd", True), ("argo-cd", True), ("istio-system", True), ("kyverno", True), ("kueue-system", False),
    ("team-a", False),
])  # fmt: skip
@pytest.mark.parametrize("verb", ["update", "patch", "delete", "deletecollection"])
def test_changes_of_every_map_are_changes_of_the_named_ones(namespace: str, verb: str, *, refused: bool) -> None:
    every: dict[str, object] = {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", verb]}
    assert refuses(role_in(namespace, every)) is refused
    assert refuses(role_in(namespace, {**every, "resourceNames": [""]})) is refused
    assert not refuses(role_in(namespace, {**every, "verbs": ["get", "list", "watch", "create"]}))
    assert not refuses(role_in(namespace, {**every, "resourceNames": UNKNOWN}))


@pytest.mark.parametrize(("namespace", "account", "refused"), [
    ("kube-system", "clusterrole-aggregation-controller", True), ("kube-system", "namespace-controller", True),
    ("kube-system", "coredns", False), ("team-a", "namespace-controller", False), ("kube-system", UNKNOWN, False),
])  # fmt: skip
@pytest.mark.parametrize("key", ["serviceAccountName", "serviceAccount"])
def test_pods_with_accounts_of_controllers(namespace: str, account: str, key: str, *, refused: bool) -> None:
    spec = {"template": {"spec": {**pod({}), "serviceAccountName": "app", key: account}}}
    given_resource = k8s("apps/v1:Deployment", {"metadata": meta("x", namespace), "spec": spec})
    assert refuses(given_resource, "FJ-IDN-301") is refused


@pytest.mark.parametrize(("name", "refused"), [
    ("system:serviceaccount:team-a:default", True), ("system:serviceaccount:team-a:app", False), ("default", False),
])  # fmt: skip
def test_the_default_account_has_a_name_as_a_user(name: str, *, refused: bool) -> None:
    binding = k8s(f"{RBAC}/v1:RoleBinding", {
        "metadata": meta(), "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": "x"},
        "subjects": [{"apiGroup": RBAC, "kind": "User", "name": name}]})  # fmt: skip
    assert refuses(binding, "FJ-IDN-303") is refused


@pytest.mark.parametrize("key", ["eks.amazonaws.com/role-arn", "azure.workload.identity/client-id"])
@pytest.mark.parametrize(("name", "value", "refused"), [
    ("default", "x", True), ("default", "", False), ("app", "x", False),
])  # fmt: skip
def test_the_default_account_has_no_role_of_a_cloud(key: str, name: str, value: str, *, refused: bool) -> None:
    account = {"metadata": meta(name, annotations={key: value}), "automountServiceAccountToken": False}
    assert refuses(k8s("core/v1:ServiceAccount", account), "FJ-EXP-327") is refused
