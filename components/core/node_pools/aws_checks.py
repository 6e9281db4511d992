"""Validation that only node pools on AWS have. Pure; paths of problems are relative to the pool."""

from collections.abc import Iterator, Sequence

from falaj.components.core.node_pools.aws_nodes import disk_problems, pod_problems
from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY, CloudPoolProblems
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import Problem
from falaj.facts.machines import Machine, find, machines


def _problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    options, names = pool.aws, list(pool.machines)
    if pool.capacity is Capacity.SPOT and len(names) < 2:
        fix = "add a type of the same size: a pool with more types is interrupted less"
        yield Problem("machines", names, "at least two types for spot", fix)
    if pool.zones is not None and not pool.zones:
        yield Problem(
            "zones", [], "at least one zone, or nothing for all zones of the site", "name zones, or remove it"
        )
    if options.sleeps and pool.profile is Profile.SYSTEM:
        yield Problem("aws.sleeps", True, "false for profile system", "let the whole site sleep instead")
    if pool.capacity in NODE_GROUP_ONLY:
        needs = (("aws.reservation", options.reservation is not None), ("zone", pool.is_in_one_zone))
        for path, is_given in needs:
            if not is_given:
                yield Problem.missing(path, f"capacity is {pool.capacity.value}", f"add `{path}`")
    elif options.reservation is not None:
        allowed = "capacity reserved or capacity-block"
        yield Problem("aws.reservation", options.reservation, allowed, "change the capacity")
    yield from (*disk_problems(pool), *pod_problems(region, pool))
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


POOL_PROBLEMS: CloudPoolProblems = _problems
