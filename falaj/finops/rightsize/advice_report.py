"""Recommendations as plain data and as Markdown."""

from collections.abc import Iterable
from typing import Any

from falaj.facts.markup import in_markdown
from falaj.finops.markdown_table import table
from falaj.finops.money import Rates, rounded
from falaj.finops.rightsize.advice import Advice
from falaj.finops.rightsize.document import money, rate
from falaj.finops.rightsize.recommendation import Recommendation


def advice_document(advice: Advice, rates: Rates) -> dict[str, Any]:
    """Returns all recommendations as plain data; `total` is the monthly savings of the best of each subject."""
    best = advice.best
    return {
        "rate": rate(rates),
        "total": money(advice.usd_month, rates),
        "recommendations": [
            _row(recommendation, recommendation in best, rates) for recommendation in advice.recommendations
        ],
        "notes": [{"subject": subject, "why": why} for subject, why in advice.notes],
    }


def _row(recommendation: Recommendation, best: bool, rates: Rates) -> dict[str, Any]:
    trust = recommendation.trust
    return {
        "subject": recommendation.subject,
        "action": recommendation.action.value,
        "to": recommendation.to,
        "best": best,
        "saves": money(recommendation.usd_month, rates),
        "confidence": trust.confidence.value,
        "seen": {
            "hours": trust.hours,
            "week": round(trust.week, 4),
            "variation": round(trust.variation, 4),
        },
        "why": recommendation.why,
        "keep": list(recommendation.keep),
    }


def markdown(advice: Advice, rates: Rates) -> str:
    """Returns a Markdown table of the best recommendation per subject, its alternatives, and what must not change."""
    return "\n".join(_markdown(advice, rates)) + "\n"


def _markdown(advice: Advice, rates: Rates) -> Iterable[str]:
    total = rounded(advice.usd_month * rates.aed)
    vat = rounded(advice.usd_month * rates.aed * rates.vat)
    yield f"## Right-sizing: AED {total:,} a month, and AED {vat:,} VAT"
    if advice.best:
        head = ("resource", "action", "target", "confidence", "savings, AED a month")
        rows = (
            (in_markdown(item.subject), item.action, in_markdown(item.to), item.trust.confidence, _aed(item, rates))
            for item in advice.best
        )
        yield from ("", *table(head, rows, words=4))
    for item in advice.best:
        yield from (
            "",
            f"**{in_markdown(item.subject)}**: {in_markdown(item.why)} ({item.trust}). "
            f"Must not change: {in_markdown('; '.join(item.keep))}.",
        )
        for other in advice.recommendations:
            if other.subject == item.subject and other is not item:
                cost = f"AED {_aed(other, rates)}, {other.trust.confidence}"
                yield f"- or {other.action} ({in_markdown(other.to)}): {cost}"
    if advice.notes:
        yield from ("", "No recommendation:", "")
        for subject, why in advice.notes:
            yield f"- {in_markdown(subject)}: {in_markdown(why)}"


def _aed(recommendation: Recommendation, rates: Rates) -> str:
    return f"{rounded(recommendation.usd_month * rates.aed):,}"
