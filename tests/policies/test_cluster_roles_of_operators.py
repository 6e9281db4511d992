"""Roles of a cluster that start pods by objects of operators, or remove what separates tenants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .blind import cluster_role, k8s, meta
from .harness import Given, Pack, rules

PACK = Pack()
GROUPS = st.sampled_from(("ray.io", "argoproj.io", "kubeflow.org", "serving.kserve.io", "sparkoperator.k8s.io"))
VERBS = st.sampled_from(("create", "update", "patch"))


def is_refused(given_resource: Given) -> bool:
    """Returns whether the rule on escalation in clusters refuses a role."""
    return "FJ-IDN-305" in rules(PACK.evaluate_resource(given_resource))


def rule(group: str, kind: str, *verbs: str) -> dict[str, object]:
    """Returns a rule of a role."""
    return {"apiGroups": [group], "resources": [kind], "verbs": list(verbs)}


@given(group=GROUPS, kind=st.from_regex(r"[a-z]{3,20}s", fullmatch=True), verb=VERBS)
@settings(max_examples=30, deadline=None)
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
