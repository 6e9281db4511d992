"""Bounds of the estimate over random pools and stacks, against an enumeration of what a month can cost, and over the
catalogue."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.facts.machines import machines
from falaj.facts.prices import Capacity, catalogue
from falaj.facts.regions import uae_regions
from falaj.finops.lines import total
from falaj.finops.pool_prices import pool_prices
from tests.unit.finops.plans import TAGS
from tests.unit.finops.pool_months import OFFERS, RandomPool, check_bounds, estimate_pools, random_pools

SERVICES = (
    ("aws:ec2/natGateway:NatGateway", "uae-nat", {"tags": TAGS}),
    ("aws:cloudwatch/logGroup:LogGroup", "uae-logs", {"name": "/aws/eks/uae/cluster", "tags": TAGS}),
    ("kubernetes:core/v1:Service", "edge", {"metadata": {"labels": TAGS}, "spec": {"type": "LoadBalancer"}}),
)
"""Resources that are billed by use."""


@settings(max_examples=3000, deadline=None)
@given(random_pools(most_nodes=4))
def test_no_month_of_a_pool_is_outside_the_bounds(pool: RandomPool) -> None:
    check_bounds(pool)


@settings(max_examples=1000, deadline=None)
@given(st.data())
def test_no_month_of_a_stack_is_outside_the_bounds(data: st.DataObject) -> None:
    """Pools are independent, so the least month of a stack is the sum of the least months of its pools."""
    offers = data.draw(OFFERS)
    pools = data.draw(st.lists(random_pools(most_nodes=3, offers=offers), min_size=1, max_size=4))
    result = estimate_pools(pools, *SERVICES)
    cost = total(result.lines)
    assert cost.min <= cost.expected <= cost.max
    others = total(line for line in result.lines if line.charge.service != "machine")
    if not result.unpriced:
        months = [tuple(pool.months()) for pool in pools]
        assert cost.min <= sum(map(min, months), Decimal(0)) + others.min
        assert cost.max >= sum(map(max, months), Decimal(0)) + others.max


CAPACITIES: tuple[tuple[Capacity, ...], ...] = (("on-demand",), ("spot",), ("spot", "on-demand"))


@pytest.mark.parametrize("region", sorted(uae_regions()))
@pytest.mark.parametrize("capacities", CAPACITIES, ids=str)
def test_every_machine_of_the_catalogue_has_ordered_prices(region: str, capacities: tuple[Capacity, ...]) -> None:
    prices = catalogue()
    for name in machines(region):
        result = pool_prices(prices, region, [name], capacities, None)
        if result.price.usd is None:
            continue
        assert result.least_usd <= result.price.usd <= result.most_usd, name
        on_demand = prices.machine(region, name, "on-demand").usd
        assert bool(result.unbounded) == (on_demand is None), name
        assert on_demand is None or result.most_usd >= on_demand, name
