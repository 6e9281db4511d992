"""Validation of a node pool on any cloud. Pure; paths of problems are relative to the pool."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from falaj.components.core.node_pools.gpu_offers import profile_problems
from falaj.components.core.node_pools.machine_offers import unavailable_machine
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import Problem
from falaj.facts.machines import Machine, find, machines
from falaj.facts.regions import REGIONS, Cloud

NODE_GROUP_ONLY = (Capacity.RESERVED, Capacity.CAPACITY_BLOCK)
"""Capacities that Karpenter does not manage: prepaid capacity has a managed node group."""

OPTIONS = {Cloud.AWS: "AWS", Cloud.AZURE: "Azure"}
"""Cloud with a block of pool options in `NodePoolSpec` -> its name in messages."""


def pool_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    """Yields all problems of a pool in a UAE region."""
    cloud = REGIONS[region].cloud
    yield from _machine_problems(region, pool)
    if pool.min > pool.max:
        yield Problem("min", pool.min, f"at most max ({pool.max})", "lower min or raise max")
    if pool.profile is Profile.SYSTEM and pool.capacity is not Capacity.ON_DEMAND:
        yield Problem("capacity", pool.capacity.value, "on-demand for profile system", "set on-demand")
    if pool.profile is Profile.SYSTEM and pool.min < 1:
        yield Problem("min", pool.min, "1 or more for profile system", "raise min")
    if pool.zone is not None and pool.zone not in (zones := REGIONS[region].zones):
        allowed = ", ".join(zones) or f"no zone: {region} has no zones"
        yield Problem("zone", pool.zone, allowed, "choose one of these" if zones else "remove it")
    yield from _foreign_options(cloud, pool)
    yield from CLOUD_PROBLEMS[cloud](region, pool) if cloud in CLOUD_PROBLEMS else ()
    yield from _sharing_problems(region, pool)


def offered_machines(region: str, pool: NodePoolSpec) -> list[Machine]:
    """Returns the catalogue entries of the pool's machines that the region offers."""
    return [machine for name in pool.machines if (machine := find(region, name))]


def _machine_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    names, cloud = list(pool.machines), REGIONS[region].cloud
    if cloud is Cloud.AZURE and len(names) != 1:
        yield Problem("machines", names, "one VM size (an AKS pool has one)", "add a pool for each size")
    if cloud is Cloud.AWS and pool.capacity is Capacity.SPOT and len(names) < 2:
        fix = "add a type of the same size: a pool with more types is interrupted less"
        yield Problem("machines", names, "at least two types for spot", fix)
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
    for owner, options in ((Cloud.AWS, pool.aws), (Cloud.AZURE, pool.azure)):
        if owner is not cloud:
            for name, value in options.given():
                yield Problem(f"{owner.value}.{name}", value, f"only in pools on {OPTIONS[owner]}", "remove it")


def _aws_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    options = pool.aws
    if options.sleeps and pool.profile is Profile.SYSTEM:
        yield Problem("aws.sleeps", True, "false for profile system", "let the whole site sleep instead")
    if pool.capacity in NODE_GROUP_ONLY:
        for path, value in (("aws.reservation", options.reservation), ("zone", pool.zone)):
            if value is None:
                yield Problem.missing(path, f"capacity is {pool.capacity.value}", f"add `{path}`")
    elif options.reservation is not None:
        allowed = "capacity reserved or capacity-block"
        yield Problem("aws.reservation", options.reservation, allowed, "change the capacity")
    offered = [find(region, name) for name in pool.machines]
    if options.interconnect and not all(machine and machine.efa_interfaces for machine in offered):
        allowed = f"only with machines that have EFA interfaces: {', '.join(_efa_machines(region, offered))}"
        yield Problem("aws.interconnect", True, allowed, "choose one of these")


def _efa_machines(region: str, pool_machines: Sequence[Machine | None]) -> list[str]:
    """Returns the names of machines with EFA interfaces: GPU machines if the pool has GPUs, otherwise CPU machines."""
    has_gpus = any(machine and machine.gpus for machine in pool_machines)
    return [
        machine.name
        for machine in machines(region).values()
        if machine.efa_interfaces and bool(machine.gpus) is has_gpus
    ]


def _azure_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    options = pool.azure
    if pool.capacity in NODE_GROUP_ONLY:
        yield Problem("capacity", pool.capacity.value, "spot, on-demand or spot-first on Azure", "choose one of these")
    if options.spot_max_usd is not None and pool.capacity is not Capacity.SPOT:
        yield Problem("azure.spot_max_usd", options.spot_max_usd, "only if capacity is spot", "remove it")
    if options.deallocate and pool.capacity is Capacity.SPOT:
        allowed = "false for spot: a deallocated spot machine keeps its quota and disk, and may never start again"
        yield Problem("azure.deallocate", True, allowed, "remove it")
    if options.gpu_partition and not all(machine.mig for machine in offered_machines(region, pool)):
        allowed = "only for VM sizes with A100, H100 or H200"
        yield Problem("azure.gpu_partition", options.gpu_partition, allowed, "choose such a size")


CLOUD_PROBLEMS: Mapping[Cloud, Callable[[str, NodePoolSpec], Iterator[Problem]]] = {
    Cloud.AWS: _aws_problems,
    Cloud.AZURE: _azure_problems,
}
"""Further checks of pools by cloud."""


def _sharing_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    if pool.sharing is None:
        return
    offered = offered_machines(region, pool)
    models = {machine.gpu_model or "no GPU" for machine in offered}
    if pool.sharing.turns is not None and pool.tenant is None:
        allowed = "only in a pool of one tenant: pods on a time-sliced GPU share memory and faults"
        yield Problem("sharing.turns", pool.sharing.turns, allowed, "add `tenant` to the pool, or use `slices`")
    if max((machine.gpus for machine in offered), default=0.0) < 1:
        yield Problem("sharing", sorted(models), "machines with whole GPUs", "choose such machines, or remove it")
    if pool.sharing.slices and not all(machine.mig for machine in offered):
        yield Problem("sharing.slices", pool.sharing.slices, "only for A100, H100 or H200", "choose such machines")
    else:
        yield from profile_problems(pool, offered)
    if pool.sharing.slices and pool.azure.gpu_partition:
        allowed = "only without `azure.gpu_partition`, by which AKS partitions the GPUs"
        yield Problem("sharing.slices", pool.sharing.slices, allowed, "keep one of the two")
