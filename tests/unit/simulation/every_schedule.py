"""The least cost of a small month, found by trying all schedules in hours and all sets of machines in each hour."""

import heapq
from collections.abc import Iterator, Sequence
from itertools import combinations, combinations_with_replacement

import numpy as np

from falaj.simulation.platform_model import MachineType, Platform, PoolModel
from falaj.simulation.work import Work
from tests.unit.simulation.small_months import HOUR, HOURS

Need = tuple[float, float, float, bool, dict[str, int]]
"""GPUs, vCPUs, GiB, whether it may run on spot machines, and the number of its parts in each pool."""

Bought = tuple[float, str, MachineType, bool]
"""AED per hour, pool, machine, whether it is on spot."""


def least_aed(platform: Platform, work: Work, wait: int | None, whole_pods: bool = False) -> float:
    """Returns the AED of the cheapest schedule in which no job waits, or is paused, for more than `wait` hours.

    Jobs are in parts of one GPU, or in the fewest equal pods that a pool can run.
    """
    assert work.jobs is not None
    jobs = work.jobs
    starting = round(platform.runs.restart_seconds / HOUR)
    choices = [schedules(work, index, wait, starting) for index in range(len(jobs.submit))]
    amounts = zip(np.ceil(jobs.gpus).tolist(), jobs.cpu.tolist(), jobs.memory_gib.tolist(), strict=True)
    needs: list[Need] = [
        (*each, may_stop, {pool.key: _pods(each, pool) if whole_pods else int(each[0]) for pool in platform.pools})
        for each, may_stop in zip(amounts, jobs.interruptible.tolist(), strict=True)
    ]
    running = np.zeros((*(len(choice) for choice in choices), HOURS), dtype=int)
    for index, choice in enumerate(choices):
        table = np.array(choice, dtype=int) << index
        running = running + table.reshape(*([1] * index), len(choice), *([1] * (len(choices) - index - 1)), HOURS)
    known: dict[tuple[int, int | None], float] = {}
    total = np.zeros(running.shape[:-1])
    for hour in range(HOURS):
        spot = spot_machines(work, hour)
        prices = np.zeros(1 << len(needs))
        for subset in np.unique(running[..., hour]).tolist():
            if (subset, spot) not in known:
                present = [need for index, need in enumerate(needs) if subset >> index & 1]
                known[subset, spot] = _cheapest(platform, present, spot)
            prices[subset] = known[subset, spot]
        total += prices[running[..., hour]]
    return float(total.min()) + sum(each.aed * each.count for each in platform.commitments) * HOURS


def _pods(amounts: tuple[float, float, float], pool: PoolModel) -> int:
    """Returns the fewest equal pods of which each fits on some machine of a pool."""
    sizes = [(machine.gpus, machine.cpu, machine.memory_gib) for machine in pool.machines]
    return next(
        pods
        for pods in range(1, 100)
        if any(all(need / pods <= has + 1e-9 for need, has in zip(amounts, size, strict=True)) for size in sizes)
    )


def spot_machines(work: Work, hour: int) -> int | None:
    """Returns the spot machines of a pool in an hour; None if they are unlimited."""
    market = work.spot.get("*")
    return None if market is None else int(market.machines[hour % len(market.machines), 0])


def schedules(work: Work, index: int, wait: int | None, starting: int) -> list[list[bool]]:
    """Returns every choice of the hours in which a job has machines: to start once, and to compute."""
    jobs = work.jobs
    assert jobs is not None
    submit, run, deadline = round(jobs.submit[index] / HOUR), round(jobs.run[index] / HOUR), jobs.deadline[index] / HOUR
    run += starting
    if deadline < submit + run:  # It cannot be kept.
        deadline = np.inf
    if wait is None:  # What can be computed by the end of the month is computed.
        run, end = min(run, HOURS - submit), min(deadline, HOURS)
    else:
        end = min(deadline, submit + run + max(wait - starting, 0))
    hours = range(submit, round(end))
    chosen = combinations(hours, run) if jobs.interruptible[index] else _runs(hours, run)
    # Schedules that differ only after the month are one.
    return [list(row) for row in {tuple(hour in each for hour in range(HOURS)) for each in chosen}]


def _runs(hours: range, run: int) -> Iterator[range]:
    for start in range(hours.start, hours.stop - run + 1):
        yield range(start, start + run)


def _cheapest(platform: Platform, present: Sequence[Need], spot: int | None) -> float:
    """Returns the price of the cheapest machines of an hour, tried in the order of their price."""
    offerings = [
        (price, pool.key, machine, is_spot)
        for pool in platform.pools
        for machine in pool.machines
        for price, is_spot in ((machine.on_demand_aed, False), (machine.spot_aed, True))
        if price is not None
    ]
    kept = [(pool.key, pool.min) for pool in platform.pools]
    seen = set[tuple[int, ...]]()
    queue: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    while queue:
        price, machines = heapq.heappop(queue)
        bought = [offerings[index] for index in machines]
        enough = all(sum(key == each[1] for each in bought) >= least for key, least in kept)
        if enough and _holds(bought, present):
            return price
        for index in range(len(offerings)):
            more = tuple(sorted((*machines, index)))
            if more not in seen and (spot is None or _most_spot([offerings[each] for each in more]) <= spot):
                seen.add(more)
                heapq.heappush(queue, (_price(platform, [offerings[each] for each in more]), more))
    raise AssertionError("on-demand machines hold everything")


def _price(platform: Platform, bought: Sequence[Bought]) -> float:
    """Returns the AED of an hour of machines, of which those that are committed cost nothing further. One more machine
    never makes it less."""
    names = [machine.name for _, _, machine, is_spot in bought if not is_spot]
    covered = sum(min(names.count(each.machine), each.count) * each.on_demand_aed for each in platform.commitments)
    return sum(price for price, *_ in bought) - covered


def _most_spot(bought: Sequence[Bought]) -> int:
    """The most spot machines of a pool."""
    keys = [key for _, key, _, is_spot in bought if is_spot]
    return max((keys.count(key) for key in keys), default=0)


def _holds(bought: Sequence[Bought], present: Sequence[Need]) -> bool:
    """Whether machines hold jobs, each in equal parts."""
    if sum(machine.gpus for _, _, machine, _ in bought) < sum(need[0] for need in present):
        return False
    left = [[machine.gpus, machine.cpu, machine.memory_gib] for _, _, machine, _ in bought]
    return _place(bought, left, list(present))


def _place(bought: Sequence[Bought], left: list[list[float]], present: list[Need]) -> bool:
    if not present:
        return True
    *need, interruptible, pods = present[0]
    if len({*pods.values()}) > 1:  # In each pool it has other pods.
        choices = [
            places
            for key, parts in pods.items()
            for places in combinations_with_replacement(
                [place for place, each in enumerate(bought) if each[1] == key], parts
            )
        ]
    else:
        choices = combinations_with_replacement(range(len(bought)), next(iter(pods.values())))
    for places in choices:
        if not interruptible and any(bought[place][3] for place in places):
            continue
        parts = len(places)
        for place in places:
            left[place] = [have - amount / parts for have, amount in zip(left[place], need, strict=True)]
        fits = all(have > -1e-9 for place in places for have in left[place])
        if fits and _place(bought, left, present[1:]):
            return True
        for place in places:
            left[place] = [have + amount / parts for have, amount in zip(left[place], need, strict=True)]
    return False
