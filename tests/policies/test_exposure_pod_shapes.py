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


SAFE = {"capabilities": {"drop": ["ALL"]}, "runAsNonRoot": True, "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True, "seccompProfile": {"type": "RuntimeDefault"}}  # fmt: skip
LIMITED = {"requests": {"cpu": "1"}, "limits": {"memory": "1Gi"}}
TEMPLATE = {"securityContext": SAFE, "computeResources": LIMITED}
STEP = {"name": "a", "image": "registry.example.ae/a:1"}


@pytest.mark.parametrize(
    ("spec", "stopped"),
    [
        ({"stepTemplate": TEMPLATE, "steps": [STEP]}, set()),
        ({"stepTemplate": {**TEMPLATE, "image": STEP["image"]}, "steps": [{"name": "a"}]}, set()),
        ({"stepTemplate": {**TEMPLATE, "image": "a"}, "steps": [{"name": "a"}]}, {"FJ-EXP-312"}),
        ({"stepTemplate": {"securityContext": SAFE}, "steps": [STEP]}, {"FJ-EXP-313", "FJ-EXP-316"}),
        ({"stepTemplate": TEMPLATE, "steps": [{**STEP, "securityContext": {"runAsNonRoot": False}}]}, {"FJ-EXP-307"}),
        ({"stepTemplate": TEMPLATE, "steps": [{**STEP, "securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}]},
         {"FJ-EXP-305"}),
        ({"stepTemplate": {**TEMPLATE, "env": [{"name": "PASSWORD", "value": "correct-horse-battery"}]},
          "steps": [{**STEP, "env": [{"name": "A", "value": "b"}]}]}, {"FJ-EXP-315"}),
        ({"steps": [{**STEP, **TEMPLATE}], "sidecars": [{**STEP, **TEMPLATE}]}, set()),
        ({"steps": [{**STEP, **TEMPLATE}], "sidecars": [{**STEP, "securityContext": SAFE}]},
         {"FJ-EXP-313", "FJ-EXP-316"}),
    ],
)  # fmt: skip
def test_a_step_has_what_the_template_of_its_task_says(spec: dict[str, object], stopped: set[str]) -> None:
    props = {"metadata": {"namespace": "team-a"}, "spec": spec}
    reports = PACK.evaluate_resource(Given("kubernetes:tekton.dev/v1:Task", props))
    assert {item.rule for item in reports if item.rule.startswith("FJ-EXP-3")} == stopped
