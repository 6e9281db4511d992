"""The nodes of each pool that the work of a plan keeps running, whatever the usage file expects above them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from falaj.finops.work.bound import fewest_nodes, least_usd
from falaj.finops.work.floor import Bought, Floor, Key
from falaj.finops.work.nodes import fresh
from falaj.finops.work.packing import PoolNodes, pack
from falaj.finops.work.supply import Supply, without_agents
from falaj.finops.work.workloads import Work


@dataclass(frozen=True)
class Floors:
    """The floor of each pool, and sentences on pods that find no node."""

    by_pool: Mapping[Key, Floor]
    warnings: tuple[str, ...]


def floors(supplies: Sequence[Supply], work: Iterable[Work]) -> Floors:
    """Places the work of each site on the pools of the site."""
    by_site: dict[str, list[Work]] = defaultdict(list)
    for each in work:
        by_site[each.site].append(each)
    found: dict[Key, Floor] = {}
    warnings: list[str] = []
    for site in sorted({supply.site for supply in supplies}):
        agents = [each for each in by_site[site] if each.on_each_node]
        pools = [without_agents(supply, agents) for supply in supplies if supply.site == site]
        of_site, pending = _floors_of_site(pools, [each for each in by_site[site] if not each.on_each_node])
        found |= of_site
        warnings += (f"site {site}: {sentence}" for sentence in pending)
    return Floors(found, tuple(warnings))


def _floors_of_site(supplies: Sequence[Supply], work: Sequence[Work]) -> tuple[dict[Key, Floor], list[str]]:
    lasting = [each for each in work if each.hours is None]
    packing = pack(supplies, [(each, each.expected or 0) for each in lasting])
    only_there = _pods_of_one_pool(supplies, lasting)
    jobs = _jobs(supplies, [each for each in work if each.hours])
    floors_: dict[Key, Floor] = {}
    for pool in packing.pools:
        key = pool.supply.urn, pool.supply.name
        floors_[key] = Floor(
            nodes=_bought(pool),
            least_share=_least_share(pool, only_there[key]),
            pods=_pods(pool),
            job_hours=jobs.get(key, {}),
        )
    return floors_, [_pending(each, number) for each, number in packing.pending]


def _pods_of_one_pool(supplies: Sequence[Supply], work: Iterable[Work]) -> Mapping[Key, list[tuple[Work, int]]]:
    """Returns the pods that run all month and fit on the machines of one pool only."""
    result: dict[Key, list[tuple[Work, int]]] = defaultdict(list)
    empty = [fresh(supply, 1) for supply in supplies]
    for each in work:
        takers = [nodes.supply for nodes in empty if nodes.takes(each)] if each.least else []
        if len(takers) == 1 and each.least:
            result[takers[0].urn, takers[0].name].append((each, each.least))
    return result


def _bought(pool: PoolNodes) -> Mapping[Bought, int]:
    """Returns the nodes of a pool by type: each is the cheapest on which its pods fit."""
    bought: Counter[Bought] = Counter()
    for nodes in pool.nodes:
        bought[nodes.choices[0].machine, nodes.choices[0].capacity] += nodes.count
    return bought


def _pods(pool: PoolNodes) -> tuple[str, ...]:
    """Returns the workloads on a pool, each with its expected pods, those on other pools included."""
    pods: Counter[str] = Counter()
    for each in {id(each): each for nodes in pool.nodes for each in nodes.has}.values():
        pods[each.name] += each.expected or 0
    return tuple(f"{name} ({count})" for name, count in sorted(pods.items()))


def _least_share(pool: PoolNodes, pods: Sequence[tuple[Work, int]]) -> Decimal:
    """Returns what the pods that cannot run elsewhere cost at least, as a share of the cost of the pool's nodes."""
    if not pool.count:
        return Decimal(0)
    least = least_usd(pool.supply, pods)
    if least is None:
        return min(Decimal(1), Decimal(fewest_nodes(pool.supply, pods)) / pool.count)
    cost = sum((each.count * (each.choices[0].usd_hour or Decimal(0)) for each in pool.nodes), Decimal(0))
    return min(Decimal(1), least / cost) if cost else Decimal(1)


def _jobs(pools: Sequence[Supply], jobs: Iterable[Work]) -> Mapping[Key, Mapping[Bought, Decimal]]:
    """Returns the hours of machines of work that runs to completion: each job on nodes of its own, which its groups of
    pods share."""
    by_name: dict[str, list[Work]] = defaultdict(list)
    for job in jobs:
        by_name[job.name].append(job)
    hours: dict[Key, dict[Bought, Decimal]] = defaultdict(dict)
    empty = [replace(pool, min_nodes=0) for pool in pools]
    for groups in by_name.values():
        for nodes in pack(empty, [(group, group.expected or 0) for group in groups]).nodes:
            bought = nodes.choices[0].machine, nodes.choices[0].capacity
            of_pool = hours[nodes.supply.urn, nodes.supply.name]
            of_pool[bought] = of_pool.get(bought, Decimal(0)) + nodes.count * (groups[0].hours or Decimal(0))
    return hours


def _pending(work: Work, number: int) -> str:
    pods = "1 pod" if number == 1 else f"{number} pods"
    return f"{pods} of {work.name} find no room on the pools of the site, and are not in the estimate"
