"""VAT by supplier: local supply, reverse charge, and a customer without TRN.

What is expected is from the vendors' and the law's texts.

- AWS, aws.amazon.com/tax-help/uae (2026-11-27): branches in Abu Dhabi and Dubai charge VAT from 2024-02-01.
- Microsoft, learn.microsoft.com, Microsoft 365 tax information (2021-03-17): Microsoft Ireland zero-rates customers in
  the UAE that give their VAT ID, charges others the local rate, and warns of a local accounting obligation.
- Federal Decree-Law 8 of 2017: article 3, 5 %; article 48 (1), who imports services is treated as their supplier.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from falaj.facts.invoice_entities import VatTreatment, invoice_entities
from falaj.finops.controlling.settings import read
from falaj.finops.controlling.vat import vat_of
from falaj.finops.errors import BadInput
from tests.unit.finops.controlling_files import TRN, controlling, write

NET = Decimal(10_000)
LAST = date(2026, 10, 31)


def amounts(entity: str, has_trn: bool = True, recoverable: str = "1") -> tuple[int, ...]:
    result = vat_of(NET, invoice_entities()[entity], has_trn, Decimal(recoverable), LAST)
    assert result.invoice + result.authority == result.cost
    figures = (result.invoiced, result.output, result.recovered, result.invoice, result.authority, result.cost)
    return tuple(int(figure) for figure in figures)


@pytest.mark.parametrize(
    ("entity", "has_trn", "recoverable", "expected"),
    [
        # VAT on the invoice, output VAT, input VAT, paid to the supplier, paid to the authority, cost
        ("aws-emea-dubai", True, "1", (500, 0, 500, 10_500, -500, 10_000)),
        ("aws-emea-abu-dhabi", True, "0", (500, 0, 0, 10_500, 0, 10_500)),
        ("microsoft-ireland", True, "1", (0, 500, 500, 10_000, 0, 10_000)),
        ("microsoft-ireland", True, "0.6", (0, 500, 300, 10_000, 200, 10_200)),
        ("microsoft-ireland", False, "1", (500, 0, 0, 10_500, 0, 10_500)),
        ("local", True, "0.6", (500, 0, 300, 10_500, -300, 10_200)),
        ("foreign", True, "0", (0, 500, 0, 10_000, 500, 10_500)),
    ],
)
def test_cash_and_cost(entity: str, has_trn: bool, recoverable: str, expected: tuple[int, ...]) -> None:
    assert amounts(entity, has_trn, recoverable) == expected


def test_recoverable_vat_costs_the_same_whoever_accounts_for_it() -> None:
    for recoverable in ("0", "0.25", "1"):
        costs = {amounts(entity, True, recoverable)[-1] for entity in invoice_entities()}
        assert len(costs) == 1


def test_a_credit_note_reverses_every_figure() -> None:
    result = vat_of(-NET, invoice_entities()["microsoft-ireland"], True, Decimal("0.6"), LAST)
    assert (result.output, result.recovered, result.authority, result.cost) == (-500, -300, -200, -10_200)


def test_every_entity_has_a_source_and_a_tax_code_follows_from_the_treatment() -> None:
    for entity in invoice_entities().values():
        assert entity.source
        assert entity.source_date
    assert invoice_entities()["aws-emea-dubai"].since == date(2024, 2, 1)
    taxed = vat_of(NET, invoice_entities()["aws-emea-dubai"], True, Decimal(1), LAST)
    imported = vat_of(NET, invoice_entities()["microsoft-ireland"], True, Decimal(1), LAST)
    assert (taxed.tax_code, imported.tax_code) == ("S", "AE")
    assert imported.treatment is VatTreatment.REVERSE_CHARGE


def test_a_branch_did_not_invoice_before_it_existed() -> None:
    with pytest.raises(
        BadInput, match="aws-emea-dubai: has invoiced since 2024-02-01, and the month ends on 2024-01-31"
    ):
        vat_of(NET, invoice_entities()["aws-emea-dubai"], True, Decimal(1), date(2024, 1, 31))


def supplier(**changed: Any) -> dict[str, Any]:
    return {"suppliers": {"AWS": {"invoiced_by": "aws-emea-dubai", "payable": "2"} | changed}}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"recipient": {"trn": TRN[:-1]}}, "recipient.trn: string should match pattern"),
        ({"recipient": {"trn": f"{TRN[:-1]}X"}}, "recipient.trn: string should match pattern"),
        (
            {"recipient": {"trn": TRN, "recoverable_percent": "0.6"}},
            "0.6 percent is a factor of 0.006; did you mean 60?",
        ),
        ({"recipient": {"trn": TRN, "recoverable_percent": 101}}, "recoverable_percent: input should be less than"),
        (supplier(invoiced_by="aws-dubai"), "unknown entity 'aws-dubai'; did you mean: aws-emea-dubai"),
        (supplier(invoiced_by="microsoft-ireland"), "microsoft-ireland invoices Microsoft; use local or foreign"),
        (supplier(trn="12"), "suppliers.AWS.trn: string should match pattern"),
        (supplier(payable="2 1"), "suppliers.AWS.payable: string should match pattern"),
        ({"account": {}}, "account: unknown field; did you mean: accounts"),
        ({"ledger": "uae"}, "ledger: string should match pattern"),
    ],
)
def test_a_wrong_controlling_file_is_refused(tmp_path: Path, changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        read(write(tmp_path, controlling(**changed)))
    assert sentence in str(error.value)


def test_a_small_share_can_be_confirmed_and_nothing_is_recovered_without_trn(tmp_path: Path) -> None:
    recipient = {"trn": TRN, "recoverable_percent": "0.6", "confirm_percent": True}
    assert read(write(tmp_path, controlling(recipient=recipient))).recipient.recoverable == Decimal("0.006")
    assert read(write(tmp_path, controlling(recipient={}))).recipient.recoverable == 0
