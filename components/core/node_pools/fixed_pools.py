"""Node pools of an existing cluster, whose nodes are listed by name. Pure."""

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
    """A pool of existing nodes."""

    profile: Choice[Profile]
    """Workload profile of the pool, which determines its taints and labels."""
    machine: str
    """Machine type of all nodes of the pool: a key of `machines`."""
    nodes: Sequence[str] = Field(min_length=1, max_length=1000)
    """Names of the nodes, as listed by `kubectl get nodes`."""
    tenant: TenantName | None = None
    """Tenant that the pool is reserved for; shared by all tenants if absent."""


def fixed_pool_problems(pools: Mapping[str, FixedPoolSpec], gpus: Mapping[str, int]) -> Iterator[Problem]:
    """Yields all problems of the pools of a cluster. `gpus` is the number of GPUs by machine type."""
    if not any(pool.profile is Profile.SYSTEM for pool in pools.values()):
        yield Problem(
            "pools", sorted(pools), "at least one pool of profile system", "add a pool for the platform's controllers"
        )
    pool_by_node: dict[str, str] = {}
    for name, pool in pools.items():
        yield from _machine_problems(f"pools.{name}", pool, gpus)
        for index, node in enumerate(pool.nodes):
            path = f"pools.{name}.nodes.{index}"
            if not NODE_NAME.fullmatch(node):
                yield Problem(path, node, "a node name as listed by `kubectl get nodes`", "copy the name from there")
            elif node in pool_by_node:
                yield Problem(
                    path, node, f"a node in one pool only; it is in {pool_by_node[node]}", "remove it from one pool"
                )
            pool_by_node.setdefault(node, name)
    for machine in sorted(gpus.keys() - {pool.machine for pool in pools.values()}):
        yield Problem(f"machines.{machine}", "a machine", "machine types that a pool uses", "remove it, or add a pool")


def _machine_problems(path: str, pool: FixedPoolSpec, gpus: Mapping[str, int]) -> Iterator[Problem]:
    if pool.machine not in gpus:
        allowed = ", ".join(sorted(gpus)) or "none: `machines` is empty"
        yield Problem(f"{path}.machine", pool.machine, allowed, "add it under machines, or correct the name")
    elif pool.profile is Profile.INFERENCE_GPU and not gpus[pool.machine]:
        yield Problem(f"{path}.machine", pool.machine, "a machine with GPUs for inference-gpu", "choose one with GPUs")


def nodes_of_machines(pools: Mapping[str, FixedPoolSpec], machines: Collection[str]) -> dict[str, int]:
    """Returns the number of nodes by machine type. Pools of an unknown type, a problem of their own, do not count."""
    counts = dict.fromkeys(machines, 0)
    for pool in pools.values():
        if pool.machine in counts:
            counts[pool.machine] += len(pool.nodes)
    return counts


def as_node_pool(pool: FixedPoolSpec) -> NodePoolSpec:
    """Returns the pool as a `NodePoolSpec`: on-demand and of fixed size."""
    size = len(pool.nodes)
    return NodePoolSpec(
        profile=pool.profile,
        machines=[pool.machine],
        capacity=Capacity.ON_DEMAND,
        min=size,
        max=size,
        tenant=pool.tenant,
    )


def storage_class_keys() -> Collection[str]:
    """Returns the valid keys of storage classes: each workload profile, and `shared`."""
    return [*(profile.value for profile in TRAITS), SHARED]


SHARED = "shared"
"""Key of the storage class whose volumes several nodes can mount."""
