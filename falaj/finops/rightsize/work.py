"""Number of machines and hours that a workload needs on one machine type, or why it cannot run there."""

import math
from dataclasses import dataclass
from enum import StrEnum

from falaj.facts.gpus import Gpu, gpu
from falaj.facts.machine_names import is_burstable, is_first_generation
from falaj.facts.machines import Machine
from falaj.finops.rightsize.memory import RUNTIME_GB, USABLE, activations_gb, inference_gb, training_states_gb
from falaj.finops.rightsize.profile import Batch, Inference, MeasuredSpeed, Precision, Profile, Training, within_hours
from falaj.finops.rightsize.speed import (
    LOAD,
    SCALING,
    ComputeCapability,
    cpu_engine,
    gpu_engine,
    replica_speed,
    training_tokens_per_second,
)

GB_PER_GIB = 2**30 / 1e9
MAX_MACHINES = 100
"""A service that would need more machines than this is reported as not feasible."""


class Obstacle(StrEnum):
    """Why a machine does not qualify."""

    NOT_OFFERED = "not offered"
    KIND = "kind"
    MEMORY = "memory"
    THROUGHPUT = "throughput"
    LATENCY = "latency"
    DEADLINE = "deadline"
    PRICE = "price missing"


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
class Work:
    """The machines that a workload needs. `hours` is machine time per machine and month, `elapsed_hours` the duration
    of one run.

    `per_second` is their maximum throughput together, in requests or tokens. `parallel` is the number of GPUs that
    share one model.
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


def work_on(
    profile: Profile, machine: Machine, precision: Precision, stock: Availability, elapsed_factor: float = 1
) -> Work | Failure:
    """Returns the work on machines of that type, or why it is not possible.

    `elapsed_factor` is the elapsed hours per hour of work: above one if interruptions are expected.
    """
    if reason := _unsuitable(profile, machine):
        return _failure(profile, machine, precision, Obstacle.KIND, reason)
    if isinstance(profile, Inference):
        result = _inference(profile, machine, precision)
    elif isinstance(profile, Training):
        result = _training(profile, machine, stock, elapsed_factor)
    else:
        result = _batch(profile, machine, stock, elapsed_factor)
    if isinstance(result, tuple):
        return _failure(profile, machine, precision, *result)
    if stock.limit is not None and result.count > stock.limit:
        reason = f"takes {result.count} machines and there are {stock.limit}"
        return _failure(profile, machine, precision, Obstacle.THROUGHPUT, reason)
    return result


def _failure(profile: Profile, machine: Machine, precision: str, obstacle: Obstacle, why: str) -> Failure:
    return Failure(machine.name, "" if isinstance(profile, Batch) else precision, obstacle, why)


def _machine_count(machines: int) -> str:
    return "1 machine" if machines == 1 else f"{machines} machines"


def unsteady(machine: Machine) -> str:
    """Returns why a machine's vCPUs are slower than those of other machines; empty if they are not."""
    if is_burstable(machine.name):
        return "gives its full speed in bursts only"
    if is_first_generation(machine.name):
        return "has processors of an early generation"
    return ""


def _unsuitable(profile: Profile, machine: Machine) -> str:
    if machine.arch not in profile.architectures:
        return f"is {machine.arch}, and the images are built for {', '.join(profile.architectures)}"
    if machine.gpus and isinstance(profile, Batch):
        return "has a GPU that batch work on CPUs does not use"
    if machine.gpus and gpu(machine.gpu_model) is None:
        return f"has a GPU {machine.gpu_model} without bf16 tensor cores"
    if reason := unsteady(machine):
        return reason
    if not machine.vcpu or (machine.memory_gib is None and not machine.gpus):
        return "has an amount of memory that no source states"
    return ""


Refusal = tuple[Obstacle, str]


def _measured(profile: Profile, machine: Machine, precision: str) -> MeasuredSpeed | None:
    return next(
        (speed for speed in profile.measured if (speed.machine, speed.precision) == (machine.name, precision)), None
    )


def _memory_gb(machine: Machine, card: Gpu | None) -> float:
    """Returns the plannable memory of one GPU, or of the machine, in GB."""
    if card is not None:
        return card.memory_gb * min(1, machine.gpus) * USABLE
    return (machine.memory_gib or 0) * GB_PER_GIB * USABLE


def _parallel_sizes(machine: Machine) -> list[float]:
    """Returns the numbers of GPUs over which one model may be split."""
    if machine.gpus <= 1:
        return [machine.gpus]
    return [float(2**power) for power in range(int(math.log2(machine.gpus)) + 1)]


def _batch_sizes(maximum: int) -> list[int]:
    """Returns the batch sizes to try: all powers of two below the maximum, and the maximum."""
    return [*(2**power for power in range(maximum.bit_length()) if 2**power < maximum), maximum]


def _inference(profile: Inference, machine: Machine, precision: Precision) -> Work | Refusal:
    if measured := _measured(profile, machine, precision):
        if profile.p95_ms and (measured.p95_ms or 0) > profile.p95_ms:
            return Obstacle.LATENCY, f"measured p95 {measured.p95_ms:g} ms, {profile.p95_ms:g} ms required"
        return _scaled(profile, Work(1, 0, 0, measured.per_second, True, p95_ms=measured.p95_ms))
    card = gpu(machine.gpu_model)
    memory = _memory_gb(machine, card)
    best: Work | None = None
    best_p95, min_memory = math.inf, math.inf
    for split in _parallel_sizes(machine) if card else [1.0]:
        engine = gpu_engine(card, split, precision) if card else cpu_engine(machine.vcpu or 0, precision)
        replicas = max(1, int(machine.gpus // split)) if card else 1
        for batch in _batch_sizes(profile.batch):
            required = inference_gb(profile, precision, batch) / max(1, split) + RUNTIME_GB * min(1, split or 1)
            min_memory = min(min_memory, required)
            if required > memory:
                continue
            speed = replica_speed(profile, precision, batch, engine)
            best_p95 = min(best_p95, speed.p95_ms)
            if profile.p95_ms and speed.p95_ms > profile.p95_ms:
                continue
            if best is None or speed.per_second * replicas > best.per_second:
                best = Work(
                    1, 0, 0, speed.per_second * replicas, False, speed.p95_ms, required, split if card else 0, batch
                )
    if best is not None:
        return _scaled(profile, best)
    if math.isinf(best_p95):
        return (
            Obstacle.MEMORY,
            f"needs {min_memory:.1f} GB {'on each GPU ' if card else ''}and may hold {memory:.1f} GB",
        )
    return Obstacle.LATENCY, f"p95 is {best_p95:,.0f} ms at best, {profile.p95_ms:g} ms required"


def _scaled(profile: Inference, single: Work) -> Work | Refusal:
    """Returns the number of machines for the rate if each is loaded only to `LOAD`."""
    count = max(profile.least_machines, math.ceil(profile.rate / (single.per_second * LOAD) - 1e-9))
    if count > MAX_MACHINES:
        return Obstacle.THROUGHPUT, f"{single.per_second:.3g} requests a second each: would take {count:,} machines"
    return Work(
        count, profile.hours, profile.hours, single.per_second * count, single.measured, single.p95_ms,
        single.memory_gb, single.parallel, single.batch,
    )  # fmt: skip


def _training(profile: Training, machine: Machine, stock: Availability, elapsed_factor: float) -> Work | Refusal:
    card = gpu(machine.gpu_model)
    memory, gpus = _memory_gb(machine, card), max(1, machine.gpus)
    measured = _measured(profile, machine, profile.precision)
    max_machines = _max_training_machines(profile, stock)
    required = elapsed = 0.0
    for count in range(1, max_machines + 1):
        required = (
            training_states_gb(profile) / (gpus * (count if stock.rdma else 1)) + activations_gb(profile) + RUNTIME_GB
        )
        if required > memory and measured is None:
            continue
        speed = _training_speed(profile, machine, card, measured, count)
        elapsed = profile.tokens / speed / 3600
        if elapsed * elapsed_factor <= within_hours(profile):
            hours = elapsed * profile.runs_per_month
            return Work(count, hours, elapsed, speed, measured is not None, None, required, machine.gpus)
    if not elapsed:
        holder = "each GPU" if card else "each"
        return (
            Obstacle.MEMORY,
            f"needs {required:.1f} GB on {holder} of {_machine_count(max_machines)} and may hold {memory:.1f} GB",
        )
    return (
        Obstacle.DEADLINE,
        f"{_machine_count(max_machines)} together: {elapsed * elapsed_factor:,.0f} h, "
        f"{within_hours(profile):,.0f} h required",
    )


def _max_training_machines(profile: Training, stock: Availability) -> int:
    """Returns the maximum number of machines for one model. Full training exchanges all weights at each step, which
    requires RDMA.
    """
    if profile.method == "full" and not stock.rdma:
        return 1
    return min(profile.most_machines, stock.limit or profile.most_machines)


def _training_speed(
    profile: Training, machine: Machine, card: Gpu | None, measured: MeasuredSpeed | None, count: int
) -> float:
    if measured is not None:
        return measured.per_second * count * (SCALING if count > 1 else 1)
    engine = _training_engine(profile, machine, card)
    return training_tokens_per_second(profile, engine, count)


def _training_engine(profile: Training, machine: Machine, card: Gpu | None) -> ComputeCapability:
    """Returns the capability of all GPUs of the machine. Each processes its own samples, so none waits for another's
    layers.
    """
    if card is None:
        return cpu_engine(machine.vcpu or 0, profile.precision)
    single = gpu_engine(card, min(1, machine.gpus), profile.precision)
    return ComputeCapability(single.gb_s * max(1, machine.gpus), single.tflops * max(1, machine.gpus))


def _batch(profile: Batch, machine: Machine, stock: Availability, elapsed_factor: float) -> Work | Refusal:
    tasks_per_machine = min(
        (machine.vcpu or 0) // profile.task_vcpu, int((machine.memory_gib or 0) * USABLE // profile.memory_gib)
    )
    if tasks_per_machine < 1:
        return Obstacle.MEMORY, f"has no room for a task of {profile.task_vcpu} vCPU and {profile.memory_gib:g} GiB"
    single_machine_hours = profile.vcpu_hours / (tasks_per_machine * profile.task_vcpu)
    count = max(1, math.ceil(single_machine_hours * elapsed_factor / within_hours(profile) - 1e-9))
    max_machines = min(profile.most_machines, stock.limit or profile.most_machines)
    if count > max_machines:
        return (
            Obstacle.DEADLINE,
            f"{_machine_count(max_machines)} together: {single_machine_hours / max_machines * elapsed_factor:,.0f} h, "
            f"{within_hours(profile):,.0f} h required",
        )
    elapsed = single_machine_hours / count
    return Work(count, elapsed * profile.runs_per_month, elapsed, tasks_per_machine * count * profile.task_vcpu, True)
