"""VAT of a supplier's month: what its invoice charges, what the customer accounts for, and what remains as cost."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from falaj.facts.currency import VAT_RATE
from falaj.facts.invoice_entities import TAX_CODES, InvoiceEntity, VatTreatment
from falaj.finops.controlling.charges import Charge, by_key, of_supplier, providers, share_of_month
from falaj.finops.controlling.settings import Controlling
from falaj.finops.controlling.suppliers import by_supplier
from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.money import rounded
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import Period


@dataclass(frozen=True)
class VatFigures:
    """Figures in AED, rounded to the fils. `net` is without VAT."""

    entity: InvoiceEntity
    treatment: VatTreatment
    net: Decimal
    invoiced: Decimal
    """VAT on the supplier's invoice."""
    output: Decimal
    """VAT that the customer accounts for itself, and pays to the Federal Tax Authority."""
    recovered: Decimal
    """Input VAT that the customer deducts in its VAT return."""
    cost_factor: Decimal
    """Cost per net amount, not rounded: more than one if VAT is not recovered."""

    @property
    def tax_code(self) -> str:
        """VAT category code of the supply."""
        return TAX_CODES[self.treatment]

    @property
    def invoice(self) -> Decimal:
        """Total of the invoice, which is paid to the supplier."""
        return self.net + self.invoiced

    @property
    def authority(self) -> Decimal:
        """Paid to the Federal Tax Authority; negative if it refunds or credits more."""
        return self.output - self.recovered

    @property
    def cost(self) -> Decimal:
        """Final cost: net, and the VAT that is not recovered."""
        return self.invoice + self.authority


def vat_of(net: Decimal, entity: InvoiceEntity, has_trn: bool, recoverable: Decimal, last: date) -> VatFigures:
    """Returns the VAT of supplies of `net` AED up to the day `last`. `recoverable` is the share of input VAT that the
    customer recovers, 0 to 1. Raises `BadInput` if the entity did not invoice in this way then.
    """
    if last < entity.since:
        raise BadInput(f"suppliers: {entity.key}", f"has invoiced since {entity.since}, and the month ends on {last}")
    treatment = entity.treatment_of(has_trn)
    base = rounded(net)
    tax = rounded(base * VAT_RATE)
    share = recoverable if has_trn else ZERO
    reverse = treatment is VatTreatment.REVERSE_CHARGE
    return VatFigures(
        entity=entity,
        treatment=treatment,
        net=base,
        invoiced=ZERO if reverse else tax,
        output=tax if reverse else ZERO,
        recovered=rounded(tax * share),
        cost_factor=1 + VAT_RATE * (1 - share),
    )


def figures(
    charges: Iterable[Charge], month: Period, exchange: Exchange, controlling: Controlling
) -> dict[str, VatFigures]:
    """Returns the VAT of the billed cost of a billing period by supplier. Raises `BadInput`."""
    assigned = by_supplier(charges, month, controlling)
    amounts, recipient = by_key(assigned, month, exchange, "billed"), controlling.recipient
    has_trn = recipient.trn is not None
    return {
        name: vat_of(
            of_supplier(amounts, name).aed,
            controlling.suppliers[name].entity,
            has_trn,
            recipient.recoverable,
            month.last,
        )
        for name in providers(amounts)
    }


def tax_in_export(
    charges: Iterable[Charge], month: Period, exchange: Exchange, controlling: Controlling
) -> dict[str, Decimal]:
    """Returns the tax in AED that the export has for a billing period, by supplier; none without tax rows."""
    result: dict[str, Decimal] = defaultdict(Decimal)
    for charge in by_supplier(charges, month, controlling):
        if charge.tax and not charge.estimated and share_of_month(charge, month, "billed"):
            result[charge.provider] += exchange.aed_of(charge.billed, charge.currency, charge.starts)
    return result
