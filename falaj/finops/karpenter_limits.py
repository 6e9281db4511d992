"""The number of nodes of a Karpenter NodePool: fixed, or up to the limits that hold together.

Karpenter v1.15.0, pkg/apis/v1 NodePoolSpec and pkg/controllers/provisioning/scheduling (read 2026-11-27).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from falaj.facts.machines import Machine
from falaj.finops.plan import UNKNOWN
from falaj.finops.properties import get_dict, get_path, get_str, unknown_at
from falaj.finops.work.placement import Precedence
from falaj.finops.work.quantities import quantity

_GIB = Decimal(1024**3)
_OF_CAPACITY = Decimal("0.925")
"""Part of a machine's memory that counts against a limit, as the hypervisor takes up to 7.5 % (Karpenter's provider
for AWS, VM_MEMORY_OVERHEAD_PERCENT; 2026-11-27)."""


def _gpus(machine: Machine) -> Decimal:
    return Decimal(machine.gpu_devices)


def _memory(machine: Machine) -> Decimal:
    return Decimal(machine.memory_gib or 0) * _GIB * _OF_CAPACITY


_AMOUNTS: Mapping[str, Callable[[Machine], Decimal]] = {
    "cpu": lambda machine: Decimal(machine.vcpu or 0),
    "memory": _memory,
    "nvidia.com/gpu": lambda machine: Decimal(0) if machine.gpu_model == "MI300X" else _gpus(machine),
    "amd.com/gpu": lambda machine: _gpus(machine) if machine.gpu_model == "MI300X" else Decimal(0),
}
"""Resource of a limit -> what a node takes of it."""


def node_bounds(props: Mapping[str, Any], machines: Iterable[Machine], kept: int) -> tuple[int, int | None]:
    """Returns the fewest and the most nodes of a NodePool that may start these machines, of which placeholder pods keep
    `kept`; the most is None without a limit."""
    most = _most(props, list(machines))
    if (fixed := get_path(props, "spec", "replicas")) is not None:
        number = int(quantity(fixed))
        return (number, number) if most is None else (min(number, most), min(number, most))
    return kept if most is None else min(kept, most), most


def unknown_bounds(props: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns the properties that bound the number of nodes and are known only after the update."""
    limits = get_dict(props, "spec", "limits")
    hidden = (f"spec.limits.{key}" for key in ("nodes", *_AMOUNTS) if limits.get(key) is UNKNOWN)
    return (*unknown_at(props, "spec.replicas", "spec.limits"), *hidden)


def precedence(props: Mapping[str, Any], default: str) -> Precedence:
    """Returns the precedence of a NodePool: its weight, then its name from the end of the alphabet (pkg/utils/nodepool,
    OrderByWeight)."""
    weight = quantity(get_path(props, "spec", "weight"))
    return int(weight), get_str(props, "metadata", "name", default=default)


def limits(props: Mapping[str, Any]) -> Mapping[str, Decimal]:
    """Returns the most that all nodes of a NodePool have together of the resources that the catalogue states."""
    stated = {key: get_path(props, "spec", "limits", key) for key in _AMOUNTS}
    return {key: quantity(limit) for key, limit in stated.items() if limit is not None}


def _most(props: Mapping[str, Any], machines: Collection[Machine]) -> int | None:
    """Returns how many of the smallest machines the limits allow."""
    nodes = get_path(props, "spec", "limits", "nodes")
    found = [] if nodes is None else [int(quantity(nodes))]
    for key, limit in limits(props).items():
        if smallest := min(map(_AMOUNTS[key], machines), default=Decimal(0)):
            found.append(int(limit // smallest))
    return min(found, default=None)


def most_usd(limits: Mapping[str, Decimal], prices: Mapping[Machine, Decimal]) -> Decimal | None:
    """Returns the most USD per hour that machines cost together within limits, from the highest price of each: all of
    a resource at the highest price of its unit. None if they may be exceeded by machines without the resource."""
    fitting = {
        machine: usd
        for machine, usd in prices.items()
        if all(_AMOUNTS[key](machine) <= limit for key, limit in limits.items())
    }
    bounds = [
        limit * max((usd / _AMOUNTS[key](machine) for machine, usd in fitting.items()), default=Decimal(0))
        for key, limit in limits.items()
        if all(map(_AMOUNTS[key], fitting))
    ]
    return min(bounds, default=None)
