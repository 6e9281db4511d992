"""Pod security policies."""

from typing import Any

import pytest

from .exposure_cases import all_reports, refused, reported
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
def test_a_pod_security_policy_allows_no_more_than_the_pod_rules(change: dict[str, object]) -> None:
    assert reported(PSP, {"spec": GOOD_POLICY}) == set()
    reports = all_reports(PSP, {"spec": {**GOOD_POLICY, **change}})
    assert {item.rule for item in reports if item.mandatory} == {"FJ-EXP-319"}
    assert [f"spec.{key} must" in item.text for key, item in zip(change, reports, strict=True)] == [True]
    assert refused("kubernetes:core/v1:List", {"items": [{"kind": "PodSecurityPolicy", "spec": change}]}) == {
        "FJ-EXP-319"
    }


def test_unknown_values_of_a_pod_security_policy_pass() -> None:
    assert reported(PSP, {"spec": {**GOOD_POLICY, "allowPrivilegeEscalation": UNKNOWN}}) == set()
    assert reported("kubernetes:policy/v1:PodDisruptionBudget", {"spec": {"privileged": True}}) == set()
