"""Pools of machines that are there already: nodes of an existing cluster, by name. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from pydantic import Field

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.args import Choice, Spec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.problems import Problem

NODE_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
"""A DNS subdomain (Kubernetes, object names)."""


class FixedPoolSpec(Spec):
    """A pool of nodes that are there already."""

    profile: Choice[Profile]
    """What runs here; decides taints and labels."""
    machine: str
    """What each of its nodes is: a key of `machines`."""
    nodes: Sequence[str] = Field(min_length=1, max_length=1000)
    """Names of its nodes, as `kubectl get nodes` has them."""
    tenant: TenantName | None = None
    """The tenant that the pool is for; shared by all if absent."""


def fixed_pool_problems(pools: Mapping[str, FixedPoolSpec], gpus: Mapping[str, int]) -> Iterator[Problem]:
    """What is wrong with the pools of a cluster, with paths from above them. `gpus` are those of each own machine."""
    if not any(pool.profile is Profile.SYSTEM for pool in pools.values()):
        yield Problem("pools", sorted(pools), "at least one pool of profile system", "name nodes for the platform")
    owners: dict[str, str] = {}
    for name, pool in pools.items():
        yield from _machine_problems(f"pools.{name}", pool, gpus)
        for index, node in enumerate(pool.nodes):
            path = f"pools.{name}.nodes.{index}"
            if not NODE_NAME.fullmatch(node):
                yield Problem(path, node, "a node as `kubectl get nodes` names it", "copy the name from there")
            elif node in owners:
                yield Problem(path, node, f"a node in one pool only; it is in {owners[node]}", "leave it out of one")
            owners.setdefault(node, name)
    for machine in gpus.keys() - {pool.machine for pool in pools.values()}:
        yield Problem(f"machines.{machine}", "a machine", "machines that a pool has", "remove it, or add its pool")


def _machine_problems(path: str, pool: FixedPoolSpec, gpus: Mapping[str, int]) -> Iterator[Problem]:
    if pool.machine not in gpus:
        allowed = ", ".join(sorted(gpus)) or "nothing: there are no machines"
        yield Problem(f"{path}.machine", pool.machine, allowed, "add it under machines, or correct the name")
    elif pool.profile is Profile.INFERENCE_GPU and not gpus[pool.machine]:
        yield Problem(f"{path}.machine", pool.machine, "a machine with GPUs for inference-gpu", "choose such a one")


def as_node_pool(pool: FixedPoolSpec) -> NodePoolSpec:
    """The same pool as a cloud's pool: on-demand, of fixed size."""
    size = len(pool.nodes)
    return NodePoolSpec(
        profile=pool.profile,
        machines=[pool.machine],
        capacity=Capacity.ON_DEMAND,
        min=size,
        max=size,
        tenant=pool.tenant,
    )


def storage_keys() -> Collection[str]:
    """For what a storage class may be named: each profile, and files that many nodes see."""
    return [*(profile.value for profile in TRAITS), SHARED]


SHARED = "shared"
"""Key of the class whose volumes many nodes mount."""
