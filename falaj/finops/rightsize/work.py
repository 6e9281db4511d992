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
    pace,
    training_tokens_per_second,
)

GB_A_GIB = 2**30 / 1e9
MOST_MACHINES = 100
"""More machines than this for one service are no answer."""


class Obstacle(StrEnum):
    """Why a machine does not do."""

    NOT_OFFERED = "not offered"
    KIND = "kind"
    MEMORY = "memory"
    THROUGHPUT = "throughput"
    LATENCY = "latency"
    DEADLINE = "deadline"
    PRICE = "price missing"


@dataclass(frozen=True, slots=True)
class Failure:
    """A machine that does not do, and why in one sentence."""

    machine: str
    precision: str
    obstacle: Obstacle
    why: str


@dataclass(frozen=True, slots=True)
class Availability:
    """How many of a machine there are, None where nothing limits them, and whether RDMA joins them."""

    limit: int | None = None
    rdma: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Machines that do the work. `hours` is what each runs for it in a month, `elapsed_hours` what one run takes.

    `per_second` is what they do together at most: requests or tokens. `parallel` is GPUs that share one model.
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
    profile: Profile, machine: Machine, precision: Precision, stock: Availability, takes: float = 1
) -> Work | Failure:
    """The work on machines of that type, or why not.

    `takes` is the hours that pass for one of work: interruptions make it more than one.
    """
    if why := _unfit(profile, machine):
        return _failure(profile, machine, precision, Obstacle.KIND, why)
    if isinstance(profile, Inference):
        result = _inference(profile, machine, precision)
    elif isinstance(profile, Training):
        result = _training(profile, machine, stock, takes)
    else:
        result = _batch(profile, machine, stock, takes)
    if isinstance(result, tuple):
        return _failure(profile, machine, precision, *result)
    if stock.limit is not None and result.count > stock.limit:
        why = f"takes {result.count} machines and there are {stock.limit}"
        return _failure(profile, machine, precision, Obstacle.THROUGHPUT, why)
    return result


def _failure(profile: Profile, machine: Machine, precision: str, obstacle: Obstacle, why: str) -> Failure:
    return Failure(machine.name, "" if isinstance(profile, Batch) else precision, obstacle, why)


def _counted(machines: int) -> str:
    return "1 machine" if machines == 1 else f"{machines} machines"


def unsteady(machine: Machine) -> str:
    """Why a machine's vCPU do not give what others' do; empty where they do."""
    if is_burstable(machine.name):
        return "gives its full speed in bursts only"
    if is_first_generation(machine.name):
        return "has processors of an early generation"
    return ""


def _unfit(profile: Profile, machine: Machine) -> str:
    if machine.arch not in profile.architectures:
        return f"is {machine.arch}, and the images are built for {', '.join(profile.architectures)}"
    if machine.gpus and isinstance(profile, Batch):
        return "has a GPU that batch work on CPUs does not use"
    if machine.gpus and gpu(machine.gpu_model) is None:
        return f"has a GPU {machine.gpu_model} without bf16 tensor cores"
    if why := unsteady(machine):
        return why
    if not machine.vcpu or (machine.memory_gib is None and not machine.gpus):
        return "has a memory that no source states"
    return ""


Refusal = tuple[Obstacle, str]


def _measured(profile: Profile, machine: Machine, precision: str) -> MeasuredSpeed | None:
    return next((m for m in profile.measured if (m.machine, m.precision) == (machine.name, precision)), None)


def _memory_gb(machine: Machine, card: Gpu | None) -> float:
    """What one GPU, or the machine, may be planned to hold."""
    if card is not None:
        return card.memory_gb * min(1, machine.gpus) * USABLE
    return (machine.memory_gib or 0) * GB_A_GIB * USABLE


def _splits(machine: Machine) -> list[float]:
    """Numbers of GPUs that one model may be spread over."""
    if machine.gpus <= 1:
        return [machine.gpus]
    return [float(2**power) for power in range(int(math.log2(machine.gpus)) + 1)]


def _batches(most: int) -> list[int]:
    """Batches to try: all powers of two below, and the greatest."""
    return [*(2**power for power in range(most.bit_length()) if 2**power < most), most]


def _inference(profile: Inference, machine: Machine, precision: Precision) -> Work | Refusal:
    if measured := _measured(profile, machine, precision):
        if profile.p95_ms and (measured.p95_ms or 0) > profile.p95_ms:
            return Obstacle.LATENCY, f"measured p95 {measured.p95_ms:g} ms, {profile.p95_ms:g} ms asked for"
        return _machines(profile, Work(1, 0, 0, measured.per_second, True, p95_ms=measured.p95_ms))
    card = gpu(machine.gpu_model)
    has = _memory_gb(machine, card)
    best: Work | None = None
    slow, least = math.inf, math.inf
    for split in _splits(machine) if card else [1.0]:
        engine = gpu_engine(card, split, precision) if card else cpu_engine(machine.vcpu or 0, precision)
        replicas = max(1, int(machine.gpus // split)) if card else 1
        for batch in _batches(profile.batch):
            need = inference_gb(profile, precision, batch) / max(1, split) + RUNTIME_GB * min(1, split or 1)
            least = min(least, need)
            if need > has:
                continue
            one = pace(profile, precision, batch, engine)
            slow = min(slow, one.p95_ms)
            if profile.p95_ms and one.p95_ms > profile.p95_ms:
                continue
            if best is None or one.per_second * replicas > best.per_second:
                best = Work(1, 0, 0, one.per_second * replicas, False, one.p95_ms, need, split if card else 0, batch)
    if best is not None:
        return _machines(profile, best)
    if math.isinf(slow):
        return Obstacle.MEMORY, f"needs {least:.1f} GB {'on each GPU ' if card else ''}and may hold {has:.1f} GB"
    return Obstacle.LATENCY, f"p95 is {slow:,.0f} ms at best, {profile.p95_ms:g} ms asked for"


def _machines(profile: Inference, one: Work) -> Work | Refusal:
    """As many as the rate takes, when one is given no more than its share of load."""
    count = max(profile.least_machines, math.ceil(profile.rate / (one.per_second * LOAD) - 1e-9))
    if count > MOST_MACHINES:
        return Obstacle.THROUGHPUT, f"{one.per_second:.3g} requests a second each: would take {count:,} machines"
    return Work(
        count, profile.hours, profile.hours, one.per_second * count, one.measured, one.p95_ms, one.memory_gb,
        one.parallel, one.batch,
    )  # fmt: skip


def _training(profile: Training, machine: Machine, stock: Availability, takes: float) -> Work | Refusal:
    card = gpu(machine.gpu_model)
    has, cards = _memory_gb(machine, card), max(1, machine.gpus)
    measured = _measured(profile, machine, profile.precision)
    most = _most_together(profile, stock)
    need = elapsed = 0.0
    for count in range(1, most + 1):
        need = (
            training_states_gb(profile) / (cards * (count if stock.rdma else 1)) + activations_gb(profile) + RUNTIME_GB
        )
        if need > has and measured is None:
            continue
        speed = _training_speed(profile, machine, card, measured, count)
        elapsed = profile.tokens / speed / 3600
        if elapsed * takes <= within_hours(profile):
            hours = elapsed * profile.runs_per_month
            return Work(count, hours, elapsed, speed, measured is not None, None, need, machine.gpus)
    if not elapsed:
        where = "each GPU" if card else "each"
        return Obstacle.MEMORY, f"needs {need:.1f} GB on {where} of {_counted(most)} and may hold {has:.1f} GB"
    return (
        Obstacle.DEADLINE,
        f"{_counted(most)} together: {elapsed * takes:,.0f} h, {within_hours(profile):,.0f} h asked for",
    )


def _most_together(profile: Training, stock: Availability) -> int:
    """Machines that may train one model. All weights travel at each step of full training: that takes RDMA."""
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
    """All GPUs of the machine: each has samples of its own, so none waits for another's layers."""
    if card is None:
        return cpu_engine(machine.vcpu or 0, profile.precision)
    one = gpu_engine(card, min(1, machine.gpus), profile.precision)
    return ComputeCapability(one.gb_s * max(1, machine.gpus), one.tflops * max(1, machine.gpus))


def _batch(profile: Batch, machine: Machine, stock: Availability, takes: float) -> Work | Refusal:
    fit = min((machine.vcpu or 0) // profile.task_vcpu, int((machine.memory_gib or 0) * USABLE // profile.memory_gib))
    if fit < 1:
        return Obstacle.MEMORY, f"has no room for a task of {profile.task_vcpu} vCPU and {profile.memory_gib:g} GiB"
    alone = profile.vcpu_hours / (fit * profile.task_vcpu)
    count = max(1, math.ceil(alone * takes / within_hours(profile) - 1e-9))
    most = min(profile.most_machines, stock.limit or profile.most_machines)
    if count > most:
        return (
            Obstacle.DEADLINE,
            f"{_counted(most)} together: {alone / most * takes:,.0f} h, {within_hours(profile):,.0f} h asked for",
        )
    elapsed = alone / count
    return Work(count, elapsed * profile.runs_per_month, elapsed, fit * count * profile.task_vcpu, True)
