"""Savings options: cheaper ways to buy the resources of a plan, from price lists only.

Utilisation is not considered, as that is right-sizing. Each option is independent, so their savings do not add up. No
option uses a missing price, and no machine, spot or commitment is offered in a region that is impaired or restricted,
as a price is no evidence of capacity.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from falaj.facts.commitments import Commitment, commitment
from falaj.facts.machines import Machine, PriceKind, find
from falaj.facts.price_sources import spot_figure
from falaj.facts.prices import UnitPrice
from falaj.facts.regions import REGIONS, RegionState
from falaj.finops.estimate import Estimate
from falaj.finops.lines import Line
from falaj.finops.money import rounded
from falaj.finops.pricing_context import PricingContext
from falaj.finops.substitutes import substitutes, trade_off
from falaj.finops.usage import office_hours_a_month


class SavingKind(StrEnum):
    """The kind of change that saves cost."""

    MACHINE = "another machine"
    ARCHITECTURE = "another architecture"
    SPOT = "spot"
    SLEEP = "none outside office hours"
    COMMITMENT = "commitment for a year"
    DISK = "another disk"


@dataclass(frozen=True, slots=True)
class SavingOption:
    """One savings option: `usd` is the saving in the expected month without tax, and `in_return` the trade-off.

    `prices` are the current price and, if it differs, that of the option.
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
    """All options, the largest saving first, and the regions in which other machines were not considered."""

    options: tuple[SavingOption, ...]
    avoided: tuple[str, ...]


INTERRUPTIBLE = ("training", "batch")
"""Workload profiles whose work can be interrupted and resumed."""

ALWAYS_ON = ("", "system")
"""Workload profiles of machines that the cluster itself needs, or whose workload is unknown."""

_SCHEDULE_TYPES = (
    "aws:autoscaling/schedule:Schedule",
    "azure-native:logic:Workflow",
    "falaj:kubernetes:PoolSleep",
)
"""Resource types that already stop machines on a schedule; a site with one gets no sleep option."""

_ONE_YEAR_COMMITMENTS = {
    Commitment.RESERVED_1Y: ("reserved for a year", "paid for a year whether it runs or not"),
    Commitment.RESERVED_1Y_UPFRONT: (
        "reserved for a year, paid at the start",
        "the whole year paid at the start, whether it runs or not",
    ),
    Commitment.SAVINGS_1Y: ("savings plan for a year", "paid for a year whether it runs or not"),
}
"""Commitment -> (label, trade-off)."""


def cheaper(estimate: Estimate) -> SavingOptions:
    """Returns all savings options. A pure function of the estimate, which includes its plan and prices."""
    scheduled_sites = _sites_with_schedule(estimate)
    options: list[SavingOption] = []
    avoided: set[str] = set()
    for line in estimate.lines:
        options += _disk(estimate, line)
        if line.charge.service != "machine" or line.price.usd is None or find(line.region, line.charge.machine) is None:
            continue
        if line.owner.site not in scheduled_sites:
            options += _sleep(estimate, line)
        if REGIONS[line.region].state is not RegionState.AVAILABLE:
            avoided.add(line.region)
            continue
        for find_options in (_substitutes, _spot, _commitment):
            options += find_options(estimate, line)
    relevant = [option for option in options if rounded(estimate.aed(option.usd)) > 0]
    sorted_options = sorted(relevant, key=lambda option: (-option.usd, option.name, option.way, option.instead))
    return SavingOptions(tuple(sorted_options), tuple(sorted(avoided)))


def _offer(
    line: Line, kind: SavingKind, instead: str, hours: Decimal, prices: tuple[UnitPrice, UnitPrice], in_return: str
) -> Iterator[SavingOption]:
    """Yields the option of buying `hours` (or GB) at another price, whatever it saves; nothing if a
    price is missing.
    """
    current_price, other_price = prices
    if current_price.usd is None or other_price.usd is None:
        return
    saving = hours * (current_price.usd - other_price.usd)
    location = (line.urn, line.name, line.owner.site, line.region, line.charge.sku)
    yield SavingOption(kind, *location, instead, saving, prices, in_return)


def _substitutes(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    """Yields the cheapest machine with at least the same specification, and the cheapest of another architecture."""
    current, capacity = find(line.region, line.charge.machine), line.charge.capacity or "on-demand"
    if current is None:
        return
    priced: list[tuple[Decimal, Machine, UnitPrice]] = []
    for other in substitutes(line.region, current.name):
        price = estimate.prices.machine(line.region, other.name, capacity)
        if price.usd is not None:
            priced.append((price.usd, other, price))
    priced.sort(key=lambda offer: (offer[0], offer[2].kind is not PriceKind.OBSERVED, offer[1].name))
    same_arch = next((offer for offer in priced if offer[1].arch == current.arch), None)
    other_arch = next((offer for offer in priced if offer[1].arch != current.arch), None)
    if other_arch is not None and same_arch is not None and same_arch[0] <= other_arch[0]:
        other_arch = None  # not cheaper, and needs other images
    for kind, best in ((SavingKind.MACHINE, same_arch), (SavingKind.ARCHITECTURE, other_arch)):
        if best is not None:
            _, other, price = best
            instead, in_return = f"{other.name} {capacity}", trade_off(current, other)
            yield from _offer(line, kind, instead, line.charge.quantity.expected, (line.price, price), in_return)


def _spot(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    if line.charge.capacity == "spot" or line.charge.profile not in INTERRUPTIBLE:
        return
    spot = estimate.prices.machine(line.region, line.charge.machine, "spot")
    what = f"{spot_figure(spot.source, line.charge.machine)} of {spot.date}"
    in_return = f"{what}; may be reclaimed at any time: work must save its state or start again"
    instead = f"{line.charge.machine} spot"
    yield from _offer(line, SavingKind.SPOT, instead, line.charge.quantity.expected, (line.price, spot), in_return)


def _commitment(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    """Yields the cheapest one-year commitment for the machines that always run."""
    if line.charge.capacity == "spot" or line.charge.sleeps:
        return
    priced = [(term, commitment(line.region, line.charge.machine, term)) for term in _ONE_YEAR_COMMITMENTS]
    available = [(price.usd_hour, term, price) for term, price in priced if price.usd_hour is not None]
    if not available:
        return
    usd, term, price = min(available)
    label, in_return = _ONE_YEAR_COMMITMENTS[term]
    committed_price = UnitPrice(usd, "hour", price.kind, price.source, price.date)
    yield from _offer(
        line, SavingKind.COMMITMENT, label, line.charge.quantity.min, (line.price, committed_price), in_return
    )


def _sites_with_schedule(estimate: Estimate) -> frozenset[str]:
    """Returns the sites with a schedule that already stops machines."""
    context = PricingContext(estimate.plan, estimate.usage, estimate.prices, estimate.rates)
    return frozenset(context.site(item) for item in estimate.plan.resources if item.type in _SCHEDULE_TYPES)


def _sleep(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    """Yields the saving of stopping the minimum of a pool outside production when offices are closed."""
    min_hours = line.charge.quantity.min
    environment = line.owner.environment
    production = not environment or environment.startswith("prod")
    if production or min_hours <= 0 or line.charge.profile in ALWAYS_ON or line.price.usd is None:
        return
    closed_share = 1 - min(office_hours_a_month() / estimate.usage.hours, Decimal(1))
    current = f"{line.charge.sku}, {(min_hours / estimate.usage.hours).normalize():f} at all hours"
    location = (line.urn, line.name, line.owner.site, line.region, current)
    in_return = "work outside office hours waits until a machine has started"
    yield SavingOption(
        SavingKind.SLEEP,
        *location,
        SavingKind.SLEEP.value,
        min_hours * closed_share * line.price.usd,
        (line.price,),
        in_return,
    )


def _disk(estimate: Estimate, line: Line) -> Iterator[SavingOption]:
    if (line.charge.service, line.charge.sku) != ("ebs", "gp2"):
        return
    gp3_price = estimate.prices.unit(line.region, "ebs", "gp3")
    in_return = "a large gp2 volume exceeds gp3's 3,000 IOPS and 125 MB/s, which gp3 charges separately"
    yield from _offer(line, SavingKind.DISK, "gp3", line.charge.quantity.expected, (line.price, gp3_price), in_return)
