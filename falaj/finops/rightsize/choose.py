"""The cheapest feasible machine of each site, the runner-up, and why others do not fit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from falaj.facts.gpus import GPUS
from falaj.facts.machines import Machine, PriceKind
from falaj.facts.prices import Prices
from falaj.finops.rightsize.capacity import Bought, buy, ways
from falaj.finops.rightsize.memory import supposed_shape
from falaj.finops.rightsize.profile import BYTES, PRECISIONS, Batch, Inference, Precision, Profile
from falaj.finops.rightsize.sites import CandidateSite
from falaj.finops.rightsize.speed import speed_assumption
from falaj.finops.rightsize.storage import MOST_OBJECT_MB_S, OBJECT_MB_S, Readers, Stored, storage, unpriced
from falaj.finops.rightsize.work import Failure, Obstacle, Work, work_on


@dataclass(frozen=True, slots=True)
class Option:
    """One way to run a workload."""

    site: str
    machine: Machine
    precision: str
    """Empty where the workload has no model."""
    work: Work
    bought: Bought
    allowed: bool
    """Whether it may be chosen: its precision is the profile's, or one whose quality was measured."""

    @property
    def usd(self) -> Decimal:
        """A month's cost in USD without tax; only of an option with a price."""
        assert self.bought.usd_month is not None  # noqa: S101 - `decide` keeps the others apart
        return self.bought.usd_month

    @property
    def family(self) -> str:
        """`GPU` or `CPU`."""
        return "GPU" if self.machine.gpus else "CPU"


@dataclass(frozen=True)
class SiteAnswer:
    """What a site answers. `feasible` is everything with a price that does the work, the cheapest first."""

    site: CandidateSite
    chosen: Option | None
    runner_up: Option | None
    feasible: Sequence[Option]
    unpriced: Sequence[Option]
    failures: Sequence[Failure]
    stored: Stored | None
    warnings: Sequence[str]

    @property
    def side_by_side(self) -> Sequence[Option]:
        """The cheapest of CPU and of GPU in each precision and mix of capacity."""
        best: dict[tuple[str, str, str], Option] = {}
        for option in self.feasible:
            best.setdefault((option.family, option.precision, option.bought.mix), option)
        return tuple(best.values())


@dataclass(frozen=True)
class Answer:
    """What all sites answer; `best` is the cheapest choice of all, storage counted."""

    profile: Profile
    sites: Sequence[SiteAnswer]
    assumptions: Sequence[str] = field(default=())

    @property
    def best(self) -> SiteAnswer | None:
        """The site whose choice is cheapest with its storage; unknown storage goes last."""
        return _cheapest(self.sites)

    @property
    def best_available(self) -> SiteAnswer | None:
        """The cheapest of the sites whose region is in its full state."""
        return _cheapest(site for site in self.sites if not site.site.warning)


def _cheapest(sites: Iterable[SiteAnswer]) -> SiteAnswer | None:
    return min((site for site in sites if site.chosen is not None), key=_whole, default=None)


def _whole(answer: SiteAnswer) -> tuple[bool, Decimal]:
    kept = answer.stored.usd_month if answer.stored else Decimal(0)
    machines = answer.chosen.usd if answer.chosen else Decimal(0)
    return kept is None, machines + (kept or 0)


def answer(profile: Profile, sites: Iterable[CandidateSite], prices: Prices) -> Answer:
    """The answer of every site. A pure function."""
    candidates = tuple(sites)
    offered = {machine.name for site in candidates for machine in site.machines}
    assumed = tuple(_assumptions(profile, offered))
    return Answer(profile, tuple(decide(profile, site, prices) for site in candidates), assumed)


def _assumptions(profile: Profile, offered: Collection[str]) -> Iterable[str]:
    for one in profile.measured:
        if one.machine not in offered:
            yield f"measured on {one.machine}, which no site here has: of no use"
    if isinstance(profile, Batch):
        yield "assumed: tasks of one run have no order among them and are spread evenly"
    else:
        yield speed_assumption(profile)
        if shape := supposed_shape(profile):
            yield f"assumed: {shape}"
    if profile.read_mib_per_second:
        yield f"assumed: a vCPU reads {OBJECT_MB_S} MB/s from objects, a machine {MOST_OBJECT_MB_S} at most"
    if profile.interruptible:
        yield f"assumed: {profile.interruption:.0%} of spot time is lost to interruptions"


def precisions(profile: Profile) -> Mapping[Precision, bool]:
    """Precisions to show -> whether each may be chosen. Training and batch have one."""
    if not isinstance(profile, Inference):
        return {_own(profile): True}
    width = BYTES[profile.precision]
    shown: list[Precision] = [profile.precision, *(one for one in PRECISIONS if BYTES[one] < width and one != "fp16")]
    extra: list[Precision] = [one for one in profile.may_quantise_to if one not in shown]
    may = (profile.precision, *profile.may_quantise_to)
    return {one: one in may for one in (*shown, *extra)}


def _own(profile: Profile) -> Precision:
    return "fp32" if isinstance(profile, Batch) else profile.precision


def decide(profile: Profile, site: CandidateSite, prices: Prices) -> SiteAnswer:
    """One site's answer. What has no price is never chosen and never left unsaid."""
    result = _Found()
    failures = list(_not_offered(profile, site))
    for machine in site.machines:
        for precision, allowed in precisions(profile).items():
            failures += _try(profile, site, machine, precision, allowed, prices, result)
    feasible = sorted(result.priced, key=_order)
    may = [option for option in feasible if option.allowed]
    chosen = may[0] if may else None
    other = next((option for option in may if chosen and option.machine.name != chosen.machine.name), None)
    readers = Readers(chosen.work.count, chosen.machine.vcpu or 1) if chosen else Readers(1, 8)
    stored = storage(profile, site, readers, prices)
    warnings = (
        *filter(None, [site.warning]),
        *_of_choice(site, chosen),
        *_of_storage(profile, stored, unpriced(profile, site, readers, prices)),
    )
    return SiteAnswer(site, chosen, other, feasible, result.unpriced, failures, stored, warnings)


def _order(option: Option) -> tuple[Decimal, bool, str]:
    return option.usd, option.bought.price.kind is not PriceKind.OBSERVED, option.machine.name


@dataclass
class _Found:
    priced: list[Option] = field(default_factory=list)
    unpriced: list[Option] = field(default_factory=list)


def _try(
    profile: Profile,
    site: CandidateSite,
    machine: Machine,
    precision: Precision,
    allowed: bool,
    prices: Prices,
    result: _Found,
) -> Iterable[Failure]:
    """Adds what one machine can do to `result`, in every way to buy it; yields why it cannot."""
    shown = "" if isinstance(profile, Batch) else precision
    for way in ways(profile):
        work = work_on(profile, machine, precision, site.stock(machine.name), way.takes)
        if isinstance(work, Failure):
            yield work
            return
        bought = buy(profile, way, work, site.region, machine.name, prices)
        if bought is None:
            continue
        option = Option(site.name, machine, shown, work, bought, allowed)
        if bought.usd_month is None:
            result.unpriced.append(option)
            yield Failure(machine.name, shown, Obstacle.PRICE, bought.price.source)
        else:
            result.priced.append(option)


def _not_offered(profile: Profile, site: CandidateSite) -> Iterable[Failure]:
    if isinstance(profile, Batch):
        return
    there = {machine.gpu_model for machine in site.machines}
    for model in GPUS:
        if model not in there:
            yield Failure(model, "", Obstacle.NOT_OFFERED, f"{site.name} has no machine with {model}")


def _of_storage(profile: Profile, stored: Stored | None, unknown: Sequence[str]) -> Iterable[str]:
    if stored is None and profile.dataset_gib:
        yield f"no storage class here gives {profile.read_mib_per_second:g} MiB/s"
    if unknown and (stored is None or stored.note):
        yield f"no price is known for {', '.join(unknown)}, which would be fast enough"


def _of_choice(site: CandidateSite, chosen: Option | None) -> Iterable[str]:
    if chosen is None:
        return
    if chosen.bought.price.kind is PriceKind.ESTIMATED:
        yield f"the price of {chosen.machine.name} is an estimate ({chosen.bought.price.source})"
    if chosen.bought.mix != "on-demand":
        yield "average spot price; a spot machine may be taken back at any time"
    if chosen.machine.memory_gib is None:
        yield f"no source states the memory of {chosen.machine.name} beside its GPU's"
    if site.cloud != "onprem":
        yield "a price proves neither capacity nor quota: ask for them before you plan"
