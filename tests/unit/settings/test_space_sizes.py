"""A quota that is a multiple of what the tenant's pools can have gives a warning."""

from typing import Any

import pytest
import yaml

from falaj.components.settings.checks.space_sizes import space_size_warnings
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import KEY
from tests.unit.settings.stacks import ROOT, changed, raw

SPACE = "tenants.retail-banking.spaces.awsuae"


def said(settings: dict[str, Any]) -> list[str]:
    return [text for text in warnings(platform_settings(settings)) if "the quota limits nothing" in text]


def test_the_quotas_of_production_limit() -> None:
    assert said(raw()) == []


@pytest.mark.parametrize(
    ("field", "quota", "most"),
    [("cpu", 1_000_000, "1,577"), ("memory_gib", 9_000_001, "11,190"), ("gpus", 2000, "104")],
)
def test_a_slip_of_zeros_is_said_with_what_the_pools_have(field: str, quota: int, most: str) -> None:
    [text] = said(changed(f"{SPACE}.{field}", quota))
    assert text.startswith(f"site awsuae: tenant retail-banking may use {quota:,} of `{field}`, ")
    assert f"have at most {most}: " in text
    assert f"lower `spaces.awsuae.{field}`" in text


@pytest.mark.parametrize(("quota", "count"), [(15_700, 0), (15_800, 1)])
def test_ten_times_the_pools_is_the_limit(quota: int, count: int) -> None:
    assert len(said(changed(f"{SPACE}.cpu", quota))) == count


def test_nothing_is_said_before_there_is_a_pool() -> None:
    settings = platform_settings(raw())
    site = settings.sites["awsuae"].model_copy(update={"pools": {}})
    assert list(space_size_warnings("awsuae", site, settings.tenants)) == []


def test_own_and_rented_machines_count() -> None:
    file = ROOT / "examples" / "onprem" / "Pulumi.onprem.yaml"
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))["config"][KEY]
    assert said(settings) == []
    space = settings["tenants"]["treasury"]["spaces"]["dc1"]
    space["cpu"] = 10_000
    [text] = said(settings)
    assert "have at most 861: " in text
    for machine in settings["onprem"]["dc1"]["burst"]["pools"].values():
        machine["max"] *= 10
    assert said(settings) == []
