"""Facts about the regions, compared with figures that were looked up."""

from decimal import Decimal

import pytest

from falaj.facts.currency import AED_PER_USD, VAT_RATE
from falaj.facts.machine_names import family
from falaj.facts.machines import PriceKind, alternatives, find, machines
from falaj.facts.regions import REGIONS, Cloud, RegionState, normalise_azure, uae_regions
from falaj.facts.tags import COST_TAGS, MANDATORY_KEYS


@pytest.mark.parametrize(
    ("region", "name", "usd"),
    [
        ("me-central-1", "g6.xlarge", "0.98824"),
        ("me-central-1", "p5en.48xlarge", "75.9552"),
        ("uaenorth", "Standard_D16as_v5", "0.848"),  # 1.584 is the Windows price
        ("uaenorth", "Standard_NC40ads_H100_v5", "9.98"),
        ("uaecentral", "Standard_ND96amsr_A100_v4", "60.919"),
    ],
)
def test_prices_on_demand(region: str, name: str, usd: str) -> None:
    machine = find(region, name)
    assert machine is not None
    assert machine.on_demand.usd_hour == Decimal(usd)


def test_money() -> None:
    assert Decimal("3.6725") == AED_PER_USD
    assert Decimal("0.05") == VAT_RATE


def test_gpu_families_that_were_seen_are_still_listed() -> None:
    """A new family needs no change here: only a row that disappears is noticed."""
    seen, source = {"g5", "g6", "g6e", "p5en"}, "AWS's resource schemas as shipped by cfn-lint, 2026-10-20"
    with_gpu = {family(name) for name, machine in machines("me-central-1").items() if machine.gpus}
    advice = f"me-central-1 offered these by {source}: restore their rows, or remove them here with a newer source"
    assert not seen - with_gpu, advice


@pytest.mark.parametrize(
    ("region", "name"),
    [("me-central-1", "p4d.24xlarge"), ("me-central-1", "g4dn.xlarge"), ("uaenorth", "Standard_NC4as_T4_v3")],
)
def test_machines_that_the_country_does_not_have(region: str, name: str) -> None:
    assert find(region, name) is None
    offered = [machine for other in alternatives(region, name) if (machine := find(region, other))]
    assert len(offered) == 5
    assert all(machine.gpus >= 1 for machine in offered)


def test_what_is_offered_instead_has_the_same_size() -> None:
    for name, size in (("t2.small", "small"), ("m1.small", "small"), ("c5n.9xlarge", "9xlarge")):
        assert {other.partition(".")[2] for other in alternatives("me-central-1", name, 3)} == {size}


def test_a_price_is_missing_exactly_when_there_is_none() -> None:
    for region in uae_regions():
        for machine in machines(region).values():
            for price in (machine.on_demand, machine.spot):
                assert (price.usd_hour is None) == (price.kind is PriceKind.MISSING), machine.name
                assert price.usd_hour is None or price.usd_hour > 0, machine.name
                assert price.usd_hour is None or (price.source and price.date), machine.name


def test_regions() -> None:
    assert uae_regions() == {"me-central-1", "uaenorth", "uaecentral"}
    assert uae_regions(Cloud.AZURE) == {"uaenorth", "uaecentral"}
    assert uae_regions(Cloud.ONPREM) == frozenset()
    assert REGIONS["me-central-1"].state is RegionState.IMPAIRED
    assert REGIONS["uaecentral"].zones == ()
    assert {region.pair for region in REGIONS.values() if region.cloud is Cloud.AZURE} == {"uaenorth", "uaecentral"}
    assert normalise_azure("UAE North") == "uaenorth"


def test_cost_tags_accept_their_own_examples_and_no_spaces() -> None:
    assert MANDATORY_KEYS == (
        "project",
        "business-unit",
        "environment",
        "cost-centre",
        "owner",
        "data-classification",
    )
    for tag in COST_TAGS:
        assert tag.accepts(tag.example)
        assert not tag.accepts("two words")
        assert not tag.accepts("")
        assert not tag.accepts("x" * 64)
