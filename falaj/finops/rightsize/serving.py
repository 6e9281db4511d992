"""Machines of a model that serves requests.

One replica runs up to `batch` requests at a time (continuous batching). Before its answer, a request's prompt or image
is computed: 2 operations per parameter and token, or the model's FLOPs. Each step then generates one token for every
running request: it reads all weights and their KV cache, and computes 2 operations per parameter and token. So a
request takes `first` seconds alone and `step` seconds per generated token with all others, and the replica completes
1 / (first + outputs x step / batch) requests a second. A full replica holds each for batch times as long (Little's
law): while it generates, the prompts of others are computed in between. Requests wait in front of a full replica as in
a queue with as many servers as the machine runs requests (Erlang C).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from falaj.facts.gpus import gpu
from falaj.facts.machines import Machine
from falaj.finops.errors import BadInput
from falaj.finops.rightsize import assumptions
from falaj.finops.rightsize.engines import Engine, cpu_engine, serving_engine, vision_engine
from falaj.finops.rightsize.lengths import Lengths
from falaj.finops.rightsize.memory import activation_bytes, kv_gb_per_token, vision_model, weights_gb
from falaj.finops.rightsize.profile import PRECISIONS, Inference, Precision, VisionInference
from falaj.finops.rightsize.work import (
    Demand,
    Obstacle,
    Refusal,
    Work,
    WorkOn,
    measured_speed,
    plannable_gb,
)

MAX_MACHINES = 100
"""A service that would need more machines than this is reported as not feasible."""
ROUNDING = 1e-9
BEYOND_P95 = 0.05
"""Share of requests that may take longer than the 95th percentile."""
LOADS = (assumptions.LOAD.value, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Loads of a machine, from the assumed one down: the first at which requests do not wait too long is planned."""


@dataclass(frozen=True, slots=True)
class BatchNeeds:
    """Memory that a replica with so many running requests needs, and GB that it reads in each step."""

    batch: int
    memory_gb: float
    read_gb: float


@dataclass(frozen=True, slots=True)
class RequestWork:
    """The work of one request at one precision. `first` is before its answer: tera-operations, and GB of memory traffic
    beside the weights; `long_*` is that of the 95th percentile.
    """

    weights_gb: float
    first_tera: float
    long_first_tera: float
    first_gb: float
    step_tera: float
    outputs: float
    long_outputs: float
    batches: tuple[BatchNeeds, ...]


def batch_sizes(maximum: int) -> list[int]:
    """Returns the batch sizes to try: all powers of two below the maximum, and the maximum."""
    return [*(2**power for power in range(maximum.bit_length()) if 2**power < maximum), maximum]


def language_work(profile: Inference, lengths: Lengths, precision: Precision) -> RequestWork:
    """Returns the work of one request of a language model."""
    weights, cache_gb = weights_gb(profile.parameters_billion, precision), kv_gb_per_token(profile, precision)
    token_tera = 2 * profile.parameters_billion / 1000
    batches = tuple(
        BatchNeeds(
            batch,
            weights + cache_gb * lengths.resident_tokens(batch, profile.context_tokens),
            weights + cache_gb * lengths.resident * batch,
        )
        for batch in batch_sizes(profile.batch)
    )
    return RequestWork(
        weights,
        lengths.prompt.mean * token_tera,
        max(lengths.prompt.mean, lengths.prompt.p95) * token_tera,
        0,
        token_tera,
        lengths.output.mean,
        max(lengths.output.mean, lengths.output.p95),
        batches,
    )


def vision_work(profile: VisionInference, precision: Precision) -> RequestWork:
    """Returns the work of one image."""
    model = vision_model(profile)
    weights = weights_gb(model.parameters_million / 1000, precision)
    # Each layer's output is written once and read once.
    image_gb = model.activations_million / 1000 * activation_bytes(precision)
    batches = tuple(BatchNeeds(size, weights + image_gb * size, 0) for size in batch_sizes(profile.batch))
    tera = model.gigaflops / 1000
    return RequestWork(weights, tera, tera, 2 * image_gb, 0, 0, 0, batches)


@cache
def waiting(slots: int, load: float) -> float:
    """Returns the 95th percentile of the wait for one of so many slots at a load, in mean service times: that of M/M/c
    (Erlang C, from Erlang B by recursion).
    """
    blocked = 1.0
    for servers in range(1, slots + 1):
        blocked = load * slots * blocked / (servers + load * slots * blocked)
    queued = blocked / (1 - load * (1 - blocked))
    return math.log(queued / BEYOND_P95) / (slots * (1 - load)) if queued > BEYOND_P95 else 0.0


@dataclass(frozen=True, slots=True)
class ReplicaSpeed:
    """Maximum requests per second of a replica, and the seconds that a full one takes for a request: on average, and
    for one of the 95th percentiles.
    """

    per_second: float
    mean_seconds: float
    long_seconds: float

    def p95_ms(self, slots: int, load: float) -> float:
        """Returns the 95th percentile of latency in milliseconds, waiting for one of the machine's slots included."""
        return (self.long_seconds + waiting(slots, load) * self.mean_seconds) * 1000


def replica_speed(work: RequestWork, needs: BatchNeeds, engine: Engine) -> ReplicaSpeed:
    """Returns the speed of a replica with that many running requests."""
    batch, read = needs.batch, work.weights_gb / engine.gb_s
    first = max(work.first_tera / engine.tflops, work.first_gb / engine.gb_s, read / batch)
    long_first = max(work.long_first_tera / engine.tflops, work.first_gb / engine.gb_s, read / batch)
    step = max(needs.read_gb / engine.gb_s, batch * work.step_tera / engine.tflops)
    per_second = 1 / (first + work.outputs * step / batch)
    longer = work.long_outputs / work.outputs if work.outputs else 1
    long_seconds = long_first + (batch - 1) * first * longer + work.long_outputs * step
    return ReplicaSpeed(per_second, batch / per_second, long_seconds)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The best that one machine can do. `load` is the share of `per_second` to which it may be used."""

    per_second: float
    load: float
    p95_ms: float | None
    memory_gb: float | None = None
    parallel: int = 0
    batch: int = 0

    @property
    def usable(self) -> float:
        """Requests per second to which it may be used."""
        return self.per_second * self.load


def language_on(profile: Inference, lengths: Lengths) -> WorkOn:
    """Returns the function that finds the work of a language model on a machine; what does not depend on the machine is
    done once. Raises `BadInput` if tokens are asked for and none are generated.
    """
    demand = Demand(_rate(profile, lengths), lengths.output.mean)
    by_precision = {precision: language_work(profile, lengths, precision) for precision in PRECISIONS}
    return lambda machine, precision, _stock, _elapsed: _serving(
        profile, demand, by_precision[precision], machine, precision
    )


def vision_on(profile: VisionInference) -> WorkOn:
    """Returns the function that finds the work of a vision model on a machine."""
    demand = Demand(profile.rate, 0)
    by_precision = {precision: vision_work(profile, precision) for precision in PRECISIONS}
    return lambda machine, precision, _stock, _elapsed: _serving(
        profile, demand, by_precision[precision], machine, precision
    )


def _rate(profile: Inference, lengths: Lengths) -> float:
    """Returns the requests per second of a profile. Raises `BadInput`."""
    if profile.tokens_per_second is None:
        return profile.rate
    if not lengths.output.mean:
        raise BadInput("tokens_per_second", "the trace has no generated tokens: give requests_per_second")
    return profile.tokens_per_second / lengths.output.mean


def _serving(
    profile: Inference | VisionInference, demand: Demand, work: RequestWork, machine: Machine, precision: Precision
) -> Work | Refusal:
    if measured := measured_speed(profile, machine, precision):
        if profile.p95_ms and (measured.p95_ms or 0) > profile.p95_ms:
            return Obstacle.LATENCY, f"measured p95 {measured.p95_ms:g} ms, {profile.p95_ms:g} ms required"
        single = Candidate(measured.per_second, assumptions.LOAD.value, measured.p95_ms)
        return _scaled(profile, demand, single, True)
    memory, runtime = plannable_gb(machine), assumptions.RUNTIME_GB.value
    best: Candidate | None = None
    best_p95, least_memory = math.inf, math.inf
    for split, replicas, engine in _replicas(profile, machine, precision):
        least_memory = min(least_memory, work.batches[0].memory_gb / split + runtime)
        for needs in reversed(work.batches):
            required = needs.memory_gb / split + runtime
            if required > memory:
                continue
            speed, slots = replica_speed(work, needs, engine), needs.batch * replicas
            enough = best.usable * (1 - ROUNDING) if best else 0
            if speed.per_second * replicas * LOADS[0] < enough:
                break  # Throughput never grows when fewer requests run together.
            load = next((item for item in LOADS if _in_time(profile, speed.p95_ms(slots, item))), None)
            if load is None:
                best_p95 = min(best_p95, speed.p95_ms(slots, LOADS[-1]))
                continue
            p95, parallel = speed.p95_ms(slots, load), split if machine.gpus else 0
            single = Candidate(speed.per_second * replicas, load, p95, required, parallel, needs.batch)
            # Of equal throughputs, that of the smallest batch has the lowest latency.
            if single.usable >= enough:
                best = single
    if best is not None:
        return _scaled(profile, demand, best, False)
    if math.isinf(best_p95):
        each = "on each GPU " if machine.gpus else ""
        return Obstacle.MEMORY, f"needs {least_memory:.1f} GB {each}and may hold {memory:.1f} GB"
    return Obstacle.LATENCY, f"p95 is {best_p95:,.0f} ms at best, {profile.p95_ms:g} ms required"


def _in_time(profile: Inference | VisionInference, p95_ms: float) -> bool:
    return not profile.p95_ms or p95_ms <= profile.p95_ms


def _replicas(
    profile: Inference | VisionInference, machine: Machine, precision: Precision
) -> Iterator[tuple[int, int, Engine]]:
    """Yields over how many GPUs one model may be split, the replicas of a machine then, and the engine of each."""
    card = gpu(machine.gpu_model)
    if card is None:
        yield 1, 1, cpu_engine(machine, precision)
    elif isinstance(profile, VisionInference):
        yield 1, int(machine.gpus), vision_engine(card, 1, precision)
    else:
        for split in (2**power for power in range(int(machine.gpus).bit_length())):
            yield split, int(machine.gpus) // split, serving_engine(card, split, precision)


def _scaled(profile: Inference | VisionInference, demand: Demand, single: Candidate, measured: bool) -> Work | Refusal:
    """Returns the number of machines for the rate if each is used only to its load."""
    count = max(profile.least_machines, math.ceil(demand.rate / single.usable - 1e-9))
    if count > MAX_MACHINES:
        return Obstacle.THROUGHPUT, f"{single.per_second:.3g} requests a second each: would take {count:,} machines"
    return Work(
        count=count,
        hours=profile.hours,
        elapsed_hours=profile.hours,
        per_second=single.per_second * count,
        measured=measured,
        p95_ms=single.p95_ms,
        memory_gb=single.memory_gb,
        parallel=single.parallel,
        batch=single.batch,
        demand=demand,
    )
