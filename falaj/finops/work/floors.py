"""The nodes of each pool that the work of a plan keeps running, whatever the usage file expects above them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.work.agents import without_agents
from falaj.finops.work.bound import fewest_nodes, least_scheduled_usd, least_usd
from falaj.finops.work.floor import Bought, Floor, Key, rounded_down
from falaj.finops.work.jobs import JobHours
from falaj.finops.work.nodes import fresh
from falaj.finops.work.packing import PoolNodes, pack
from falaj.finops.work.supply import Supply
from falaj.finops.work.workloads import Work
from falaj.finops.work.zones import by_zone, within_zones


@dataclass(frozen=True)
class Floors:
    """The floor of each pool, and sentences on pods that find no node."""

    by_pool: Mapping[Key, Floor]
    warnings: tuple[str, ...]


def floors(supplies: Sequence[Supply], work: Iterable[Work], month: Decimal) -> Floors:
    """Places the work of each site on the pools of the site. `month` is the number of its hours."""
    by_site: dict[str, list[Work]] = defaultdict(list)
    for each in work:
        by_site[each.site].append(each)
    found: dict[Key, Floor] = {}
    warnings: list[str] = []
    for site in sorted({supply.site for supply in supplies}):
        agents = [each for each in by_site[site] if each.on_each_node]
        pools = [without_agents(supply, agents) for supply in supplies if supply.site == site]
        of_site, sentences = _floors_of_site(pools, [each for each in by_site[site] if not each.on_each_node], month)
        found |= of_site
        warnings += (f"site {site}: {sentence}" for sentence in sentences)
    return Floors(found, tuple(warnings))


def _floors_of_site(
    supplies: Sequence[Supply], work: Sequence[Work], month: Decimal
) -> tuple[dict[Key, Floor], list[str]]:
    work, crowded = within_zones(work, supplies)
    lasting = [each for each in work if each.hours is None]
    apart = [part for each in lasting for part in by_zone(each, supplies)]
    packing = pack((each for each in supplies if each.choices), [(each, each.expected or 0) for each in apart])
    only_there = _pods_of_one_pool(supplies, lasting)
    on_schedule = _pods_of_one_pool(supplies, [each for each in work if each.schedule_of])
    jobs = JobHours(packing, [part for each in work if each.hours for part in by_zone(each, supplies)], month)
    floors_: dict[Key, Floor] = {}
    for pool in packing.pools:
        key = pool.supply.urn, pool.supply.name
        bounded, here = pool.supply.with_substitutes(), only_there[key]
        floors_[key] = Floor(
            nodes=+pool.bought,
            fewest=min(pool.count, fewest_nodes(bounded, here)),
            least_usd=least_usd(bounded, here),
            pods=_pods(pool),
            job_hours=(job_hours := jobs.by_pool.get(key, {})),
            least_job_share=_least_job_share(bounded, here, on_schedule[key], job_hours),
        )
    pending = [_pending(each, number) for each, number in (*packing.pending, *jobs.pending)]
    pending += [_crowded(each, number) for each, number in crowded]
    return floors_, pending + [_unfinished(jobs.unfinished)] * bool(jobs.unfinished)


def _pods_of_one_pool(supplies: Sequence[Supply], work: Iterable[Work]) -> Mapping[Key, list[tuple[Work, int]]]:
    """Returns the pods that fit on the machines of one pool only."""
    result: dict[Key, list[tuple[Work, int]]] = defaultdict(list)
    empty = [fresh(supply.with_substitutes(), 1) for supply in supplies]
    for each in work:
        if not each.least or any(supply.may_take(each.placement) for supply in supplies):
            continue
        takers = [nodes.supply for nodes in empty if nodes.takes(each)]
        if len(takers) == 1:
            result[takers[0].urn, takers[0].name].append((each, each.least))
    return result


def _pods(pool: PoolNodes) -> tuple[str, ...]:
    """Returns the workloads on a pool, each with its expected pods, those on other pools included."""
    pods: Counter[str] = Counter()
    for each in {id(each): each for nodes in pool.nodes for each in nodes.has}.values():
        pods[each.name] += each.expected or 0
    return tuple(f"{name} ({count})" for name, count in sorted(pods.items()))


def _least_job_share(
    supply: Supply,
    pods: Sequence[tuple[Work, int]],
    scheduled: Iterable[tuple[Work, int]],
    job_hours: Mapping[Bought, Decimal],
) -> Decimal:
    """Returns what the pods of one schedule cost at least, as a share of the cost of the hours for jobs and schedules.

    Of several schedules, whose hours may be the same, the one with the most counts.
    """
    by_schedule: dict[tuple[str, str], list[tuple[Work, int]]] = defaultdict(list)
    for each, number in scheduled:
        by_schedule[each.namespace.name, each.schedule_of].append((each, number))
    least = max((least_scheduled_usd(supply, pods, levels) for levels in by_schedule.values()), default=Decimal(0))
    usd = {(choice.machine, choice.capacity): choice.usd_hour or Decimal(0) for choice in supply.choices}
    cost = sum((hours * usd.get(bought, Decimal(0)) for bought, hours in job_hours.items()), Decimal(0))
    return min(Decimal(1), rounded_down(least / cost)) if cost else Decimal(0)


def _pending(work: Work, number: int) -> str:
    pods = "1 pod" if number == 1 else f"{number} pods"
    return f"{pods} of {work.name} find no room on the pools of the site, and are not in the estimate"


def _crowded(work: Work, number: int) -> str:
    pods = "1 pod" if number == 1 else f"{number} pods"
    return f"{pods} of {work.name} must not share a {work.alone_in} with others: they never run, and cost nothing"


def _unfinished(names: Iterable[str]) -> str:
    jobs = ", ".join(sorted(names))
    return (
        f"the pools have no room for all hours of {jobs} within the month; those that are left are not in the estimate"
    )
