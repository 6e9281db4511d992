"""Hourly prices: known and unknown ones; an unknown price is never counted as zero."""

from decimal import Decimal

import pytest

from falaj.components.core.money.burn_rate import _thousandths, aed_per_hour, price_table
from falaj.facts.machines import Price, PriceKind, find, machines

RATE = Decimal("3.6725")


def rows(*names: str) -> dict[str, list[str]]:
    return {line.split()[0]: line.split()[1:] for line in price_table("me-central-1", names, RATE).splitlines()}


def test_prices_are_thousandths_of_a_dirham() -> None:
    assert rows("g5.xlarge") == {"g5.xlarge": ["4532", "1949"]}


def test_a_spot_machine_without_a_price_costs_what_it_costs_at_most() -> None:
    machine = find("me-central-1", "p5en.48xlarge")
    assert machine is not None
    assert machine.spot.usd_hour is None
    on_demand, spot = rows("p5en.48xlarge")["p5en.48xlarge"]
    assert on_demand == spot == "278945"


def test_an_unknown_machine_has_no_price_rather_than_a_price_of_zero() -> None:
    assert rows("x9.huge") == {"x9.huge": ["-", "-"]}


def test_no_machine_of_the_region_is_free() -> None:
    for name, (on_demand, spot) in rows(*machines("me-central-1")).items():
        assert all(price == "-" or int(price) > 0 for price in (on_demand, spot)), name


def test_each_machine_is_listed_once() -> None:
    assert price_table("me-central-1", ["m7g.large", "g5.xlarge", "m7g.large"], RATE).count("\n") == 2


@pytest.mark.parametrize(("month", "hour"), [("73000", "100.00"), ("10000", "13.70")])
def test_a_month_has_730_hours(month: str, hour: str) -> None:
    assert aed_per_hour(Decimal(month)) == Decimal(hour)


@pytest.mark.parametrize(("usd", "thousandths"), [("1.0004", "1000"), ("1.0005", "1001"), ("1.0015", "1002")])
def test_half_a_thousandth_is_rounded_up(usd: str, thousandths: str) -> None:
    price = Price(Decimal(usd), PriceKind.OBSERVED, "a list", "2026-11-24")
    assert _thousandths(price, Decimal(1)) == thousandths
