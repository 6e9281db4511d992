"""Patches of Kyverno by which pods have less, by fields of the Pod Security Standards (read 2026-12-02)."""

import pytest
from guardrails.engine.reading import Plain
from guardrails.unverifiable.hardening_patches import only_hardens


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
