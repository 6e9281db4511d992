"""Choice of the cheapest feasible machine per site, the runner-up, and why other machines do not qualify."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from falaj.facts.gpus import GPUS
from falaj.facts.machines import Machine, PriceKind
from falaj.facts.prices import Prices
from falaj.finops.rightsize.capacity import PricedPurchase, price_purchase, purchase_mixes
from falaj.finops.rightsize.memory import assumed_shape
from falaj.finops.rightsize.profile import BYTES, PRECISIONS, Batch, Inference, Precision, Profile
from falaj.finops.rightsize.sites import CandidateSite
from falaj.finops.rightsize.speed import speed_assumption
from falaj.finops.rightsize.storage import (
    MAX_OBJECT_MB_S,
    OBJECT_MB_S,
    Readers,
    StorageOption,
    storage,
    unpriced_classes,
)
from falaj.finops.rightsize.work import Failure, Obstacle, Work, work_on


@dataclass(frozen=True, slots=True)
class Option:
    """A machine, precision and capacity mix on which a workload can run."""

    site: str
    machine: Machine
    precision: str
    """Empty if the workload has no model."""
    work: Work
    bought: PricedPurchase
    allowed: bool
    """Whether it may be chosen: its precision is the profile's own, or one whose quality has been measured."""

    @property
    def usd(self) -> Decimal:
        """Monthly cost in USD without tax; only for an option with a price."""
        assert self.bought.usd_month is not None  # noqa: S101 - `decide` separates unpriced options
        return self.bought.usd_month

    @property
    def family(self) -> str:
        """`GPU` or `CPU`."""
        return "GPU" if self.machine.gpus else "CPU"


@dataclass(frozen=True)
class SiteAnswer:
    """The result for one site. `feasible` lists every priced option that can do the work, cheapest first."""

    site: CandidateSite
    chosen: Option | None
    runner_up: Option | None
    feasible: Sequence[Option]
    unpriced: Sequence[Option]
    failures: Sequence[Failure]
    stored: StorageOption | None
    warnings: Sequence[str]

    @property
    def side_by_side(self) -> Sequence[Option]:
        """The cheapest option per family (CPU or GPU), precision and capacity mix."""
        best: dict[tuple[str, str, str], Option] = {}
        for option in self.feasible:
            best.setdefault((option.family, option.precision, option.bought.mix), option)
        return tuple(best.values())


@dataclass(frozen=True)
class Answer:
    """The results for all sites; `best` is the cheapest choice overall, storage included."""

    profile: Profile
    sites: Sequence[SiteAnswer]
    assumptions: Sequence[str] = field(default=())

    @property
    def best(self) -> SiteAnswer | None:
        """The site with the cheapest choice including storage; sites with unknown storage costs come last."""
        return _cheapest(self.sites)

    @property
    def best_available(self) -> SiteAnswer | None:
        """The cheapest site among those whose region is fully available."""
        return _cheapest(site for site in self.sites if not site.site.warning)


def _cheapest(sites: Iterable[SiteAnswer]) -> SiteAnswer | None:
    return min((site for site in sites if site.chosen is not None), key=_total_cost, default=None)


def _total_cost(answer: SiteAnswer) -> tuple[bool, Decimal]:
    """Returns a sort key: whether the storage cost is unknown, and the monthly cost of machines and storage in USD."""
    storage_cost = answer.stored.usd_month if answer.stored else Decimal(0)
    machine_cost = answer.chosen.usd if answer.chosen else Decimal(0)
    return storage_cost is None, machine_cost + (storage_cost or 0)


def answer(profile: Profile, sites: Iterable[CandidateSite], prices: Prices) -> Answer:
    """Returns the result for every site. A pure function."""
    candidates = tuple(sites)
    offered = {machine.name for site in candidates for machine in site.machines}
    assumptions = tuple(_assumptions(profile, offered))
    return Answer(profile, tuple(decide(profile, site, prices) for site in candidates), assumptions)


def _assumptions(profile: Profile, offered: Collection[str]) -> Iterable[str]:
    for speed in profile.measured:
        if speed.machine not in offered:
            yield f"measured on {speed.machine}, which none of the sites has: not used"
    if isinstance(profile, Batch):
        yield "assumed: tasks of one run have no order among them and are spread evenly"
    else:
        yield speed_assumption(profile)
        if shape := assumed_shape(profile):
            yield f"assumed: {shape}"
    if profile.read_mib_per_second:
        yield f"assumed: a vCPU reads {OBJECT_MB_S} MB/s from objects, a machine {MAX_OBJECT_MB_S} at most"
    if profile.interruptible:
        yield f"assumed: {profile.interruption:.0%} of spot time is lost to interruptions"


def precisions(profile: Profile) -> Mapping[Precision, bool]:
    """Returns the precisions to show, each with whether it may be chosen. Training and batch have only one."""
    if not isinstance(profile, Inference):
        return {_profile_precision(profile): True}
    width = BYTES[profile.precision]
    shown: list[Precision] = [
        profile.precision,
        *(precision for precision in PRECISIONS if BYTES[precision] < width and precision != "fp16"),
    ]
    extra: list[Precision] = [precision for precision in profile.may_quantise_to if precision not in shown]
    allowed = (profile.precision, *profile.may_quantise_to)
    return {precision: precision in allowed for precision in (*shown, *extra)}


def _profile_precision(profile: Profile) -> Precision:
    return "fp32" if isinstance(profile, Batch) else profile.precision


def decide(profile: Profile, site: CandidateSite, prices: Prices) -> SiteAnswer:
    """Returns the result for one site. Options without a price are never chosen but always reported."""
    options = _Options()
    failures = list(_not_offered(profile, site))
    for machine in site.machines:
        for precision, allowed in precisions(profile).items():
            failures += _evaluate(profile, site, machine, precision, allowed, prices, options)
    feasible = sorted(options.priced, key=_rank)
    allowed_options = [option for option in feasible if option.allowed]
    chosen = allowed_options[0] if allowed_options else None
    runner_up = next(
        (option for option in allowed_options if chosen and option.machine.name != chosen.machine.name), None
    )
    readers = Readers(chosen.work.count, chosen.machine.vcpu or 1) if chosen else Readers(1, 8)
    stored = storage(profile, site, readers, prices)
    warnings = (
        *filter(None, [site.warning]),
        *_choice_warnings(site, chosen),
        *_storage_warnings(profile, stored, unpriced_classes(profile, site, readers, prices)),
    )
    return SiteAnswer(site, chosen, runner_up, feasible, options.unpriced, failures, stored, warnings)


def _rank(option: Option) -> tuple[Decimal, bool, str]:
    return option.usd, option.bought.price.kind is not PriceKind.OBSERVED, option.machine.name


@dataclass
class _Options:
    priced: list[Option] = field(default_factory=list)
    unpriced: list[Option] = field(default_factory=list)


def _evaluate(
    profile: Profile,
    site: CandidateSite,
    machine: Machine,
    precision: Precision,
    allowed: bool,
    prices: Prices,
    options: _Options,
) -> Iterable[Failure]:
    """Adds every purchase mix of one machine to `options`; yields the failure if the machine does not qualify."""
    label = "" if isinstance(profile, Batch) else precision
    for mix in purchase_mixes(profile):
        work = work_on(profile, machine, precision, site.stock(machine.name), mix.elapsed_factor)
        if isinstance(work, Failure):
            yield work
            return
        bought = price_purchase(profile, mix, work, site.region, machine.name, prices)
        if bought is None:
            continue
        option = Option(site.name, machine, label, work, bought, allowed)
        if bought.usd_month is None:
            options.unpriced.append(option)
            yield Failure(machine.name, label, Obstacle.PRICE, bought.price.source)
        else:
            options.priced.append(option)


def _not_offered(profile: Profile, site: CandidateSite) -> Iterable[Failure]:
    if isinstance(profile, Batch):
        return
    offered = {machine.gpu_model for machine in site.machines}
    for model in GPUS:
        if model not in offered:
            yield Failure(model, "", Obstacle.NOT_OFFERED, f"{site.name} has no machine with {model}")


def _storage_warnings(profile: Profile, stored: StorageOption | None, unpriced: Sequence[str]) -> Iterable[str]:
    if stored is None and profile.dataset_gib:
        yield f"no storage class here gives {profile.read_mib_per_second:g} MiB/s"
    if unpriced and (stored is None or stored.note):
        yield f"no price is known for {', '.join(unpriced)}, which would be fast enough"


def _choice_warnings(site: CandidateSite, chosen: Option | None) -> Iterable[str]:
    if chosen is None:
        return
    if chosen.bought.price.kind is PriceKind.ESTIMATED:
        yield f"the price of {chosen.machine.name} is an estimate ({chosen.bought.price.source})"
    if chosen.bought.mix != "on-demand":
        yield "average spot price; a spot machine may be reclaimed at any time"
    if chosen.machine.memory_gib is None:
        yield f"no source states the memory of {chosen.machine.name} beside its GPU's"
    if site.cloud != "onprem":
        yield "a price proves neither capacity nor quota: ask for them before you plan"
