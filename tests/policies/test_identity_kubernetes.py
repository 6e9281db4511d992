"""Permissions in Kubernetes roles, and aggregated cluster roles."""

import pytest

from .exposure_cases import refused, reported
from .harness import Given, Pack, blocking, named


def test_aggregated_roles_grant_no_sensitive_permissions() -> None:
    def role(resource: str, group: str = "") -> dict[str, object]:
        labels = {"rbac.authorization.k8s.io/aggregate-to-admin": "true"}
        rule = {"apiGroups": [group], "resources": [resource], "verbs": ["create"]}
        return {"metadata": {"labels": labels}, "rules": [rule]}

    token = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"
    assert refused(token, role("secrets")) == {"FJ-IDN-305"}
    assert reported(token, role("widgets", "example.ae")) == set()


RESOURCE_NAMES = ["one"]


@pytest.mark.parametrize(
    ("kind", "rule", "expected"),
    [
        ("ClusterRole", {"resources": ["deployments"], "verbs": ["create"]}, {"FJ-IDN-305"}),
        ("Role", {"resources": ["deployments"], "verbs": ["create"]}, set()),
        ("Role", {"resources": ["pods/portforward"], "verbs": ["create"]}, {"FJ-IDN-305"}),
        ("ClusterRole", {"resources": ["persistentvolumes"], "verbs": ["create"]}, {"FJ-IDN-305"}),
        ("ClusterRole", {"resources": ["pods/*"], "verbs": ["get"]}, {"FJ-IDN-302"}),
        ("ClusterRole", {"nonResourceURLs": ["/metrics/*"], "verbs": ["get"]}, set()),
        ("ClusterRole", {"nonResourceURLs": ["*"], "verbs": ["get"]}, {"FJ-IDN-302"}),
        ("Role", {"resources": ["secrets"], "verbs": ["*"]}, {"FJ-IDN-302", "FJ-IDN-304"}),
        ("Role", {"resources": ["secrets"], "verbs": ["get"], "resourceNames": RESOURCE_NAMES}, set()),
    ],
    ids=named,
)
def test_permissions_in_roles(kind: str, rule: dict[str, object], expected: set[str]) -> None:
    token = f"kubernetes:rbac.authorization.k8s.io/v1:{kind}"
    role = Given(token, {"kind": kind, "rules": [{"apiGroups": [""], **rule}]})
    assert {name for name in blocking(Pack().evaluate_plan(role)) if name.startswith("FJ-IDN-")} == expected
