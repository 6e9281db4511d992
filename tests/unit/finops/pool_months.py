"""Random node pools for the tests, and all that one month of them can cost, found by enumeration.

What an hour on spot can cost: AWS, "How Spot Instances Work"; Azure, REST API, `spotMaxPrice` (both 2026-11-27).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations_with_replacement

from hypothesis import strategies as st

from falaj.facts.machines import PriceKind
from falaj.facts.prices import Capacity, UnitPrice, catalogue, missing
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.lines import total
from falaj.finops.money import Rates
from falaj.finops.usage import parse
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, karpenter_pool, plan

MACHINES = ("g5.xlarge", "g6.xlarge", "g6e.xlarge")
AZURE_MACHINE = "Standard_NC40ads_H100_v5"
HOURS = 730


@dataclass(frozen=True)
class Offer:
    """Prices of a machine in USD per hour; None if unknown."""

    on_demand: Decimal | None
    spot: Decimal | None


Offers = Mapping[str, Offer]
"""Machine -> its prices."""


@dataclass(frozen=True)
class PriceList:
    """The price list of a test: machines at the prices of their offers, services at list prices."""

    offers: Offers

    def machine(self, region: str, name: str, capacity: Capacity) -> UnitPrice:
        """Returns the price of a machine."""
        offer = self.offers[name]
        usd = offer.spot if capacity == "spot" else offer.on_demand
        if usd is None:
            return missing("hour", "taken away")
        return UnitPrice(usd, "hour", PriceKind.OBSERVED, "a test", "2026-11-01")

    def unit(self, region: str, service: str, sku: str) -> UnitPrice:
        """Returns the list price of a service."""
        return catalogue().unit(region, service, sku)


@dataclass(frozen=True)
class RandomPool:
    """A pool: its machines with their prices, capacities, limit of spot, sizes, and the usage file's nodes and
    hours.
    """

    offers: Offers
    capacities: tuple[str, ...]
    spot_limit: Decimal | None
    least: int
    most: int
    nodes: int | None
    hours: int | None

    def row(self, name: str) -> Row:
        """Returns the pool as a resource: of AKS if its machine is Azure's, else of EKS or, without a minimum,
        Karpenter's.
        """
        if AZURE_MACHINE in self.offers:
            spot = {"scaleSetPriority": "Spot", "spotMaxPrice": float(self.spot_limit or -1)}
            more = spot if self.capacities == ("spot",) else {}
            return agent_pool(name, AZURE_MACHINE, self.least, self.most, **more)
        if self.least and len(self.capacities) == 1:
            scaling = {"minSize": self.least, "maxSize": self.most}
            kind = "SPOT" if self.capacities == ("spot",) else "ON_DEMAND"
            labels = {"falaj/pool": name, "falaj/profile": "training"}
            props = {"instanceTypes": list(self.offers), "capacityType": kind, "scalingConfig": scaling}
            return "aws:eks/nodeGroup:NodeGroup", f"uae-pool-{name}", props | {"labels": labels, "tags": TAGS}
        return karpenter_pool(name, list(self.offers), capacity=list(self.capacities), limits={"nodes": self.most})

    @property
    def usage(self) -> dict[str, int]:
        """What the usage file states for the pool."""
        stated = {"nodes": self.nodes, "hours": self.hours}
        return {key: value for key, value in stated.items() if value is not None}

    def hourly(self, machine: str) -> Iterator[Decimal]:
        """Yields what an hour of a machine can cost; at its end, the highest. Empty if no highest is known."""
        offer = self.offers[machine]
        limits = [usd for usd in (self.spot_limit, offer.on_demand) if usd is not None]
        ceiling = {"on-demand": offer.on_demand, "spot": min(limits, default=None)}
        if any(ceiling[capacity] is None for capacity in self.capacities):
            return
        for capacity in self.capacities:
            highest = ceiling[capacity] or Decimal(0)
            quote = offer.spot if capacity == "spot" else offer.on_demand
            yield min(quote, highest) if quote is not None else highest / 10
            yield highest

    @property
    def is_bounded(self) -> bool:
        """Whether the highest price of every machine is known."""
        return all(tuple(self.hourly(machine)) for machine in self.offers)

    def months(self) -> Iterator[Decimal]:
        """Yields the cost of months with every count of machines, each of any type at any of its prices, all month."""
        prices = [usd for machine in self.offers for usd in self.hourly(machine)]
        for count in range(self.least, self.most + 1):
            for choice in combinations_with_replacement(sorted(set(prices)), count):
                yield HOURS * sum(choice, Decimal(0))


def estimate_pools(pools: Sequence[RandomPool], *rows: Row) -> Estimate:
    """Estimates a plan with these pools, named `pool-0` and so on, and other resources."""
    offers = {machine: offer for pool in pools for machine, offer in pool.offers.items()}
    named = {f"pool-{index}": pool for index, pool in enumerate(pools)}
    usage = {"sites": {"uae": {"pools": {name: pool.usage for name, pool in named.items()}}}}
    resources = plan(AWS_NETWORK, *(pool.row(name) for name, pool in named.items()), *rows)
    return estimate(resources, parse(json.dumps(usage)), PriceList(offers), Rates())


_USD = st.decimals(min_value="0.01", max_value=50, places=2)


OFFERS = st.fixed_dictionaries(
    {name: st.builds(Offer, st.none() | _USD, st.none() | _USD) for name in (*MACHINES, AZURE_MACHINE)}
)


@st.composite
def random_pools(draw: st.DrawFn, most_nodes: int = 3, offers: Offers | None = None) -> RandomPool:
    """Returns a pool of Azure with one machine type, or of AWS with up to three."""
    listed = draw(OFFERS) if offers is None else offers
    is_azure = draw(st.booleans())
    names = [AZURE_MACHINE] if is_azure else draw(st.lists(st.sampled_from(MACHINES), min_size=1, unique=True))
    capacities = [("on-demand",), ("spot",)] if is_azure else [("on-demand",), ("spot",), ("spot", "on-demand")]
    chosen = draw(st.sampled_from(capacities))
    least = draw(st.integers(0, most_nodes)) if len(chosen) == 1 else 0
    return RandomPool(
        offers={name: listed[name] for name in names},
        capacities=chosen,
        spot_limit=draw(st.none() | _USD) if is_azure and chosen == ("spot",) else None,
        least=least,
        most=draw(st.integers(max(1, least), most_nodes)),
        nodes=draw(st.none() | st.integers(0, 2 * most_nodes)),
        hours=draw(st.none() | st.integers(0, 744)),
    )


def check_bounds(pool: RandomPool) -> None:
    """Asserts that no month costs less than the minimum or more than the maximum of the estimate, and that the estimate
    is open exactly if a price that decides it is unknown.
    """
    result = estimate_pools([pool])
    cost = total(line for line in result.lines if line.charge.service == "machine")
    assert cost.min <= cost.expected <= cost.max
    first = pool.capacities[0]
    is_priced = any((offer.spot if first == "spot" else offer.on_demand) is not None for offer in pool.offers.values())
    assert bool(result.unpriced) == (not (pool.is_bounded and is_priced))
    if not result.unpriced:
        months = tuple(pool.months())
        assert cost.min <= min(months)
        assert cost.max >= max(months)
