"""Prices of machines and services, compared with figures that were looked up; invalid prices are rejected."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from falaj.facts.machines import PriceKind
from falaj.facts.prices import BadPrice, Layer, UnitPrice, catalogue, missing, service_rows
from falaj.facts.regions import uae_regions


def test_golden_machines() -> None:
    prices = catalogue()
    assert prices.machine("me-central-1", "g6.xlarge", "on-demand").usd == Decimal("0.98824")
    assert prices.machine("uaenorth", "Standard_D16as_v5", "on-demand").usd == Decimal("0.848")


def test_no_row_holds_the_windows_price_of_d16as() -> None:
    prices = (catalogue().machine("uaenorth", "Standard_D16as_v5", way).usd for way in ("on-demand", "spot"))
    assert Decimal("1.584") not in set(prices)


@pytest.mark.parametrize(
    ("region", "service", "sku", "usd", "kind"),
    [
        ("me-central-1", "vpc-endpoint", "interface", "0.0121", PriceKind.OBSERVED),
        ("me-central-1", "network-firewall", "endpoint", "0.415", PriceKind.OBSERVED),
        ("me-central-1", "kms", "key", "1", PriceKind.ESTIMATED),
        ("me-central-1", "nat", "gateway", "0.05445", PriceKind.ESTIMATED),  # 0.045 by 1.21
        ("uaenorth", "private-endpoint", "endpoint", "0.01", PriceKind.ESTIMATED),
        ("uaenorth", "blob", "hot-zrs", "0.0320476", PriceKind.ESTIMATED),  # 0.026 by 1.2326
    ],
)
def test_services(region: str, service: str, sku: str, usd: str, kind: PriceKind) -> None:
    price = catalogue().unit(region, service, sku)
    assert (price.usd, price.kind) == (Decimal(usd), kind)


def test_every_row_is_of_the_country_and_says_where_it_is_from() -> None:
    assert service_rows()
    for (region, service, sku), price in service_rows().items():
        assert region in uae_regions()
        assert price.source, (service, sku)
        assert bool(price.date) == (price.kind is not PriceKind.MISSING), (service, sku)


def test_a_price_of_nothing_is_cited_and_never_a_gap() -> None:
    free = {(region, service, sku) for (region, service, sku), price in service_rows().items() if price.usd == 0}
    assert free == {("uaenorth", "transfer", "cross-zone"), ("uaecentral", "transfer", "cross-zone")}


def test_what_is_not_known_is_missing() -> None:
    for price in (catalogue().unit("uaenorth", "no", "such"), catalogue().machine("uaenorth", "p4d.24xlarge", "spot")):
        assert price.usd is None
        assert price.kind is PriceKind.MISSING
        assert "uaenorth" in price.source


@pytest.mark.parametrize(
    ("usd", "kind", "date", "why"),
    [
        (Decimal("-0.1"), PriceKind.OBSERVED, "2026", "zero or more"),
        (Decimal("NaN"), PriceKind.OBSERVED, "2026", "zero or more"),
        (Decimal("Infinity"), PriceKind.OBSERVED, "2026", "zero or more"),
        (None, PriceKind.OBSERVED, "2026", "needs a figure"),
        (Decimal(1), PriceKind.MISSING, "", "has no figure"),
    ],
)
def test_what_cannot_be_a_price_is_refused(usd: Decimal | None, kind: PriceKind, date: str, why: str) -> None:
    with pytest.raises(BadPrice, match=why):
        UnitPrice(usd, "hour", kind, "a test", date)


def test_a_price_of_tomorrow_is_refused_and_one_of_today_is_not() -> None:
    today = datetime.now(UTC).date()
    assert UnitPrice(Decimal(1), "hour", PriceKind.OBSERVED, "a test", today.isoformat()).usd == 1
    with pytest.raises(BadPrice, match="future"):
        UnitPrice(Decimal(1), "hour", PriceKind.OBSERVED, "a test", (today + timedelta(days=1)).isoformat())
    with pytest.raises(BadPrice, match="future"):
        UnitPrice(Decimal(1), "hour", PriceKind.OBSERVED, "a test", str(today.year + 1))


def test_the_windows_price_is_refused_where_linux_is_meant() -> None:
    windows = UnitPrice(Decimal("1.584"), "hour", PriceKind.OBSERVED, "a public list", "2026-06-18")
    with pytest.raises(BadPrice, match=r"1\.584 USD an hour is the Windows price of Standard_D16as_v5"):
        Layer(catalogue(), machines={("uaenorth", "Standard_D16as_v5", "on-demand"): windows})


def test_a_layer_goes_before_what_is_under_it_line_by_line() -> None:
    negotiated = UnitPrice(Decimal("0.5"), "hour", PriceKind.OBSERVED, "agreement 7", "2026-01-01", book="enterprise")
    layer = Layer(catalogue(), machines={("me-central-1", "g6.xlarge", "on-demand"): negotiated})
    assert layer.machine("me-central-1", "g6.xlarge", "on-demand") is negotiated
    assert layer.machine("me-central-1", "g6.xlarge", "spot") == catalogue().machine(
        "me-central-1", "g6.xlarge", "spot"
    )
    gone = Layer(layer, units={("me-central-1", "kms", "key"): missing("month", "taken away")})
    assert gone.unit("me-central-1", "kms", "key").usd is None
    assert gone.machine("me-central-1", "g6.xlarge", "on-demand").book == "enterprise"
