"""Hourly cost of on-premises machines, computed by hand."""

from decimal import Decimal

import pytest

from falaj.components.core.node_pools.own_machines import (
    EnergySpec,
    OwnMachineCostSpec,
    aed_per_hour,
    aed_per_month,
    own_machine_prices,
    usd_per_hour,
)
from tests.unit.components.onprem_samples import MACHINES

ENERGY = EnergySpec(aed_per_kwh=Decimal("0.4"), pue=Decimal("1.5"))
KINDS = {name: OwnMachineCostSpec.model_validate(machine) for name, machine in MACHINES.items()}


def test_an_hour_is_purchase_electricity_and_people() -> None:
    # 87,600 / (5 x 8,760) + 0.5 kW x 1.5 x 0.4 + 8,760 / 8,760
    assert aed_per_hour(KINDS["cpu"], ENERGY) == Decimal("3.3")
    # 1,314,000 / (5 x 8,760) + 8 kW x 1.5 x 0.4 + 43,800 / 8,760
    assert aed_per_hour(KINDS["h100x8"], ENERGY) == Decimal("39.8")
    assert usd_per_hour(KINDS["cpu"], ENERGY, Decimal("3.6725")).quantize(Decimal("0.0001")) == Decimal("0.8986")


def test_a_month_is_paid_whether_they_work_or_not() -> None:
    assert aed_per_month(KINDS, {"cpu": 3, "h100x8": 1}, ENERGY) == 730 * (3 * Decimal("3.3") + Decimal("39.8"))


@pytest.mark.parametrize(
    "nodes",
    [{"cpu": 3, "h100x8": 1}, {"cpu": 3, "h100x8": 0}, {"cpu": 0, "h100x8": 2}, {"cpu": 1, "h100x8": 7}],
)
def test_a_whole_cluster_counted_by_the_prices_costs_what_it_costs(nodes: dict[str, int]) -> None:
    prices = own_machine_prices(KINDS, nodes, ENERGY)
    counted = sum(
        (
            count
            * (KINDS[kind].vcpu * prices.vcpu + KINDS[kind].memory_gib * prices.gib + KINDS[kind].gpus * prices.gpu)
            for kind, count in nodes.items()
        ),
        Decimal(0),
    )
    assert abs(counted * 730 - aed_per_month(KINDS, nodes, ENERGY)) < Decimal("1e-15")
    assert (prices.gpu > 0) == (nodes["h100x8"] > 0)


def test_cheap_machines_with_gpus_beside_dear_ones_without_leave_no_price_below_zero() -> None:
    dear = KINDS["cpu"].model_copy(update={"purchase_aed": Decimal(5_000_000)})
    prices = own_machine_prices({**KINDS, "cpu": dear}, {"cpu": 1, "h100x8": 1}, ENERGY)
    assert min(prices.vcpu, prices.gib, prices.gpu) > 0
    assert prices.gpu / prices.gib == pytest.approx(Decimal("224.2"))
