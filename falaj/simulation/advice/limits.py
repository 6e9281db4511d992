"""What a month must keep, and by how much a simulated month exceeds it. Pure."""

from dataclasses import dataclass

from falaj.simulation.outcome import EVERY_TENANT, Outcome


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
    """Jobs that need not have ended in the month, such as those that were submitted shortly before its end."""


@dataclass(frozen=True)
class Measures:
    """The figures of a simulated month that the advice is about, or of the mean of several months."""

    aed: float
    wait_seconds: float
    """95th percentile over all jobs; 0 without jobs. `measures` says what it is if many never start."""
    late_share: float
    """Of the service with the largest share; 0 without requests."""
    late: float
    """Late requests of all services."""
    deadlines_missed: float
    unfinished: float
    """Jobs that had not ended at the end of the month."""


UNSTARTED_SHARE = 0.05
"""Share of jobs that may never have started while the 95th percentile of those that have is that of all."""


def measures(outcome: Outcome, jobs: int = 0, length: float = 0.0) -> Measures:
    """Returns the figures of a month of `length` seconds with a number of jobs, of which some may never start.

    If these are too many for a percentile of the others, their share of the month takes its place, or the longest wait
    if that is longer: it becomes less with each job that starts, and is not zero where nothing runs."""
    waits = outcome.waits.get(EVERY_TENANT)
    unstarted = jobs - (waits.jobs if waits else 0)
    wait = waits.p95 if waits else 0.0
    if unstarted > jobs * UNSTARTED_SHARE:
        wait = max(waits.max if waits else 0.0, length * unstarted / jobs)
    answers = [answer for answer in outcome.answers.values() if answer.requests]
    return Measures(
        aed=outcome.aed,
        wait_seconds=wait,
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
        "unfinished jobs": (month.unfinished - limits.unfinished) / max(limits.unfinished, 1.0),
        "ceiling": month.aed / ceiling - 1 if ceiling else 0.0,
    }


def beyond(month: Measures, limits: Limits) -> float:
    """Returns by how much a month exceeds all limits together, relative to them; 0 if it keeps them."""
    return sum(max(excess, 0.0) for excess in excesses(month, limits).values())


def keeps(month: Measures, limits: Limits) -> bool:
    """Whether a month keeps all limits."""
    return all(excess <= 0 for excess in excesses(month, limits).values())
