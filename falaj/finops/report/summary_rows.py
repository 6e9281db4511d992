"""The summary in words: rows that the terminal, the comment and the page show in the same order."""

from collections.abc import Iterator
from dataclasses import dataclass

from falaj.finops.report.formatting import amount, counted, percent, signed
from falaj.finops.report.summary import Checks, Driver, Money, PriceBasis, Summary

MAX_REFUSED = 10
"""Maximum refusals that a row names; the tables that follow have more."""


@dataclass(frozen=True)
class Row:
    """One row: its label, the key figure if it has one, what there is to say about it, and a list."""

    label: str
    figure: str = ""
    text: str = ""
    items: tuple[str, ...] = ()


def headline(summary: Summary) -> str:
    """Returns stack, month and verdict: `prod-uae, December 2026: refused`."""
    return f"{summary.stack}, {summary.month:%B %Y}: {verdict(summary)}"


def verdict(summary: Summary) -> str:
    """Returns `passed` or `refused`."""
    return "passed" if summary.passed else "refused"


def rows(summary: Summary) -> Iterator[Row]:
    """Yields the rows: results first, then the money, what drives it, and what it rests on."""
    at_least = "at least " if summary.open else ""
    yield _thresholds(summary.thresholds)
    if summary.guardrails is not None:
        yield _guardrails(summary.guardrails)
    yield Row(
        "expected",
        f"{at_least}AED {amount(summary.expected.aed)}",
        f"(USD {amount(summary.expected.usd)}) a month, without VAT",
    )
    yield Row(
        "with VAT",
        f"{at_least}AED {amount(summary.with_vat.aed)}",
        f"(USD {amount(summary.with_vat.usd)}), {summary.vat}",
    )
    yield _range(summary)
    yield _change(summary)
    yield _drivers(summary)
    yield Row("exchange rate", text=summary.rate)
    yield Row("prices", text=_prices(summary.prices))
    yield Row("warnings", text=f"{summary.warnings}, listed below" if summary.warnings else "none")


def _thresholds(checks: Checks) -> Row:
    number, result = (len(checks.refused), "refused") if checks.refused else (checks.count, "passed")
    text = f"{number} of {checks.count} {result}" if checks.count else "none is set, and no price is missing"
    if checks.advised:
        text += "; the policy pack advises"
    return Row("cost thresholds", text=text, items=_first((*checks.refused, *checks.advised)))


def _guardrails(checks: Checks) -> Row:
    text = f"{counted(checks.count, 'evaluation')}, {len(checks.refused)} refused, {checks.advice} advice"
    return Row("guardrails", text=text, items=_first(checks.refused))


def _first(refused: tuple[str, ...]) -> tuple[str, ...]:
    rest = len(refused) - MAX_REFUSED
    return (*refused[:MAX_REFUSED], f"{rest} more in the tables") if rest > 0 else refused


def _range(summary: Summary) -> Row:
    lowest, highest = summary.minimum, summary.maximum
    to_aed, to_usd = ("unknown", "unknown") if highest is None else (amount(highest.aed), amount(highest.usd))
    return Row(
        "range",
        f"AED {amount(lowest.aed)} to {to_aed}",
        f"(USD {amount(lowest.usd)} to {to_usd}): at minimum and at maximum",
    )


def _change(summary: Summary) -> Row:
    change = summary.change
    if change is None:
        return Row("change", text="no base to compare with")
    base = "against a base that costs nothing"
    if change.percent is not None:
        sign = "+" if change.percent > 0 else ""
        base = f"{sign}{percent(change.percent)} against the base's AED {amount(change.before.aed)}"
    partial = "; priced resources only" if change.partial else ""
    return Row("change", f"AED {signed(change.by.aed)}", f"(USD {signed(change.by.usd)}), {base}{partial}")


def _drivers(summary: Summary) -> Row:
    label = "driven by" if summary.change is None else "change driven by"
    if not summary.drivers:
        return Row(label, text="nothing that costs money" if summary.change is None else "no line of cost changed")
    items = [_driver(driver, summary) for driver in summary.drivers]
    if summary.other_lines:
        items.append(f"{_both(summary.others, summary)} {counted(summary.other_lines, 'other line')}")
    return Row(label, items=tuple(items))


def _driver(driver: Driver, summary: Summary) -> str:
    why = f": {driver.why}" if driver.why else ""
    return f"{_both(driver.money, summary)} {driver.name}, {driver.what}{why}"


def _both(money: Money, summary: Summary) -> str:
    show = amount if summary.change is None else signed
    return f"AED {show(money.aed)} (USD {show(money.usd)})"


def _prices(basis: PriceBasis) -> str:
    """Returns in one sentence on which prices the expected month rests and how old they are."""
    kinds = ", ".join(f"{share} % {kind}" for kind, share in basis.kinds.items()) or "none"
    if not basis.oldest:
        return f"{kinds}; none is older than its limit"
    limits = ", ".join(f"{kind} {days} days" for kind, days in basis.limits.items())
    return f"{kinds}; {basis.old_percent} % is older than its limit ({limits}), the oldest of {basis.oldest}"
