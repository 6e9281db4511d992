"""The machines and hours that a workload needs on one machine type, or why it cannot run there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from falaj.facts.gpu_support import unsupported_gpu
from falaj.facts.gpus import gpu
from falaj.facts.machine_names import is_bare_metal, is_burstable, is_first_generation, is_hpc
from falaj.facts.machines import Machine
from falaj.finops.rightsize import assumptions
from falaj.finops.rightsize.profile import Batch, Common, MeasuredSpeed, Precision, Profile

GB_PER_GIB = 2**30 / 1e9


LEAST_VCPU = 2
"""Fewest vCPUs of a node: AKS may refuse smaller ones in user node pools (azure-aks-docs fb060ab, 2026-08-21,
quotas-skus-regions.md).
"""


class Obstacle(StrEnum):
    """Why a machine does not qualify."""

    NOT_OFFERED = "not offered"
    PLATFORM = "not offered by this platform"
    KIND = "kind"
    MEMORY = "memory"
    THROUGHPUT = "throughput"
    LATENCY = "latency"
    DEADLINE = "deadline"
    PRICE = "price missing"


Refusal = tuple[Obstacle, str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A machine that does not qualify, and why in one sentence."""

    machine: str
    precision: str
    obstacle: Obstacle
    why: str


@dataclass(frozen=True, slots=True)
class Availability:
    """Number of available machines of a type (None if unlimited), and whether RDMA connects them."""

    limit: int | None = None
    rdma: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """Requests per second that must be served, and mean generated tokens of each."""

    rate: float
    outputs: float


@dataclass(frozen=True, slots=True)
class Work:
    """The machines that a workload needs. `hours` is machine time per machine and month, `elapsed_hours` the duration
    of one run.

    `per_second` is their maximum throughput together, in requests, tokens or images. `parallel` is the number of GPUs
    that share one model.
    """

    count: int
    hours: float
    elapsed_hours: float
    per_second: float
    measured: bool
    p95_ms: float | None = None
    memory_gb: float | None = None
    parallel: float = 0
    batch: int = 0
    demand: Demand | None = None


WorkOn = Callable[[Machine, Precision, Availability, float], Work | Refusal]
"""Finds the work on machines of a type. The last argument is the elapsed hours per hour of work: above one if
interruptions are expected.
"""


def checked_work(
    find: WorkOn, machine: Machine, precision: Precision, label: str, stock: Availability, elapsed: float
) -> Work | Failure:
    """Returns the work on machines of a suitable type, or why it is not possible; `label` is the precision that a
    failure names.
    """
    result = find(machine, precision, stock, elapsed)
    if isinstance(result, Work):
        if stock.limit is None or result.count <= stock.limit:
            return result
        result = Obstacle.THROUGHPUT, f"takes {result.count} machines and there are {stock.limit}"
    return Failure(machine.name, label, *result)


def machine_count(machines: int) -> str:
    """Returns a number of machines as text."""
    return "1 machine" if machines == 1 else f"{machines} machines"


def unsteady(machine: Machine) -> str:
    """Returns why a machine's vCPUs are slower than those of other machines; empty if they are not."""
    if is_burstable(machine.name):
        return "gives its full speed in bursts only"
    if is_first_generation(machine.name):
        return "has processors of an early generation"
    return ""


def odd_for_a_pool(machine: Machine) -> str:
    """Returns why a machine is never recommended for a node pool; empty if it may be."""
    if is_bare_metal(machine.name):
        return "is a whole server: it starts slowly, and its virtual sizes cost the same per vCPU"
    if is_hpc(machine.name):
        return "is built for parallel programs over RDMA, which this work does not use"
    if machine.vcpu is not None and machine.vcpu < LEAST_VCPU:
        return "has one vCPU, which the node's own pods need"
    return ""


def unsuitable(profile: Profile, machine: Machine) -> Refusal | None:
    """Returns why a machine is never recommended for a workload, whatever its size; None if it may be."""
    if reason := unsupported_gpu(machine):
        return Obstacle.PLATFORM, reason
    if machine.arch not in profile.architectures and machine.gpus:
        return Obstacle.KIND, f"is {machine.arch}, and the images are built for {', '.join(profile.architectures)}"
    if machine.gpus and isinstance(profile, Batch):
        return Obstacle.KIND, "has a GPU that batch work on CPUs does not use"
    if machine.gpus and gpu(machine.gpu_model) is None:
        return Obstacle.KIND, f"has a GPU {machine.gpu_model} without bf16 tensor cores"
    if reason := odd_for_a_pool(machine) or unsteady(machine):
        return Obstacle.KIND, reason
    if not machine.vcpu or (machine.memory_gib is None and not machine.gpus):
        return Obstacle.KIND, "has an amount of memory that no source states"
    return None


def measured_speed(profile: Common, machine: Machine, precision: str) -> MeasuredSpeed | None:
    """Returns the speed that the profile states for a machine; None if it states none."""
    return next(
        (speed for speed in profile.measured if (speed.machine, speed.precision) == (machine.name, precision)), None
    )


def plannable_gb(machine: Machine) -> float:
    """Returns the memory of one GPU, or of a machine without GPUs, in GB that may be planned."""
    card = gpu(machine.gpu_model)
    total = (machine.memory_gib or 0) * GB_PER_GIB if card is None else card.memory_gb
    return total * assumptions.USABLE.value
