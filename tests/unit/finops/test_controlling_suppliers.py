"""Several invoices and several entities of one provider.

FOCUS 1.2: InvoiceId is there to reconcile charges with an invoice, InvoiceIssuerName says who invoices them
(specification/columns, read 2026-11-27). AWS: Marketplace is invoiced by Amazon Web Services EMEA SARL in Luxembourg,
not by its branches in the UAE (aws.amazon.com/tax-help/emea-vat-tables, read 2026-11-27).
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from falaj.finops.controlling.charges import Charge
from falaj.finops.controlling.charges import read as read_charges
from falaj.finops.controlling.clouds import vat_of_clouds
from falaj.finops.controlling.invoice import SupplierInvoice
from falaj.finops.controlling.journal import JournalKind, JournalQuery, journals
from falaj.finops.controlling.reconcile import reconcile
from falaj.finops.controlling.settings import Controlling, treatment_of
from falaj.finops.controlling.vat import figures, tax_in_export
from falaj.finops.errors import BadInput
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import Period
from tests.unit.finops.controlling_files import OCTOBER, as_charge, controlling, tagged
from tests.unit.finops.exports import export

BRANCH, LUXEMBOURG = "Amazon Web Services EMEA SARL, Dubai Branch", "Amazon Web Services EMEA SARL"
WHOLE = Period(OCTOBER, date(2026, 10, 31), date(2026, 10, 31))
MARKETPLACE = {
    "provider": "AWS",
    "issuers": [LUXEMBOURG.upper()],
    "invoiced_by": "aws-emea-luxembourg",
    "payable": "210111",
}


def rows(branch: str = BRANCH) -> list[dict[str, Any]]:
    first = {"InvoiceId": "INV-1", "InvoiceIssuerName": branch}
    second = {"InvoiceId": "INV-2", "InvoiceIssuerName": LUXEMBOURG}
    return [
        tagged(OCTOBER, "CC-7", "30", **first),
        tagged(OCTOBER, "CC-7", "60", ServiceName="Model", **second),
        tagged(OCTOBER, "", "3", ChargeCategory="Tax", **second),
    ]


def charges() -> list[Charge]:
    return [as_charge(row) for row in rows()]


def settings(**changed: Any) -> Controlling:
    own = controlling()
    return Controlling.model_validate(own | {"suppliers": own["suppliers"] | changed})


def invoice(number: str, net: str, **changed: Any) -> SupplierInvoice:
    content = {"provider": "AWS", "number": number, "date": "2026-11-03", "month": "2026-10", "currency": "USD"}
    return SupplierInvoice.model_validate(content | {"net": net, "tax": "0", "total": net} | changed)


@pytest.mark.parametrize(("number", "net"), [("INV-1", "30"), ("inv-2", "60")])
def test_an_invoice_is_compared_with_the_charges_of_its_number(number: str, net: str) -> None:
    found = reconcile(charges(), invoice(number, net), Exchange())
    assert (found.export_net, found.unexplained) == (Decimal(net), 0)


def test_without_the_number_those_of_the_issuer_or_the_month_are_compared() -> None:
    assert reconcile(charges(), invoice("X", "90"), Exchange()).export_net == 90
    assert reconcile(charges(), invoice("X", "60", issuer=LUXEMBOURG), Exchange()).export_net == 60


def test_vat_and_journals_by_entity() -> None:
    known = settings(Marketplace=MARKETPLACE)
    found = figures(charges(), WHOLE, Exchange(), known)
    assert {name: (item.invoiced, item.output) for name, item in found.items()} == {
        "AWS": (Decimal("5.51"), 0),  # 30 at the peg
        "Marketplace": (0, Decimal("11.02")),
    }
    assert set(tax_in_export(charges(), WHOLE, Exchange(), known)) == {"Marketplace"}
    lines = journals(charges(), JournalQuery(JournalKind.INVOICE, WHOLE, known, Exchange()))
    assert {(line.journal_id, line.tax_code) for line in lines if line.tax_code} == {
        ("UAE01-202610-INVOICE-AWS", "S"),
        ("UAE01-202610-INVOICE-MARKETPLACE", "AE"),
    }
    assert treatment_of(known, invoice("X", "1", issuer=LUXEMBOURG)).value == "reverse-charge"


def test_two_entities_without_a_supplier_of_their_own_are_refused() -> None:
    with pytest.raises(BadInput, match="AWS: the export has charges that are invoiced by") as error:
        figures(charges(), WHOLE, Exchange(), settings())
    assert repr(BRANCH) in str(error.value)
    both = settings(AWS={"issuers": [BRANCH, LUXEMBOURG], "invoiced_by": "aws-emea-dubai", "payable": "2"})
    assert set(figures(charges(), WHOLE, Exchange(), both)) == {"AWS"}
    one = settings(AWS={"issuers": [BRANCH], "invoiced_by": "aws-emea-dubai", "payable": "2"})
    with pytest.raises(BadInput, match=f"the export has charges of 'AWS' invoiced by '{LUXEMBOURG}'"):
        figures(charges(), WHOLE, Exchange(), one)


def test_suppliers_of_the_same_charges_are_refused() -> None:
    with pytest.raises(ValueError, match="two have the same charges of AWS"):
        settings(A=MARKETPLACE, B=MARKETPLACE)
    with pytest.raises(ValueError, match="aws-emea-luxembourg invoices AWS"):
        settings(A=MARKETPLACE | {"provider": "Oracle"})


def test_an_estimate_has_the_vat_of_the_platform() -> None:
    assert vat_of_clouds(settings(Marketplace=MARKETPLACE))["reverse_charged"] == ("azure",)


def test_issuer_and_invoice_are_read_from_the_export(tmp_path: Path) -> None:
    found = read_charges([export(tmp_path, rows())], OCTOBER).charges
    assert {(charge.invoice, charge.issuer) for charge in found} == {("INV-1", BRANCH), ("INV-2", LUXEMBOURG)}
