"""Machine types that can replace another: at least its specification and the features of its name."""

from functools import cache

from falaj.facts.machine_names import traits
from falaj.facts.machines import Machine, find, machines
from falaj.finops.rightsize.work import unsteady


@cache
def substitutes(region: str, name: str) -> tuple[Machine, ...]:
    """Machines of the region with at least its vCPU, memory, GPUs of its model and traits, and steady where it is."""
    here = find(region, name)
    if here is None or here.vcpu is None or here.memory_gib is None:
        return ()
    return tuple(other for other in machines(region).values() if other.name != name and _can_replace(here, other))


def _can_replace(here: Machine, other: Machine) -> bool:
    figures = ((here.vcpu, other.vcpu), (here.memory_gib, other.memory_gib), (here.gpus, other.gpus))
    enough = all(need is not None and has is not None and has >= need for need, has in figures)
    alike = other.gpu_model == here.gpu_model and traits(here.name).has <= traits(other.name).has
    return enough and alike and (bool(unsteady(here)) or not unsteady(other))


def why_not_alike(here: Machine, other: Machine) -> str:
    """What one has to bear or try before the other stands in for it, in one clause."""
    ours, theirs = traits(here.name), traits(other.name)
    if other.arch != here.arch:
        return f"every image must be built for {other.arch}"
    if theirs.generation < ours.generation:
        return "an older generation with slower cores"
    if theirs.series != ours.series:
        return "other processors: try the work on it first"
    return "the machines must be made anew"
