"""Patches of Kyverno and values of Gatekeeper by which pods have less (Pod Security Standards, read 2026-12-02)."""

import pytest
from guardrails.engine.reading import Plain
from guardrails.unverifiable.hardening_patches import assigns_less, only_hardens


@pytest.mark.parametrize(("patch", "expected"), [
    ({"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}, True),
    ({"securityContext": {"windowsOptions": {"hostProcess": False}}}, True),
    ({"containers": [{"(name)": "*", "securityContext": {"procMount": "Default", "privileged": False}}]}, True),
    ({"securityContext": {"appArmorProfile": {"type": "Unconfined"}}}, False),
    ({"securityContext": {"windowsOptions": {"hostProcess": True}}}, False),
    ({"securityContext": {"windowsOptions": {"runAsUserName": "ContainerAdministrator"}}}, False),
    ({"containers": [{"(name)": "*", "securityContext": {"procMount": "Unmasked"}}]}, False),
])  # fmt: skip
def test_patches_of_the_standards_take_something(patch: Plain, *, expected: bool) -> None:
    assert only_hardens({"patchStrategicMerge": {"spec": patch}}) is expected


@pytest.mark.parametrize(("location", "value", "expected"), [
    ("spec.automountServiceAccountToken", False, True),
    ("spec.containers[name:*].securityContext.allowPrivilegeEscalation", False, True),
    ('spec.containers[name: "web-1"].securityContext.capabilities', {"drop": ["ALL"]}, True),
    ("spec.template.spec.securityContext.seccompProfile.type", "RuntimeDefault", True),
    ("spec.securityContext.seccompProfile.type", "Unconfined", False),
    ("spec.containers[name:*].image", "RuntimeDefault", False),
    ("spec.containers[name:*].securityContext", {"privileged": False, "runAsUser": 0}, False),
    ("spec.containers[image:*].securityContext.privileged", False, False),
    ("spec.containers[name:*].securityContext", {"privileged": False}, False), ("spec.initContainers", [], False),
    ("spec..privileged", False, False),
    ("metadata.labels.owner", "bank", False),
    (None, False, False),
    (7, [], False),
])  # fmt: skip
def test_values_of_gatekeeper_take_something(location: Plain, value: Plain, *, expected: bool) -> None:
    assert assigns_less({"location": location, "parameters": {"assign": {"value": value}}}) is expected


@pytest.mark.parametrize("spec", [
    None, {}, {"location": "spec.hostNetwork", "parameters": []},
    {"location": "spec.hostNetwork", "parameters": {"assign": {"value": False, "externalData": {"provider": "x"}}}},
    {"location": "spec.hostNetwork", "parameters": {"assign": {"fromMetadata": {"field": "name"}}}},
])  # fmt: skip
def test_values_that_others_state_are_not_read(spec: Plain) -> None:
    assert not assigns_less(spec)
