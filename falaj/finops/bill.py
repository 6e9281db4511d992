"""Totals of an estimate: USD and AED, VAT, invoice currency, and the cost after a devaluation of the dirham."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.estimate import Estimate
from falaj.finops.lines import ONPREM, Line, Range, total


@dataclass(frozen=True)
class Bill:
    """Totals of a month, not rounded. `open` is whether a price is missing, so that every figure is a minimum.

    `net_*` is without tax; `vat_aed` is the tax of the expected cost; `cost_aed` is the final cost, which includes the
    tax only as far as it is not recovered; `reverse_charge_aed` is the part of the tax that no supplier charges: the
    customer accounts for it; `stressed_aed` is `cost_aed` after the assumed de-peg. On-premises machines are paid in
    AED: they are unaffected by a de-peg and not part of a provider's invoice.
    """

    net_usd: Range
    net_aed: Range
    vat_aed: Decimal
    reverse_charge_aed: Decimal
    gross_aed: Decimal
    cost_aed: Decimal
    stressed_aed: Decimal
    invoice: Decimal
    baseline_usd: Decimal
    usage_usd: Decimal
    idle_usd: Decimal
    compliance_usd: Decimal
    open: bool


def bill(estimate: Estimate, lines: Iterable[Line] | None = None) -> Bill:
    """Returns the totals of an estimate, or of some of its lines."""
    selected = estimate.lines if lines is None else tuple(lines)
    rates = estimate.rates
    usd = total(selected)
    net = usd.times(rates.aed)
    vat = net.expected * rates.vat
    tax_factor = 1 + rates.unrecovered_vat
    imported = [line for line in selected if line.cloud in rates.reverse_charged]
    imported_vat = total(imported).expected * rates.vat
    imported_cloud_vat = total(line for line in imported if line.cloud != ONPREM).expected * rates.vat
    onprem_usd = total(line for line in selected if line.cloud == ONPREM).expected
    cloud_usd = usd.expected - onprem_usd
    baseline = sum((line.baseline_usd for line in selected), Decimal(0))
    return Bill(
        net_usd=usd,
        net_aed=net,
        vat_aed=vat,
        reverse_charge_aed=imported_vat * rates.aed,
        gross_aed=net.expected + vat,
        cost_aed=net.expected * tax_factor,
        stressed_aed=(cloud_usd * rates.aed_stressed + onprem_usd * rates.aed) * tax_factor,
        invoice=(cloud_usd * (1 + rates.vat) - imported_cloud_vat) * rates.invoice.per_usd,
        baseline_usd=baseline,
        usage_usd=usd.expected - baseline,
        idle_usd=sum((line.idle_usd for line in selected), Decimal(0)),
        compliance_usd=sum((line.compliance_usd for line in selected), Decimal(0)),
        open=any(not line.priced for line in selected),
    )
