"""Price books: precedence over the list, display, and invalid input."""

from datetime import date
from decimal import Decimal

import pytest

from falaj.facts.machines import PriceKind
from falaj.facts.prices import Capacity, catalogue, missing, service_rows
from falaj.finops.bill import bill
from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.focus_rows import rows
from falaj.finops.money import Rates
from falaj.finops.prices.book import Negotiated, parse
from falaj.finops.prices.refresh import Refresh
from falaj.finops.prices.tables import Tables
from falaj.finops.usage import parse as usage
from tests.unit.finops.plans import agent_pool, plan

TODAY = date(2026, 11, 24)
HEAD = "contract: EA 2026-114\nvalid_from: 2026-01-01\nvalid_until: 2027-12-31\n"
Asked = tuple[str, str, Capacity]
G6: Asked = ("me-central-1", "g6.xlarge", "on-demand")
G6_SPOT: Asked = ("me-central-1", "g6.xlarge", "spot")


def book(text: str, today: date = TODAY) -> Negotiated:
    return parse(HEAD + text, catalogue(), today)


def refused(text: str) -> str:
    with pytest.raises(BadInput) as bad:
        parse(text, catalogue(), TODAY)
    assert "\n" not in str(bad.value)
    return str(bad.value)


def test_a_rate_goes_before_the_list_and_says_its_contract() -> None:
    prices = book("rates: [{region: me-central-1, service: machine, sku: g6.xlarge, usd: 0.7}]").prices
    price = prices.machine(*G6)
    assert (price.usd, price.kind, price.source) == (Decimal("0.7"), PriceKind.NEGOTIATED, "EA 2026-114")
    assert (price.book, price.list_usd, price.date) == ("EA 2026-114", Decimal("0.98824"), "2026-01-01")
    others: tuple[Asked, ...] = (G6_SPOT, ("me-central-1", "g6.2xlarge", "on-demand"))
    for other in others:
        assert prices.machine(*other) == catalogue().machine(*other)


def test_a_discount_takes_a_part_off_all_that_it_selects() -> None:
    prices = book("discounts: [{percent: 10, service: machine, family: g6, region: me-central-1}]").prices
    price = prices.machine(*G6)
    assert price.usd == Decimal("0.889416")
    assert price.source.startswith("EA 2026-114: 10 % off 0.98824 (skypilot-v9")
    # g6e is another family, spot prices are the market's, and uaenorth is another region.
    others: tuple[Asked, ...] = (G6_SPOT, ("me-central-1", "g6e.xlarge", "on-demand"))
    for other in others:
        assert prices.machine(*other) == catalogue().machine(*other)
    azure = book("discounts: [{percent: 10, service: machine, family: Standard_NC}]").prices
    assert azure.machine("uaenorth", "Standard_NC40ads_H100_v5", "on-demand").usd == Decimal("8.982")


def test_the_narrower_discount_goes_first_and_a_rate_before_both() -> None:
    prices = book(
        "discounts: [{percent: 30, service: s3, sku: reads}, {percent: 5, cloud: aws}, {percent: 20, service: s3}]\n"
        "rates: [{region: me-central-1, service: s3, sku: writes, usd: 0.004}]"
    ).prices

    def part(service: str, sku: str) -> Decimal | None:
        price = prices.unit("me-central-1", service, sku)
        listed = catalogue().unit("me-central-1", service, sku).usd
        return None if price.usd is None or listed is None else price.usd / listed

    assert part("kms", "key") == Decimal("0.95")
    assert (part("s3", "standard"), part("s3", "reads")) == (Decimal("0.8"), Decimal("0.7"))
    assert prices.unit("me-central-1", "s3", "writes").usd == Decimal("0.004")
    assert prices.unit("uaenorth", "acr", "stored") == catalogue().unit("uaenorth", "acr", "stored")


def test_an_estimate_with_a_discount_stays_one_and_a_gap_stays_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    gap = ("me-central-1", "fsx-lustre", "persistent-2-250")
    rows = {**service_rows(), gap: missing("GB-month", "no price was found for this throughput")}
    monkeypatch.setattr("falaj.facts.prices._services", lambda: rows)
    prices = book("discounts: [{percent: 5, cloud: aws}]").prices
    key = prices.unit("me-central-1", "kms", "key")
    assert (key.kind, key.book) == (PriceKind.ESTIMATED, "EA 2026-114")
    assert prices.unit("me-central-1", "fsx-lustre", "persistent-2-250").usd is None
    filled = book("rates: [{region: me-central-1, service: fsx-lustre, sku: persistent-2-250, usd: 0.2}]").prices
    assert filled.unit("me-central-1", "fsx-lustre", "persistent-2-250").usd == Decimal("0.2")


def test_a_discount_below_one_percent_can_be_confirmed() -> None:
    prices = book("discounts: [{percent: 0.05, confirm_percent: true, cloud: aws}]").prices
    assert prices.machine(*G6).usd == Decimal("0.98824") * Decimal("0.9995")


def test_it_shows_in_the_estimate() -> None:
    prices = book("rates: [{region: uaenorth, service: machine, sku: Standard_NC40ads_H100_v5, usd: 8}]").prices
    result: Estimate = estimate(plan(agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1)), usage(""), prices, Rates())
    assert round(bill(result).net_aed.expected, 2) == Decimal("21447.40")  # 8 x 730 x 3.6725
    (row,) = (row for row in rows(result, date(2026, 12, 1)) if row["ChargeCategory"] == "Usage")
    assert (row["x_PriceKind"], row["x_PriceBook"]) == ("negotiated", "EA 2026-114")
    assert (row["ContractedUnitPrice"], row["ListUnitPrice"]) == (Decimal(8), Decimal("9.98"))
    assert (row["ContractedCost"], row["ListCost"]) == (Decimal(5840), Decimal("9.98") * 730)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rates: [{region: me-central-1, service: machine, sku: g6.xlarg, usd: 1}]", "there are: g6.xlarge"),
        ("rates: [{region: me-central-1, service: s3, sku: standrd, usd: 1}]", "there are: standard"),
        ("rates: [{region: me-central-1, service: s33, sku: standard, usd: 1}]", "no service 's33'; there are: s3"),
        ("rates: [{region: uae-north, service: s3, sku: standard, usd: 1}]", "no region 'uae-north'"),
        ("rates: [{region: me-central-1, service: s3, sku: standard, usd: 0}]", "rates.0.usd"),
        ("rates: [{region: me-central-1, service: s3, sku: standard, usd: -1}]", "rates.0.usd"),
        ("rates: [{region: me-central-1, service: s3, sku: standard, usd: .inf}]", "rates.0.usd"),
        (
            "rates: [{region: me-central-1, service: s3, sku: reads, usd: 1, capacity: spot}]",
            "requires service machine",
        ),
        ("rates: [{region: uaenorth, service: machine, sku: Standard_D16as_v5, usd: 1.584}]", "Windows price"),
        ("discounts: [{percent: 0}]", "discounts.0.percent"),
        ("discounts: [{percent: 100}]", "discounts.0.percent"),
        ("discounts: [{percent: 0.05}]", "discounts.0.percent: 0.05 percent is a factor of 0.0005; did you mean 5?"),
        ("discounts: [{percent: 5, family: g6}]", "family requires service machine"),
        ("discounts: [{percent: 5, sku: standard}]", "sku requires service"),
        ("discounts: [{percent: 5, service: machine, family: p4d}]", "no family of machines 'p4d'"),
        ("discounts: [{percent: 5, service: s3, cloud: azure}]", "selects no line"),
        ("discounts: [{percent: 5, cloud: gulf}]", "'gulf' is not allowed; allowed: aws, azure"),
        ("discounts: [{percent: 5, service: s3}, {percent: 6, service: s3}]", "as discounts.0 does"),
        ("discount: []", "unknown field; did you mean: discounts"),
    ],
)
def test_an_invalid_book_is_reported_in_one_sentence(text: str, message: str) -> None:
    assert message in refused(HEAD + text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not YAML"),
        ("", "contract: field required"),
        ("contract: EA 1\nvalid_from: 2026-01-01\nvalid_until: 2026-11-23\n", "ended on 2026-11-23"),
        ("contract: EA 1\nvalid_from: 2026-11-25\nvalid_until: 2027-11-23\n", "begins on 2026-11-25"),
        ("contract: EA 1\nvalid_from: 2026-11-02\nvalid_until: 2026-11-01\n", "is before valid_from"),
    ],
)
def test_an_expired_or_unusable_book_is_rejected(text: str, message: str) -> None:
    assert message in refused(text)


def test_the_same_line_twice_is_refused() -> None:
    rate = "{region: me-central-1, service: s3, sku: standard, usd: 0.02}"
    assert "repeats the rate of" in refused(f"{HEAD}rates: [{rate}, {rate}]")


def test_what_a_reader_should_know_is_warned_of() -> None:
    assert book("").warnings == ()
    for today in (date(2027, 12, 2), date(2027, 12, 31)):  # its last day is one of its days
        assert "ends on 2027-12-31" in book("", today).warnings[0]
    dear = book("rates: [{region: me-central-1, service: s3, sku: standard, usd: 0.05}]")
    assert "above the list price, 0.02783" in dear.warnings[0]
    low = book("rates: [{region: me-central-1, service: s3, sku: standard, usd: 0.0027}]")
    assert "s3 standard in me-central-1 at 0.0027 is below a tenth of the list price, 0.02783" in low.warnings[0]
    assert book("rates: [{region: me-central-1, service: s3, sku: standard, usd: 0.0028}]").warnings == ()
    given = book("discounts: [{service: s3, sku: standard, percent: 99.9}]")
    assert "discounts.0: 99.9 percent leaves less than a tenth of the list price" in given.warnings[0]
    assert book("discounts: [{service: s3, sku: standard, percent: 60}]").warnings == ()


def test_an_update_says_what_it_doubts_and_what_it_left() -> None:
    update = Refresh("2026-11-30", Tables({}, {}), (), ("no price of x",), ("twice the price of y",))
    assert update.document() == {
        "date": "2026-11-30",
        "changes": [],
        "left": ["no price of x"],
        "doubts": ["twice the price of y"],
    }
