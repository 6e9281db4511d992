"""Each example is planned and deployed with the mandatory policy pack, is stable, and is destroyed completely."""

from __future__ import annotations

import os
import re
from decimal import Decimal

import pytest
import yaml

from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.settings.checks.onprem import fixed_aed_per_month
from falaj.components.settings.onprem import OnPremSettings
from falaj.facts.currency import PEG
from falaj.facts.machines import find
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import KEY, ROOT
from tests.engine.lives import EXAMPLES, deployment

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module", params=EXAMPLES)
def record(request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> dict:
    return deployment(request.param, engine, tmp_path_factory)


@pytest.mark.parametrize("step", ["plan", "up", "again", "destroy"])
def test_every_step_succeeds_without_a_guardrail_finding(record: dict, step: str) -> None:
    ran = record["ran"][step]
    assert (ran["status"], ran["rules"]) == (0, []), ran["output"]


def test_a_plan_creates_nothing_and_a_destroy_leaves_nothing(record: dict) -> None:
    assert record["planned"] == 0
    assert record["state"]
    assert record["left"] == []


def test_every_example_is_listed() -> None:
    # The example `tenant` needs a platform: see test_tenant.py.
    assert {folder.name for folder in (ROOT / "examples").iterdir() if (folder / "Pulumi.yaml").is_file()} == {
        "tenant",
        *EXAMPLES,
    }


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_takes_components_from_the_package_and_the_pack_from_the_checkout(example: str) -> None:
    folder = ROOT / "examples" / example
    assert "from falaj.components." in (folder / "__main__.py").read_text()
    assert not (folder / "components").exists()
    assert os.readlink(folder / "policy_pack") == "../../policy_pack"


@pytest.mark.parametrize("example", EXAMPLES)
def test_its_page_says_what_its_machines_cost(example: str) -> None:
    """The README states the hourly machine cost in AED, at `falaj.facts` prices, at minimum and maximum size."""
    folder = ROOT / "examples" / example
    platform = yaml.safe_load((folder / f"Pulumi.{EXAMPLES[example]}.yaml").read_text())["config"][KEY]
    page = (folder / "README.md").read_text()
    stated = re.search(r"AED ([\d.]+) an hour idle, AED ([\d.]+) an hour at maximum size", page)
    assert stated
    for aed, count in zip(stated.groups(), ("min", "max"), strict=True):
        assert Decimal(aed) == machines_aed(platform, count), count


def machines_aed(platform: dict, count: str) -> Decimal:
    """Returns the hourly cost in AED of all pools at size `min` or `max`, with the first machine type of each pool.

    Spot pools are at the spot price. On-premises machines are included at their full cost.
    """
    onprem = {name: OnPremSettings.model_validate(site) for name, site in platform.get("onprem", {}).items()}
    # On-premises machines cost the same whether they are used or not.
    total = sum((fixed_aed_per_month(site) for site in onprem.values()), Decimal(0)) / HOURS_PER_MONTH / PEG.aed_per_usd
    bursts = [site["burst"] for site in platform.get("onprem", {}).values() if "burst" in site]
    for site in (*platform.get("sites", {}).values(), *bursts):
        for pool in site["pools"].values():
            machine = find(site["region"], pool["machines"][0])
            assert machine is not None
            price = machine.spot if pool.get("capacity", "on-demand").startswith("spot") else machine.on_demand
            usd = price.usd_hour or machine.on_demand.usd_hour
            assert usd is not None
            total += usd * pool.get(count, 0)
    return (total * PEG.aed_per_usd).quantize(Decimal("0.1"))
