"""Exchange rate policies: stated, rate of the day, month average and hedged; rate files; and what is implausible."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from falaj.cli.fx_options import exchange_of
from falaj.finops.controlling.charges import Amount
from falaj.finops.errors import BadInput
from falaj.finops.plausibility import check_peg, check_percent
from falaj.finops.showback.exchange import Exchange, FxPolicy, FxRate, Hedge
from falaj.finops.showback.rate_file import read
from tests.unit.finops.controlling_files import as_charge
from tests.unit.finops.exports import charge

RATES = {
    date(2026, 10, 1): Decimal("3.6720"),
    date(2026, 10, 2): Decimal("3.6730"),
    date(2026, 10, 30): Decimal("3.6740"),
    date(2026, 11, 2): Decimal("3.7000"),
}


def exchange(policy: FxPolicy, hedge: Hedge | None = None) -> Exchange:
    return Exchange(RATES, policy=policy, source="rates.csv", hedge=hedge)


def test_a_stated_rate_is_valid_for_its_month_and_later() -> None:
    stated = exchange(FxPolicy.STATED)
    assert [stated.rate(date(2026, month, 1)) for month in (9, 10, 11, 12)] == [
        Decimal("3.6720"),
        Decimal("3.6740"),
        Decimal("3.7000"),
        Decimal("3.7000"),
    ]


def test_the_rate_of_the_day_is_the_last_published_one() -> None:
    day = exchange(FxPolicy.DAY)
    assert (day.rate(date(2026, 10, 2)), day.rate(date(2026, 10, 4))) == (Decimal("3.6730"), Decimal("3.6730"))
    assert day.figure(date(2026, 10, 4)).fields() == {
        "fx_policy": "day",
        "fx_rate": "3.673000",
        "fx_date": "2026-10-02",
        "fx_source": "rates.csv",
    }
    for unknown in (date(2026, 9, 30), date(2026, 10, 10)):
        with pytest.raises(BadInput, match=r"rates.csv: has no rate of 2026-.* nor of the 7 days before it"):
            day.rate(unknown)


def test_the_average_of_the_month() -> None:
    average = exchange(FxPolicy.MONTH_AVERAGE)
    assert average.rate(date(2026, 10, 15)) == Decimal("3.6730")
    assert average.figure(date(2026, 10, 1)).day == date(2026, 10, 30)
    with pytest.raises(BadInput, match="has no rate of 2026-12"):
        average.rate(date(2026, 12, 1))


def test_a_hedge_covers_an_amount_of_each_month_and_the_rest_is_at_spot() -> None:
    rows = [
        as_charge(charge(date(2026, 10, 1), EffectiveCost="60")),
        as_charge(charge(date(2026, 10, 2), EffectiveCost="40")),
        as_charge(charge(date(2026, 10, 2), EffectiveCost="50", ChargeCategory="Tax")),
        as_charge(charge(date(2026, 10, 2), EffectiveCost="500", BillingCurrency="AED", PricingCurrency="AED")),
        as_charge(charge(date(2026, 11, 2), EffectiveCost="10")),
    ]
    hedged = exchange(FxPolicy.HEDGED, Hedge(Decimal("3.65"), Decimal(25))).covering(lambda: rows)
    october = sum(hedged.in_aed(item) for item in rows[:2])
    assert october == 25 * Decimal("3.65") + (60 * Decimal("3.672") + 40 * Decimal("3.673")) * Decimal("0.75")
    assert hedged.in_aed(rows[3]) == 500
    assert hedged.in_aed(rows[4]) == 10 * Decimal("3.65")  # less than the amount of the month


def write(folder: Path, text: str) -> Path:
    file = folder / "rates.csv"
    file.write_text(text)
    return file


def test_a_rate_file(tmp_path: Path) -> None:
    text = "\ufeffdate,aed_per_usd\r\n2026-10-01,3.6720\r\n2026-10-02, 3.6730\r\n"
    assert read(write(tmp_path, text)) == {date(2026, 10, 1): Decimal("3.6720"), date(2026, 10, 2): Decimal("3.6730")}
    assert read(write(tmp_path, "date,aed_per_usd\n2026-10-01,4.1\n"), confirmed=True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "must have the columns date, aed_per_usd"),
        ("date,rate\n", "must have the columns date, aed_per_usd"),
        ("date,aed_per_usd\n", "has no rates"),
        (
            "date,aed_per_usd\n2026-10-01,36.725\n",
            "line 2: 36.725 AED per USD is more than 2 % from the peg; did you mean",
        ),
        ("date,aed_per_usd\n2026-10-01,0\n", "line 2: '0' is not a rate"),
        ("date,aed_per_usd\n2026-10-01,1e999999999\n", "is not a rate|is more than"),
        ("date,aed_per_usd\n01/10/2026,3.67\n", "'01/10/2026' is not a date"),
        ("date,aed_per_usd\n2026-10-01,3.67,x\n", "line 2: has 3 cells, not 2"),
        ("date,aed_per_usd\n2026-10-01,3.67\n2026-10-01,3.68\n", "line 3: repeats 2026-10-01"),
    ],
)
def test_a_wrong_rate_file_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence.replace("(", r"\(")):
        read(write(tmp_path, text))


def test_a_future_rate_is_refused(tmp_path: Path) -> None:
    day = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
    with pytest.raises(BadInput, match="is in the future"):
        read(write(tmp_path, f"date,aed_per_usd\n{day},3.67\n"))


def test_rates_far_from_the_peg_are_asked_about() -> None:
    for text in ("36.725", "0.2723", "3.7625", "4"):
        with pytest.raises(BadInput, match=r"did you mean 3.6725\? If it is right, give --confirm-rate"):
            check_peg("--rate", Decimal(text), False, "give --confirm-rate")
        check_peg("--rate", Decimal(text), True, "")
    for text in ("3.6725", "3.6720", "3.7", "3.61"):
        check_peg("--rate", Decimal(text), False, "")


def test_percentages_that_are_fractions_are_asked_about() -> None:
    with pytest.raises(BadInput) as error:
        check_percent("--margin", Decimal("0.05"), False, "give --confirm-percent", below=Decimal(1))
    assert str(error.value) == (
        "--margin: 0.05 percent is a factor of 0.0005; did you mean 5? If it is right, give --confirm-percent"
    )
    for percent, confirmed in (("0", False), ("1", False), ("5", False), ("0.05", True)):
        check_percent("--margin", Decimal(percent), confirmed, "", below=Decimal(1))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"policy": "daily"}, "--fx: 'daily' is not a policy; there are: stated, day, month-average, hedged"),
        ({"policy": "day"}, "--fx-rates: is required by --fx day"),
        ({"file": True}, "--fx-rates: is required by --fx day"),
        ({"policy": "hedged", "file": True}, "--hedge: is required by --fx hedged"),
        ({"policy": "day", "file": True, "hedge": "3.67:1"}, "--hedge: is required by --fx hedged"),
        ({"policy": "day", "file": True, "rates": ["3.67@2026-10-01"]}, "--rate: --fx day takes its rates from"),
        ({"rates": ["36.725@2026-10-01"]}, "--rate: 36.725 AED per USD is more than 2 % from the peg"),
        ({"policy": "hedged", "file": True, "hedge": "36.735:10"}, "--hedge: 36.735 AED per USD"),
        ({"policy": "hedged", "file": True, "hedge": "3.67"}, "must have the form rate:usd"),
        ({"policy": "hedged", "file": True, "hedge": "3.67:0"}, "--hedge: rate and amount must be more than zero"),
    ],
)
def test_options_that_do_not_fit_are_refused(tmp_path: Path, options: dict, sentence: str) -> None:
    file = write(tmp_path, "date,aed_per_usd\n2026-10-01,3.6720\n") if options.pop("file", False) else None
    with pytest.raises(BadInput) as error:
        exchange_of(options.pop("rates", None), None, file=file, **options)
    assert sentence in str(error.value)


def test_amounts_add_up_and_keep_the_newest_rate() -> None:
    older, newer = (FxRate(FxPolicy.DAY, Decimal(4), date(2026, 10, day), "rates.csv") for day in (1, 2))
    total = Amount(Decimal(5))
    assert total.fx == ("billed in AED", "", "")
    for added, newest in ((older, older), (newer, newer), (older, newer), (None, newer)):
        total.add(Amount(Decimal(8), Decimal(8), Decimal(2), added) if added else Amount(Decimal(1)))
        assert total.newest is newest
    assert total == Amount(Decimal(5 + 3 * 8 + 1), Decimal(24), Decimal(6), newer)
    assert total.fx == ("day", "4.000000", "2026-10-02")
