"""Machines of a model that is trained: language models by tokens, vision models by images.

A token takes 6 operations per parameter (forward 2, backward 4; Kaplan et al. 2020), 8 with recomputation, 4 with
frozen weights. An image takes three times the FLOPs of a forward pass, and moves the activations three times.
"""

import math
from dataclasses import dataclass

from falaj.facts.gpus import PCIE_GB_S, gpu
from falaj.facts.machines import Machine
from falaj.finops.rightsize import assumptions
from falaj.finops.rightsize.engines import Engine, cpu_engine, training_engine, vision_engine
from falaj.finops.rightsize.memory import activation_bytes, activations_gb, training_states_gb, vision_model
from falaj.finops.rightsize.profile import BYTES, Precision, Training, VisionTraining, within_hours
from falaj.finops.rightsize.work import (
    Availability,
    Obstacle,
    Refusal,
    Work,
    WorkOn,
    machine_count,
    measured_speed,
    plannable_gb,
)

_EXCHANGES = 3
"""Exchanges of all weights or gradients in a training step of a sharded model."""

FORWARD_AND_BACKWARD = 3
"""Operations of a training step per operation of a forward pass."""


@dataclass(frozen=True, slots=True)
class TrainingWork:
    """Units (tokens or images) of one run, and tera-operations and GB of memory traffic of each; GB that can be sharded
    over all GPUs, and GB that each GPU needs beside its share.
    """

    units: float
    unit_tera: float
    unit_gb: float
    states_gb: float
    each_gb: float


def training_work(profile: Training | VisionTraining) -> TrainingWork:
    """Returns the work and the memory of one run."""
    each = activations_gb(profile) + assumptions.RUNTIME_GB.value
    if isinstance(profile, VisionTraining):
        model = vision_model(profile)
        tera = FORWARD_AND_BACKWARD * model.gigaflops / 1000
        traffic = 2 * FORWARD_AND_BACKWARD * model.activations_million / 1000 * activation_bytes(profile.precision)
        return TrainingWork(profile.samples or 0, tera, traffic, training_states_gb(profile), each)
    operations = {"full": 6.0, "lora": 4.0, "transfer": 2.0 + 4.0 * profile.trainable_share}[profile.method]
    if profile.gradient_checkpointing and profile.method != "transfer":
        operations += 2
    tera = operations * profile.parameters_billion / 1000
    return TrainingWork(profile.tokens, tera, 0, training_states_gb(profile), each)


def training_on(profile: Training | VisionTraining) -> WorkOn:
    """Returns the function that finds the work on a machine; what does not depend on the machine is done once."""
    work = training_work(profile)

    def work_on(machine: Machine, precision: Precision, stock: Availability, elapsed: float) -> Work | Refusal:
        return _training(profile, work, machine, precision, stock, elapsed)

    return work_on


def _training(
    profile: Training | VisionTraining,
    work: TrainingWork,
    machine: Machine,
    precision: Precision,
    stock: Availability,
    elapsed_factor: float,
) -> Work | Refusal:
    measured = measured_speed(profile, machine, precision)
    single = measured.per_second if measured else _units_per_second(profile, work, machine, precision)
    most, gpus = _most_machines(profile, stock), max(1, int(machine.gpus))
    memory, shards = plannable_gb(machine), (lambda count: gpus * (count if stock.rdma else 1))
    least = 1 if measured else _least_for_memory(work, memory, gpus, stock)
    if least is None or least > most:
        needed = work.states_gb / shards(most) + work.each_gb
        holder = "each GPU" if machine.gpus else "each"
        reason = f"needs {needed:.1f} GB on {holder} of {machine_count(most)} and may hold {memory:.1f} GB"
        return Obstacle.MEMORY, reason
    alone = work.units / single / 3600
    within = within_hours(profile) / elapsed_factor
    count = _least_in_time(alone, within, least)
    if count > most:
        hours, required = alone / _speedup(most) * elapsed_factor, within_hours(profile)
        return Obstacle.DEADLINE, f"{machine_count(most)} together: {hours:,.0f} h, {required:,.0f} h required"
    elapsed = alone / _speedup(count)
    return Work(
        count=count,
        hours=(elapsed + assumptions.START_HOURS.value) * profile.runs_per_month,
        elapsed_hours=elapsed,
        per_second=single * _speedup(count),
        measured=measured is not None,
        memory_gb=work.states_gb / shards(count) + work.each_gb,
        parallel=machine.gpus,
    )


def _speedup(machines: int) -> float:
    return machines * (assumptions.MACHINES_PARALLEL.value if machines > 1 else 1)


def _least_in_time(alone: float, within: float, least: int) -> int:
    """Returns the fewest machines, at least `least`, that end in time what takes one machine `alone` hours."""
    if alone / _speedup(least) <= within:
        return least
    return max(2, least, math.ceil(alone / within / assumptions.MACHINES_PARALLEL.value - 1e-9))


def _least_for_memory(work: TrainingWork, memory: float, gpus: int, stock: Availability) -> int | None:
    """Returns the machines whose GPUs hold the sharded states together; None if no number does."""
    room = (memory - work.each_gb) * gpus
    if room <= 0 or (not stock.rdma and work.states_gb > room):
        return None
    return max(1, math.ceil(work.states_gb / room - 1e-9))


def _most_machines(profile: Training | VisionTraining, stock: Availability) -> int:
    """Returns the maximum number of machines for one model. Full training exchanges all weights at each step, which
    requires RDMA.
    """
    if (isinstance(profile, VisionTraining) or profile.method == "full") and not stock.rdma:
        return 1
    return min(profile.most_machines, stock.limit or profile.most_machines)


def _units_per_second(
    profile: Training | VisionTraining, work: TrainingWork, machine: Machine, precision: Precision
) -> float:
    """Returns the tokens or images that one machine processes per second."""
    engine = _engine(profile, machine, precision)
    exchange = _exchange_seconds(profile, machine, precision)
    return 1 / max(work.unit_tera / engine.tflops, work.unit_gb / engine.gb_s, exchange)


def _exchange_seconds(profile: Training | VisionTraining, machine: Machine, precision: Precision) -> float:
    """Returns the seconds that a token of a machine costs in the exchange of sharded weights over PCIe, at best beside
    the arithmetic; zero with NVLink, whose exchange the measured share of the arithmetic contains, and for methods that
    exchange little.

    A step gathers the weights twice and scatters the gradients once (Rajbhandari et al., ZeRO, 2020, section 7: three
    times the parameters).
    """
    link, gpus = PCIE_GB_S.get(machine.gpu_model or ""), machine.gpus
    if link is None or gpus <= 1 or isinstance(profile, VisionTraining) or profile.method != "full":
        return 0.0
    gb = _EXCHANGES * profile.parameters_billion * float(BYTES[precision]) * (gpus - 1) / gpus
    return gb / (link * assumptions.PCIE.value) / (profile.micro_batch * profile.context_tokens * gpus)


def _engine(profile: Training | VisionTraining, machine: Machine, precision: Precision) -> Engine:
    card = gpu(machine.gpu_model)
    if card is None:
        return cpu_engine(machine, precision)
    of_kind = vision_engine if isinstance(profile, VisionTraining) else training_engine
    return of_kind(card, machine.gpus, precision)
