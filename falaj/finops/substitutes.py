"""Which machine can stand in for another: at least as much of everything that a catalogue and a name say."""

import re
from dataclasses import dataclass
from functools import cache

from falaj.facts.machines import Machine, find, machines
from falaj.finops.rightsize.work import unsteady

_AWS = re.compile(r"(?P<series>[a-z]+)(?P<generation>\d+)(?P<letters>[a-z]*)")
_AZURE = re.compile(r"Standard_(?P<series>[A-Z]+)\d+(?:-\d+)?(?P<letters>[a-z]*)(?:_\w*?)??(?:_v(?P<generation>\d+))?$")

_AWS_MEANS = {"d": "a local disk", "n": "a faster network"}
"""Letters after the generation (AWS, EC2 instance type naming conventions)."""
_AZURE_MEANS = {
    "d": "a local disk",
    "s": "Premium disks",
    "b": "faster disks",
    "r": "RDMA",
    "n": "a faster network",
    "i": "a host of its own",
}
"""Letters after the vCPU (Azure, VM sizes naming conventions)."""
_AWS_DISKS, _AZURE_DISKS = ("i", "im", "is", "d", "h"), ("L",)
"""Series that are made for their local disks."""
_CONFIDENTIAL = ("DC", "EC")
"""Azure's series whose memory is encrypted against the host."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the name of a machine says of it beyond the figures."""

    series: str
    generation: int
    has: frozenset[str]


def traits(name: str) -> Traits:
    """The traits in a name of AWS or Azure; a name that says nothing has none."""
    azure = name.startswith("Standard_")
    found = (_AZURE if azure else _AWS).match(name)
    if found is None:
        return Traits(name, 0, frozenset())
    series, letters, means = found["series"], found["letters"], _AZURE_MEANS if azure else _AWS_MEANS
    has = {what for letter, what in means.items() if letter in letters}
    if series in (_AZURE_DISKS if azure else _AWS_DISKS):
        has.add("a local disk")
    if azure and series in _CONFIDENTIAL:
        has.add("encrypted memory")
    return Traits(series + letters, int(found["generation"] or 1), frozenset(has))


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
