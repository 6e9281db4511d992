"""Savings options: other ways to buy what a plan contains, from price lists only.

Nobody looks at what runs there: that is right-sizing. Each offer stands alone, so that they do not add up. Nothing is
offered from a missing price, and no machine, spot or commitment in a region that is impaired or restricted: a price is
no evidence of capacity.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from falaj.facts.commitments import Commitment, commitment
from falaj.facts.machines import Machine, PriceKind, find
from falaj.facts.prices import UnitPrice
from falaj.facts.regions import REGIONS, RegionState
from falaj.finops.estimate import Estimate
from falaj.finops.lines import Line
from falaj.finops.money import rounded
from falaj.finops.pricing_context import PricingContext
from falaj.finops.substitutes import substitutes, why_not_alike
from falaj.finops.usage import office_hours_a_month


class SavingKind(StrEnum):
    """How it would be cheaper."""

    MACHINE = "another machine"
    ARCHITECTURE = "another architecture"
    SPOT = "spot"
    SLEEP = "none outside office hours"
    COMMITMENT = "commitment for a year"
    DISK = "another disk"


@dataclass(frozen=True, slots=True)
class SavingOption:
    """One way to pay less: `usd` less in the expected month, without tax, and `in_return` what has to be borne.

    `prices` are today's and, where there is another one, that of the offer.
    """

    way: SavingKind
    urn: str
    name: str
    site: str
    region: str
    now: str
    instead: str
    usd: Decimal
    prices: tuple[UnitPrice, ...]
    in_return: str


@dataclass(frozen=True)
class SavingOptions:
    """All offers, the greatest saving first, and the regions in which other machines were not looked for."""

    options: tuple[SavingOption, ...]
    avoided: tuple[str, ...]


INTERRUPTIBLE = ("training", "batch")
"""Workload profiles whose work may be broken off and taken up again."""

AWAKE = ("", "system")
"""Workload profiles of machines that the cluster itself needs, or of which nobody says what runs there."""

_SLEEPERS = (
    "aws:autoscaling/schedule:Schedule",
    "azure-native:logic:Workflow",
    "falaj:kubernetes:PoolSleep",
)
"""Types that already stop machines by the clock; a site that has one is not told to sleep."""

_A_YEAR = {
    Commitment.RESERVED_1Y: ("reserved for a year", "paid for a year whether it runs or not"),
    Commitment.RESERVED_1Y_UPFRONT: (
        "reserved for a year, paid at the start",
        "the whole year paid at the start, whether it runs or not",
    ),
    Commitment.SAVINGS_1Y: ("savings plan for a year", "paid for a year whether it runs or not"),
}
"""Commitment -> what it is called, what it costs in return."""


def cheaper(estimate: Estimate) -> SavingOptions:
    """Everything that would be cheaper. A pure function: the estimate holds the plan and the prices it was made of."""
    asleep = _asleep(estimate)
    result: list[SavingOption] = []
    avoided: set[str] = set()
    for line in estimate.lines:
        result += _disk(estimate, line)
        if line.charge.service != "machine" or line.price.usd is None or find(line.region, line.charge.machine) is None:
            continue
        if line.owner.site not in asleep:
            result += _sleep(estimate, line)
        if REGIONS[line.region].state is not RegionState.AVAILABLE:
            avoided.add(line.region)
            continue
        for ways in (_substitutes, _spot, _commitment):
            result += ways(estimate, line)
    seen = [one for one in result if rounded(estimate.aed(one.usd)) > 0]
    ordered = sorted(seen, key=lambda one: (-one.usd, one.name, one.way, one.instead))
    return SavingOptions(tuple(ordered), tuple(sorted(avoided)))


def _offer(
    line: Line, way: SavingKind, instead: str, hours: Decimal, prices: tuple[UnitPrice, UnitPrice], in_return: str
) -> Iterator[SavingOption]:
    """The offer of `hours` (or GB) at another price, whatever it saves; none where a price is missing."""
    now, then = prices
    if now.usd is None or then.usd is None:
        return
    saved = hours * (now.usd - then.usd)
    where = (line.urn, line.name, line.owner.site, line.region, line.charge.sku)
    yield SavingOption(way, *where, instead, saved, prices, in_return)


def _substitutes(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    """The cheapest machine that has at least as much of everything, and the cheapest of another architecture."""
    here, capacity = find(line.region, line.charge.machine), line.charge.capacity or "on-demand"
    if here is None:
        return
    priced: list[tuple[Decimal, Machine, UnitPrice]] = []
    for other in substitutes(line.region, here.name):
        price = estimate.prices.machine(line.region, other.name, capacity)
        if price.usd is not None:
            priced.append((price.usd, other, price))
    priced.sort(key=lambda one: (one[0], one[2].kind is not PriceKind.OBSERVED, one[1].name))
    alike = next((one for one in priced if one[1].arch == here.arch), None)
    unlike = next((one for one in priced if one[1].arch != here.arch), None)
    if unlike is not None and alike is not None and alike[0] <= unlike[0]:
        unlike = None  # dearer, and needs other images besides
    for way, chosen in ((SavingKind.MACHINE, alike), (SavingKind.ARCHITECTURE, unlike)):
        if chosen is not None:
            _, other, price = chosen
            instead, in_return = f"{other.name} {capacity}", why_not_alike(here, other)
            yield from _offer(line, way, instead, line.charge.quantity.expected, (line.price, price), in_return)


def _spot(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    if line.charge.capacity == "spot" or line.charge.profile not in INTERRUPTIBLE:
        return
    spot = estimate.prices.machine(line.region, line.charge.machine, "spot")
    in_return = "average spot price; may be taken back at any time: work must save its state or begin again"
    instead = f"{line.charge.machine} spot"
    yield from _offer(line, SavingKind.SPOT, instead, line.charge.quantity.expected, (line.price, spot), in_return)


def _commitment(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    """A year's commitment for the machines that run at all hours."""
    if line.charge.capacity == "spot" or line.charge.sleeps:
        return
    priced = [(way, commitment(line.region, line.charge.machine, way)) for way in _A_YEAR]
    available = [(price.usd_hour, way, price) for way, price in priced if price.usd_hour is not None]
    if not available:
        return
    usd, way, price = min(available)
    label, in_return = _A_YEAR[way]
    then = UnitPrice(usd, "hour", price.kind, price.source, price.date)
    yield from _offer(line, SavingKind.COMMITMENT, label, line.charge.quantity.min, (line.price, then), in_return)


def _asleep(estimate: Estimate) -> frozenset[str]:
    """Sites in which something stops machines by the clock already."""
    context = PricingContext(estimate.plan, estimate.usage, estimate.prices, estimate.rates)
    return frozenset(context.site(item) for item in estimate.plan.resources if item.type in _SLEEPERS)


def _sleep(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    """The least of a pool outside production, if it were nothing when offices are closed."""
    always = line.charge.quantity.min
    environment = line.owner.environment
    production = not environment or environment.startswith("prod")
    if production or always <= 0 or line.charge.profile in AWAKE or line.price.usd is None:
        return
    closed = 1 - min(office_hours_a_month() / estimate.usage.hours, Decimal(1))
    now = f"{line.charge.sku}, {(always / estimate.usage.hours).normalize():f} at all hours"
    where = (line.urn, line.name, line.owner.site, line.region, now)
    in_return = "whoever works outside office hours waits until a machine has started"
    yield SavingOption(
        SavingKind.SLEEP, *where, SavingKind.SLEEP.value, always * closed * line.price.usd, (line.price,), in_return
    )


def _disk(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    if (line.charge.service, line.charge.sku) != ("ebs", "gp2"):
        return
    then = estimate.prices.unit(line.region, "ebs", "gp3")
    in_return = "a large gp2 volume gives more than gp3's 3,000 operations and 125 MB a second, which gp3 sells apart"
    yield from _offer(line, SavingKind.DISK, "gp3", line.charge.quantity.expected, (line.price, then), in_return)
