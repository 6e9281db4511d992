"""Pods in patches and custom resources are recognised by their properties."""

import pytest

from .exposure_cases import refused
from .harness import Given, Pack

PACK = Pack()


PATCH = "kubernetes:apps/v1:DeploymentPatch"


def template(**spec: object) -> dict[str, object]:
    return {"spec": {"template": {"spec": spec}}}


@pytest.mark.parametrize(
    ("token", "props", "stopped"),
    [
        (PATCH, template(hostNetwork=True), {"FJ-EXP-302"}),
        (PATCH, template(hostPID="true"), {"FJ-EXP-302"}),
        (PATCH, template(securityContext={"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}), {"FJ-EXP-311"}),
        (PATCH, template(volumes=[{"name": "a", "hostPath": {"path": "/"}}]), {"FJ-EXP-304"}),
        ("kubernetes:batch/v1:CronJobPatch", {"spec": {"jobTemplate": template(hostIPC=True)}}, {"FJ-EXP-302"}),
        ("kubernetes:core/v1:PodPatch", {"spec": {"hostNetwork": True}}, {"FJ-EXP-302"}),
        (PATCH, template(nodeSelector={"a": "b"}), set()),
        (PATCH, {"spec": {"replicas": 3}}, set()),
        ("kubernetes:core/v1:ServicePatch", {"spec": {"selector": {"a": "b"}}}, set()),
    ],
)
def test_a_patch_without_containers_is_evaluated_as_a_pod(
    token: str, props: dict[str, object], stopped: set[str]
) -> None:
    assert refused(token, props) == stopped


@pytest.mark.parametrize(
    ("token", "spec", "stopped"),
    [
        ("kubernetes:agents.x-k8s.io/v1beta1:Sandbox",
         {"podTemplate": {"spec": {"automountServiceAccountToken": True}}}, {"FJ-EXP-314"}),
        ("kubernetes:karpenter.sh/v1:NodePool", {"template": {"spec": {"requirements": []}}}, set()),
        ("kubernetes:argoproj.io/v1alpha1:ApplicationSet", {"template": {"spec": {"project": "a"}}}, set()),
    ],
)  # fmt: skip
def test_a_template_of_a_custom_resource_is_a_pod_if_it_has_pod_only_fields(
    token: str, spec: dict[str, object], stopped: set[str]
) -> None:
    reports = {
        item.rule for item in PACK.evaluate_resource(Given(token, {"spec": spec})) if item.rule.startswith("FJ-EXP-3")
    }
    assert reports == stopped
