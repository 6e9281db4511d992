"""Reconciliation of a supplier's invoice with the billing export: every difference in a class, or unexplained.

The export's charges of the invoice's number, otherwise of the billing period, are compared per billing account and
service, in the invoice's currency. The differences are classified in this order, each by an amount that the export or
the invoice states:

`fx`: the export's amounts at the invoice's rate instead of the rate of the policy. `missing-in-export` and
`missing-on-invoice`: an account and service that only one side has; they count as unexplained. `credits` and
`late-corrections`: the difference is exactly what the export has as credits, or as corrections of earlier invoices, and
the invoice leaves out or shows elsewhere. `rounding`: at most one hundredth for each account and service. `tax`: a tax
that is due, and that the export shows differently or not at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from falaj.facts.currency import VAT_RATE
from falaj.facts.invoice_entities import VatTreatment
from falaj.finops.controlling.charges import Charge
from falaj.finops.controlling.invoice import CENT, InvoiceLine, SupplierInvoice
from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.money import rounded
from falaj.finops.showback.exchange import Exchange

CREDIT_CATEGORIES = ("Credit", "Refund", "Adjustment")
"""Charge categories of FOCUS, and `Refund` of Azure's cost details, that invoices may show apart from usage."""


class DifferenceClass(StrEnum):
    """Why invoice and export differ."""

    FX = "fx"
    TAX = "tax"
    CREDITS = "credits"
    LATE_CORRECTIONS = "late-corrections"
    MISSING_IN_EXPORT = "missing-in-export"
    MISSING_ON_INVOICE = "missing-on-invoice"
    ROUNDING = "rounding"
    UNEXPLAINED = "unexplained"


OPEN = (DifferenceClass.MISSING_IN_EXPORT, DifferenceClass.MISSING_ON_INVOICE, DifferenceClass.UNEXPLAINED)
"""Differences that somebody must explain: that only one side has a line is no reason to pay it."""


@dataclass(frozen=True)
class Difference:
    """Part of the difference of one account and service: invoice less export, in the invoice's currency."""

    account: str
    service: str
    kind: DifferenceClass
    amount: Decimal
    note: str = ""


@dataclass
class ExportSums:
    """The export's charges that belong to one invoice line, in the invoice's currency: all at the rate of the policy,
    all at the invoice's own rate, and the parts that an invoice may leave out.
    """

    all: Decimal = ZERO
    at_invoice_rate: Decimal = ZERO
    credits: Decimal = ZERO
    corrections: Decimal = ZERO
    groups: set[tuple[str, str]] = field(default_factory=set)
    """Accounts and services, each of which an invoice may round."""

    def add(self, charge: Charge, amount: Decimal, at_invoice_rate: Decimal) -> None:
        """Adds a charge."""
        self.all += amount
        self.at_invoice_rate += at_invoice_rate
        self.groups.add((charge.account, charge.service))
        if charge.correction:
            self.corrections += at_invoice_rate
        elif charge.category in CREDIT_CATEGORIES:
            self.credits += at_invoice_rate

    @property
    def rounding(self) -> Decimal:
        """Greatest rounding difference."""
        return CENT * max(len(self.groups), 1)


@dataclass(frozen=True)
class Reconciliation:
    """Both sides without tax, the tax of both, and all differences."""

    invoice: SupplierInvoice
    export_net: Decimal
    export_tax: Decimal
    differences: tuple[Difference, ...] = field(default=())

    @property
    def difference(self) -> Decimal:
        """The invoice's total less that of the export."""
        return self.invoice.total - self.export_net - self.export_tax

    @property
    def explained(self) -> Decimal:
        """The part of the difference that an amount of the export or the invoice explains."""
        return sum((item.amount for item in self.differences if item.kind not in OPEN), ZERO)

    @property
    def unexplained(self) -> Decimal:
        """Sum of the absolute other differences, so that two of them do not cancel out."""
        return sum((abs(item.amount) for item in self.differences if item.kind in OPEN), ZERO)

    def by_class(self) -> dict[DifferenceClass, Decimal]:
        """Returns the sum of the differences of each class that has any."""
        result: dict[DifferenceClass, Decimal] = defaultdict(Decimal)
        for item in self.differences:
            result[item.kind] += item.amount
        return {kind: result[kind] for kind in DifferenceClass if kind in result}


def reconcile(
    charges: Iterable[Charge], invoice: SupplierInvoice, exchange: Exchange, treatment: VatTreatment | None = None
) -> Reconciliation:
    """Compares an invoice with the export's rows of its number, or of its provider and billing period. With the VAT
    treatment, the tax must be what it demands; without, either none or the UAE's rate. Raises `BadInput`.
    """
    sums: dict[tuple[str, str], ExportSums] = defaultdict(ExportSums)
    taxes: list[Decimal] = []
    lines = invoice.lines or [InvoiceLine(net=invoice.net)]
    for charge in _of_invoice(charges, invoice):
        amount, at_invoice_rate = _in_currency(charge, invoice, exchange)
        if charge.tax:
            taxes.append(at_invoice_rate)
        else:
            sums[_key(charge, lines)].add(charge, amount, at_invoice_rate)
    if not sums:
        what = f"the export has no charges of {invoice.provider!r} in the billing period {invoice.month}"
        raise BadInput("invoice", what)
    net, tax = sum((item.all for item in sums.values()), ZERO), sum(taxes, ZERO)
    differences = [item for line in lines for item in _compare(line, sums.pop((line.account, line.service), None))]
    for (account, service), left in sorted(sums.items()):
        kind, note = DifferenceClass.MISSING_ON_INVOICE, "the invoice has no line for it"
        differences += _fx(account, service, left)
        differences.append(Difference(account, service, kind, -left.at_invoice_rate, note))
    differences += _tax(invoice, tax, "" if taxes else "the export has no tax rows", treatment)
    return Reconciliation(invoice, net, tax, tuple(item for item in differences if item.amount))


def _of_invoice(charges: Iterable[Charge], invoice: SupplierInvoice) -> list[Charge]:
    """Returns the charges that have the number of the invoice (FOCUS 1.2, InvoiceId); if none has it, those of its
    provider, issuer and billing period.
    """
    billed = [charge for charge in charges if not charge.estimated and charge.provider == invoice.provider]
    number, issuer = invoice.number.casefold(), invoice.issuer.casefold()
    numbered = [charge for charge in billed if charge.invoice.casefold() == number]
    return numbered or [
        charge
        for charge in billed
        if charge.billing_month == invoice.month and issuer in ("", charge.issuer.casefold())
    ]


def _key(charge: Charge, lines: list[InvoiceLine]) -> tuple[str, str]:
    """Returns account and service of the invoice line that a charge belongs to: the most specific one, else its own."""
    account = charge.account.lower()
    matching = [
        line for line in lines if line.account.lower() in ("", account) and line.service in ("", charge.service)
    ]
    if not matching:
        return charge.account, charge.service
    best = max(matching, key=lambda line: (bool(line.account) + bool(line.service), bool(line.service)))
    return best.account, best.service


def _in_currency(charge: Charge, invoice: SupplierInvoice, exchange: Exchange) -> tuple[Decimal, Decimal]:
    """Returns the billed cost in the invoice's currency at the rate of the policy, and at the invoice's own rate."""
    if charge.currency == invoice.currency:
        return charge.billed, charge.billed
    if {charge.currency, invoice.currency} != {"USD", "AED"}:
        raise BadInput(
            "invoice.currency",
            f"{invoice.currency} cannot be compared with an export in {charge.currency}: only USD and AED",
        )
    policy = exchange.rate(charge.starts)
    stated = invoice.aed_per_usd or policy
    if invoice.currency == "AED":
        return charge.billed * policy, charge.billed * stated
    return charge.billed / policy, charge.billed / stated


def _fx(account: str, service: str, sums: ExportSums) -> Iterator[Difference]:
    if sums.at_invoice_rate != sums.all:
        yield Difference(account, service, DifferenceClass.FX, sums.at_invoice_rate - sums.all)


def _compare(line: InvoiceLine, sums: ExportSums | None) -> Iterator[Difference]:
    account, service = line.account, line.service
    if sums is None:
        yield Difference(account, service, DifferenceClass.MISSING_IN_EXPORT, line.net, "the export has no rows of it")
        return
    yield from _fx(account, service, sums)
    rest = line.net - sums.at_invoice_rate
    for left_out in _left_out(sums):
        explained = -sum(left_out.values(), ZERO)
        if abs(rest) > sums.rounding and abs(rest - explained) <= sums.rounding:
            for kind, amount in left_out.items():
                yield Difference(account, service, kind, -amount, "only in the export")
            rest -= explained
            break
    kind = DifferenceClass.ROUNDING if abs(rest) <= sums.rounding else DifferenceClass.UNEXPLAINED
    yield Difference(account, service, kind, rest)


def _left_out(sums: ExportSums) -> Iterator[dict[DifferenceClass, Decimal]]:
    """Yields what an invoice may leave out of the charges: credits, corrections, or both."""
    parts = {DifferenceClass.CREDITS: sums.credits, DifferenceClass.LATE_CORRECTIONS: sums.corrections}
    given = {kind: amount for kind, amount in parts.items() if amount}
    yield from ({kind: amount} for kind, amount in given.items())
    if len(given) > 1:
        yield given


def _tax(
    invoice: SupplierInvoice, in_export: Decimal, note: str, treatment: VatTreatment | None
) -> Iterator[Difference]:
    """Yields the tax that the treatment does not demand as unexplained, and the rest of the difference as tax."""
    demanded = [rounded(invoice.net * VAT_RATE)]
    if treatment is None or treatment is VatTreatment.REVERSE_CHARGE:
        demanded = [ZERO] if treatment else [ZERO, *demanded]
    wrong = min((invoice.tax - tax for tax in demanded), key=abs)
    if abs(wrong) <= CENT * max(len(invoice.lines), 1):  # tax may be rounded by line
        wrong = ZERO
    what = f"the invoice's tax is {invoice.tax}, and {' or '.join(str(tax) for tax in demanded)} is due"
    yield Difference("", "", DifferenceClass.UNEXPLAINED, wrong, what)
    rest = invoice.tax - wrong - in_export
    kind = DifferenceClass.ROUNDING if not note and abs(rest) <= CENT else DifferenceClass.TAX
    yield Difference("", "", kind, rest, note)
