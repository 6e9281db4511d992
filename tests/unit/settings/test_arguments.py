"""The check of a stack file runs the components' own validation, so that no error appears only at preview."""

from unittest.mock import patch

import pytest

from falaj.components.settings import load
from tests.unit.settings.stacks import changed, problems

RETAIL = "tenants.retail-banking"


@pytest.mark.parametrize(
    ("path", "value", "location", "allowed"),
    [
        (
            f"{RETAIL}.spaces.awsuae.queue.aed_per_month",
            1,
            f"platform.{RETAIL}.spaces.awsuae.queue.aed_per_month",
            "enough for one GPU or vCPU",
        ),
        (
            f"{RETAIL}.spaces.awsuae.queue.pool_percent",
            {"nowhere": 100},
            f"platform.{RETAIL}.spaces.awsuae.queue.pool_percent.nowhere",
            "gpu",
        ),
        (
            f"{RETAIL}.runs.fraud-tuning.efficiency.strategy",
            "none",
            f"platform.{RETAIL}.runs.fraud-tuning.efficiency.strategy",
            "ddp or fsdp",
        ),
    ],
)
def test_what_a_component_refuses_is_told_by_the_check(path: str, value: object, location: str, allowed: str) -> None:
    settings = changed(path, value)
    with patch.object(load, "argument_problems", return_value=()):
        load.platform_settings(settings)  # the settings alone are valid
    result = [problem for problem in problems(settings) if problem.path == location]
    assert len(result) == 1
    assert allowed in result[0].allowed


def test_a_promise_that_the_cold_start_breaks_is_told_by_the_check() -> None:
    settings = changed("currency", {"aed_per_usd": 3.6725})
    name, service = next(
        (tenant, key)
        for tenant, item in settings["tenants"].items()
        for key, service in item.get("services", {}).items()
        if "cold_start" in service["serving"]
    )
    settings["tenants"][name]["services"][service]["serving"]["cold_start"]["first_answer_seconds"] = 1
    paths = [problem.path for problem in problems(settings)]
    assert paths == [f"platform.tenants.{name}.services.{service}.serving.cold_start.first_answer_seconds"]
