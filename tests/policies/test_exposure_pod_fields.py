"""Pod fields: missing images, Windows pods, sysctls and projected tokens."""

import pytest

from .exposure_cases import refused
from .harness import UNKNOWN

WORKLOADS = ("kubernetes:apps/v1:Deployment", "kubernetes:apps.openshift.io/v1:DeploymentConfig")


@pytest.mark.parametrize("token", WORKLOADS)
def test_a_pod_template_without_images_is_evaluated(token: str) -> None:
    def spec(**context: object) -> dict[str, object]:
        return {"spec": {"template": {"spec": {"containers": [{"name": "app", "securityContext": context}]}}}}

    assert "FJ-EXP-307" in refused(token, spec(runAsUser=0))
    assert "FJ-EXP-307" not in refused(token, spec(runAsNonRoot=True))
    assert refused("kubernetes:example.ae/v1:Menu", spec(runAsUser=0)) == {"FJ-ESC-103", "FJ-EXP-307"}


def test_windows_pods_need_no_linux_settings_and_safe_sysctls_pass() -> None:
    bare = {"containers": [{"name": "a", "image": "a:1"}], "securityContext": {"runAsNonRoot": True}}
    unix = {"FJ-EXP-306", "FJ-EXP-308", "FJ-EXP-309", "FJ-EXP-310"}
    assert refused("kubernetes:core/v1:Pod", {"spec": bare}) >= unix
    assert not refused("kubernetes:core/v1:Pod", {"spec": {**bare, "os": {"name": "windows"}}}) & unix
    for name, is_safe in (("net.ipv4.tcp_rmem", True), ("net/ipv4/tcp_wmem", True), ("kernel.sem", False)):
        spec = {**bare, "securityContext": {"sysctls": [{"name": name, "value": "1"}]}}
        assert ("FJ-EXP-311" not in refused("kubernetes:core/v1:Pod", {"spec": spec})) is is_safe


@pytest.mark.parametrize(
    ("value", "is_safe"),
    [
        ("1+kernel.core_pattern=|/tmp/handler #", False),
        ("1 kernel.core_pattern=x", False),
        ("1024 65535", True),
        ("1", True),
        (UNKNOWN, True),
    ],
)
def test_the_value_of_a_safe_sysctl_adds_no_other_setting(value: str, is_safe: bool) -> None:
    """CVE-2022-0811; cases after Kyverno's policy prevent-cr8escape (kyverno/policies, 2026-03-06)."""
    context = {"sysctls": [{"name": "kernel.shm_rmid_forced", "value": value}]}
    spec = {"containers": [{"name": "a", "image": "a:1"}], "securityContext": context}
    assert ("FJ-EXP-311" not in refused("kubernetes:core/v1:Pod", {"spec": spec})) is is_safe


def test_a_projected_token_expires_within_a_day() -> None:
    def spec(seconds: object) -> dict[str, object]:
        source = {"serviceAccountToken": {"path": "token", "expirationSeconds": seconds}}
        return {"spec": {
            "serviceAccountName": "own", "containers": [{"name": "a", "image": "a:1"}],
            "volumes": [{"name": "token", "projected": {"sources": [source]}}],
        }}  # fmt: skip

    assert "FJ-EXP-314" in refused("kubernetes:core/v1:Pod", spec(604_800))
    for seconds in (3600, 86_400, None, UNKNOWN):
        assert "FJ-EXP-314" not in refused("kubernetes:core/v1:Pod", spec(seconds))
