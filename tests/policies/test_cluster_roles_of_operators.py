"""Roles of a cluster that act by objects of controllers, or remove what separates tenants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import cluster_role, k8s, meta
from .harness import UNKNOWN, Given, Pack, rules

PACK = Pack()
GROUPS = st.sampled_from(("ray.io", "argoproj.io", "kubeflow.org", "serving.kserve.io", "sparkoperator.k8s.io"))
VERBS = st.sampled_from(("create", "update", "patch"))


def is_refused(given_resource: Given) -> bool:
    """Returns whether the rule on escalation in clusters refuses a role."""
    return "FJ-IDN-305" in rules(PACK.evaluate_plan(given_resource))


def rule(group: str, kind: str, *verbs: str) -> dict[str, object]:
    """Returns a rule of a role."""
    return {"apiGroups": [group], "resources": [kind], "verbs": list(verbs)}


@given(group=GROUPS, kind=st.from_regex(r"[a-z]{3,20}s", fullmatch=True), verb=VERBS)
@settings(max_examples=many(30), deadline=None)
def test_objects_of_operators_start_pods_everywhere(group: str, kind: str, verb: str) -> None:
    assert is_refused(cluster_role(rule(group, kind, verb)))
    role = {"metadata": meta(), "rules": [rule(group, kind, verb)]}
    assert not is_refused(k8s("rbac.authorization.k8s.io/v1:Role", role))


@pytest.mark.parametrize(
    ("given_rule", "refused"),
    [
        (rule("ray.io", "rayjobs", "get", "list"), False),
        (rule("ray.io", "rayjobs/status", "patch"), False),
        (rule("networking.k8s.io", "networkpolicies", "get", "create"), False),
        (rule("networking.k8s.io", "networkpolicies", "delete"), True),
        (rule("security.istio.io", "authorizationpolicies", "patch"), True),
        (rule("kyverno.io", "policyexceptions", "create"), True),
        (rule("kyverno.io", "policyexceptions", "list"), False),
    ],
)
def test_policies_that_separate_tenants_are_kept(given_rule: dict[str, object], refused: bool) -> None:
    assert is_refused(cluster_role(given_rule)) is refused


def role_in(namespace: object, given_rule: dict[str, object]) -> Given:
    """Returns a role of one namespace."""
    return k8s("rbac.authorization.k8s.io/v1:Role", {
        "metadata": {"name": "x", "namespace": namespace}, "rules": [given_rule]})  # fmt: skip


CONTROLLERS = (
    rule("argoproj.io", "applications", "create"),
    rule("kyverno.io", "clusterpolicies", "patch"),
    rule("policies.kyverno.io", "mutatingpolicies", "delete"),
    rule("constraints.gatekeeper.sh", "k8srequiredlabels", "delete"),
    rule("kustomize.toolkit.fluxcd.io", "kustomizations", "create"),
    rule("s3.aws.upbound.io", "buckets", "create"),
    rule("iam.services.k8s.aws", "roles", "update"),
    rule("karpenter.k8s.aws", "ec2nodeclasses", "update"),
    rule("bootstrap.cluster.x-k8s.io", "kubeadmconfigs", "create"),
)


@pytest.mark.parametrize("given_rule", CONTROLLERS)
def test_objects_of_controllers_are_for_a_team_in_its_own_namespace_only(given_rule: dict[str, object]) -> None:
    assert is_refused(cluster_role(given_rule))
    for namespace in ("argocd", "argo-cd", "flux-system", "kyverno"):
        assert is_refused(role_in(namespace, given_rule))
    for namespace in ("team-a", "argo", UNKNOWN):
        assert not is_refused(role_in(namespace, given_rule))
    assert not is_refused(cluster_role({**given_rule, "verbs": ["get", "list", "watch"]}))
    assert not is_refused(cluster_role({**given_rule, "resourceNames": ["one"]}))
    assert not is_refused(cluster_role({**given_rule, "apiGroups": ["bank.example.ae"]}))


@pytest.mark.parametrize("kind", [
    "restores", "backupstoragelocations", "downloadrequests", "backups", "schedules", "deletebackuprequests",
])  # fmt: skip
def test_whoever_restores_has_every_namespace_wherever_the_role_is(kind: str) -> None:
    """Hooks of a backup, and of a schedule, run commands in the pods of each namespace (velero d2241ad
    pkg/apis/velero/v1/backup_types.go, read 2026-11-30)."""
    assert is_refused(role_in("backups", rule("velero.io", kind, "create")))
    assert not is_refused(role_in("backups", rule("velero.io", kind, "list")))
    assert not is_refused(role_in("backups", rule("velero.io", "serverstatusrequests", "create")))


@pytest.mark.parametrize("kind", ["referencegrants", "httproutes", "virtualservices", "envoyfilters", "ingresses"])
def test_routes_of_every_namespace_take_the_requests_of_others(kind: str) -> None:
    assert is_refused(cluster_role(rule("networking.example.io", kind, "patch")))
    assert not is_refused(role_in("team-a", rule("networking.example.io", kind, "patch")))
    assert not is_refused(cluster_role(rule("networking.example.io", f"{kind}/status", "patch")))


@pytest.mark.parametrize("groups", [{}, {"apiGroups": []}, {"apiGroups": [""]}])
def test_a_rule_without_groups_counts_as_the_group_of_the_core(groups: dict[str, object]) -> None:
    assert is_refused(cluster_role({**groups, "resources": ["configmaps"], "verbs": ["patch"]}))


@pytest.mark.parametrize(("namespace", "refused"), [("argocd", True), ("velero", True), ("team-a", False)])
def test_admin_in_the_namespace_of_a_controller_is_not_a_teams_own(namespace: str, refused: bool) -> None:
    binding = k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
        "metadata": {"name": "x", "namespace": namespace},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"},
        "subjects": [{"kind": "Group", "name": "team-a", "apiGroup": "rbac.authorization.k8s.io"}]})  # fmt: skip
    assert ("FJ-IDN-301" in rules(PACK.evaluate_resource(binding))) is refused
