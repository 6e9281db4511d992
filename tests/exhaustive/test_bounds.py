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
from tests.exhaustive.work_months import WorkedPool, worked_pools
from tests.thorough import many
from tests.unit.finops.plans import AWS_NETWORK, TAGS, plan, priced
from tests.unit.finops.pool_months import HOURS, OFFERS, RandomPool, check_bounds, estimate_pools, random_pools

SERVICES = (
    ("aws:ec2/natGateway:NatGateway", "uae-nat", {"tags": TAGS}),
    ("aws:cloudwatch/logGroup:LogGroup", "uae-logs", {"name": "/aws/eks/uae/cluster", "tags": TAGS}),
    ("kubernetes:core/v1:Service", "edge", {"metadata": {"labels": TAGS}, "spec": {"type": "LoadBalancer"}}),
)
"""Resources that are billed by use."""
CENT = Decimal("0.0001")
"""Rounding of divisions."""


@settings(max_examples=many(3000), deadline=None)
@given(random_pools(most_nodes=4))
def test_no_month_of_a_pool_is_outside_the_bounds(pool: RandomPool) -> None:
    check_bounds(pool)


@settings(max_examples=many(1000), deadline=None)
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


@settings(max_examples=many(600), deadline=None)
@given(st.lists(worked_pools(), min_size=1, max_size=3), st.sampled_from([None, 0, 0.4, 1]))
def test_no_choice_of_nodes_for_the_work_of_a_stack_is_outside_the_bounds(
    pools: list[WorkedPool], load: float | None
) -> None:
    """At any load the minimum and the maximum are the same, and hold what is expected, in sum and line by line."""
    rows = [row for at, pool in enumerate(pools) for row in pool.rows(f"pool-{at}")]
    usage = "" if load is None else f"profiles: {{training: {{load: {load}}}}}"
    by_default, result = (priced(plan(AWS_NETWORK, *SERVICES, *rows), stated) for stated in ("", usage))
    assert (result.usd.min, result.usd.max) == (by_default.usd.min, by_default.usd.max)
    assert all(line.usd.min <= line.usd.expected <= line.usd.max for line in result.lines)
    leasts = [pool.least(f"pool-{at}") for at, pool in enumerate(pools)]
    if None not in leasts:
        machines = total(line for line in result.lines if line.charge.service == "machine")
        assert machines.min <= HOURS * sum((least for least in leasts if least is not None), Decimal(0)) + CENT


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
