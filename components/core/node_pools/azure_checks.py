"""Validation that only node pools on Azure have. Pure; paths of problems are relative to the pool."""

from collections.abc import Iterator

from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY, CloudPoolProblems, offered_machines
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.problems import Problem


def _problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    options, names = pool.azure, list(pool.machines)
    if len(names) != 1:
        yield Problem("machines", names, "one VM size (an AKS pool has one)", "add a pool for each size")
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
    if pool.sharing is not None and pool.sharing.mig_profile and options.gpu_partition:
        allowed = "only without `azure.gpu_partition`, by which AKS partitions the GPUs"
        yield Problem("sharing.mig_profile", pool.sharing.mig_profile, allowed, "keep one of the two")


POOL_PROBLEMS: CloudPoolProblems = _problems
