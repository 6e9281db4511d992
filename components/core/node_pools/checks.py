"""Validation of a node pool on any cloud. Pure; paths of problems are relative to the pool."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module

from falaj.components.core.node_pools.gpu_offers import profile_problems
from falaj.components.core.node_pools.machine_offers import unavailable_machine
from falaj.components.core.node_pools.node_marks import mark_problems
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import Problem
from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.machines import Machine, find
from falaj.facts.regions import REGIONS

CloudPoolProblems = Callable[[str, NodePoolSpec], Iterator[Problem]]
"""Yields the problems of a pool in a region that only pools on one cloud can have."""

NODE_GROUP_ONLY = (Capacity.RESERVED, Capacity.CAPACITY_BLOCK)
"""Capacities that Karpenter does not manage: prepaid capacity has a managed node group."""


def pool_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    """Yields all problems of a pool in a UAE region."""
    cloud = REGIONS[region].cloud
    yield from cloud_pool_problems(cloud)(region, pool)
    yield from _machine_problems(region, pool)
    if pool.min > pool.max:
        yield Problem("min", pool.min, f"at most max ({pool.max})", "lower min or raise max")
    if pool.profile is Profile.SYSTEM and pool.capacity is not Capacity.ON_DEMAND:
        yield Problem("capacity", pool.capacity.value, "on-demand for profile system", "set on-demand")
    if pool.profile is Profile.SYSTEM and pool.min < 1:
        yield Problem("min", pool.min, "1 or more for profile system", "raise min")
    if pool.profile is Profile.SYSTEM and pool.tenant is not None:
        allowed = "none for profile system: the add-ons of the cluster and all tenants need it"
        yield Problem("tenant", pool.tenant, allowed, "remove it, or reserve a pool of another profile")
    yield from _zone_problems(region, pool)
    shared = pool.sharing.node_labels if pool.sharing else {}
    yield from mark_problems(pool.profile, pool.labels, pool.taints, shared)
    yield from _foreign_options(cloud, pool)
    yield from _sharing_problems(region, pool)


def _zone_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    names, ids = REGIONS[region].zones, REGIONS[region].zone_ids
    zones = (*ids, *names)
    allowed = ", ".join(zones) or f"no zone: {region} has no zones"
    fix = "choose one of these" if zones else "remove it"
    if pool.zone is not None and pool.zone not in zones:
        yield Problem("zone", pool.zone, allowed, fix)
    if pool.zone is not None and pool.zones is not None:
        yield Problem("zones", [*pool.zones], "nothing with `zone`", "keep one of the two")
    for index, zone in enumerate(pool.zones or ()):
        if zone not in zones:
            yield Problem(f"zones.{index}", zone, allowed, fix)
        elif zone in (pool.zones or ())[:index]:
            yield Problem(f"zones.{index}", zone, "each zone once", "remove it")
    if ids and len({zone in ids for zone in pool.zones or ()}) > 1:
        allowed = "all by ID or all by name: which name a zone has differs between accounts"
        yield Problem("zones", [*(pool.zones or ())], allowed, "write their IDs")


def offered_machines(region: str, pool: NodePoolSpec) -> list[Machine]:
    """Returns the catalogue entries of the pool's machines that the region offers."""
    return [machine for name in pool.machines if (machine := find(region, name))]


def _machine_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    names = list(pool.machines)
    for index, name in enumerate(names):
        if problem := unavailable_machine(region, name):
            yield replace(problem, path=f"machines.{index}")
    offered = offered_machines(region, pool)
    if len({machine.arch for machine in offered}) > 1:
        yield Problem("machines", names, "machines of one architecture", "add a pool for each architecture")
    if len({machine.gpus > 0 for machine in offered}) > 1:
        yield Problem("machines", names, "machines that all have a GPU, or none", "split it into two pools")


def _foreign_options(cloud: Cloud, pool: NodePoolSpec) -> Iterator[Problem]:
    """Yields problems for options of a cloud other than the pool's."""
    for owner, options in pool.cloud_options().items():
        if owner is not cloud:
            for name, value in options.given():
                allowed = f"only in pools on {CLOUDS[owner].display_name}"
                yield Problem(f"{owner.value}.{name}", value, allowed, "remove it")


@cache
def cloud_pool_problems(cloud: Cloud) -> CloudPoolProblems:
    """Returns the checks that only pools on a cloud have. Raises KeyError for a cloud that is not registered."""
    problems: CloudPoolProblems = import_module(CLOUDS[cloud].pools).POOL_PROBLEMS
    return problems


def _sharing_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    if pool.sharing is None:
        return
    offered = offered_machines(region, pool)
    models = {machine.gpu_model or "no GPU" for machine in offered}
    if pool.sharing.time_slices is not None and pool.tenant is None:
        allowed = "only in a pool of one tenant: pods on a time-sliced GPU share memory and faults"
        yield Problem(
            "sharing.time_slices", pool.sharing.time_slices, allowed, "add `tenant` to the pool, or use `mig_profile`"
        )
    if max((machine.gpus for machine in offered), default=0.0) < 1:
        yield Problem("sharing", sorted(models), "machines with whole GPUs", "choose such machines, or remove it")
    if pool.sharing.mig_profile and not all(machine.mig for machine in offered):
        yield Problem(
            "sharing.mig_profile", pool.sharing.mig_profile, "only for A100, H100 or H200", "choose such machines"
        )
    else:
        yield from profile_problems(pool, offered)
