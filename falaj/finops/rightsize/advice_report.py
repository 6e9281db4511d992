"""Recommendations as plain data and as Markdown."""

from collections.abc import Iterable
from typing import Any

from falaj.finops.markdown_table import table
from falaj.finops.money import Rates, rounded
from falaj.finops.rightsize.advice import Advice
from falaj.finops.rightsize.document import money, rate
from falaj.finops.rightsize.recommendation import Recommendation


def advice_document(advice: Advice, rates: Rates) -> dict[str, Any]:
    """Everything that was found; savings a month, of the best of each subject in `total`."""
    best = advice.best
    return {
        "rate": rate(rates),
        "total": money(advice.usd_month, rates),
        "recommendations": [_row(one, one in best, rates) for one in advice.recommendations],
        "notes": [{"subject": subject, "why": why} for subject, why in advice.notes],
    }


def _row(one: Recommendation, best: bool, rates: Rates) -> dict[str, Any]:
    sure = one.trust
    return {
        "subject": one.subject,
        "action": one.action.value,
        "to": one.to,
        "best": best,
        "saves": money(one.usd_month, rates),
        "confidence": sure.confidence.value,
        "seen": {
            "hours": one.trust.hours,
            "week": round(one.trust.week, 4),
            "variation": round(one.trust.variation, 4),
        },
        "why": one.why,
        "keep": list(one.keep),
    }


def markdown(advice: Advice, rates: Rates) -> str:
    """A table of the best of each subject, its alternatives below, and what must not change."""
    return "\n".join(_markdown(advice, rates)) + "\n"


def _markdown(advice: Advice, rates: Rates) -> Iterable[str]:
    total = rounded(advice.usd_month * rates.aed)
    vat = rounded(advice.usd_month * rates.aed * rates.vat)
    yield f"## Right-sizing: AED {total:,} a month, and AED {vat:,} VAT"
    if advice.best:
        head = ("resource", "action", "target", "confidence", "savings, AED a month")
        rows = (
            (_cell(one.subject), one.action, _cell(one.to), one.trust.confidence, _aed(one, rates))
            for one in advice.best
        )
        yield from ("", *table(head, rows, words=4))
    for one in advice.best:
        yield from ("", f"**{_cell(one.subject)}**: {one.why} ({one.trust}). Must not change: {'; '.join(one.keep)}.")
        for other in advice.recommendations:
            if other.subject == one.subject and other is not one:
                yield f"- or {other.action} ({_cell(other.to)}): AED {_aed(other, rates)}, {other.trust.confidence}"
    if advice.notes:
        yield from ("", "No recommendation:", "")
        for subject, why in advice.notes:
            yield f"- {_cell(subject)}: {why}"


def _aed(one: Recommendation, rates: Rates) -> str:
    return f"{rounded(one.usd_month * rates.aed):,}"


def _cell(text: str) -> str:
    """Names come from outside: nothing in them may end a cell or begin markup."""
    return "".join(f"\\{sign}" if sign in "|`*_[]<>" else sign for sign in text.replace("\n", " "))
