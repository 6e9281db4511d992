"""Warm pools on AWS: machines that an Auto Scaling group, or a node group of EKS, keeps ready beside those that run."""

from collections.abc import Iterable
from dataclasses import replace

from falaj.facts.prices import missing
from falaj.finops.lines import Charge, fixed
from falaj.finops.plan import Planned
from falaj.finops.pools import charges
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str, unknown_at

_MOST, _LEAST, _STATE = "maxGroupPreparedCapacity", "minSize", "poolState"


def warm_pool(context: PricingContext, item: Planned, key: str, pool: PricedPool) -> Iterable[Charge]:
    """Yields the machines of a warm pool, or the disks of those that it keeps stopped, which is the default. `key` is
    the property that has it, and `pool` are the machines that run.

    A block without any setting is one. It has so many machines as the group has not yet started of its maximum, or of
    the prepared capacity, and its own least number (botocore 1.44.8, autoscaling, PutWarmPool, read 2026-12-03). It is
    charged for what its machines use: stopped ones for their volumes (EC2 Auto Scaling User Guide, "Warm pools", as
    known). Launch templates with spot capacity cannot have one (the same page, as known).
    """
    warm = get_dict(item.props, key)
    if unknown := unknown_at(item.props, key, *(f"{key}.{name}" for name in (_MOST, _LEAST, _STATE))):
        reason = f"{unknown[0]} is known only after the update"
        yield Charge("machine", "warm pool", fixed(1), price=missing("hour", reason))
    elif item.props.get(key) is not None:
        prepared = int(get_number(get_path(warm, _MOST), pool.max_nodes or pool.min_nodes))
        count = max(int(get_number(get_path(warm, _LEAST), 0)), prepared - pool.min_nodes)
        if get_str(warm, _STATE).lower() == "running" and count:
            kept = replace(pool, name=f"{pool.name} warm", identity="warm", min_nodes=count, max_nodes=count)
            yield from charges(context, item, replace(kept, capacities=("on-demand",), running_hours=None))
        else:
            yield from (replace(disk, quantity=disk.quantity.times(count)) for disk in pool.disks)
