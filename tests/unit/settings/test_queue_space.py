"""A tenant's queue is held against its ResourceQuota, with the pods that are not queued."""

import pytest

from falaj.components.settings.load import platform_settings
from falaj.components.settings.unqueued_work import unqueued_pods
from tests.unit.settings.stacks import changed, problems, raw


@pytest.mark.parametrize(
    ("resource", "value", "least"),
    [("gpus", 7, "at least 8"), ("cpu", 224, "at least 225"), ("memory_gib", 1793, "at least 1794")],
)
def test_a_space_smaller_than_its_queue_is_refused_at_its_place(resource: str, value: int, least: str) -> None:
    path = f"tenants.insurance.spaces.awsuae.{resource}"
    [problem] = problems(changed(path, value))
    assert (problem.path, problem.given) == (f"platform.{path}", value)
    assert least in problem.allowed
    assert "raise it" in problem.fix


def test_services_and_the_tracking_server_count() -> None:
    tenant = platform_settings(raw()).tenants["retail-banking"]
    # assistant: at most 2 and one more in a rollout; intents-a and intents-b: 1 and 4, and one more each.
    totals = unqueued_pods(tenant, "azuae")
    assert totals.gpus == 3 + 2
    # Each replica has a TLS proxy with 0.05 vCPU and 0.125 GiB.
    assert totals.cpu == pytest.approx(3 * 16 + 2 * 8 + 5 * 4 + 10 * 0.05 + 0.3)
    assert totals.memory_gib == pytest.approx(3 * 96 + 2 * 48 + 5 * 8 + 10 * 0.125 + 3)
    assert unqueued_pods(tenant, "awsuae").cpu == 0
