"""Node pools as the simulation sees them, from a stack's settings, the machine catalogue and a price list."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from falaj.components.core.node_pools.cloud_options import CloudPoolOptions
from falaj.components.core.node_pools.disruption import disruption_of
from falaj.components.core.node_pools.gpu_offers import gpu_resources
from falaj.components.core.node_pools.gpu_resources import SLICES
from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.node_pools.node_traits import OWN_NODES
from falaj.components.core.node_pools.own_machines import OwnMachineSpec
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import allocatable
from falaj.components.core.site.rules import node_traits, rules_of
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.facts.machines import Machine, find
from falaj.facts.node_capacity import own_capacity
from falaj.facts.prices import Capacity as Bought
from falaj.facts.prices import Prices
from falaj.facts.regions import REGIONS
from falaj.finops.pool_prices import hourly_price
from falaj.simulation.platform_model import MachineType, PoolModel

BATCH_SECONDS, LONGEST_BATCH_SECONDS = 1.0, 10.0
"""Time without further pending pods after which Karpenter plans machines, and the longest if more arrive
(kubernetes-sigs/karpenter, pkg/operator/options/options.go, BATCH_IDLE_DURATION and BATCH_MAX_DURATION, which nothing
here changes; 2026-11-28). Node auto-provisioning of AKS is Karpenter too."""

SCAN_SECONDS = 10.0
"""Time between two scans of the cluster autoscaler (kubernetes/autoscaler, cluster-autoscaler/main.go, flag
`scan-interval`, which nothing here changes; 2026-11-28)."""

PREPAID = (Capacity.RESERVED, Capacity.CAPACITY_BLOCK)
"""Capacity that is charged whether machines run or not."""

_BOUGHT: Mapping[Capacity, tuple[Bought, ...]] = {
    Capacity.SPOT: ("spot",),
    Capacity.SPOT_FIRST: ("spot", "on-demand"),
}


@dataclass(frozen=True)
class PoolContext:
    """What a cluster's pools have in common."""

    site: str
    region: str | None
    """Cloud region; None where all machines are the stack's own."""
    autoscaler: NodeAutoscaler
    zones: Sequence[str]
    """Availability zones of the site's nodes."""
    office_hours: tuple[float, float]
    """Hours of the day in Dubai from which to which sleeping pools work."""
    sleeps: bool
    """Whether the whole site sleeps outside office hours."""
    parts: Collection[str]
    """What the site installs, by the names of `falaj.facts.system_pods`: its DaemonSets run on each node."""
    profiles: Collection[Profile]
    """Profiles of all pools, by which some clouds set how long an unneeded node is kept."""
    own_machines: Mapping[str, OwnMachineSpec]
    prices: Prices
    aed_per_usd: Decimal


def pool_models(context: PoolContext, pools: Mapping[str, NodePoolSpec]) -> tuple[list[PoolModel], list[str]]:
    """Returns the pools on which work runs, and warnings. Pools of profile `system` are standing charges."""
    models: list[PoolModel] = []
    warnings: list[str] = []
    for name, pool in pools.items():
        if pool.profile is Profile.SYSTEM:
            continue
        machines = [*_machines(context, pool)]
        warnings += _warnings(f"{context.site}/{name}", pool, machines)
        if machines:
            models.append(_model(context, name, pool, machines))
    return models, warnings


def _warnings(key: str, pool: NodePoolSpec, machines: Sequence[MachineType]) -> Iterator[str]:
    if left_out := [name for name in pool.machines if name not in {machine.name for machine in machines}]:
        yield f"pool {key}: {', '.join(left_out)} is left out, because its size or on-demand price is not known"
    if not machines:
        yield f"pool {key} is left out: no machine remains"
    without = [machine.name for machine in machines if machine.spot_aed is None]
    if without and "spot" in _BOUGHT.get(pool.capacity, ()):
        yield f"pool {key}: no spot price of {', '.join(without)} is known, so they are never bought on spot"


def options_of(region: str, pool: NodePoolSpec) -> CloudPoolOptions:
    """Returns the options of a pool that belong to the cloud of its region; defaults if the cloud has none."""
    return pool.cloud_options().get(REGIONS[region].cloud, CloudPoolOptions())


def _model(context: PoolContext, name: str, pool: NodePoolSpec, machines: Sequence[MachineType]) -> PoolModel:
    own = _own_pool(context, name, pool, machines)
    if context.region is None or all(machine in context.own_machines for machine in pool.machines):
        return own
    cloud = REGIONS[context.region].cloud
    traits = node_traits(cloud)
    provisions = context.autoscaler is NodeAutoscaler.KARPENTER and not is_group(pool)
    disruption = disruption_of(pool.profile, pool.capacity)
    decision = BATCH_SECONDS if provisions else SCAN_SECONDS
    keeps_hours = context.sleeps or options_of(context.region, pool).keeps_office_hours
    return replace(
        own,
        zones=_zones(context, pool),
        decision_seconds=decision,
        # The fact is the time from a pending pod to a ready node.
        start_seconds=max(traits.start_seconds - decision, 0.0),
        idle_seconds=disruption.idle_seconds if provisions else rules_of(cloud).unneeded_seconds(context.profiles),
        returns_to_spot=provisions and disruption.consolidates_at_any_hour,
        removal_is_validated=provisions,
        has_gpu_counts=provisions and pool.aws.exact_gpus,
        longest_decision_seconds=LONGEST_BATCH_SECONDS if provisions else decision,
        # A program is told by SIGTERM, whose grace period is the notice less its way.
        notice_seconds=traits.grace_seconds if traits.notice_seconds else 0.0,
        least_billed_seconds=traits.least_billed_seconds,
        sleeps=context.office_hours if keeps_hours else None,
        grace_seconds=traits.grace_seconds,
    )


def _own_pool(context: PoolContext, name: str, pool: NodePoolSpec, machines: Sequence[MachineType]) -> PoolModel:
    """Returns a pool of machines that always run, and are not reclaimed."""
    return PoolModel(
        site=context.site,
        name=name,
        profile=pool.profile,
        capacity=pool.capacity,
        machines=tuple(machines),
        min=pool.min,
        max=pool.max,
        zones=1,
        tenant=pool.tenant,
        decision_seconds=0.0,
        start_seconds=0.0,
        idle_seconds=0.0,
        returns_to_spot=False,
        notice_seconds=0.0,
        least_billed_seconds=0.0,
        grace_seconds=OWN_NODES.grace_seconds,
    )


def _zones(context: PoolContext, pool: NodePoolSpec) -> int:
    """Returns the number of the site's zones in which the region is known to offer the pool's machines; one for
    machines with GPUs whose zones are not known: they are in few."""
    if pool.pinned_zones is not None:
        return max(1, len(pool.pinned_zones))
    machines = [machine for name in pool.machines if (machine := find(context.region or "", name)) is not None]
    offering = {zone for machine in machines for zone in machine.zone_ids}
    if not offering and any(machine.gpus for machine in machines):
        return 1
    return max(1, sum(not offering or zone in offering for zone in context.zones))


def _machines(context: PoolContext, pool: NodePoolSpec) -> Iterator[MachineType]:
    for machine in pool.machines:
        if own := context.own_machines.get(machine):
            devices = sum(pool.sharing.devices(own.gpus).values()) if pool.sharing else own.gpus
            room = own_capacity(own.vcpu, float(own.memory_gib))
            yield MachineType(machine, room.cpu_m / 1000, room.memory_mib / 1024, devices, 0.0, None)
        elif context.region is not None and (model := _rented(context, context.region, pool, machine)):
            yield model


def _rented(context: PoolContext, region: str, pool: NodePoolSpec, name: str) -> MachineType | None:
    machine = find(region, name)
    room = allocatable(region, name, pool, context.parts)
    on_demand = machine_aed(context, region, name, ("on-demand",), None)
    if machine is None or room is None or on_demand is None:
        return None
    limit = options_of(region, pool).spot_limit_usd
    spot = machine_aed(context, region, name, ("spot",), None if limit is None else Decimal(str(limit)))
    return MachineType(
        name=name,
        cpu=room.cpu_m / 1000,
        memory_gib=room.memory_mib / 1024,
        gpus=_devices(region, pool, machine),
        on_demand_aed=0.0 if pool.capacity in PREPAID else on_demand,
        spot_aed=spot,
    )


def machine_aed(
    context: PoolContext, region: str, machine: str, bought: tuple[Bought, ...], spot_limit: Decimal | None
) -> float | None:
    """Returns AED per hour of a machine, as the estimate of a plan prices it; None without a price."""
    price = hourly_price(context.prices, region, machine, bought, spot_limit).price
    return None if price.usd is None else float(price.usd * context.aed_per_usd)


def _devices(region: str, pool: NodePoolSpec, machine: Machine) -> int:
    """Returns what pods can request of a machine's GPUs: whole ones, or slices of a pool that shares them."""
    if pool.sharing is not None:
        return sum(pool.sharing.devices(machine.gpu_devices).values())
    slices = [SLICES[name] for name in gpu_resources(region, pool) if name in SLICES]
    return machine.gpu_devices * (slices[0] if slices else 1)
