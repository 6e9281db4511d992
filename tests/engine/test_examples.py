"""Each example is planned and brought up with the pack mandatory, stays as it is, and goes without a trace."""

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
from tests.engine.lives import EXAMPLES, life

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module", params=EXAMPLES)
def lived(request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> dict:
    return life(request.param, engine, tmp_path_factory)


@pytest.mark.parametrize("step", ["plan", "up", "again", "destroy"])
def test_every_step_succeeds_without_a_word_of_the_pack(lived: dict, step: str) -> None:
    ran = lived["ran"][step]
    assert (ran["status"], ran["rules"]) == (0, []), ran["output"]


def test_nothing_is_made_by_a_plan_and_nothing_is_left(lived: dict) -> None:
    assert lived["planned"] == 0
    assert lived["state"]
    assert lived["left"] == []


def test_every_example_is_listed() -> None:
    # A tenant stands on a platform: test_tenant.py.
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
    """AED an hour of the machines alone, at the prices of `falaj.facts`: as few as there may be, and as many."""
    folder = ROOT / "examples" / example
    platform = yaml.safe_load((folder / f"Pulumi.{EXAMPLES[example]}.yaml").read_text())["config"][KEY]
    page = (folder / "README.md").read_text()
    said = re.search(r"AED ([\d.]+) an hour idle, AED ([\d.]+) an hour at maximum size", page)
    assert said
    for which, count in zip(said.groups(), ("min", "max"), strict=True):
        assert Decimal(which) == machines_aed(platform, count), count


def machines_aed(platform: dict, count: str) -> Decimal:
    """The machines of all pools at `min` or `max`: the first type of each, at its spot price where it asks for spot."""
    own = {name: OnPremSettings.model_validate(site) for name, site in platform.get("onprem", {}).items()}
    # Those of one's own are paid whether they work or not.
    total = sum((fixed_aed_per_month(site) for site in own.values()), Decimal(0)) / HOURS_PER_MONTH / PEG.aed_per_usd
    bursts = [site["burst"] for site in platform.get("onprem", {}).values() if "burst" in site]
    for site in (*platform.get("sites", {}).values(), *bursts):
        for pool in site["pools"].values():
            machine = find(site["region"], pool["machines"][0])
            assert machine is not None
            spot = machine.spot if pool.get("capacity", "on-demand").startswith("spot") else machine.on_demand
            usd = spot.usd_hour or machine.on_demand.usd_hour
            assert usd is not None
            total += usd * pool.get(count, 0)
    return (total * PEG.aed_per_usd).quantize(Decimal("0.1"))
