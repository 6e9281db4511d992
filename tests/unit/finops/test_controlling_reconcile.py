"""Reconciliation of an invoice: each class of difference alone, combinations, and what stays unexplained."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falaj.facts.invoice_entities import VatTreatment
from falaj.finops.controlling.invoice import SupplierInvoice, read
from falaj.finops.controlling.reconcile import DifferenceClass, Reconciliation, reconcile
from falaj.finops.controlling.settings import Controlling, treatment_of
from falaj.finops.errors import BadInput
from falaj.finops.showback.exchange import Exchange
from tests.unit.finops.controlling_files import OCTOBER, TRN, as_charge, controlling, tagged, write

ACCOUNT = "111122223333"


def invoice(net: str, tax: str = "0", lines: list[dict[str, str]] | None = None, **changed: Any) -> dict[str, Any]:
    total = str(Decimal(net) + Decimal(tax))
    content = {"provider": "AWS", "number": "I-1", "date": "2026-11-03", "month": "2026-10", "currency": "USD"}
    return content | {"net": net, "tax": tax, "total": total, "lines": lines or []} | changed


def billed(service: str, cost: str, **changed: Any) -> dict[str, Any]:
    return tagged(OCTOBER, "CC-7", cost, ServiceName=service) | changed


def result(
    rows: list[dict[str, Any]], document: dict[str, Any], treatment: VatTreatment | None = None
) -> Reconciliation:
    charges = [as_charge(item) for item in rows]
    found = reconcile(charges, SupplierInvoice.model_validate(document), Exchange(), treatment)
    whole = sum((item.amount for item in found.differences), Decimal(0))
    assert found.invoice.total - found.export_net - found.export_tax == whole
    return found


def classes(rows: list[dict[str, Any]], document: dict[str, Any], **options: Any) -> dict[str, str]:
    return {kind.value: f"{value:.2f}" for kind, value in result(rows, document, **options).by_class().items()}


ROWS = [billed("EC2", "100.004"), billed("EC2", "50"), billed("S3", "20")]
LINES = [
    {"account": ACCOUNT, "service": "EC2", "net": "150.00"},
    {"account": ACCOUNT, "service": "S3", "net": "20.00"},
]


def test_an_invoice_that_agrees_differs_by_rounding_only() -> None:
    assert classes(ROWS, invoice("170.00", lines=LINES)) == {"rounding": "-0.00"}
    assert classes(ROWS[1:], invoice("70.00")) == {}


def test_tax_that_the_export_does_not_have() -> None:
    assert classes(ROWS, invoice("170.00", "8.50")) == {"tax": "8.50", "rounding": "-0.00"}
    with_tax = [*ROWS, billed("EC2", "8.50", ChargeCategory="Tax")]
    assert classes(with_tax, invoice("170.00", "8.50")) == {"rounding": "-0.00"}


def test_tax_that_is_not_due_is_unexplained() -> None:
    assert classes(ROWS[1:], invoice("70.00", "7.00"))["unexplained"] == "3.50"
    imported, local = VatTreatment.REVERSE_CHARGE, VatTreatment.LOCAL_SUPPLY
    assert classes(ROWS[1:], invoice("70.00", "3.50"), treatment=imported) == {"unexplained": "3.50"}
    assert classes(ROWS[1:], invoice("70.00", "0"), treatment=imported) == {}
    assert classes(ROWS[1:], invoice("70.00", "0"), treatment=local) == {"tax": "3.50", "unexplained": "-3.50"}
    assert classes(ROWS[1:], invoice("70.00", "3.50"), treatment=local) == {"tax": "3.50"}


def test_credits_and_corrections_that_the_invoice_leaves_out() -> None:
    credit = billed("EC2", "-30", ChargeCategory="Credit")
    correction = billed("EC2", "-7", ChargeClass="Correction")
    assert classes([*ROWS[1:], credit], invoice("70.00")) == {"credits": "30.00"}
    assert classes([*ROWS[1:], correction], invoice("70.00")) == {"late-corrections": "7.00"}
    assert classes([*ROWS[1:], credit, correction], invoice("70.00")) == {
        "credits": "30.00",
        "late-corrections": "7.00",
    }
    assert classes([*ROWS[1:], credit], invoice("40.00")) == {}
    assert classes([*ROWS[1:], credit], invoice("65.00")) == {"unexplained": "25.00"}


def test_rows_that_one_side_does_not_have() -> None:
    lines = [*LINES, {"account": ACCOUNT, "service": "Support", "net": "29.00"}]
    assert classes(ROWS[1:], invoice("199.00", lines=lines)) == {"missing-in-export": "29.00", "unexplained": "100.00"}
    more = [*ROWS[1:], billed("KMS", "3")]
    lines = [{"account": ACCOUNT, "service": "EC2", "net": "50"}, LINES[1]]
    assert classes(more, invoice("70.00", lines=lines)) == {"missing-on-invoice": "-3.00"}


def test_a_line_of_one_side_only_is_not_explained() -> None:
    """An invoice that is 10,000 too high, and one that lacks a purchase of 1,200: nobody has said why."""
    lines = [*LINES, {"account": ACCOUNT, "service": "Bedrock", "net": "10000"}]
    found = result(ROWS, invoice("10170.00", "508.50", lines=lines))
    assert (found.unexplained, round(found.explained, 2), round(found.difference, 2)) == (
        10000,
        Decimal("508.5"),
        Decimal("10508.5"),
    )
    purchase = billed("SavingsPlans", "1200", ChargeCategory="Purchase")
    assert result([*ROWS, purchase], invoice("170.00", lines=LINES)).unexplained == 1200


def test_unexplained_differences_do_not_cancel_out() -> None:
    lines = [{"account": ACCOUNT, "service": "EC2", "net": "55"}, {"account": ACCOUNT, "service": "S3", "net": "15"}]
    found = result(ROWS[1:], invoice("70", lines=lines))
    assert found.unexplained == 10
    assert found.by_class() == {DifferenceClass.UNEXPLAINED: 0}


def test_another_rate_than_that_of_the_policy() -> None:
    document = invoice("1028.86", currency="AED", aed_per_usd="3.6745")
    rows = [billed("EC2", "280")]
    assert classes(rows, document) == {"fx": "0.56"}  # 280 x (3.6745 - 3.6725)
    assert classes(rows, document | {"aed_per_usd": None}) == {"unexplained": "0.56"}
    with pytest.raises(BadInput, match="USD cannot be compared with an export in EUR"):
        result([billed("EC2", "1", BillingCurrency="EUR")], invoice("1"))


def test_only_the_billing_period_and_the_provider_count() -> None:
    others = [
        billed("EC2", "9", BillingPeriodStart="2026-11-01T00:00:00Z"),
        billed("EC2", "9", ProviderName="Microsoft"),
        billed("EC2", "9", EffectiveCost="1"),
    ]
    assert classes([*ROWS[1:], *others], invoice("79.00")) == {}
    with pytest.raises(BadInput, match="has no charges of 'AWS' in the billing period 2026-10"):
        result(others[:1], invoice("9"))


def test_the_most_specific_line_takes_a_charge() -> None:
    lines = [{"service": "EC2", "net": "50"}, {"account": ACCOUNT, "net": "20"}]
    assert classes(ROWS[1:], invoice("70", lines=lines)) == {}


def test_the_account_of_a_line_is_compared_without_case() -> None:
    rows = [billed("EC2", "50", BillingAccountId="1a2b-3c")]  # exports are read in lower case
    assert classes(rows, invoice("50", lines=[{"account": "1A2B-3C", "service": "EC2", "net": "50"}])) == {}


@given(st.lists(st.decimals("-9999", "9999", places=4), min_size=1, max_size=8), st.decimals("-9999", "9999", places=2))
def test_the_differences_always_add_up(costs: list[Decimal], net: Decimal) -> None:
    rows = [billed(f"S{index % 3}", str(cost)) for index, cost in enumerate(costs)]
    result(rows, invoice(str(net), lines=[{"service": "S0", "net": str(net)}]))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"total": "71"}, "total: 71 is not net plus tax, 70"),
        ({"lines": [{"service": "EC2", "net": "5"}]}, "net: 70 is not the sum of its lines, 5"),
        ({"lines": [{"net": "35"}, {"net": "35"}]}, "is there more than once"),
        ({"trn": "123"}, "trn: string should match pattern"),
        ({"aed_per_usd": "36.725"}, "36.725 AED per USD is more than 2 % from the peg"),
        ({"date": "2020-11-03"}, "date: 2020-11-03 is before the billing period 2026-10"),
        ({"month": "October"}, "month: string should match pattern"),
        ({"net": "1e99", "total": "1e99"}, "net: input should be less than"),
        ({"vat": "5"}, "vat: unknown field; did you mean"),
    ],
)
def test_a_wrong_invoice_is_refused(tmp_path: Path, changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        read(write(tmp_path, invoice("70") | changed, "invoice.yaml"))
    assert sentence in str(error.value)
    assert "value error" not in str(error.value)
    assert "'lines': " not in str(error.value)


def test_lines_from_a_csv(tmp_path: Path) -> None:
    file, lines = write(tmp_path, invoice("70"), "invoice.yaml"), tmp_path / "lines.csv"
    lines.write_text(f"account,service,net\n{ACCOUNT},EC2,50\n{ACCOUNT},S3,20\n")
    assert [line.service for line in read(file, lines).lines] == ["EC2", "S3"]
    for text, sentence in (
        ("account,net\n", "must have the columns"),
        ("account,service,net,net\n", "must have the columns"),
        ("account,service,net\n1,2\n", "line 2: has a"),
    ):
        lines.write_text(text)
        with pytest.raises(BadInput, match=sentence):
            read(file, lines)


def test_the_treatment_of_an_invoice_and_its_trn() -> None:
    settings = controlling()
    settings["suppliers"]["AWS"]["trn"] = TRN
    known = Controlling.model_validate(settings)
    ours = SupplierInvoice.model_validate(invoice("1", trn=TRN))
    assert treatment_of(known, ours) is VatTreatment.LOCAL_SUPPLY
    with pytest.raises(BadInput, match="the invoice bears 100000000000003, and AWS's is"):
        treatment_of(known, SupplierInvoice.model_validate(invoice("1", trn="100000000000003")))
