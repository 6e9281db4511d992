"""Sets of machine types that a pool could buy instead of its own, from the region's catalogue. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import ceil

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity
from falaj.facts.gpu_support import unsupported_gpu
from falaj.facts.machines import Machine, find, machines
from falaj.finops.rightsize.work import odd_for_a_pool, unsteady

LARGEST_VCPU_RATIO = 2
"""How much larger than the pool's largest type an alternative may be, in vCPUs: larger machines are rarely full."""

FEWEST_SPOT_TYPES = 2
"""Types that a pool keeps at least if it buys several types on spot: one type alone is interrupted more often, which no
trace of another type shows."""

MOST_TYPES = 4
"""Types of the largest set that is proposed."""

MOST_SMALL_TYPES = 2
"""Types with fewer GPUs that are proposed beside the pool's own."""

SPOT = (Capacity.SPOT, Capacity.SPOT_FIRST)
"""Capacities that buy spot machines."""


def machine_sets(region: str, pool: NodePoolSpec) -> Iterator[tuple[str, ...]]:
    """Yields sets of types of the same architecture and number of GPUs, no smaller than the pool's smallest type.

    First subsets of the pool's own types: those with a known spot price, if it buys spot machines, all but one, and the
    cheapest ones. Then the cheapest of all that the region offers, without types that right-sizing never recommends.
    The trace of a job does not say how much GPU memory it needs, so no GPU has less than the pool's smallest.
    """
    own = [machine for name in pool.machines if (machine := find(region, name))]
    if len(own) < len(pool.machines):
        return
    buys_spot = pool.capacity in SPOT
    least = FEWEST_SPOT_TYPES if buys_spot and len(own) > 1 else 1
    yield from (names for names in _sets(region, pool, own, buys_spot) if len(names) >= least)


def sets_with_small_types(region: str, pool: NodePoolSpec) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yields the pool's own types with the cheapest types beside them that have fewer GPUs, and how many times as many
    machines have as many GPUs.

    Jobs of one GPU leave most of a machine with several idle. The own types stay for larger jobs; a small type costs no
    more for a GPU than the dearest of them."""
    own = [machine for name in pool.machines if (machine := find(region, name))]
    buys_spot = pool.capacity in SPOT
    prices = [_unit_price(machine, buys_spot) for machine in own if _price(machine, buys_spot) is not None]
    if len(own) < len(pool.machines) or not prices or not _least(own, "gpus") > 1:
        return
    offered = [machine for machine in machines(region).values() if _is_small(machine, own)]
    known = [machine for machine in offered if _price(machine, buys_spot) is not None]
    ranked = sorted(known, key=lambda machine: (_unit_price(machine, buys_spot), machine.name))
    cheap = [machine for machine in ranked if _unit_price(machine, buys_spot) <= max(prices)]
    for count in range(1, min(len(cheap), MOST_SMALL_TYPES) + 1):
        small = cheap[:count]
        yield (*(machine.name for machine in small), *pool.machines), _times(own, small)


def _times(own: Sequence[Machine], small: Sequence[Machine]) -> int:
    return ceil(max(machine.gpus for machine in own) / _least(small, "gpus"))


def _sets(region: str, pool: NodePoolSpec, own: Sequence[Machine], buys_spot: bool) -> Iterator[tuple[str, ...]]:
    known = [machine for machine in own if _price(machine, buys_spot) is not None]
    yield _names(known, pool.machines)
    for dropped in own:
        yield _names([machine for machine in own if machine is not dropped], pool.machines)
    yield from _cheapest(known, buys_spot)
    offered = [machine for machine in machines(region).values() if _fits(machine, own)]
    yield from _cheapest([machine for machine in offered if _price(machine, buys_spot) is not None], buys_spot)


def _cheapest(candidates: Sequence[Machine], buys_spot: bool) -> Iterator[tuple[str, ...]]:
    ranked = sorted(candidates, key=lambda machine: (_unit_price(machine, buys_spot), machine.name))
    for count in range(1, min(len(ranked), MOST_TYPES) + 1):
        yield tuple(machine.name for machine in ranked[:count])


def _names(kept: Iterable[Machine], order: Sequence[str]) -> tuple[str, ...]:
    names = {machine.name for machine in kept}
    return tuple(name for name in order if name in names)


def _price(machine: Machine, buys_spot: bool) -> Decimal | None:
    return machine.spot.usd_hour if buys_spot else machine.on_demand.usd_hour


def _unit_price(machine: Machine, buys_spot: bool) -> Decimal:
    units = Decimal(str(machine.gpus)) or Decimal(machine.vcpu or 1)
    return (_price(machine, buys_spot) or Decimal(0)) / units


def _is_small(machine: Machine, own: Sequence[Machine]) -> bool:
    return (
        _is_usable(machine, own)
        and 1 <= machine.gpus < _least(own, "gpus")
        and (machine.vcpu or 0) <= _most_vcpu(own) * machine.gpus / _least(own, "gpus")
    )


def _is_usable(machine: Machine, own: Sequence[Machine]) -> bool:
    """Whether a type can take the place of a pool's own for a job that fits on it."""
    return (
        not (unsupported_gpu(machine) or unsteady(machine) or odd_for_a_pool(machine))
        and machine.arch == own[0].arch
        and (machine.gpu_memory_gib or 0) >= _least(own, "gpu_memory_gib")
    )


def _fits(machine: Machine, own: Sequence[Machine]) -> bool:
    return (
        _is_usable(machine, own)
        and machine.gpus in {member.gpus for member in own}
        and _least(own, "vcpu") <= (machine.vcpu or 0) <= _most_vcpu(own) * LARGEST_VCPU_RATIO
        and (machine.memory_gib or 0) >= _least(own, "memory_gib")
    )


def _least(own: Sequence[Machine], column: str) -> float:
    return min(getattr(machine, column) or 0 for machine in own)


def _most_vcpu(own: Sequence[Machine]) -> int:
    return max(machine.vcpu or 0 for machine in own)
