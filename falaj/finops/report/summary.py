"""The summary with which every form of the report begins, computed once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from falaj.facts.clock import today
from falaj.finops.bill import Bill
from falaj.finops.estimate import Estimate
from falaj.finops.figures import Figures, LineChange, Machines, differences, figures, machines_of
from falaj.finops.gate import GateResult
from falaj.finops.lines import ZERO, Line
from falaj.finops.money import Rates, rounded
from falaj.finops.price_age import kind_shares, old_prices
from falaj.finops.report.formatting import rate
from falaj.finops.report.guardrails import EXEMPT, Guardrails

CEILING = "FJ-COST-004"
"""Guardrail of the policy pack's own ceilings. Where it only advises, the summary of the thresholds says so too."""

MAX_DRIVERS = 5
"""Maximum lines that are named as what drives the change or the cost."""


@dataclass(frozen=True)
class Money:
    """An amount a month, rounded to fils and cents."""

    aed: Decimal
    usd: Decimal


@dataclass(frozen=True)
class Change:
    """The expected month against the base's, without VAT. `percent` is None if the base costs nothing.

    `partial` says that a price is missing on either side, so that only priced lines are compared.
    """

    before: Money
    by: Money
    percent: Decimal | None
    partial: bool


@dataclass(frozen=True)
class Driver:
    """One line of the change against the base, or of the expected cost: its amount and the reason for it."""

    name: str
    what: str
    money: Money
    why: str


@dataclass(frozen=True)
class PriceBasis:
    """What the expected month rests on: the percentages of each kind of price and of prices older than their limit in
    days, and the day of the oldest such price, empty if none is older.
    """

    kinds: Mapping[str, Decimal]
    old_percent: Decimal
    limits: Mapping[str, int]
    oldest: str


@dataclass(frozen=True)
class Checks:
    """Results of the cost thresholds or of the guardrails: how many there are, and a sentence for each that refuses.

    `advice` counts guardrails that fail without refusing; `advised` has the sentences of those on a threshold.
    """

    count: int
    refused: tuple[str, ...]
    advice: int = 0
    advised: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """Verdict and money of a month. `maximum` is None if a price is missing: then the other figures are minima.

    `change` is None without a base; `drivers` are then those of the expected cost, the largest first. `others` is what
    the lines that are not named come to, and `other_lines` their number. `vat` and `rate` say how VAT is accounted for
    and which exchange rate applies.
    """

    stack: str
    month: date
    passed: bool
    thresholds: Checks
    guardrails: Checks | None
    expected: Money
    with_vat: Money
    vat: str
    rate: str
    minimum: Money
    maximum: Money | None
    change: Change | None
    drivers: tuple[Driver, ...]
    others: Money
    other_lines: int
    prices: PriceBasis
    warnings: int

    @property
    def open(self) -> bool:
        """Whether a price is missing, so that figures are minima."""
        return self.maximum is None


def summary(
    estimate: Estimate,
    month: date,
    total: Bill,
    base: Figures | None,
    verdicts: Sequence[GateResult],
    guardrails: Guardrails | None,
) -> Summary:
    """Returns the summary of an estimate with these totals, its comparison and its results."""
    rates = estimate.rates
    all_drivers = list(_cost_drivers(estimate) if base is None else _change_drivers(estimate, base))
    of_all = total.net_usd.expected if base is None else total.net_usd.expected - base.usd
    # What is left, so that the amounts add up: lines of less than a cent are no drivers.
    others = of_all - sum((usd for usd, _, _, _ in all_drivers[:MAX_DRIVERS]), ZERO)
    thresholds, of_guardrails = _thresholds(verdicts, guardrails), _guardrails(guardrails)
    return Summary(
        stack=estimate.stack,
        month=month,
        passed=not thresholds.refused and not (of_guardrails and of_guardrails.refused),
        thresholds=thresholds,
        guardrails=of_guardrails,
        expected=_money(total.net_usd.expected, rates),
        with_vat=_money(total.gross_aed / rates.aed, rates),
        vat=rates.vat_label,
        rate=rate(rates),
        minimum=_money(total.net_usd.min, rates),
        maximum=None if total.open else _money(total.net_usd.max, rates),
        change=None if base is None else _change(base, total, rates),
        drivers=tuple(
            Driver(name, what, _money(usd, rates), why) for usd, name, what, why in all_drivers[:MAX_DRIVERS]
        ),
        others=_money(others, rates),
        other_lines=len(all_drivers[MAX_DRIVERS:]),
        prices=_price_basis(estimate),
        warnings=len(estimate.warnings),
    )


def _money(usd: Decimal, rates: Rates) -> Money:
    return Money(rounded(usd * rates.aed), rounded(usd))


def _change(base: Figures, total: Bill, rates: Rates) -> Change:
    by = total.net_usd.expected - base.usd
    return Change(
        before=_money(base.usd, rates),
        by=_money(by, rates),
        percent=rounded(by / base.usd * 100) if base.usd else None,
        partial=base.open or total.open,
    )


_Driver = tuple[Decimal, str, str, str]
"""USD, name, service and SKU, and reason."""


def _change_drivers(estimate: Estimate, base: Figures) -> Iterator[_Driver]:
    for change in differences(base, figures(estimate)):
        if rounded(change.usd):
            yield change.usd, change.name, change.what, _why_changed(change)


def _why_changed(change: LineChange) -> str:
    """Returns the machines before and after with the work that is new or has other pods; for other lines whether they
    are new or gone.
    """
    before, after = change.machines_before, change.machines_after
    if before is not None and after is not None and before.nodes != after.nodes:
        changed = tuple(pods for pods in after.work if pods not in before.work)
        return f"{_nodes(after)} instead of {_count(before.nodes)}{_for(changed)}"
    if change.before is None:
        return f"new, {_nodes(after)}{_for(after.work)}" if after else "new"
    return "gone" if change.after is None else ""


def _cost_drivers(estimate: Estimate) -> Iterator[_Driver]:
    for line in sorted(estimate.lines, key=lambda line: (-line.usd.expected, line.name, line.what)):
        if rounded(line.usd.expected):
            yield line.usd.expected, line.name, line.what, _why(line, estimate.usage.hours)


def _why(line: Line, hours: Decimal) -> str:
    machines = machines_of(line, hours)
    return line.charge.note if machines is None else _nodes(machines) + _for(machines.work)


def _nodes(machines: Machines) -> str:
    return f"{_count(machines.nodes)} node{'' if machines.nodes == 1 else 's'}"


def _count(nodes: Decimal) -> str:
    """Formats an average number of machines: `3`, `2.75`."""
    return f"{round(nodes, 2).normalize():f}"


def _for(work: Iterable[str]) -> str:
    return f" for {', '.join(work)}" if work else ""


def _price_basis(estimate: Estimate) -> PriceBasis:
    old = tuple(old_prices(estimate.lines, estimate.price_age, today()))
    return PriceBasis(
        kinds={kind: round(share * 100, 1) for kind, share in kind_shares(estimate.lines).items()},
        old_percent=round(sum((each.share for each in old), ZERO) * 100, 1),
        limits={each.kind: each.limit for each in old},
        oldest=max(old, key=lambda each: each.days).oldest.price.date if old else "",
    )


def _thresholds(verdicts: Sequence[GateResult], guardrails: Guardrails | None) -> Checks:
    failed = tuple(f"{verdict.scope}: {verdict.sentence}" for verdict in verdicts if not verdict.passed)
    findings = guardrails.findings if guardrails else ()
    advised = tuple(
        each.says for each in findings if each.rule == CEILING and not each.refuses and each.verdict != EXEMPT
    )
    return Checks(len(verdicts), failed, advised=advised)


def _guardrails(guardrails: Guardrails | None) -> Checks | None:
    if guardrails is None:
        return None
    failed = tuple(f"{each.rule} {each.name}: {each.says}" for each in guardrails.findings if each.refuses)
    tallies = guardrails.tallies.values()
    return Checks(sum(tally.judgements for tally in tallies), failed, sum(tally.advice for tally in tallies))
