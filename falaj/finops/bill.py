"""Totals of an estimate: USD and AED, VAT, invoice currency, and the cost after a devaluation of the dirham."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.estimate import Estimate
from falaj.finops.lines import ONPREM, Basis, Line, Range, total


@dataclass(frozen=True)
class Bill:
    """Totals of a month, not rounded. `open` is whether a price is missing: then every figure is a minimum.

    `net_*` is without tax; `vat_aed` is the tax of the expected cost; `cost_aed` is what it costs in the end, with the
    tax only where it is not recovered; `stressed_aed` is `cost_aed` after the de-peg that the rates suppose. Machines
    of one's own are paid in dirhams: a de-peg makes them no dearer, and no provider's invoice has them.
    """

    net_usd: Range
    net_aed: Range
    vat_aed: Decimal
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
    """The bill of an estimate, or of some of its lines."""
    chosen = estimate.lines if lines is None else tuple(lines)
    rates = estimate.rates
    usd = total(chosen)
    net = usd.times(rates.aed)
    vat = net.expected * rates.vat
    paid = Decimal(1) if rates.vat_recoverable else 1 + rates.vat
    own = total(line for line in chosen if line.cloud == ONPREM).expected
    bought = usd.expected - own
    baseline = total(line for line in chosen if line.charge.basis is Basis.BASELINE).min
    return Bill(
        net_usd=usd,
        net_aed=net,
        vat_aed=vat,
        gross_aed=net.expected + vat,
        cost_aed=net.expected * paid,
        stressed_aed=(bought * rates.aed_stressed + own * rates.aed) * paid,
        invoice=bought * rates.invoice.per_usd * (1 + rates.vat),
        baseline_usd=baseline,
        usage_usd=usd.expected - baseline,
        idle_usd=sum((line.idle_usd for line in chosen), Decimal(0)),
        compliance_usd=sum((line.compliance_usd for line in chosen), Decimal(0)),
        open=any(not line.priced for line in chosen),
    )
