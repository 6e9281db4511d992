"""A simulated month as plain data, for JSON. The same month gives the same text."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from falaj.finops.commitments import CommitmentMonth
from falaj.simulation.comparisons import Comparisons
from falaj.simulation.outcome import Outcome
from falaj.simulation.seeds import Seeds

FORMAT = 1
"""Version of the form; it grows when a field changes its meaning or goes."""

PLACES = 6
"""Decimal places: a fils has two, and sums of different order must not differ."""


def document(stack: str, result: Seeds, comparisons: Comparisons) -> dict[str, Any]:
    """Returns the month, the comparisons, and the means of several seeds with their confidence intervals."""
    return _rounded(
        {
            "format": FORMAT,
            "stack": stack,
            **_month(result.first),
            "comparisons": {**comparisons.aed, "how": comparisons.how},
            "seeds": {
                "months": len(result.months),
                "aed": asdict(result.aed),
                "wait_p95_seconds": asdict(result.wait_seconds),
                "late_share": asdict(result.late_share),
                "worst": asdict(result.worst),
            },
        }
    )


def _month(outcome: Outcome) -> dict[str, Any]:
    return {
        "aed": outcome.aed,
        "charges": [
            {"tenant": each.tenant, "profile": each.profile, "cause": each.cause.value, "aed": each.aed}
            for each in outcome.charges
        ],
        "waits_seconds": {tenant: asdict(waits) for tenant, waits in sorted(outcome.waits.items())},
        "answers": {service: asdict(answers) for service, answers in sorted(outcome.answers.items())},
        "deadlines": outcome.deadlines,
        "deadlines_missed": outcome.deadlines_missed,
        "interruptions": outcome.interruptions,
        "gpu_hours_paid": outcome.gpu_hours_paid,
        "gpu_hours_used": outcome.gpu_hours_used,
        "gpu_utilisation": outcome.gpu_utilisation,
        "node_hours": dict(sorted(outcome.node_hours.items())),
        "hours": {pool: [asdict(hour) for hour in hours] for pool, hours in sorted(outcome.hours.items())},
        "warnings": list(outcome.warnings),
        **({"commitments": [*map(_commitment, outcome.commitments)]} if outcome.commitments else {}),
    }


def _commitment(month: CommitmentMonth) -> dict[str, Any]:
    amounts = (month.covered, month.break_even_hours, month.utilisation, month.paid, month.saved)
    names = ("covered_hours", "break_even_hours", "utilisation", "paid_aed", "saved_aed")
    return {"name": month.name, "count": month.count, **dict(zip(names, map(float, amounts), strict=True))}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value
