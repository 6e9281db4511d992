"""What a managed group of one kind of machines cannot be, where nobody chooses machines node by node. Pure."""

from collections.abc import Iterator

from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import Problem


def is_group(pool: NodePoolSpec) -> bool:
    """Whether a pool is a managed group even where Karpenter adds the other nodes: `system`, what was paid in advance,
    and machines that stand close together."""
    return pool.profile is Profile.SYSTEM or pool.capacity in NODE_GROUP_ONLY or pool.aws.interconnect


def node_group_problems(pool: NodePoolSpec) -> Iterator[Problem]:
    """What keeps a pool from being an EKS managed node group, with paths inside the pool."""
    if pool.capacity is Capacity.SPOT_FIRST:
        allowed = "spot or on-demand in a managed node group: it buys all its machines one way"
        fix = "choose one of them, make a pool for each, or let Karpenter choose node by node"
        yield Problem("capacity", pool.capacity.value, allowed, fix)
    if pool.capacity in NODE_GROUP_ONLY and len(pool.machines) != 1:
        yield Problem("machines", list(pool.machines), "the one type that was reserved", "make a pool for each type")
    if pool.aws.interconnect and pool.zone is None:
        condition = "interconnect is true: machines that stand close together stand in one zone"
        yield Problem.missing("zone", condition, "add `zone`")
    if pool.aws.interconnect and len(pool.machines) != 1:
        allowed = "one type where interconnect is true: types differ in their number of interfaces"
        yield Problem("machines", list(pool.machines), allowed, "make a pool for each type")
