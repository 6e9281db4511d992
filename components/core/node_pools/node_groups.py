"""Checks of pools that are managed node groups, which Karpenter does not manage. Pure."""

from collections.abc import Iterator

from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import Problem

MAX_TYPES = 20
"""Maximum number of instance types of a managed node group (EKS, CreateNodegroup, instanceTypes; botocore 2026-11)."""


def is_group(pool: NodePoolSpec) -> bool:
    """Returns whether a pool is a managed node group even if Karpenter manages the other pools.

    This applies to profile `system`, prepaid capacity, and pools in a cluster placement group.
    """
    return pool.profile is Profile.SYSTEM or pool.capacity in NODE_GROUP_ONLY or pool.aws.interconnect


def node_group_problems(pool: NodePoolSpec) -> Iterator[Problem]:
    """Yields the problems of a pool as an EKS managed node group, with paths relative to the pool."""
    if pool.capacity is Capacity.SPOT_FIRST:
        allowed = "spot or on-demand in a managed node group, which has a single capacity type"
        fix = "choose one of them, add a pool for each, or use Karpenter, which chooses for each node"
        yield Problem("capacity", pool.capacity.value, allowed, fix)
    if pool.capacity in NODE_GROUP_ONLY and len(pool.machines) != 1:
        yield Problem("machines", list(pool.machines), "the one type that was reserved", "add a pool for each type")
    if len(pool.machines) > MAX_TYPES:
        allowed = f"at most {MAX_TYPES} types in a managed node group"
        yield Problem("machines", list(pool.machines), allowed, "name fewer types, or narrow the requirements")
    if pool.aws.max_pods is not None:
        # EKS sets the number itself, in user data that it adds to the launch template's (eksctl#8037, read 2026-11-26).
        allowed = "nothing for a managed node group, whose number of pods EKS sets"
        yield Problem("aws.max_pods", pool.aws.max_pods, allowed, "remove it")
    if pool.aws.exact_gpus:
        allowed = "false for a managed node group, whose nodes lack the label that Karpenter gives"
        yield Problem("aws.exact_gpus", True, allowed, "remove it")
    if pool.aws.interconnect and not pool.is_in_one_zone:
        condition = "interconnect is true: a cluster placement group is in one zone"
        yield Problem.missing("zone", condition, "add `zone`")
    if pool.aws.interconnect and len(pool.machines) != 1:
        allowed = "one type where interconnect is true: types differ in their number of interfaces"
        yield Problem("machines", list(pool.machines), allowed, "add a pool for each type")
