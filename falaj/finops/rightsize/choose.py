"""Choice of the cheapest feasible machine per site, the runner-up, and why other machines do not qualify."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from falaj.facts.clock import today
from falaj.facts.gpu_support import OTHER_VENDORS
from falaj.facts.gpus import GPUS
from falaj.facts.machines import Machine, PriceKind
from falaj.facts.price_sources import spot_figure
from falaj.facts.prices import Prices
from falaj.finops.price_age import age_warning
from falaj.finops.rightsize.basis import basis
from falaj.finops.rightsize.batch import batch_on
from falaj.finops.rightsize.capacity import PricedPurchase, price_purchase, purchase_mixes
from falaj.finops.rightsize.lengths import Lengths, lengths_of
from falaj.finops.rightsize.profile import (
    BYTES,
    PRECISIONS,
    Batch,
    Inference,
    Precision,
    Profile,
    Serving,
    Training,
    VisionInference,
    VisionTraining,
)
from falaj.finops.rightsize.serving import language_on, vision_on
from falaj.finops.rightsize.sites import CandidateSite
from falaj.finops.rightsize.storage import (
    Readers,
    StorageOption,
    storage,
    unpriced_classes,
)
from falaj.finops.rightsize.training import training_on
from falaj.finops.rightsize.work import Failure, Obstacle, Work, WorkOn, checked_work, unsuitable


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
    """Whether it may be chosen: images exist for its processors, and its precision is the profile's own, or one whose
    quality has been measured.
    """

    @property
    def usd(self) -> Decimal:
        """Monthly cost in USD without tax; only for an option with a price."""
        assert self.bought.usd_month is not None  # noqa: S101 - `decide` separates unpriced options
        return self.bought.usd_month

    @property
    def family(self) -> str:
        """`GPU`, `CPU` or `CPU arm64`."""
        return "GPU" if self.machine.gpus else "CPU" if self.machine.arch == "x86_64" else f"CPU {self.machine.arch}"


@dataclass(frozen=True)
class SiteAnswer:
    """The result for one site. `feasible` lists every priced option that can do the work, in order of rank."""

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
    """Returns the result for every site. A pure function but for the trace of a profile. Raises `BadInput`."""
    lengths = lengths_of(profile) if isinstance(profile, Inference) else None
    candidates, find = tuple(sites), work_finder(profile, lengths)
    offered = {machine.name for site in candidates for machine in site.machines}
    decided = tuple(decide(profile, site, prices, find) for site in candidates)
    return Answer(profile, decided, tuple(basis(profile, offered, lengths)))


def work_finder(profile: Profile, lengths: Lengths | None = None) -> WorkOn:
    """Returns the function that finds the work of a profile on a machine. `lengths` are those of a language model that
    serves, if they are known. Raises `BadInput` if they cannot be read, or lack what the profile asks for.
    """
    if isinstance(profile, Batch):
        return batch_on(profile)
    if isinstance(profile, Training | VisionTraining):
        return training_on(profile)
    if isinstance(profile, VisionInference):
        return vision_on(profile)
    return language_on(profile, lengths or lengths_of(profile))


def precisions(profile: Profile) -> Mapping[Precision, bool]:
    """Returns the precisions to show, each with whether it may be chosen. Training and batch have only one."""
    if not isinstance(profile, Serving):
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


def decide(profile: Profile, site: CandidateSite, prices: Prices, find: WorkOn) -> SiteAnswer:
    """Returns the result for one site. Options without a price are never chosen but always reported."""
    options = _Options()
    failures = list(_not_offered(profile, site))
    shown = precisions(profile)
    for machine in site.machines:
        if refusal := unsuitable(profile, machine):
            failures.append(Failure(machine.name, "", *refusal))
            continue
        built = machine.arch in profile.architectures
        for precision, allowed in shown.items():
            candidate = _Candidate(machine, precision, allowed and built)
            failures += _evaluate(profile, site, candidate, prices, options, find)
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


def _rank(option: Option) -> tuple[Decimal, bool, int, int, str]:
    """Returns the order of options: by cost, then observed prices first, then fewer vCPUs together, then smaller
    machines.
    """
    estimated, vcpu = option.bought.price.kind is not PriceKind.OBSERVED, option.machine.vcpu or 0
    return option.usd, estimated, vcpu * option.work.count, vcpu, option.machine.name


@dataclass
class _Options:
    priced: list[Option] = field(default_factory=list)
    unpriced: list[Option] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidate:
    machine: Machine
    precision: Precision
    allowed: bool


def _evaluate(
    profile: Profile,
    site: CandidateSite,
    candidate: _Candidate,
    prices: Prices,
    options: _Options,
    find: WorkOn,
) -> Iterable[Failure]:
    """Adds every purchase mix of one machine to `options`; yields the failure if the machine does not qualify."""
    machine, precision = candidate.machine, candidate.precision
    label, stock = "" if isinstance(profile, Batch) else precision, site.stock(machine.name)
    works: dict[float, Work | Failure] = {}
    for mix in purchase_mixes(profile):
        if mix.elapsed_factor not in works:
            works[mix.elapsed_factor] = checked_work(find, machine, precision, label, stock, mix.elapsed_factor)
        work = works[mix.elapsed_factor]
        if isinstance(work, Failure):
            yield work
            return
        bought = price_purchase(profile, mix, work, site.region, machine.name, prices)
        if bought is None:
            continue
        option = Option(site.name, machine, label, work, bought, candidate.allowed)
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
        if model not in offered and model not in OTHER_VENDORS:
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
    price, is_spot = chosen.bought.price, chosen.bought.mix != "on-demand"
    if is_spot:
        figure = spot_figure(price.source, chosen.machine.name)
        yield f"{figure} of {price.date}; a spot machine may be reclaimed at any time"
    if old := age_warning(price, "spot" if is_spot else "list", today()):
        yield f"{chosen.machine.name}: {old}"
    if chosen.machine.memory_gib is None:
        yield f"no source states the memory of {chosen.machine.name} beside its GPU's"
    if site.cloud != "onprem":
        yield "a price proves neither capacity nor quota: ask for them before you plan"
