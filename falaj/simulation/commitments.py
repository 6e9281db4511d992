"""Commitments of a simulated month: paid at all hours, and the on-demand hours that they cover cost nothing further.

They change no decision of a controller: Kueue's quotas and the autoscalers know the prices of machines, and none knows
what an account has reserved. So a month runs as without them, tenants are charged the price of what they use, and what
commitments cost or save beside that is one charge of nobody's.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from falaj.components.core.validation.enums import Profile
from falaj.components.settings.stack import Settings
from falaj.facts.clock import today
from falaj.facts.prices import Prices
from falaj.finops.commitments import (
    CommitmentMonth,
    HeldCommitment,
    costly_sentences,
    covered_seconds,
    ended_sentences,
    held_commitments,
    lasting,
)
from falaj.simulation.jobs.sleeping import changes
from falaj.simulation.outcome import Cause, Charge, Outcome
from falaj.simulation.platform_model import CommittedMachines, Platform, StandingMachines
from falaj.simulation.work import Work


def committed_machines(settings: Settings, prices: Prices) -> tuple[tuple[CommittedMachines, ...], tuple[str, ...]]:
    """Returns the machines of the commitments that count today, and a sentence for each that has ended."""
    held = held_commitments(settings.model_dump(mode="json", include={"commitments", "sites"}))
    rate = settings.currency.aed_per_usd
    counted = tuple(_machines(each, prices, rate) for each in lasting(held, today()))
    return counted, tuple(ended_sentences(held, today()))


def _machines(held: HeldCommitment, prices: Prices, rate: Decimal) -> CommittedMachines:
    """Returns the machines of a commitment, whose prices the check of settings makes sure of; nothing is saved where a
    machine has no price on demand."""
    price = held.price.usd or Decimal(0)
    listed = prices.machine(held.region, held.machine, "on-demand").usd
    on_demand = price if listed is None else listed
    return CommittedMachines(
        held.name, held.site, held.machine, held.count, float(price * rate), float(on_demand * rate)
    )


def with_commitments(platform: Platform, work: Work, outcome: Outcome) -> Outcome:
    """Returns a month with its commitments: a charge, and what each costs and saves."""
    if not platform.commitments:
        return outcome
    months = commitment_months(platform, work, outcome)
    extra = -float(sum(month.saved for month in months))
    charge = Charge(None, Profile.SYSTEM.value, Cause.COMMITMENT, extra)
    charges = sorted((*outcome.charges, charge), key=lambda each: (each.tenant or "", each.profile, each.cause.value))
    warnings = (*outcome.warnings, *costly_sentences(months, "AED"))
    return replace(outcome, charges=tuple(charges), commitments=months, warnings=warnings)


def commitment_months(platform: Platform, work: Work, outcome: Outcome) -> tuple[CommitmentMonth, ...]:
    """Returns what each commitment costs and covers in a month, in AED. Several for the same machines cover those that
    the ones before them leave."""
    counts: dict[tuple[str, str], int] = {}
    months: list[CommitmentMonth] = []
    for each in platform.commitments:
        key = (each.site, each.machine)
        running = (*outcome.on_demand.get(key, ()), *standing_intervals(platform.standing, key, work))
        before = counts.get(key, 0)
        counts[key] = before + each.count
        seconds = [covered_seconds(running, count, work.length) for count in (before, counts[key])]
        months.append(_month(each, (seconds[1] - seconds[0]) / 3600, work.length / 3600))
    return tuple(months)


def _month(machines: CommittedMachines, covered: float, hours: float) -> CommitmentMonth:
    figures = (hours, covered, machines.aed, machines.on_demand_aed)
    return CommitmentMonth(machines.name, machines.count, *(Decimal(str(figure)) for figure in figures))


def standing_intervals(
    standing: Sequence[StandingMachines], key: tuple[str, str], work: Work
) -> list[tuple[float, float]]:
    """Returns begin and end of the standing machines of a site and type."""
    found: list[tuple[float, float]] = []
    for each in standing:
        if (each.site, each.machine) == key:
            times = [(0.0, True)] if each.hours is None else [*changes(each.hours, work.start, work.length)]
            spans = [(begin, end) for (begin, wakes), (end, _) in pairwise([*times, (work.length, False)]) if wakes]
            found += spans * each.count
    return found
