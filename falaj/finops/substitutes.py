"""Machine types that can replace another: with at least its specification and the features in its name."""

from functools import cache

from falaj.facts.machine_names import traits
from falaj.facts.machines import Machine, find, machines
from falaj.finops.rightsize.work import unsteady


@cache
def substitutes(region: str, name: str) -> tuple[Machine, ...]:
    """Returns the region's machines with at least the same vCPUs, memory, GPUs and features, and the same GPU model.
    For a machine with steady performance, only machines with steady performance are returned.
    """
    current = find(region, name)
    if current is None or current.vcpu is None or current.memory_gib is None:
        return ()
    return tuple(other for other in machines(region).values() if other.name != name and _can_replace(current, other))


def _can_replace(current: Machine, other: Machine) -> bool:
    figures = ((current.vcpu, other.vcpu), (current.memory_gib, other.memory_gib), (current.gpus, other.gpus))
    enough = all(required is not None and offered is not None and offered >= required for required, offered in figures)
    compatible = other.gpu_model == current.gpu_model and traits(current.name).has <= traits(other.name).has
    return enough and compatible and (bool(unsteady(current)) or not unsteady(other))


def trade_off(current: Machine, other: Machine) -> str:
    """Returns, in one clause, what must be accepted or tested before the other machine replaces the current one."""
    current_traits, other_traits = traits(current.name), traits(other.name)
    if other.arch != current.arch:
        return f"every image must be built for {other.arch}"
    if other_traits.generation < current_traits.generation:
        return "an older generation with slower cores"
    if other_traits.series != current_traits.series:
        return "different processors: test the workload first"
    return "the machines must be replaced"
