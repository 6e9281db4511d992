"""Journal lines: postings by kind, balance to the fils, IDs that repeat, and names that must be known."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falaj.finops.controlling.charges import read as read_charges
from falaj.finops.controlling.journal import JournalKind, JournalLine, JournalQuery, journals
from falaj.finops.controlling.settings import Controlling
from falaj.finops.errors import BadInput
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import Period
from tests.unit.finops.controlling_files import OCTOBER, TRN, as_charge, controlling, month, tagged
from tests.unit.finops.exports import export

WHOLE = Period(OCTOBER, date(2026, 10, 31), date(2026, 10, 31))
NET = Decimal("2276.95")
"""AED of both cost centres: 31 days of USD 20 at the peg, 2,276.95."""


def lines(
    kind: str, rows: list[dict[str, Any]], period: Period = WHOLE, revision: int = 1, **changed: Any
) -> list[JournalLine]:
    settings = Controlling.model_validate(controlling(**changed))
    query = JournalQuery(JournalKind("accrual" if kind == "reversal" else kind), period, settings, Exchange(), revision)
    result = journals([as_charge(fields) for fields in rows], query)
    return [line for line in result if f"-{kind.upper()}-" in line.journal_id]


def posted(result: list[JournalLine]) -> list[tuple[str, str, str, str, str]]:
    return [(line.account, line.cost_centre, str(line.debit), str(line.credit), line.tax_code) for line in result]


def imbalance(result: list[JournalLine]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in result:
        sums[line.journal_id] += line.debit - line.credit
    return {name: amount for name, amount in sums.items() if amount}


def test_an_accrual_debits_cost_centres_and_has_no_recoverable_vat() -> None:
    result = lines("accrual", month())
    assert posted(result) == [
        ("610100", "1007", "1138.48", "0", ""),
        ("610100", "1008", "1138.48", "0", ""),
        ("220500", "8000", "0", "2276.95", ""),
        ("699900", "8000", "0", "0.01", ""),
    ]
    assert {line.journal_id for line in result} == {"UAE01-202610-ACCRUAL-AWS"}
    assert {line.date for line in result} == {date(2026, 10, 31)}
    assert result[0].fx == ("stated", "3.672500", "2026-11-24")


def test_a_reversal_mirrors_the_accrual_on_the_next_first() -> None:
    accrual, reversal = lines("accrual", month()), lines("reversal", month())
    assert [(line.account, line.credit, line.debit) for line in accrual] == [
        (line.account, line.debit, line.credit) for line in reversal
    ]
    assert {line.date for line in reversal} == {date(2026, 11, 1)}
    assert {line.journal_id for line in reversal} == {"UAE01-202610-REVERSAL-AWS"}
    assert reversal[0].description.startswith("Reversal of UAE01-202610-ACCRUAL-AWS: ")


def test_an_invoice_of_a_branch_in_the_uae_has_input_vat_on_it() -> None:
    assert posted(lines("invoice", month())) == [
        ("610100", "1007", "1138.48", "0", "S"),
        ("610100", "1008", "1138.48", "0", "S"),
        ("145000", "8000", "113.85", "0", "S"),
        ("210110", "8000", "0", "2390.80", "S"),
        ("699900", "8000", "0", "0.01", ""),
    ]


def test_an_imported_service_has_output_and_input_vat_and_a_net_payable() -> None:
    result = lines("invoice", month("Microsoft", ("CC-7",)))
    assert posted(result) == [
        ("610100", "1007", "1138.48", "0", "AE"),
        ("145000", "8000", "56.92", "0", "AE"),
        ("225000", "8000", "0", "56.92", "AE"),
        ("210120", "8000", "0", "1138.48", "AE"),
    ]


def test_vat_that_is_not_recovered_is_an_expense_of_the_cost_centre() -> None:
    recipient = {"trn": TRN, "recoverable_percent": 0}
    for kind in ("accrual", "invoice", "chargeback"):
        result = lines(kind, month("Microsoft", ("CC-7",)), recipient=recipient)
        assert result[0].debit == Decimal("1195.40")  # 1,138.475 and 5 %
        assert imbalance(result) == {}
    assert lines("accrual", month("Microsoft", ("CC-7",)), recipient=recipient)[1].credit == Decimal("1195.40")


def test_a_chargeback_moves_cost_from_the_platform_without_vat() -> None:
    rows = [*month(), *month(centres=("",)), *month(centres=("CC-0",))]
    result = lines("chargeback", rows, cost_centres={"CC-7": "1007", "CC-8": "1008", "CC-0": "8000"})
    assert {line.tax_code for line in result} == {""}
    charged = {line.cost_centre: line.debit for line in result if line.account == "610900"}
    assert charged == {"1007": Decimal("1138.48"), "1008": Decimal("1138.48"), "9000": Decimal("1138.48")}
    assert sum(line.credit for line in result if line.account == "619900") == 3 * Decimal("1138.48")
    assert imbalance(result) == {}


def test_tax_rows_and_estimates_are_not_posted_and_services_have_accounts() -> None:
    rows = [*month(centres=("CC-7",)), tagged(OCTOBER, "CC-7", "99", ChargeCategory="Tax")]
    rows.append(tagged(OCTOBER, "CC-7", "100", ServiceName="S3"))
    result = lines("accrual", rows, services={"S3": "610200"})
    assert {line.account: line.debit for line in result if line.debit} == {
        "610100": Decimal("1138.48"),
        "610200": Decimal("367.25"),
    }


def test_what_is_billed_in_aed_keeps_its_amount_and_says_so() -> None:
    rows = [tagged(OCTOBER, "CC-7", "100", BillingCurrency="AED"), tagged(date(2026, 10, 31), "CC-7", "0")]
    result = lines("accrual", rows[:1])
    assert (result[0].debit, result[0].fx) == (100, ("billed in AED", "", ""))


costs = st.lists(
    st.tuples(st.sampled_from(["CC-7", "CC-8", ""]), st.decimals("-99999", "99999", places=6)), min_size=1, max_size=12
)


@given(
    costs,
    st.sampled_from(["accrual", "reversal", "invoice", "chargeback"]),
    st.sampled_from(["AWS", "Microsoft"]),
    st.integers(0, 100),
)
def test_every_journal_balances_and_rounding_is_small(
    charged: list[tuple[str, Decimal]], kind: str, provider: str, recoverable: int
) -> None:
    rows = [tagged(OCTOBER, centre, str(cost), ProviderName=provider) for centre, cost in charged]
    result = lines(kind, rows, recipient={"trn": TRN, "recoverable_percent": recoverable})
    assert imbalance(result) == {}
    assert all((line.debit > 0) != (line.credit > 0) for line in result)
    assert all(line.debit >= 0 <= line.credit for line in result)
    rounding = sum((line.debit + line.credit for line in result if line.account == "699900"), Decimal(0))
    assert rounding <= Decimal("0.01") * (len(result) + 2)
    assert [line.line for line in result] == list(range(1, len(result) + 1))


def test_the_same_input_gives_the_same_lines_and_a_revision_another_id() -> None:
    rows = month()
    assert lines("accrual", rows) == lines("accrual", list(reversed(rows)))
    assert {line.journal_id for line in lines("accrual", rows, revision=2)} == {"UAE01-202610-ACCRUAL-AWS-R2"}


@pytest.mark.parametrize(
    ("rows", "changed", "sentence"),
    [
        (month(centres=("CC-9",)), {}, "the export has charges of 'CC-9', and the file maps: CC-7, CC-8"),
        (month(centres=("=1+1",)), {"cost_centres": {}}, "'=1+1' is no cost centre of a ledger"),
        (month("Google"), {}, "the export has charges of 'Google', and the file names: AWS, Microsoft"),
        (
            month(),
            {"services": {"EC3": "1"}},
            "there is no service with charges in this month 'EC3'; there are: EC2",
        ),
    ],
)
def test_unknown_names_are_refused(rows: list[dict[str, Any]], changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        lines("accrual", rows, **changed)
    assert sentence in str(error.value)


def test_an_invoice_has_the_charges_of_its_billing_period_and_an_accrual_those_of_its_days() -> None:
    september = date(2026, 9, 30)
    rows = [tagged(OCTOBER, "CC-7", "10"), tagged(september, "CC-7", "20"), tagged(OCTOBER, "CC-7", "40")]
    rows[2]["BillingPeriodStart"] = "2026-11-01T00:00:00Z"
    assert lines("invoice", rows)[0].debit == Decimal("110.18")  # 30 at the peg: a late charge of September
    assert lines("accrual", rows)[0].debit == Decimal("183.63")  # 50 at the peg: October's days


def test_charges_are_read_from_a_file(tmp_path: Path) -> None:
    rows = [
        *month(),
        tagged(OCTOBER, "CC-7", "-3", ChargeClass="Correction", BillingPeriodStart="2026-11-01T00:00:00Z"),
        tagged(OCTOBER, "CC-7", "5", ChargeCategory="Tax", BilledCost="6"),
        tagged(OCTOBER, "", "31", ChargePeriodEnd="2026-11-01T00:00:00Z", ServiceName="S3"),
    ]
    found = read_charges([export(tmp_path, rows)], OCTOBER).charges
    assert sorted(found, key=repr) == sorted((as_charge(item) for item in rows), key=repr)


def test_an_invoice_needs_the_whole_month(tmp_path: Path) -> None:
    file = export(tmp_path, month()[:40])
    given_ = read_charges([file], OCTOBER)
    assert given_.period.as_of == date(2026, 10, 19)
    with pytest.raises(BadInput, match="complete up to 2026-10-19 only"):
        lines("invoice", month(), given_.period)
    assert sum(line.debit for line in lines("accrual", month(), given_.period)) < NET
