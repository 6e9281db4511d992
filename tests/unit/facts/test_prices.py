"""Prices of machines and services compared with published figures; invalid prices are refused."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from falaj.facts.machines import PriceKind
from falaj.facts.prices import BadPrice, Layer, UnitPrice, catalogue, missing, service_rows
from falaj.facts.regions import uae_regions


def test_machines() -> None:
    prices = catalogue()
    assert prices.machine("me-central-1", "g6.xlarge", "on-demand").usd == Decimal("0.98824")
    assert prices.machine("uaenorth", "Standard_D16as_v5", "on-demand").usd == Decimal("0.848")


def test_no_row_has_the_windows_price_of_d16as() -> None:
    prices = (catalogue().machine("uaenorth", "Standard_D16as_v5", capacity).usd for capacity in ("on-demand", "spot"))
    assert Decimal("1.584") not in set(prices)


@pytest.mark.parametrize(
    ("region", "service", "sku", "usd", "kind"),
    [
        ("me-central-1", "vpc-endpoint", "interface", "0.0121", PriceKind.OBSERVED),
        ("me-central-1", "network-firewall", "endpoint", "0.415", PriceKind.OBSERVED),
        ("me-central-1", "kms", "key", "1", PriceKind.ESTIMATED),
        ("me-central-1", "nat", "gateway", "0.05445", PriceKind.ESTIMATED),  # 0.045 x 1.21
        ("uaenorth", "private-endpoint", "endpoint", "0.01", PriceKind.ESTIMATED),
        ("uaenorth", "blob", "hot-zrs", "0.0320476", PriceKind.ESTIMATED),  # 0.026 x 1.2326
    ],
)
def test_services(region: str, service: str, sku: str, usd: str, kind: PriceKind) -> None:
    price = catalogue().unit(region, service, sku)
    assert (price.usd, price.kind) == (Decimal(usd), kind)


def test_every_row_has_a_uae_region_and_a_source() -> None:
    assert service_rows()
    for (region, service, sku), price in service_rows().items():
        assert region in uae_regions()
        assert price.source, (service, sku)
        assert bool(price.date) == (price.kind is not PriceKind.MISSING), (service, sku)


def test_only_cross_zone_transfer_on_azure_has_a_price_of_zero() -> None:
    free = {(region, service, sku) for (region, service, sku), price in service_rows().items() if price.usd == 0}
    assert free == {("uaenorth", "transfer", "cross-zone"), ("uaecentral", "transfer", "cross-zone")}


def test_an_unknown_price_is_missing() -> None:
    for price in (catalogue().unit("uaenorth", "no", "such"), catalogue().machine("uaenorth", "p4d.24xlarge", "spot")):
        assert price.usd is None
        assert price.kind is PriceKind.MISSING
        assert "uaenorth" in price.source


@pytest.mark.parametrize(
    ("usd", "kind", "date", "message"),
    [
        (Decimal("-0.1"), PriceKind.OBSERVED, "2026", "zero or more"),
        (Decimal("NaN"), PriceKind.OBSERVED, "2026", "zero or more"),
        (Decimal("Infinity"), PriceKind.OBSERVED, "2026", "zero or more"),
        (None, PriceKind.OBSERVED, "2026", "needs a figure"),
        (Decimal(1), PriceKind.MISSING, "", "has no figure"),
    ],
)
def test_invalid_prices_are_refused(usd: Decimal | None, kind: PriceKind, date: str, message: str) -> None:
    with pytest.raises(BadPrice, match=message):
        UnitPrice(usd, "hour", kind, "a test", date)


def test_a_price_with_a_future_date_is_refused() -> None:
    today = datetime.now(UTC).date()
    assert UnitPrice(Decimal(1), "hour", PriceKind.OBSERVED, "a test", today.isoformat()).usd == 1
    with pytest.raises(BadPrice, match="future"):
        UnitPrice(Decimal(1), "hour", PriceKind.OBSERVED, "a test", (today + timedelta(days=1)).isoformat())
    with pytest.raises(BadPrice, match="future"):
        UnitPrice(Decimal(1), "hour", PriceKind.OBSERVED, "a test", str(today.year + 1))


def test_a_windows_price_is_refused_for_linux() -> None:
    windows = UnitPrice(Decimal("1.584"), "hour", PriceKind.OBSERVED, "a public list", "2026-06-18")
    with pytest.raises(BadPrice, match=r"1\.584 USD an hour is the Windows price of Standard_D16as_v5"):
        Layer(catalogue(), machines={("uaenorth", "Standard_D16as_v5", "on-demand"): windows})


def test_a_layer_overrides_single_prices_of_the_layer_below() -> None:
    negotiated = UnitPrice(Decimal("0.5"), "hour", PriceKind.OBSERVED, "agreement 7", "2026-01-01", book="enterprise")
    layer = Layer(catalogue(), machines={("me-central-1", "g6.xlarge", "on-demand"): negotiated})
    assert layer.machine("me-central-1", "g6.xlarge", "on-demand") is negotiated
    assert layer.machine("me-central-1", "g6.xlarge", "spot") == catalogue().machine(
        "me-central-1", "g6.xlarge", "spot"
    )
    without_key = Layer(layer, units={("me-central-1", "kms", "key"): missing("month", "removed")})
    assert without_key.unit("me-central-1", "kms", "key").usd is None
    assert without_key.machine("me-central-1", "g6.xlarge", "on-demand").book == "enterprise"
