"""Tables and summary of the page of a simulated month. Pure."""

from collections.abc import Iterator, Mapping

from falaj.finops.report.summary_rows import Row
from falaj.finops.report.tables import Table
from falaj.simulation.advice.advice import Advice, Effect, HeldOut
from falaj.simulation.advice.choices import KINDS
from falaj.simulation.advice.held_out_words import NOT_HELD_OUT, checked_points, which_days
from falaj.simulation.advice.robustness import Interval, Robust
from falaj.simulation.front_picture import named_points
from falaj.simulation.outcome import EVERY_TENANT, Cause, Outcome

NOBODY = "shared"
"""What a charge is called that no tenant's work caused."""


def summary(outcome: Outcome, comparisons: Mapping[str, float | None], advice: Advice | None) -> Iterator[Row]:
    """Yields the rows above the tables: the bill, waiting, deadlines, requests, and the advice."""
    yield Row("bill", f"AED {outcome.aed:,.0f}", "a month, without VAT")
    for name, aed in comparisons.items():
        yield Row(name, "unknown" if aed is None else f"AED {aed:,.0f}", _ratio(outcome.aed, aed))
    if waits := outcome.waits.get(EVERY_TENANT):
        yield Row("waiting", f"{_minutes(waits.p95)} min", f"95th percentile of {waits.jobs:,} jobs")
    if outcome.deadlines:
        yield Row("deadlines missed", f"{outcome.deadlines_missed:,}", f"of {outcome.deadlines:,}")
    if requests := sum(answer.requests for answer in outcome.answers.values()):
        late = sum(answer.late for answer in outcome.answers.values())
        yield Row("late requests", f"{late / requests:.2%}", f"of {requests:,}")
    if (utilisation := outcome.gpu_utilisation) is not None:
        yield Row("GPU utilisation", f"{utilisation:.0%}", "of the paid GPU hours")
    for month in outcome.commitments:
        yield Row("commitment", f"AED {month.paid:,.0f}", f"{month.name}: {month.sentence('AED')}")
    if advice:
        yield _advised(advice)


def _advised(advice: Advice) -> Row:
    if not advice.effects:
        return Row("advice", text="today's settings: none that was tried is cheaper within the limits")
    saving = advice.saving
    text = f"a month less, 95 % confidence {saving.low:,.0f} to {saving.high:,.0f}"
    if not advice.keeps_limits:
        text += "; no settings that were tried keep all limits, and these come closest"
    elif not advice.today.keeps(advice.limits):
        text += "; it mends limits that today's settings exceed"
    if advice.held_out:
        other = advice.held_out.saving
        text += f"; {other.mean:,.0f} on days that the search did not see, {other.low:,.0f} to {other.high:,.0f}"
    changes = tuple(f"{effect.setting}: {effect.before} → {effect.after}" for effect in advice.effects)
    return Row("advice", f"AED {saving.mean:,.0f}", text, changes)


def _ratio(aed: float, other: float | None) -> str:
    return f"the bill is {aed / other:.2f} times as much" if other else ""


def tables(outcome: Outcome, advice: Advice | None) -> Iterator[Table]:
    """Yields the tables: the front, the changes, the bill, waiting and requests."""
    if advice:
        yield _front(advice)
        if advice.held_out:
            yield _held_out(advice, advice.held_out)
        if advice.effects:
            yield _effects(advice)
        if advice.remedies:
            yield _remedies(advice)
    yield _bill(outcome)
    if outcome.waits:
        yield _waits(outcome)
    if outcome.answers:
        yield _answers(outcome)


def _front(advice: Advice) -> Table:
    return Table(
        "Settings of the picture",
        ("", "changes", "AED", "p95 wait, min", "worst wait, min", "worst late", "missed"),
        tuple(
            _front_row(name, "; ".join(advice.labels[point.selection]) or "none", point)
            for name, point in named_points(advice).items()
        ),
        words=2,
        note="Mean and 95 % confidence interval; the worst figures are those of the worst month."
        + ("" if advice.held_out else f" {NOT_HELD_OUT[0].upper()}{NOT_HELD_OUT[1:]}."),
        prose=(1,),
    )


def _held_out(advice: Advice, check: HeldOut) -> Table:
    return Table(
        "Days that the search did not see",
        ("", "changes", "AED", "p95 wait, min", "worst wait, min", "worst late", "missed"),
        tuple(_front_row(name, changes, point) for name, changes, point in checked_points(advice, check)),
        words=2,
        note=f"The settings were {which_days(check)}: months of as many days, drawn from these.",
        prose=(1,),
    )


def _front_row(name: str, changes: str, point: Robust) -> tuple[str, ...]:
    aed, wait, worst = point.aed, point.wait_seconds, point.worst
    return (
        name,
        changes,
        f"{aed.mean:,.0f} ±{aed.high - aed.mean:,.0f}",
        f"{wait.mean / 60:,.1f} ±{(wait.high - wait.mean) / 60:,.1f}",
        _minutes(worst.wait_seconds),
        f"{worst.late_share:.2%}",
        f"{worst.deadlines_missed:,.0f}",
    )


def _effects(advice: Advice) -> Table:
    return Table(
        "What each change is worth",
        ("setting", "today", "advice", "saves AED", "p95 wait without it, min", "needed"),
        tuple(_effect_row(effect) for effect in advice.effects),
        words=3,
        note="The month with all other changes, against the month without this one.",
    )


def _remedies(advice: Advice) -> Table:
    return Table(
        "What helps alone",
        ("setting", "today", "alone", "why", "AED", "p95 wait, min"),
        tuple(
            (
                each.setting,
                each.before,
                each.after,
                KINDS[each.kind],
                f"{each.month.aed:,.0f}",
                _minutes(each.month.wait_seconds),
            )
            for each in advice.remedies
        ),
        words=4,
        note="The best single change of each setting, in the month as given: what is wrong with today's settings.",
        prose=(3,),
    )


def _effect_row(effect: Effect) -> tuple[str, ...]:
    without = effect.wait_without
    return (
        effect.setting,
        effect.before,
        effect.after,
        _plus_minus(effect.saving) if effect.saving else "invalid without it",
        _minutes(without.mean) if without else "-",
        "yes" if effect.is_needed else "no",
    )


def _bill(outcome: Outcome) -> Table:
    used = {charge.cause for charge in outcome.charges}
    causes = [cause for cause in Cause if cause is not Cause.COMMITMENT or cause in used]
    rows: dict[tuple[str, str], dict[Cause, float]] = {}
    for charge in outcome.charges:
        cells = rows.setdefault((charge.tenant or NOBODY, charge.profile), dict.fromkeys(causes, 0.0))
        cells[charge.cause] += charge.aed
    return Table(
        "The bill, AED",
        ("tenant", "profile", *(cause.value for cause in causes), "total"),
        tuple(
            (*who, *(f"{cells[cause]:,.0f}" for cause in causes), f"{sum(cells.values()):,.0f}")
            for who, cells in sorted(rows.items())
        ),
        words=2,
    )


def _waits(outcome: Outcome) -> Table:
    return Table(
        "Waiting, minutes",
        ("tenant", "jobs", "median", "95 %", "longest", "unfinished"),
        tuple(
            (
                "all" if tenant == EVERY_TENANT else tenant,
                f"{waits.jobs:,}",
                *_three(waits.p50, waits.p95, waits.max),
                f"{waits.unfinished:,}",
            )
            for tenant, waits in sorted(outcome.waits.items())
        ),
    )


def _three(*seconds: float) -> tuple[str, ...]:
    return tuple(map(_minutes, seconds))


def _answers(outcome: Outcome) -> Table:
    return Table(
        "Requests",
        ("service", "requests", "late", "median, s", "95 %, s", "replica hours"),
        tuple(
            (
                name,
                f"{answer.requests:,}",
                f"{answer.late / answer.requests:.2%}" if answer.requests else "-",
                f"{answer.p50:.2f}",
                f"{answer.p95:.2f}",
                f"{answer.replica_hours:,.0f}",
            )
            for name, answer in sorted(outcome.answers.items())
        ),
    )


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:,.1f}"


def _plus_minus(interval: Interval) -> str:
    return f"{interval.mean:,.0f} ±{interval.high - interval.mean:,.0f}"
