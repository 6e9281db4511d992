"""The estimate: a pure function of a plan, a usage file, prices and exchange rates."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module

from falaj.facts.clock import today
from falaj.facts.clouds import CLOUDS
from falaj.facts.prices import Prices, UnitPrice, missing
from falaj.facts.regions import REGIONS, RegionState
from falaj.finops import kubernetes
from falaj.finops.api_versions import in_read_versions
from falaj.finops.budgets import BudgetUse, budgets, exceeded_sentences
from falaj.finops.claims import KINDS, Claims
from falaj.finops.commitment_lines import with_commitments
from falaj.finops.commitments import CommitmentMonth, HeldCommitment, costly_sentences, ended_sentences, lasting
from falaj.finops.free import of_unlisted, why_free
from falaj.finops.ingress import unknown_classes
from falaj.finops.kubernetes_kinds import has_known_group, unjudged_kinds
from falaj.finops.lines import ONPREM, ZERO, Charge, Line, Range, total
from falaj.finops.meters import MeterFunction, PoolFunction, cluster_meters
from falaj.finops.money import Rates
from falaj.finops.monitoring import foreign_prometheus
from falaj.finops.plan import Plan, Planned
from falaj.finops.plan_names import PlanNames
from falaj.finops.price_age import PriceAge, old_prices
from falaj.finops.pricing_context import LOG_GROUP, PricingContext, cloud_of
from falaj.finops.properties import unknown_at
from falaj.finops.support import support_lines
from falaj.finops.usage_model import Usage
from falaj.finops.work.plan_floors import plan_floors
from falaj.finops.work.system_work import PartsFunction

_CLOUD_METERS = (import_module(entry.meters).METERS for entry in CLOUDS.values())
METERS: Mapping[str, MeterFunction] = {
    kind: meter for meters in (*_CLOUD_METERS, kubernetes.METERS) for kind, meter in meters.items()
}
"""Type token -> function that returns the charges of a resource of that type."""
CHARGED = frozenset((*METERS, *KINDS))
"""Types that have charges."""

_CLUSTERS = tuple(cluster_meters(cloud) for cloud in CLOUDS)
POOLS: Mapping[str, PoolFunction] = {
    kind: pools
    for of_type in (*(cluster.pools for cluster in _CLUSTERS), kubernetes.POOLS)
    for kind, pools in of_type.items()
}
"""Type token -> function that returns the node pools of a resource of that type."""
PARTS: Mapping[str, PartsFunction] = {kind: parts for cluster in _CLUSTERS for kind, parts in cluster.parts.items()}
"""Type token -> function that returns what a resource of that type installs in its cluster."""
_DECIDING = {kind: paths for cluster in _CLUSTERS for kind, paths in cluster.deciding.items()}
"""Type token -> properties that decide what a resource of that type costs."""

_UNBILLED_PROVIDERS = ("pulumi", "random", "tls", "time", "local", "command", "null", "std")
"""Providers whose resources are never billed."""


@dataclass(frozen=True)
class Estimate:
    """Monthly cost of a plan. `assumed` maps each default that was used to its value; `warnings` are sentences.

    `plan`, `usage`, `prices`, `rates` and `price_age` are its inputs.
    """

    stack: str
    lines: tuple[Line, ...]
    plan: Plan
    usage: Usage
    prices: Prices = field(compare=False)
    rates: Rates
    assumed: Mapping[str, str]
    warnings: tuple[str, ...]
    budgets: tuple[BudgetUse, ...] = ()
    names: PlanNames = field(default_factory=PlanNames, compare=False)
    """Names of the plan that a usage file may have."""
    price_age: PriceAge = field(default_factory=PriceAge)
    commitments: tuple[CommitmentMonth, ...] = ()
    """What each commitment costs and saves, in USD."""

    @property
    def usd(self) -> Range:
        """The sum of the priced lines in USD without tax."""
        return total(self.lines)

    @property
    def unpriced(self) -> tuple[Line, ...]:
        """Lines without a price. If there are any, the total is a minimum and its maximum is unknown."""
        return tuple(line for line in self.lines if not line.priced)

    def by(self, key: Callable[[Line], str]) -> dict[str, tuple[Line, ...]]:
        """Groups lines by `key`, sorted by its values."""
        groups: dict[str, list[Line]] = {}
        for line in self.lines:
            groups.setdefault(key(line), []).append(line)
        return {value: tuple(groups[value]) for value in sorted(groups)}

    def aed(self, usd: Decimal) -> Decimal:
        """Converts USD to AED at the estimate's rates, not rounded, without tax."""
        return usd * self.rates.aed


def estimate(
    plan: Plan,
    usage: Usage,
    prices: Prices,
    rates: Rates,
    age: PriceAge | None = None,
    commitments: Sequence[HeldCommitment] = (),
) -> Estimate:
    """Returns the monthly cost of a plan, with warnings of prices that are older than `age` allows (default: its
    defaults). `commitments` are those of the stack, and count until they end. The same arguments give the same estimate
    on one day.
    """
    age, plan = age or PriceAge(), in_read_versions(plan)
    context = PricingContext(plan, usage, prices, rates)
    context.pools = {item.urn: tuple(POOLS[item.type](context, item)) for item in plan.resources if item.type in POOLS}
    floors = plan_floors(context, PARTS)
    context.floors = floors.by_pool
    # What log groups ingest follows from the machines, which pools count.
    ordered = sorted(plan.resources, key=lambda item: item.type == LOG_GROUP)
    claims = Claims(context)
    charges = ((item, (*_charges(context, item), *claims.charges(item))) for item in ordered)
    lines = tuple(line for item, of_item in charges for line in _lines(context, item, of_item))
    lines, months = with_commitments(lines, lasting(commitments, today()), context)
    lines = (*lines, *support_lines(lines, usage.support))
    used = budgets(context, lines)
    return Estimate(
        stack=plan.stack,
        lines=lines,
        plan=plan,
        usage=usage,
        prices=prices,
        rates=rates,
        assumed=dict(sorted(context.assumed.items())),
        warnings=(
            *_warnings(plan, lines),
            *floors.warnings,
            *unjudged_kinds(context, CHARGED),
            *unknown_classes(plan.resources, context.site),
            *foreign_prometheus(context, plan.resources),
            *ended_sentences(commitments, today()),
            *costly_sentences(months, "AED", rates.aed),
            *exceeded_sentences(used, rates.aed),
            *(old.sentence for old in old_prices(lines, age, today())),
        ),
        budgets=used,
        names=context.names,
        price_age=age,
        commitments=months,
    )


def _lines(context: PricingContext, item: Planned, charges: Sequence[Charge]) -> Iterable[Line]:
    if not charges:
        return
    on_prem = any(charge.service == kubernetes.ON_PREM_MACHINE for charge in charges)
    region = "" if on_prem else context.region(item)
    owner, cloud = context.owner(item), ONPREM if on_prem else _cloud(item, region)
    for charge in charges:
        price = charge.price or _unit_price(context.prices, charge, charge.region or region, cloud)
        if charge.quantity.max > 0:
            yield Line(item.urn, item.name, item.type, item.change, owner, cloud, region, charge, price)


def _unit_price(prices: Prices, charge: Charge, region: str, cloud: str) -> UnitPrice:
    """Returns the price of a charge. If its region is not known, as of global resources in a stack of nothing else, it
    is the price that several regions of the cloud have in common; a single one says nothing of others."""
    of_region = prices.unit(region, charge.service, charge.sku)
    names = () if region else [name for name, known in REGIONS.items() if known.cloud.value == cloud]
    in_cloud = [prices.unit(name, charge.service, charge.sku) for name in names]
    return in_cloud[0] if len(in_cloud) > 1 and len({price.usd for price in in_cloud}) == 1 else of_region


def _charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
    meter = METERS.get(item.type)
    if meter is not None:
        return (*meter(context, item), *_of_unknown_cost(item))
    if _is_free(item.type):
        return ()
    return (of_unlisted(item.type),)


def _of_unknown_cost(item: Planned) -> Iterable[Charge]:
    """Yields a charge without a price for each property that decides the cost and is known only after the update: what
    its default costs is no bound."""
    for path in unknown_at(item.props, *_DECIDING.get(item.type, ())):
        reason = f"{path} is known only after the update: the maximum is unknown"
        yield Charge("unlisted", f"by its {path}", Range(ZERO, ZERO, Decimal(1)), price=missing("month", reason))


def _is_free(kind: str) -> bool:
    provider, _, rest = kind.partition(":")
    if provider in _UNBILLED_PROVIDERS or rest.count(":") != 1 or provider == "falaj":
        return True  # components: their children are counted
    if provider == "kubernetes":
        return has_known_group(kind)
    return why_free(kind) is not None


def _cloud(item: Planned, region: str) -> str:
    return REGIONS[region].cloud.value if region in REGIONS else cloud_of(item)


def _warnings(plan: Plan, lines: Iterable[Line]) -> tuple[str, ...]:
    regions = {line.region for line in lines}
    warnings = [
        f"{name} is {REGIONS[name].state} since {REGIONS[name].state_date.isoformat()} ({REGIONS[name].source}): "
        "a price is no evidence of capacity"
        for name in sorted(regions & set(REGIONS))
        if REGIONS[name].state is not RegionState.AVAILABLE
    ]
    foreign = sorted(name for name in regions - set(REGIONS) if name)
    warnings += [f"{name} is outside the UAE: the price list does not include it" for name in foreign]
    return (*plan.warnings, *warnings)
