"""Machines with replicas: what fits on them, and whom their time is charged to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from falaj.simulation.outcome import Cause
from falaj.simulation.platform_model import MachineType, ServiceModel
from falaj.simulation.serving.ledger import Ledger

FIT = 1e-9
"""Tolerance of comparisons of vCPUs and GiB, which are sums of fractions."""


@dataclass(eq=False)
class Replica:
    """A replica of a service. Times are seconds since the start of the month."""

    service: ServiceModel
    created: float
    node: "Node | None" = None
    """Machine that it runs on or waits for; None while it is pending."""
    ready: float = math.inf
    """When it answers for the first time."""
    is_serving: bool = False
    """Whether its slots are in use."""
    is_leaving: bool = False
    """Whether it completes its last requests."""


@dataclass(eq=False)
class Node:
    """A machine. Times are seconds since the start of the month."""

    machine: MachineType
    is_spot: bool
    asked: float
    """Request for the machine, from which it is billed."""
    ready: float
    zone: int = 0
    """Zone of the market of a spot machine."""
    lost: float = math.inf
    """Interruption of a spot machine, with notice."""
    replicas: list[Replica] = field(default_factory=list[Replica])
    changed: float = 0.0
    """Last change of its replicas."""
    settled: float = 0.0
    """Until when it has been charged."""
    used: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """vCPUs, GiB and GPUs that its replicas ask for."""

    @property
    def aed_per_second(self) -> float:
        """Price in AED per second."""
        aed = self.machine.spot_aed if self.is_spot else self.machine.on_demand_aed
        return (aed or 0.0) / 3600

    @property
    def allocated(self) -> float:
        """Share of the machine that its replicas ask for: the resource of which they take most."""
        parts = [_parts(replica.service, self.machine) for replica in self.replicas]
        return max((sum(part) for part in zip(*parts, strict=True)), default=0.0)

    def has_room(self, service: ServiceModel) -> bool:
        """Whether one more replica fits."""
        cpu, memory, gpus = self.used
        return _holds(self.machine, cpu + service.cpu, memory + service.memory_gib, gpus + service.gpus)

    def share_of(self, replica: Replica) -> float:
        """Returns the part of the machine that a replica takes: the resource of which it takes most."""
        return max(_parts(replica.service, self.machine))

    def add(self, replica: Replica, now: float, ledger: Ledger) -> None:
        """Assigns a replica."""
        self.settle(now, ledger)
        self.replicas.append(replica)
        self._use()
        self.changed, replica.node = now, self
        replica.ready = max(now, self.ready) + replica.service.cold_start_seconds

    def remove(self, replica: Replica, now: float, ledger: Ledger) -> None:
        """Removes a replica that has ended."""
        self.settle(now, ledger)
        self.replicas.remove(replica)
        self._use()
        self.changed, replica.node = now, None

    def _use(self) -> None:
        """Sums up again what the replicas ask for: fractions that are added and taken away do not come to nothing."""
        self.used = total_of([replica.service for replica in self.replicas])

    def settle(self, until: float, ledger: Ledger) -> None:
        """Charges the time since the last call."""
        begin = max(self.settled, self.asked)
        if until <= begin:
            return
        self.settled = until
        ledger.node_seconds[self.is_spot] += until - begin
        ledger.gpu_seconds += (until - begin) * self.machine.gpus
        total = sum(self.share_of(replica) for replica in self.replicas)
        start = min(max(self.ready, begin), until)
        # Who made the machine start pays for all of it.
        self._split(begin, start, total or 1.0, Cause.STARTING, ledger)
        self._split(start, until, max(total, 1.0), Cause.IDLE, ledger)

    def _split(self, begin: float, end: float, whole: float, free: Cause, ledger: Ledger) -> None:
        """Charges the replicas for their shares of `whole`, and the owner for the rest."""
        if end <= begin:
            return
        price, rest = self.aed_per_second, whole
        for replica in self.replicas:
            share = self.share_of(replica)
            rest -= share
            share /= whole
            name, ready = replica.service.name, min(max(replica.ready, begin), end)
            ledger.occupied_seconds[name] += end - begin
            ledger.paid[replica.service.tenant, Cause.STARTING] += (ready - begin) * price * share
            ledger.served[name].aed += (end - ready) * price * share
            ledger.served[name].seconds += end - ready
        if rest > FIT:
            ledger.paid[ledger.owner, free] += (end - begin) * price * rest / whole


def _parts(service: ServiceModel, machine: MachineType) -> tuple[float, float, float]:
    gpus = service.gpus / machine.gpus if machine.gpus else 0.0
    return service.cpu / machine.cpu, service.memory_gib / machine.memory_gib, gpus


def fits(machine: MachineType, services: Sequence[ServiceModel]) -> bool:
    """Whether one replica of each fits on an empty machine together."""
    return _holds(machine, *total_of(services))


def _holds(machine: MachineType, cpu: float, memory: float, gpus: float) -> bool:
    return gpus <= machine.gpus and cpu <= machine.cpu + FIT and memory <= machine.memory_gib + FIT


def total_of(services: Sequence[ServiceModel]) -> tuple[float, float, float]:
    """Returns vCPUs, GiB and GPUs of one replica of each."""
    return (
        sum(service.cpu for service in services),
        sum(service.memory_gib for service in services),
        sum(service.gpus for service in services),
    )
