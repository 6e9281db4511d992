"""Exchange rates: invalid ones, and the price of a dollar."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.money import Invoice, Rates, rounded


def test_the_peg_is_the_default() -> None:
    rates = Rates()
    assert (rates.aed, rates.vat, rates.vat_recoverable) == (Decimal("3.6725"), Decimal("0.05"), True)


def test_a_dollar_with_the_bank_and_after_a_de_peg() -> None:
    rates = Rates(spread=Decimal("0.02"), stress=Decimal("0.5"))
    assert rates.aed == Decimal("3.6725") * Decimal("1.02")
    assert rates.aed_stressed == Decimal("3.6725") * 2 * Decimal("1.02")


def test_an_invoice_in_dirhams_needs_no_bank() -> None:
    rates = Rates(spread=Decimal("0.02"), invoice=Invoice("AED", Decimal("3.68"), date(2026, 11, 1)))
    assert rates.aed == Decimal("3.68")


def test_halves_are_rounded_up() -> None:
    assert [rounded(Decimal(text)) for text in ("1.005", "1.0049999", "-1.005")] == [
        Decimal("1.01"),
        Decimal("1.00"),
        Decimal("-1.01"),
    ]


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        ({"aed_per_usd": Decimal(0)}, "rates.aed_per_usd: a rate must be more than zero, not 0"),
        ({"aed_per_usd": Decimal(-1)}, "more than zero"),
        ({"aed_per_usd": Decimal("NaN")}, "more than zero"),
        ({"invoice": Invoice("EUR", Decimal(0))}, "rates.invoice.per_usd"),
        ({"invoice": Invoice("euro", Decimal(1))}, "'euro' is not a currency code"),
        ({"invoice": Invoice("USD", Decimal(2))}, "must be 1 for USD, not 2"),
        ({"spread": Decimal("-0.01")}, "rates.spread"),
        ({"spread": Decimal("0.21")}, "rates.spread"),
        ({"vat": Decimal("1.1")}, "rates.vat"),
        ({"stress": Decimal(1)}, "rates.stress"),
        ({"as_of": datetime.now(UTC).date() + timedelta(days=3)}, "rates.as_of: .* is in the future"),
        (
            {"invoice": Invoice("EUR", Decimal("0.9"), datetime.now(UTC).date() + timedelta(days=3))},
            "rates.invoice.as_of: .* is in the future",
        ),
    ],
)
def test_what_cannot_be_a_rate_is_refused(stated: dict, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        Rates(**stated)
