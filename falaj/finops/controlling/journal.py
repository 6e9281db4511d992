"""Journal lines of a month: accrual with its reversal, suppliers' invoices, and chargeback to cost centres.

Every journal balances to the fils. Its ID follows from ledger, month, kind, supplier and revision, so that a ledger
refuses to post it twice; the same input gives the same file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from falaj.finops.controlling.charges import Amount, Charge, Key, by_key, of_supplier, providers, require_complete
from falaj.finops.controlling.settings import Code, Controlling, Supplier, require_known
from falaj.finops.controlling.suppliers import by_supplier
from falaj.finops.controlling.vat import VatFigures, vat_of
from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.money import rounded
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.period import Period
from falaj.finops.showback.tags import UNTAGGED

CURRENCY = "AED"

Amounts = Mapping[Key, Amount]

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


class JournalKind(StrEnum):
    """Kind of journal."""

    ACCRUAL = "accrual"
    INVOICE = "invoice"
    CHARGEBACK = "chargeback"


REVERSAL = "reversal"
"""The other half of an accrual, in its ID. Both come from one run: a later export would reverse other amounts."""


@dataclass(frozen=True)
class JournalLine:
    """One line in AED. One of `debit` and `credit` is zero, neither is negative."""

    date: date
    journal_id: str
    line: int
    account: Code
    cost_centre: Code
    debit: Decimal
    credit: Decimal
    description: str
    tax_code: str = ""
    fx: tuple[str, str, str] = ("", "", "")
    """Policy, rate and date."""
    currency: str = CURRENCY


@dataclass(frozen=True)
class Posting:
    """An amount to post, not rounded: a debit if it is positive, a credit if it is negative."""

    account: Code
    cost_centre: Code
    amount: Decimal
    description: str
    tax_code: str = ""
    fx: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class JournalQuery:
    """What is posted. `revision` 2 and higher replaces a posted journal of the same month."""

    kind: JournalKind
    period: Period
    controlling: Controlling
    exchange: Exchange
    revision: int = 1

    @property
    def month(self) -> str:
        """The month, `2026-11`."""
        return f"{self.period.first:%Y-%m}"


def journals(charges: Iterable[Charge], query: JournalQuery) -> list[JournalLine]:
    """Returns the lines of all suppliers' journals. Raises `BadInput` for names that export and file do not share."""
    invoiced = query.kind is JournalKind.INVOICE
    if invoiced:
        require_complete(query.period)
    assigned = by_supplier(charges, query.period, query.controlling)
    amounts = by_key(assigned, query.period, query.exchange, "billed" if invoiced else "effective")
    require_known(
        "services", query.controlling.services, {key.service for key in amounts}, "service with charges in this month"
    )
    lines: list[JournalLine] = []
    for provider in providers(amounts):
        supplier = query.controlling.suppliers[provider]
        of_provider = {key: amount for key, amount in amounts.items() if key.provider == provider}
        posted = balanced(_KINDS[query.kind](query, provider, supplier, of_provider), query, provider)
        lines += posted
        if query.kind is JournalKind.ACCRUAL:
            lines += _reversal(posted, query, provider)
    return lines


def _accrual(query: JournalQuery, provider: str, supplier: Supplier, amounts: Amounts) -> Iterator[Posting]:
    """The cost that no invoice has charged yet. Input VAT is recovered with a tax invoice, so only VAT that stays a
    cost is accrued.
    """
    total = of_supplier(amounts, provider)
    vat = _vat(query, supplier, total)
    yield from _expenses(query, provider, amounts, vat, "")
    text = f"Accrued cost of {provider}, {query.month}"
    yield Posting(query.controlling.accounts.accrued, query.controlling.platform, -vat.cost, text, "", total.fx)


def _reversal(accrual: Iterable[JournalLine], query: JournalQuery, provider: str) -> Iterator[JournalLine]:
    """Mirrors an accrual on the first day of the next month."""
    name, day = journal_id(query, provider, REVERSAL), query.period.last + timedelta(days=1)
    for line in accrual:
        text = f"Reversal of {line.journal_id}: {line.description}"
        yield replace(line, date=day, journal_id=name, debit=line.credit, credit=line.debit, description=text)


def _invoice(query: JournalQuery, provider: str, supplier: Supplier, amounts: Amounts) -> Iterator[Posting]:
    total = of_supplier(amounts, provider)
    vat, accounts, platform = _vat(query, supplier, total), query.controlling.accounts, query.controlling.platform
    yield from _expenses(query, provider, amounts, vat, vat.tax_code)
    treatment = f"VAT of {supplier.entity.name}, {query.month}, {vat.treatment.value}"
    yield Posting(accounts.input_vat, platform, vat.recovered, f"Input {treatment}", vat.tax_code, total.fx)
    yield Posting(accounts.output_vat, platform, -vat.output, f"Output {treatment}", vat.tax_code, total.fx)
    text = f"Invoice of {supplier.entity.name}, {query.month}"
    yield Posting(supplier.payable, platform, -vat.invoice, text, vat.tax_code, total.fx)


def _chargeback(query: JournalQuery, provider: str, supplier: Supplier, amounts: Amounts) -> Iterator[Posting]:
    """Charges cost centres for what they used. Within one taxable person it is no supply, so it has no VAT; VAT that
    stays a cost is charged with the cost.
    """
    vat = _vat(query, supplier, of_supplier(amounts, provider))
    accounts, platform = query.controlling.accounts, query.controlling.platform
    for cost_centre, amount in _by_cost_centre(query, amounts).items():
        cost = amount.aed * vat.cost_factor
        text = f"{provider}, {query.month}"
        yield Posting(accounts.chargeback, cost_centre, cost, f"Charge for {text}", "", amount.fx)
        yield Posting(
            accounts.recovery, platform, -rounded(cost), f"Recovery from {cost_centre}, {text}", "", amount.fx
        )


_Postings = Callable[[JournalQuery, str, Supplier, Amounts], Iterator[Posting]]

_KINDS: Mapping[JournalKind, _Postings] = {
    JournalKind.ACCRUAL: _accrual,
    JournalKind.INVOICE: _invoice,
    JournalKind.CHARGEBACK: _chargeback,
}


def _vat(query: JournalQuery, supplier: Supplier, total: Amount) -> VatFigures:
    recipient = query.controlling.recipient
    has_trn = recipient.trn is not None
    return vat_of(total.aed, supplier.entity, has_trn, recipient.recoverable, query.period.last)


def _expenses(
    query: JournalQuery, provider: str, amounts: Amounts, vat: VatFigures, tax_code: str
) -> Iterator[Posting]:
    """Yields the expense of each account and cost centre, with the VAT that is not recovered."""
    groups: dict[tuple[str, str], Amount] = {}
    for key, amount in amounts.items():
        group = (query.controlling.expense(key.service), ledger_cost_centre(query.controlling, key.cost_centre))
        groups.setdefault(group, Amount()).add(amount)
    for (account, cost_centre), amount in sorted(groups.items()):
        text = f"{provider}, {query.month}"
        yield Posting(account, cost_centre, amount.aed * vat.cost_factor, text, tax_code, amount.fx)


def _by_cost_centre(query: JournalQuery, amounts: Amounts) -> dict[str, Amount]:
    groups: dict[str, Amount] = {}
    for key, amount in amounts.items():
        groups.setdefault(ledger_cost_centre(query.controlling, key.cost_centre), Amount()).add(amount)
    return {name: groups[name] for name in sorted(groups) if name != query.controlling.platform}


def ledger_cost_centre(controlling: Controlling, tag: str) -> str:
    """Returns the cost centre of the ledger for a tag. Raises `BadInput` if the file does not map it."""
    if tag == UNTAGGED:
        return controlling.untagged
    if controlling.cost_centres:
        if tag not in controlling.cost_centres:
            known = ", ".join(sorted(controlling.cost_centres))
            raise BadInput("cost_centres", f"the export has charges of {tag!r}, and the file maps: {known}")
        return controlling.cost_centres[tag]
    if not _CODE.fullmatch(tag):
        raise BadInput("cost_centres", f"{tag!r} is no cost centre of a ledger; map it to one")
    return tag


def balanced(posted: Iterable[Posting], query: JournalQuery, provider: str) -> list[JournalLine]:
    """Returns the lines of one journal, each rounded to the fils, with a line for the rounding difference."""
    postings = list(posted)
    difference = sum((rounded(posting.amount) for posting in postings), ZERO)
    accounts, platform = query.controlling.accounts, query.controlling.platform
    postings.append(Posting(accounts.rounding, platform, -difference, f"Rounding, {provider}, {query.month}"))
    day = query.period.last if query.kind is JournalKind.INVOICE else query.period.as_of
    name = journal_id(query, provider)
    lines: list[JournalLine] = []
    for posting in postings:
        if amount := rounded(posting.amount):
            debit, credit = max(amount, ZERO), max(-amount, ZERO)
            where = (posting.account, posting.cost_centre)
            details = (posting.description, posting.tax_code, posting.fx)
            lines.append(JournalLine(day, name, len(lines) + 1, *where, debit, credit, *details))
    return lines


def journal_id(query: JournalQuery, provider: str, kind: str = "") -> str:
    """Returns the ID of a journal, such as `UAE01-202611-ACCRUAL-AWS`; of a later revision with `-R2` at its end."""
    supplier = re.sub(r"[^A-Z0-9]+", "-", provider.upper()).strip("-")
    revision = "" if query.revision == 1 else f"-R{query.revision}"
    month = f"{query.period.first:%Y%m}"
    return f"{query.controlling.ledger}-{month}-{(kind or query.kind.value).upper()}-{supplier}{revision}"
