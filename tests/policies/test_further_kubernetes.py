"""Rules of Kubernetes of which corpora of others showed that they were wanted, and what is good in their words."""

from typing import Any

import pytest

from .exposure_cases import refused, told
from .harness import UNKNOWN, named

PSP = "kubernetes:policy/v1beta1:PodSecurityPolicy"
GOOD_POLICY: dict[str, Any] = {
    "allowPrivilegeEscalation": False,
    "requiredDropCapabilities": ["ALL"],
    "volumes": ["configMap", "emptyDir"],
    "runAsUser": {"rule": "MustRunAsNonRoot"},
}


@pytest.mark.parametrize(
    "change",
    [
        {"privileged": True},
        {"hostNetwork": True},
        {"hostPID": "true"},
        {"hostIPC": True},
        {"allowedCapabilities": ["SYS_ADMIN"]},
        {"defaultAddCapabilities": ["NET_ADMIN"]},
        {"allowedUnsafeSysctls": ["kernel.msg*"]},
        {"allowPrivilegeEscalation": None},
        {"requiredDropCapabilities": ["KILL"]},
        {"allowedProcMountTypes": ["Default", "Unmasked"]},
        {"volumes": ["*"]},
        {"allowedHostPaths": [{"pathPrefix": "/var/log"}]},
        {"runAsUser": {"rule": "RunAsAny"}},
        {"runAsUser": {"rule": "MustRunAs", "ranges": [{"min": 0, "max": 10}]}},
    ],
    ids=named,
)
def test_a_pod_security_policy_allows_what_pod_security_does(change: dict[str, object]) -> None:
    assert told(PSP, {"spec": GOOD_POLICY}) == set()
    assert refused(PSP, {"spec": {**GOOD_POLICY, **change}}) == {"FJ-EXP-319"}
    assert refused("kubernetes:core/v1:List", {"items": [{"kind": "PodSecurityPolicy", "spec": change}]}) == {
        "FJ-EXP-319"
    }


def test_pod_security_policies_may_be_known_later() -> None:
    assert told(PSP, {"spec": {**GOOD_POLICY, "allowPrivilegeEscalation": UNKNOWN}}) == set()
    assert told("kubernetes:policy/v1:PodDisruptionBudget", {"spec": {"privileged": True}}) == set()


WORKLOADS = ("kubernetes:apps/v1:Deployment", "kubernetes:apps.openshift.io/v1:DeploymentConfig")


@pytest.mark.parametrize("token", WORKLOADS)
def test_a_pod_is_one_without_its_image(token: str) -> None:
    def spec(**context: object) -> dict[str, object]:
        return {"spec": {"template": {"spec": {"containers": [{"name": "app", "securityContext": context}]}}}}

    assert "FJ-EXP-307" in refused(token, spec(runAsUser=0))
    assert "FJ-EXP-307" not in refused(token, spec(runAsNonRoot=True))
    assert refused("kubernetes:example.ae/v1:Menu", spec(runAsUser=0)) == set()


def test_rights_that_are_added_to_others_are_small() -> None:
    def role(resource: str) -> dict[str, object]:
        labels = {"rbac.authorization.k8s.io/aggregate-to-admin": "true"}
        rule = {"apiGroups": [""], "resources": [resource], "verbs": ["create"]}
        return {"metadata": {"labels": labels}, "rules": [rule]}

    token = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"
    assert refused(token, role("secrets")) == {"FJ-IDN-305"}
    assert told(token, role("widgets")) == set()


@pytest.mark.parametrize("name", ["localhost", "localhost.", "a.localhost", "127.0.0.1", "169.254.169.254"])
def test_no_service_leads_back_to_its_caller(name: str) -> None:
    token = "kubernetes:core/v1:Service"
    assert refused(token, {"spec": {"type": "ExternalName", "externalName": name}}) == {"FJ-EXP-321"}
    assert told(token, {"spec": {"type": "ExternalName", "externalName": "models.bank.ae"}}) == set()


def test_windows_has_no_capabilities_and_kernels_have_more_safe_settings() -> None:
    bare = {"containers": [{"name": "a", "image": "a:1"}], "securityContext": {"runAsNonRoot": True}}
    unix = {"FJ-EXP-306", "FJ-EXP-308", "FJ-EXP-309", "FJ-EXP-310"}
    assert refused("kubernetes:core/v1:Pod", {"spec": bare}) >= unix
    assert not refused("kubernetes:core/v1:Pod", {"spec": {**bare, "os": {"name": "windows"}}}) & unix
    for name, is_safe in (("net.ipv4.tcp_rmem", True), ("net/ipv4/tcp_wmem", True), ("kernel.sem", False)):
        spec = {**bare, "securityContext": {"sysctls": [{"name": name, "value": "1"}]}}
        assert ("FJ-EXP-311" not in refused("kubernetes:core/v1:Pod", {"spec": spec})) is is_safe


def test_a_token_lasts_a_day_at_most() -> None:
    def spec(seconds: object) -> dict[str, object]:
        source = {"serviceAccountToken": {"path": "token", "expirationSeconds": seconds}}
        return {"spec": {
            "serviceAccountName": "own", "containers": [{"name": "a", "image": "a:1"}],
            "volumes": [{"name": "token", "projected": {"sources": [source]}}],
        }}  # fmt: skip

    assert "FJ-EXP-314" in refused("kubernetes:core/v1:Pod", spec(604_800))
    for seconds in (3600, 86_400, None, UNKNOWN):
        assert "FJ-EXP-314" not in refused("kubernetes:core/v1:Pod", spec(seconds))


NAMES_ONE = ["one"]


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
        ("Role", {"resources": ["secrets"], "verbs": ["get"], "resourceNames": NAMES_ONE}, set()),
    ],
    ids=named,
)
def test_rights_in_roles(kind: str, rule: dict[str, object], expected: set[str]) -> None:
    token = f"kubernetes:rbac.authorization.k8s.io/v1:{kind}"
    assert refused(token, {"kind": kind, "rules": [{"apiGroups": [""], **rule}]}) == expected


def test_doors_inside_a_cluster() -> None:
    binding = {"subjects": [{"kind": "Group", "name": "system:serviceaccounts:shop"}], "roleRef": {"name": "view"}}
    assert refused("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", binding) == {"FJ-IDN-303"}
    network = "kubernetes:networking.k8s.io/v1"
    everybody = {"spec": {"ingress": [{"from": [{"namespaceSelector": {}}]}]}}
    some = {"spec": {"ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"team": "a"}}}]}]}}
    assert refused(f"{network}:NetworkPolicy", everybody) == {"FJ-EXP-324"}
    assert told(f"{network}:NetworkPolicy", some) == set()
    assert refused(f"{network}:Ingress", {"spec": {"defaultBackend": {"service": {"name": "a"}}}}) == {"FJ-EXP-323"}
