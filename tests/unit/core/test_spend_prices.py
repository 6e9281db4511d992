"""Prices of machines in the rules that measure what queued work costs."""

from decimal import Decimal
from fractions import Fraction

import pytest

from falaj.components.core.tenancy.spend_rules import spend_groups
from falaj.facts.machines import find, machines

RATE = Fraction("3.6725")


def prices(region: str | None, *names: str) -> dict[tuple[str, str], Decimal]:
    """Returns the prices that the rules record, by machine type and capacity type."""
    [group] = spend_groups(region, names, False, RATE, {"tenant-a": Decimal(80)}, "falaj-queue-budgets")
    return {
        (rule["labels"]["instance_type"], rule["labels"]["capacity"]): Decimal(rule["expr"][len("vector(") : -1])
        for rule in group["rules"]
        if rule.get("record") == "falaj:machine:aed_per_hour"
    }


@pytest.mark.parametrize("region", ["me-central-1", "uaenorth", "uaecentral"])
def test_machines_cost_their_price_in_dirhams_and_those_without_one_are_left_out(region: str) -> None:
    """A spot price that is not known is the one on demand."""
    expected = dict[tuple[str, str], float]()
    for name in machines(region):
        machine = find(region, name)
        assert machine is not None
        usd, spot = machine.on_demand.usd_hour, machine.spot.usd_hour
        if usd is not None:
            expected[name, "on-demand"] = float(usd * Decimal("3.6725"))
            expected[name, "spot"] = float((usd if spot is None else spot) * Decimal("3.6725"))
    found = prices(region, *machines(region), "no-machine")
    assert {key: float(price) for key, price in found.items()} == pytest.approx(expected, abs=6e-5)
    assert prices(region, "no-machine") == prices(None, *machines(region)) == {}
