"""Random pools with work for the tests, and the least that any choice of nodes for it costs, found by enumeration."""

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from falaj.facts.prices import catalogue
from falaj.finops.estimate import POOLS
from falaj.finops.money import Rates
from falaj.finops.plan import Plan
from falaj.finops.pricing_context import PricingContext
from falaj.finops.usage import parse
from falaj.finops.work.supply import Supply, supply
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, karpenter_pool, plan
from tests.unit.finops.test_work_bounds import best, works
from tests.unit.finops.work_plans import GPU, deployment, pod

TYPES = (
    ("m7i.2xlarge", "m6i.2xlarge"),
    ("m6i.2xlarge", "m7i.xlarge", "m7i.2xlarge"),
    ("m7g.xlarge", "m7g.2xlarge", "m7g.4xlarge"),
    ("g6.2xlarge", "g6.12xlarge", "g5.12xlarge"),
)
GIB = 1024**3


@dataclass(frozen=True)
class WorkedPool:
    """A pool with Deployments that run on it only. `sizes` are CPU in millicores, memory in GiB, GPUs, number of pods,
    and whether no two of them may share a node."""

    types: tuple[str, ...]
    capacity: str
    is_group: bool
    sizes: tuple[tuple[int, int, int, int, bool], ...]

    def rows(self, name: str) -> tuple[Row, ...]:
        """Returns the pool and its work as resources."""
        work = (_work(f"{name}-{at}", name, *size) for at, size in enumerate(self.sizes))
        return (_node_group(name, self) if self.is_group else _karpenter(name, self), *work)

    def least(self, name: str) -> Decimal | None:
        """Returns USD per hour of the cheapest nodes that hold all pods; None if none do."""
        amounts = [
            ({"cpu": cpu, "memory": memory * GIB, GPU: gpus, "pods": 1}, number, apart)
            for cpu, memory, gpus, number, apart in self.sizes
        ]
        pods = [work for work in works(amounts) for _ in range(work.least or 0)]
        resources = plan(AWS_NETWORK, self.rows(name)[0])
        return best(_supply(resources), pods)


def _supply(resources: Plan) -> Supply:
    context = PricingContext(resources, parse(""), catalogue(), Rates())
    item = resources.resources[-1]
    (pool,) = POOLS[item.type](context, item)
    found = supply(context, item, pool).with_substitutes()
    keys = ("cpu", "memory", GPU, "pods")
    choices = tuple(
        replace(
            each,
            amounts={key: each.amounts.get(key, 0) for key in keys},
            labels={},
            least_usd=each.usd_hour or Decimal(0),
        )
        for each in found.choices
    )
    return Supply("", "", "", choices, (), 0, None)


def _karpenter(name: str, pool: WorkedPool) -> Row:
    return karpenter_pool(name, list(pool.types), capacity=[pool.capacity], limits={"nodes": "9"})


def _node_group(name: str, pool: WorkedPool) -> Row:
    props = {
        "instanceTypes": list(pool.types),
        "capacityType": "SPOT" if pool.capacity == "spot" else "ON_DEMAND",
        "scalingConfig": {"minSize": 0, "maxSize": 9, "desiredSize": 0},
        "labels": {"falaj/pool": name, "falaj/profile": "training"},
        "tags": TAGS,
    }
    return "aws:eks/nodeGroup:NodeGroup", f"uae-pool-{name}", props


def _work(name: str, pool: str, cpu: int, memory: int, gpus: int, number: int, apart: bool) -> Row:
    term = {"labelSelector": {"matchLabels": {"app": name}}, "topologyKey": "kubernetes.io/hostname"}
    affinity = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}} if apart else {}
    more = {"nodeSelector": {"falaj/pool": pool}, "labels": {"app": name}, "affinity": affinity}
    return deployment(name, number, pod(f"{cpu}m", f"{memory}Gi", gpus, **more))


@st.composite
def worked_pools(draw: st.DrawFn) -> WorkedPool:
    """Returns a pool of up to three types, whose work is up to five pods."""
    types = draw(st.sampled_from(TYPES))
    most_gpus = 4 if types[0].startswith("g") else 0
    size = st.tuples(
        st.sampled_from([500, 1900, 2600, 3050, 3200, 6000]),
        st.sampled_from([1, 6, 12, 20]),
        st.integers(0, most_gpus),
        st.integers(0, 4),
        st.booleans(),
    )
    sizes = draw(st.lists(size, min_size=1, max_size=3).filter(lambda rows: sum(number for *_, number, _ in rows) <= 5))
    return WorkedPool(types, draw(st.sampled_from(["on-demand", "spot"])), draw(st.booleans()), tuple(sizes))
