"""Machines on AWS outside node groups: Auto Scaling groups, fleets, spot requests and capacity reservations.

A group is priced like a pool. Its expected number is its desired capacity and, between that and its maximum, the load
of the usage file. Instances of a weight above one count as several units of capacity: the least weight gives the most
machines (Amazon EC2 User Guide, instance weighting; read 2026-11-27).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from falaj.facts.prices import Capacity
from falaj.finops.aws_pools import disks, mapped
from falaj.finops.aws_scaling import RUNNING, least_capacity, schedules_of
from falaj.finops.aws_warm import warm_pool
from falaj.finops.lines import Charge
from falaj.finops.plan import Planned
from falaj.finops.pools import charges
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, unknown_at

_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration"
_ON_DEMAND: tuple[Capacity, ...] = ("on-demand",)
_SPOT: tuple[Capacity, ...] = ("spot",)


def auto_scaling_group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of an Auto Scaling group at its desired capacity, or at its minimum without one."""
    mixed = get_dict(item.props, "mixedInstancesPolicy")
    overrides = _overrides([get_dict(mixed, "launchTemplate")])
    templates = _launched(context, item, "launchTemplate", "launchConfiguration", "mixedInstancesPolicy")
    scheduled = list(schedules_of(context, item))
    desired = max(get_number(get_path(each, key), 0) for each in (item.props, *scheduled) for key in RUNNING)
    most = max(desired, *(get_number(get_path(each, "maxSize"), 0) for each in (item.props, *scheduled)))
    distribution = get_dict(mixed, "instancesDistribution")
    share = get_number(get_path(distribution, "onDemandPercentageAboveBaseCapacity"), 100) / 100
    base = min(desired, get_number(get_path(distribution, "onDemandBaseCapacity"), 0))
    on_demand = (base + (desired - base) * share).to_integral_value(ROUND_CEILING) if mixed else desired
    market = get_str(templates[0].props if templates else {}, "instanceMarketOptions", "marketType")
    group = _Group(context, item, templates, overrides, _WEIGHTS_OF_GROUP)
    if not mixed and market == "spot":
        yield from group.pool(_SPOT, desired, most)
    elif on_demand or most > desired:
        above = most - desired if share else Decimal(0)
        yield from group.pool(_ON_DEMAND, on_demand, on_demand + above)
        yield from group.pool(_SPOT, desired - on_demand, desired - on_demand + most - desired - above)
    else:
        yield from group.pool(_SPOT, desired, most)
    yield from warm_pool(context, item, "warmPool", group.priced(_ON_DEMAND, desired, most))


def fleet(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of an EC2 Fleet at its target capacity."""
    target = get_dict(item.props, "targetCapacitySpecification")
    total = get_number(get_path(target, "totalTargetCapacity"), 0)
    on_demand, spot = (get_number(get_path(target, key), 0) for key in ("onDemandTargetCapacity", "spotTargetCapacity"))
    rest = max(Decimal(0), total - on_demand - spot)
    if get_str(target, "defaultTargetCapacityType") == "spot":
        spot += rest
    else:
        on_demand += rest
    templates = _launched(context, item, "launchTemplateConfigs")
    group = _Group(
        context, item, templates, _overrides(get_list(item.props, "launchTemplateConfigs")), _WEIGHTS_OF_FLEET
    )
    yield from group.pool(_ON_DEMAND, on_demand, on_demand)
    yield from group.pool(_SPOT, spot, spot)


def spot_fleet(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of a Spot Fleet at its target capacity."""
    stated = get_number(get_path(item.props, "targetCapacity"), 0)
    total = max(stated, least_capacity(context, item, "ec2", "TargetCapacity"))
    on_demand = min(total, get_number(get_path(item.props, "onDemandTargetCapacity"), 0))
    listed = [get_dict(each) for each in get_list(item.props, "launchSpecifications")]
    overrides = [*listed, *_overrides(get_list(item.props, "launchTemplateConfigs"))]
    group = _Group(context, item, _launched(context, item, "launchTemplateConfigs"), overrides, _WEIGHTS_OF_SPOT_FLEET)
    yield from group.pool(_ON_DEMAND, on_demand, on_demand)
    yield from group.pool(_SPOT, total - on_demand, total - on_demand)


def capacity_reservation(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of reserved machines, which cost the same whether they run or not."""
    count = get_number(get_path(item.props, "instanceCount"), 0)
    machine = get_str(item.props, "instanceType")
    unknown = unknown_at(item.props, "instanceCount", "instanceType", "instancePlatform")
    platform = get_str(item.props, "instancePlatform", default=_LINUX)
    pool = _pool(item.name, [machine] if machine else [], _ON_DEMAND, count, count, unknown)
    yield from charges(context, item, replace(pool, licence="" if platform == _LINUX else platform))


_LINUX = "Linux/UNIX"
"""The platform of reserved machines whose price has no licence; others name theirs (pulumi-aws 7.51.1,
CapacityReservation, instancePlatform)."""


_WEIGHTS_OF_GROUP = ("minSize", "maxSize", "desiredCapacity", "mixedInstancesPolicy")
_WEIGHTS_OF_FLEET = ("targetCapacitySpecification", "targetCapacitySpecification.totalTargetCapacity",
                     "launchTemplateConfigs")  # fmt: skip
_WEIGHTS_OF_SPOT_FLEET = ("targetCapacity", "launchSpecifications", "launchTemplateConfigs")
"""Properties that decide how many machines there are, and of which types."""


class _Group:
    """The machine types of a group, from its overrides or its launch template."""

    def __init__(
        self,
        context: PricingContext,
        item: Planned,
        templates: Sequence[Planned],
        overrides: Sequence[Mapping[str, Any]],
        deciding: Sequence[str],
    ) -> None:
        self._context, self._item = context, item
        of_template = templates[0].props if templates else {}
        described = [*(disks(each) for each in templates), *(mapped(each) for each in overrides)]
        self._volumes = max(filter(None, described), key=_amount, default=disks(None))
        types = [get_str(each, "instanceType") for each in overrides] or [get_str(of_template, "instanceType")]
        self._machines = [name for name in types if name]
        weights = [get_number(get_path(each, "weightedCapacity"), 1) for each in overrides]
        self._weight = max(Decimal(1), min(weights, default=Decimal(1)))
        self._unknown = (
            *unknown_at(item.props, *deciding),
            *(() if self._machines else unknown_at(of_template, "instanceType")),
            *(("the types of its machines",) if "" in types else ()),
        )

    def pool(self, capacities: Sequence[Capacity], least: Decimal, most: Decimal) -> Iterable[Charge]:
        """Yields the charges of the units of capacity that have one capacity type."""
        if most > 0 or self._unknown:
            yield from charges(self._context, self._item, self.priced(capacities, least, most))

    def priced(self, capacities: Sequence[Capacity], least: Decimal, most: Decimal) -> PricedPool:
        """Returns the units of capacity that have one capacity type as a pool."""
        low, high = (_whole(units / self._weight) for units in (least, most))
        name = f"{self._item.name} {capacities[0]}"
        return _pool(name, self._machines, capacities, low, high, self._unknown, self._volumes)


def _amount(volumes: Sequence[Charge]) -> Decimal:
    """Returns GiB, IOPS and MiB/s of volumes together, by which the largest of several templates is found."""
    return sum((each.quantity.max for each in volumes), Decimal(0))


def _pool(
    name: str,
    machines: Sequence[str],
    capacities: Sequence[Capacity],
    least: Decimal,
    most: Decimal,
    unknown: Sequence[str],
    volumes: Sequence[Charge] = (),
) -> PricedPool:
    return PricedPool(
        name=name,
        profile="",
        machines=machines,
        capacities=capacities,
        min_nodes=int(least),
        max_nodes=int(most),
        in_order=capacities == _ON_DEMAND,
        disks=volumes,
        identity=name,
        unknown=unknown,
    )


def _whole(number: Decimal) -> Decimal:
    return number.to_integral_value(ROUND_CEILING)


def _overrides(configs: Sequence[object]) -> list[Mapping[str, Any]]:
    """Returns the overrides of launch templates, each of which names a machine type or its requirements."""
    return [get_dict(each) for config in configs for each in get_list(get_dict(config), "overrides")]


def _launched(context: PricingContext, item: Planned, *keys: str) -> Sequence[Planned]:
    """Returns the launch templates or launch configurations of a group: by its dependencies, or the only one under its
    parent."""
    sources = [found for key in keys for found in context.plan.sources(item, key)]
    stated = [found for found in sources if found.type in (_TEMPLATE, _CONFIGURATION)]
    siblings = [found for kind in (_TEMPLATE, _CONFIGURATION) for found in context.siblings(item, kind)]
    return stated or (siblings if len(siblings) == 1 else ())
