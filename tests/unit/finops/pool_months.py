"""Random node pools for the tests, and all that one month of them can cost, found by enumeration.

What an hour on spot can cost: AWS, "How Spot Instances Work"; Azure, REST API, `spotMaxPrice` (both 2026-11-27).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations_with_replacement

from hypothesis import strategies as st

from falaj.facts.machines import PriceKind
from falaj.facts.prices import Capacity, UnitPrice, catalogue, missing
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.money import Rates
from falaj.finops.usage import parse
from tests.unit.finops.plans import AWS_NETWORK, Row, agent_pool, karpenter_pool, plan

MACHINES = ("g5.xlarge", "g6.xlarge", "g6e.xlarge")
AZURE_MACHINE = "Standard_NC40ads_H100_v5"
HOURS = 730


@dataclass(frozen=True)
class Offer:
    """Prices of a machine in USD per hour; None if unknown."""

    on_demand: Decimal | None
    spot: Decimal | None


@dataclass(frozen=True)
class RandomPool:
    """A pool: its machines with their prices, capacities, limit of spot, sizes, and the usage file's nodes and hours.

    It is the price list of its own machines.
    """

    offers: dict[str, Offer]
    capacities: tuple[str, ...]
    spot_limit: Decimal | None
    least: int
    most: int
    nodes: int | None
    hours: int | None

    def estimate(self) -> Estimate:
        """Estimates a plan with this pool only: of Azure if it has one machine of Azure, else Karpenter's."""
        usage = {"nodes": self.nodes, "hours": self.hours}
        stated = ", ".join(f"{key}: {value}" for key, value in usage.items() if value is not None)
        return estimate(plan(*self._rows()), parse(f"sites: {{uae: {{pools: {{gpu: {{{stated}}}}}}}}}"), self, Rates())

    def _rows(self) -> list[Row]:
        if AZURE_MACHINE in self.offers:
            spot = {"scaleSetPriority": "Spot", "spotMaxPrice": float(self.spot_limit or -1)}
            more = spot if self.capacities == ("spot",) else {}
            return [agent_pool("gpu", AZURE_MACHINE, self.least, self.most, **more)]
        pool = karpenter_pool("gpu", list(self.offers), capacity=list(self.capacities), limits={"nodes": self.most})
        return [AWS_NETWORK, pool]

    def machine(self, region: str, name: str, capacity: Capacity) -> UnitPrice:
        """Returns the price of one of the pool's machines."""
        offer = self.offers[name]
        usd = offer.spot if capacity == "spot" else offer.on_demand
        if usd is None:
            return missing("hour", "taken away")
        return UnitPrice(usd, "hour", PriceKind.OBSERVED, "a test", "2026-11-01")

    def unit(self, region: str, service: str, sku: str) -> UnitPrice:
        """Returns the list price of a service."""
        return catalogue().unit(region, service, sku)

    def hourly(self, machine: str) -> Iterator[Decimal]:
        """Yields what an hour of a machine can cost; at its end, the highest. Empty if no highest is known."""
        offer = self.offers[machine]
        ceiling = {"on-demand": offer.on_demand, "spot": self.spot_limit or offer.on_demand}
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


_USD = st.decimals(min_value="0.01", max_value=50, places=2)


def _offers(machine: str) -> st.SearchStrategy[tuple[str, Offer]]:
    return st.tuples(st.just(machine), st.builds(Offer, st.none() | _USD, st.none() | _USD))


@st.composite
def random_pools(draw: st.DrawFn, most_nodes: int = 3) -> RandomPool:
    """Returns a pool of Azure with one machine type, or of Karpenter with up to three."""
    is_azure = draw(st.booleans())
    names = [AZURE_MACHINE] if is_azure else draw(st.lists(st.sampled_from(MACHINES), min_size=1, unique=True))
    capacities = [("on-demand",), ("spot",)] if is_azure else [("on-demand",), ("spot",), ("spot", "on-demand")]
    chosen = draw(st.sampled_from(capacities))
    least = draw(st.integers(0, most_nodes)) if is_azure else 0
    return RandomPool(
        offers=dict(draw(_offers(name)) for name in names),
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
    result = pool.estimate()
    machines = [line for line in result.lines if line.charge.service == "machine"]
    costs = [line.usd for line in machines]
    least, expected, most = (
        sum((getattr(cost, name) for cost in costs), Decimal(0)) for name in ("min", "expected", "max")
    )
    assert least <= expected <= most
    first = pool.capacities[0]
    is_priced = any((offer.spot if first == "spot" else offer.on_demand) is not None for offer in pool.offers.values())
    assert bool(result.unpriced) == (not (pool.is_bounded and is_priced))
    if not result.unpriced:
        months = tuple(pool.months())
        assert least <= min(months), (least, min(months))
        assert most >= max(months), (most, max(months))
