"""Recommendations from measured utilisation, with monthly savings. Nothing is queried or changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from falaj.facts.prices import Prices, UnitPrice
from falaj.finops.rightsize.evidence import WEEK, Confidence, in_office_hours
from falaj.finops.rightsize.fitting import fitting
from falaj.finops.rightsize.inventory import InventoryItem
from falaj.finops.rightsize.points import Signal
from falaj.finops.rightsize.recommendation import ACTIVITY, MONTH, Action, Recommendation, activity, kept, month, seen
from falaj.finops.usage import office_hours_a_month

GPU_IDLE, CPU_IDLE = 0.02, 0.05
"""An hour whose busiest sample is below this share does no work; an idle CPU machine still runs its agents."""
WORTH_ZERO = 0.3
"""Part of the hours that must be idle before scaling to zero is worth its cold starts."""
COLD = 0.1
"""Part of idle time that is paid all the same: waiting before a machine is given back, and starting it. Assumed."""
OUTSIDE = 0.01
"""Part of the hours outside office hours that may have seen work when machines are to sleep then."""


@dataclass(frozen=True)
class Advice:
    """All recommendations, the best of each subject first, and why some subjects have none."""

    recommendations: Sequence[Recommendation]
    notes: Sequence[tuple[str, str]]
    """(Subject, why nothing is recommended)."""

    @property
    def best(self) -> Sequence[Recommendation]:
        """The one of each subject that saves most."""
        first: dict[str, Recommendation] = {}
        for one in self.recommendations:
            first.setdefault(one.subject, one)
        return tuple(first.values())

    @property
    def usd_month(self) -> Decimal:
        """What the best of each subject save together."""
        return sum((one.usd_month for one in self.best), Decimal(0))


def advise(subjects: Iterable[InventoryItem], prices: Prices) -> Advice:
    """Recommendations for all subjects."""
    result: list[Recommendation] = []
    notes: list[tuple[str, str]] = []
    for subject in subjects:
        name = subject.evidence.subject
        if why := _silent(subject):
            notes.append((name, why))
            continue
        price = paid(subject, prices)
        own = [one for one in _of(subject, price) if one.usd_month > 0]
        own += [one for one in fitting(subject, price, prices) if one.usd_month > 0]
        if not own:
            notes.append((name, _nothing(subject, price)))
        result.extend(own)
    rank = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
    result.sort(key=lambda one: (-one.usd_month, rank.index(one.trust.confidence), one.subject))
    return Advice(result, notes)


def _silent(subject: InventoryItem) -> str:
    """Why a subject is left alone; empty where it is not."""
    if subject.terms.fixed:
        return "fixed by the inventory"
    series = subject.evidence.series
    if Signal.GPU_UTIL in series and not any(signal in series for signal in ACTIVITY):
        return (
            "GPU utilisation alone misleads: it counts any kernel as busy; "
            "export DCGM_FI_PROF_PIPE_TENSOR_ACTIVE and DCGM_FI_PROF_DRAM_ACTIVE"
        )
    if not any(signal in series for signal in (*ACTIVITY, Signal.CPU)):
        return "no sample says how busy it was"
    return ""


def _nothing(subject: InventoryItem, price: UnitPrice | None) -> str:
    if price is None and Signal.CPU_COST not in subject.evidence.series:
        return "its machine or region is not known: name them in the inventory"
    if price is not None and price.usd is None:
        return f"its price is missing: {price.source}"
    return "is used as it should be"


def paid(subject: InventoryItem, prices: Prices) -> UnitPrice | None:
    """The price an hour of the subject's machine as it is bought; None where the machine is not known."""
    if subject.machine is None:
        return None
    return prices.machine(subject.region, subject.machine.name, subject.terms.capacity)


def _of(subject: InventoryItem, price: UnitPrice | None) -> Iterable[Recommendation]:
    """What needs no other machine: fewer hours, spot, smaller requests."""
    if price is None or price.usd is None:
        yield from _allocation(subject)
        return
    yield from _hours(subject, month(subject, price.usd))


def _idle(hours: Mapping[datetime, float], least: float) -> float:
    """Part of the hours without work in the week that has fewest of them: work moves between weeks, so the mean of all
    would promise too much. A week of which less than half was seen counts only where there is no other.
    """
    first = min(hours)
    weeks: dict[int, list[bool]] = {}
    for hour, value in hours.items():
        weeks.setdefault((hour - first).days // 7, []).append(value < least)
    whole = [idle for idle in weeks.values() if len(idle) >= WEEK / 2] or list(weeks.values())
    return min(sum(idle) / len(idle) for idle in whole)


def _hours(subject: InventoryItem, usd: Decimal) -> Iterable[Recommendation]:
    """Fewer hours. Idle time is never promised with high confidence, however long it was seen: replayed on the Alibaba
    GPU trace of 2023 in five fortnights, 51 % to 97 % of what was promised came true in the next one.
    """
    hours = subject.evidence.hours(activity(subject))
    least = CPU_IDLE if activity(subject) == (Signal.CPU,) else GPU_IDLE
    idle = _idle(hours, least)
    outside = [value >= least for hour, value in hours.items() if not in_office_hours(hour)]
    name, sure = subject.evidence.subject, seen(subject)
    keep = kept(subject, "capacity for the busiest hour", "what it takes to start: images and weights near by")
    why = f"no work in {idle:.0%} of the hours of the busiest week seen"
    if idle == 1:
        yield Recommendation(name, Action.ZERO, "no machine until there is work", usd, sure.lowered(), why, keep)
        return
    if outside and sum(outside) / len(outside) <= OUTSIDE and sure.confidence is not Confidence.LOW:
        awake = office_hours_a_month()
        saved = usd * (1 - awake / MONTH)
        reason = f"work in {sum(outside) / len(outside):.1%} of the hours outside office hours"
        yield Recommendation(name, Action.SLEEP, f"awake {awake:.0f} h a month", saved, sure, reason, keep)
    if idle >= WORTH_ZERO:
        saved = usd * Decimal(str(round(idle * (1 - COLD), 6)))
        yield Recommendation(name, Action.ZERO, "scaled by requests or queue", saved, sure.lowered(), why, keep)


HEADROOM = 0.7
"""Part of what is requested that the busiest samples should reach."""


def _allocation(subject: InventoryItem) -> Iterable[Recommendation]:
    """A workload without a machine of its own: its requests, by the cost that OpenCost gave them."""
    evidence = subject.evidence
    saved, changes = Decimal(0), []
    for signal, cost in ((Signal.CPU, Signal.CPU_COST), (Signal.MEMORY, Signal.MEMORY_COST)):
        high, usd = evidence.high(signal), evidence.mean(cost)
        if high is not None and usd is not None and high < HEADROOM:
            saved += Decimal(str(usd)) * MONTH * Decimal(str(round(1 - high / HEADROOM, 6)))
            changes.append(f"{signal} to {high / HEADROOM:.0%} of what it is")
    if changes:
        keep = kept(subject, "limits of memory above the greatest use", "replicas and their zones")
        why = "99 % of samples stay below; nodes must be consolidated for it to save"
        yield Recommendation(
            evidence.subject, Action.REQUESTS, " and ".join(changes), saved, seen(subject).lowered(), why, keep
        )
    gpu = evidence.mean(Signal.GPU_COST)
    if gpu and (evidence.most(Signal.ENGINE) or 0) < GPU_IDLE and Signal.ENGINE in evidence.series:
        usd = Decimal(str(gpu)) * MONTH
        keep = kept(subject, "capacity for the busiest hour")
        why = "its GPU did nothing in all hours seen"
        yield Recommendation(evidence.subject, Action.ZERO, "no GPU until there is work", usd, seen(subject), why, keep)
