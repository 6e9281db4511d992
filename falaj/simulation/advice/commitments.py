"""Commitments that would pay: for machines that run at all hours of the month, beyond those that are committed.

They are sentences, and no part of the patch: a stack states what was bought, and whoever owns the billing account
buys.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from falaj.components.settings.stack import Settings
from falaj.facts.commitments import Commitment, commitment
from falaj.facts.prices import Prices
from falaj.finops.commitments import CommitmentMonth, covered_seconds
from falaj.simulation.commitments import standing_intervals
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work

ONE_YEAR = (Commitment.RESERVED_1Y, Commitment.RESERVED_1Y_UPFRONT, Commitment.SAVINGS_1Y)
"""Options that are proposed: a month says nothing of three years."""

ALL_HOURS = 0.99
"""Share of the month from which on a machine runs at all hours: a replacement leaves minutes out."""

MONTHS = 12
"""Months of the term."""


@dataclass(frozen=True)
class Proposal:
    """A commitment for a year that pays if every month of it is like this one."""

    site: str
    machine: str
    option: Commitment
    month: CommitmentMonth
    """In AED."""

    @property
    def saved_in_term(self) -> Decimal:
        """AED that it saves in its year if every month is like this one."""
        return self.month.saved * MONTHS

    @property
    def sentence(self) -> str:
        """What it saves, from when on, and the risk."""
        month = self.month
        paid_off = month.break_even_hours / (month.count * month.hours) * MONTHS
        return (
            f"{month.count} {self.machine} of site {self.site} run{'s' if month.count == 1 else ''} at all hours: "
            f"{self.option.value} saves AED {month.saved:,.0f} a month, {self.saved_in_term:,.0f} in its year. It pays "
            f"from {month.break_even_hours:,.0f} of {month.count * month.hours:,.0f} machine-hours on; the year is "
            f"paid whether they run or not, so it costs more than it saves if they run for less than {paid_off:.1f} "
            "months, and no other machine or site uses it"
        )


def proposals(settings: Settings, prices: Prices, platform: Platform, work: Work, outcome: Outcome) -> list[Proposal]:
    """Returns the commitments that would pay, the largest saving first."""
    found = [*_proposals(settings, prices, platform, work, outcome)]
    return sorted(found, key=lambda each: (-each.month.saved, each.site, each.machine))


def _proposals(
    settings: Settings, prices: Prices, platform: Platform, work: Work, outcome: Outcome
) -> Iterator[Proposal]:
    keys = {*outcome.on_demand, *((each.site, each.machine) for each in platform.standing)}
    for site, machine in sorted(keys):
        if site not in settings.sites:
            continue
        region = settings.sites[site].region
        listed = prices.machine(region, machine, "on-demand").usd
        offers = [
            (price.usd_hour, option) for option in ONE_YEAR if (price := commitment(region, machine, option)).usd_hour
        ]
        count = _count(platform, work, outcome, (site, machine))
        if not (listed and offers and count):
            continue
        usd, option = min(offers, key=lambda offer: offer[0] or Decimal(0))
        hours, rate = Decimal(str(work.length)) / 3600, settings.currency.aed_per_usd
        month = CommitmentMonth(
            f"{site}: {count} {machine} {option.value}",
            count,
            hours,
            count * hours,
            (usd or listed) * rate,
            listed * rate,
        )
        if month.saved > 0:
            yield Proposal(site, machine, option, month)


def _count(platform: Platform, work: Work, outcome: Outcome, key: tuple[str, str]) -> int:
    """Returns the number of machines that run at all hours and are not committed."""
    running = (*outcome.on_demand.get(key, ()), *standing_intervals(platform.standing, key, work))
    committed = sum(each.count for each in platform.commitments if (each.site, each.machine) == key)
    count, before = committed, covered_seconds(running, committed, work.length)
    while (after := covered_seconds(running, count + 1, work.length)) - before >= ALL_HOURS * work.length:
        count, before = count + 1, after
    return count - committed
