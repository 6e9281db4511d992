"""How Karpenter packs pending pods on new machines. Pure.

Pods are taken by descending vCPUs and memory (pkg/controllers/provisioning/scheduling/queue.go). Each goes to the new
machine with the fewest pods so far that can take it, otherwise to another new machine (scheduler.go, `add`). A new
machine is a set of machine types: those that still have room for all its pods. The cheapest of them is launched
(pkg/cloudprovider/types.go, `OrderByPrice`; AWS's provider asks for `price-capacity-optimized` spot and
`lowest-price` on-demand machines, so a spot market with capacity everywhere gives the cheapest too). So pods may share
a large machine where two small ones would cost less, unless they ask for machines with a number of GPUs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from falaj.simulation.jobs.node import ROOM, Node, Pod
from falaj.simulation.platform_model import MachineType

_Needs = tuple[int, float, float, int | None, int | None, bool]
"""What tells pods apart: GPUs, vCPUs, GiB, GPUs of the machine, the zone of the job, and whether it may be
interrupted."""


@dataclass(slots=True)
class Claim:
    """A machine that is about to be launched."""

    options: Sequence[MachineType]
    """Machine types with room for all its pods."""
    zone: int | None
    """Zone that its pods require; None if any."""
    pods: list[Pod] = field(default_factory=list[Pod])
    gpus: int = 0
    cpu: float = 0.0
    memory: float = 0.0

    @property
    def is_interruptible(self) -> bool:
        """Whether it may be a spot machine."""
        return all(pod.job.kind.interruptible for pod in self.pods)

    def add(self, pod: Pod) -> bool:
        """Adds a pod if a machine type has room for it. Returns whether it has."""
        zone = pod.job.zone
        if zone is not None and self.zone is not None and zone != self.zone:
            return False
        gpus, cpu, memory = self.gpus + pod.gpus, self.cpu + pod.cpu, self.memory + pod.memory
        options = [
            machine
            for machine in self.options
            if machine.gpus >= gpus
            and machine.cpu + ROOM >= cpu
            and machine.memory_gib + ROOM >= memory
            and pod.machine_gpus in (None, machine.gpus)
        ]
        if not options:
            return False
        self.options, self.gpus, self.cpu, self.memory = options, gpus, cpu, memory
        self.zone = zone if self.zone is None else self.zone
        self.pods.append(pod)
        return True


def unplaced(pods: Iterable[Pod], nodes: Sequence[Node]) -> list[Pod]:
    """Returns the pods for which nodes that are starting have no room, if each takes the first one that has."""
    free = [[node.gpus, node.cpu, node.memory] for node in nodes]
    left: list[Pod] = []
    left_out = set[_Needs]()
    for pod in _by_size(pods):
        needs = _needs(pod)
        if needs in left_out or not _takes_room(pod, nodes, free):
            left_out.add(needs)
            left.append(pod)
    return left


def _takes_room(pod: Pod, nodes: Sequence[Node], free: Sequence[list[float]]) -> bool:
    """Gives a pod room on the first node that has some free. Returns whether there is one."""
    asks = (pod.gpus, pod.cpu, pod.memory)
    for node, room in zip(nodes, free, strict=True):
        if all(has + ROOM >= ask for has, ask in zip(room, asks, strict=True)) and node.has_room(pod):
            room[:] = [has - ask for has, ask in zip(room, asks, strict=True)]
            return True
    return False


def _needs(pod: Pod) -> _Needs:
    return (pod.gpus, pod.cpu, pod.memory, pod.machine_gpus, pod.job.zone, pod.job.kind.interruptible)


def _by_size(pods: Iterable[Pod]) -> list[Pod]:
    return sorted(pods, key=lambda pod: (-pod.cpu, -pod.memory))


def pack(pods: Iterable[Pod], machines: Sequence[MachineType], room: int) -> list[Claim]:
    """Returns the machines to launch for pods, at most `room`. Pods for which there is none are left out."""
    claims: list[Claim] = []
    left_out = set[_Needs]()
    for pod in _by_size(pods):
        # Claims only become fuller: what was left out once, among thousands that are alike, is left out again.
        needs = _needs(pod)
        if needs not in left_out and not _claimed(pod, claims, machines, room):
            left_out.add(needs)
    return claims


def _claimed(pod: Pod, claims: list[Claim], machines: Sequence[MachineType], room: int) -> bool:
    """Adds a pod to a machine, or a machine for it. Returns whether there is one."""
    claims.sort(key=lambda claim: len(claim.pods))
    if any(claim.add(pod) for claim in claims):
        return True
    claim = Claim(machines, pod.job.zone)
    if len(claims) >= room or not claim.add(pod):
        return False
    claims.append(claim)
    return True


def cheapest(options: Iterable[MachineType], on_spot: bool) -> MachineType | None:
    """Returns the cheapest machine type on spot, or on demand; None if none has a price there."""
    priced = [machine for machine in options if not on_spot or machine.spot_aed is not None]
    return min(priced, key=lambda machine: price(machine, on_spot), default=None)


def price(machine: MachineType, on_spot: bool) -> float:
    """Returns AED per hour."""
    return machine.spot_aed if on_spot and machine.spot_aed is not None else machine.on_demand_aed
