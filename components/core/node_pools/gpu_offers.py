"""What the GPUs of a pool are offered to pods as: whole GPUs, MIG slices or time slices. Pure."""

from collections.abc import Iterator, Sequence

from falaj.components.core.node_pools.gpu_resources import GPU, MIG
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.problems import Problem
from falaj.facts.gpus import gpu
from falaj.facts.machines import Machine, find


def mig_profiles(offered: Sequence[Machine]) -> list[str]:
    """Returns the MIG profiles that the GPUs of all these machines have, from the smallest."""
    by_machine = [list(card.mig_profiles) if (card := gpu(machine.gpu_model)) else [] for machine in offered]
    return [profile for profile in by_machine[0] if all(profile in others for others in by_machine)] if offered else []


def profile_problems(pool: NodePoolSpec, offered: Sequence[Machine]) -> Iterator[Problem]:
    """Yields the problem of a pool of these MIG-capable machines whose GPUs lack the profile of its slices."""
    profile = pool.sharing.mig_profile if pool.sharing else None
    if profile is None or profile in (profiles := mig_profiles(offered)):
        return
    models = " and ".join(sorted({machine.gpu_model or "" for machine in offered}))
    allowed = f"a MIG profile of {models}: {', '.join(profiles) or 'none in common'}"
    yield Problem("sharing.mig_profile", profile, allowed, "choose one of these, or machines with another GPU")


def gpu_resources(region: str, pool: NodePoolSpec) -> frozenset[str]:
    """Returns the extended resources that the pool's GPUs are offered as; none without GPUs."""
    offered = [machine for name in pool.machines if (machine := find(region, name)) and machine.gpus]
    if not offered:
        return frozenset()
    if pool.sharing is not None:
        return frozenset(pool.sharing.devices(1))
    if pool.azure.gpu_partition is not None:
        # `MIG1g` is the smallest profile with one compute slice (AKS, multi-instance GPU).
        compute = pool.azure.gpu_partition.removeprefix("MIG")
        profiles = [profile for profile in mig_profiles(offered) if profile.startswith(f"{compute}.")]
        return frozenset(f"{MIG}{profile}" for profile in profiles[:1])
    return frozenset({GPU})
