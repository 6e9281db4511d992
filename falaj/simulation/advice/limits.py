"""What a month must keep, and by how much a simulated month exceeds it. Pure."""

from dataclasses import dataclass

from falaj.simulation.outcome import Outcome

EVERY_TENANT = "*"
"""Key of the waits of all tenants together (`Outcome.waits`)."""


@dataclass(frozen=True)
class Limits:
    """Limits of a month."""

    wait_seconds: float = 900.0
    """Longest 95th percentile of the time from submission to the start of computation."""
    late_share: float = 0.01
    """Largest share of requests that are late, in each service."""
    aed_per_month: float | None = None
    """Ceiling of the month in AED without VAT; None if the stack has none."""
    deadlines_missed: float = 0
    """Deadlines that may be missed."""
    unfinished: float = 0
    """Jobs that need not have ended in the month: those that today's settings leave unfinished too."""


@dataclass(frozen=True)
class Measures:
    """The figures of a simulated month that the advice is about, or of the mean of several months."""

    aed: float
    wait_seconds: float
    """95th percentile over all jobs; 0 without jobs."""
    late_share: float
    """Of the service with the largest share; 0 without requests."""
    late: float
    """Late requests of all services."""
    deadlines_missed: float
    unfinished: float
    """Jobs that had not ended at the end of the month."""


def measures(outcome: Outcome) -> Measures:
    """Returns the figures of a month."""
    waits = outcome.waits.get(EVERY_TENANT)
    answers = [answer for answer in outcome.answers.values() if answer.requests]
    return Measures(
        aed=outcome.aed,
        wait_seconds=waits.p95 if waits and waits.jobs else 0.0,
        late_share=max((answer.late / answer.requests for answer in answers), default=0.0),
        late=sum(answer.late for answer in answers),
        deadlines_missed=outcome.deadlines_missed,
        unfinished=waits.unfinished if waits else 0,
    )


def excesses(month: Measures, limits: Limits) -> dict[str, float]:
    """Returns by how much a month exceeds each limit, relative to the limit; zero or less if it keeps it."""
    ceiling = limits.aed_per_month
    return {
        "wait": month.wait_seconds / limits.wait_seconds - 1,
        "late requests": month.late_share / limits.late_share - 1 if limits.late_share else month.late_share,
        "deadlines": float(month.deadlines_missed - limits.deadlines_missed),
        "unfinished jobs": float(month.unfinished - limits.unfinished),
        "ceiling": month.aed / ceiling - 1 if ceiling else 0.0,
    }


def keeps(month: Measures, limits: Limits) -> bool:
    """Whether a month keeps all limits."""
    return all(excess <= 0 for excess in excesses(month, limits).values())
