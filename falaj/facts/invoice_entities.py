"""Entities that invoice customers in the UAE, and who accounts for the VAT on their invoices.

The rows are in `data/invoice_entities.csv`, each with its source and the date on which the source was read. AWS's two
branches in the UAE charge VAT on what was used from 2024-02-01. Microsoft Ireland charges none to a customer that has
stated its Tax Registration Number (TRN), and warns of a local obligation to account for it. A partner that resells
(CSP) is `local` or `foreign`, by where it is established.

The law: Federal Decree-Law 8 of 2017 on VAT, article 3 (5 %), 48 (1) (reverse charge of imported services), 54 and 55
(recoverable tax, apportionment), as amended by Federal Decree-Law 16 of 2025, since 2026-01-01: no self-issued invoice.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from falaj.facts.rows import past_date, rows

TRN = re.compile(r"\d{15}")
"""A Tax Registration Number of the Federal Tax Authority has 15 digits. No check digit is published."""


class VatTreatment(StrEnum):
    """Who accounts for the VAT on a supply."""

    LOCAL_SUPPLY = "local-supply"
    """The supplier is established in the UAE and charges VAT on its tax invoice."""
    REVERSE_CHARGE = "reverse-charge"
    """The supply is imported: the customer accounts for output VAT, and for input VAT as far as it is recoverable."""
    CHARGED_BY_NON_RESIDENT = "charged-by-non-resident"
    """A supplier abroad charges UAE VAT because the customer has stated no TRN."""


TAX_CODES = {
    VatTreatment.LOCAL_SUPPLY: "S",
    VatTreatment.REVERSE_CHARGE: "AE",
    VatTreatment.CHARGED_BY_NON_RESIDENT: "S",
}
"""VAT category codes of UAE electronic invoices (PINT AE, a subset of UNCL5305): standard rate, reverse charge."""


@dataclass(frozen=True)
class InvoiceEntity:
    """One entity. `provider` is that of FOCUS rows; empty if any provider may be invoiced by such an entity."""

    key: str
    provider: str
    name: str
    treatment: VatTreatment
    without_trn: VatTreatment
    """Treatment of a customer that has stated no TRN."""
    since: date
    """The first day on which the entity invoiced in this way."""
    source: str
    source_date: str

    def treatment_of(self, has_trn: bool) -> VatTreatment:
        """Returns the treatment of supplies to a customer with or without a TRN."""
        return self.treatment if has_trn else self.without_trn


@cache
def invoice_entities() -> dict[str, InvoiceEntity]:
    """Returns all entities by key."""
    columns = ("entity", "provider", "name", "treatment", "without_trn", "since", "source", "date")
    treatments = ", ".join(VatTreatment)
    result: dict[str, InvoiceEntity] = {}
    for row in rows("invoice_entities.csv", ("entity",), columns):
        cells = row.cells
        result[cells["entity"]] = InvoiceEntity(
            cells["entity"],
            cells["provider"],
            cells["name"],
            row.need("treatment", VatTreatment, treatments),
            row.need("without_trn", VatTreatment, treatments),
            row.need("since", date.fromisoformat, "a date YYYY-MM-DD"),
            row.need("source", str, "where it was read"),
            row.need("date", past_date, "a date that is not in the future"),
        )
    return result
