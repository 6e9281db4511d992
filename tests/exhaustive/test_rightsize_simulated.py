"""Speed and latency of a replica against a simulation of continuous batching, request by request."""

import random
from collections import deque

import pytest

from falaj.facts.gpus import GPUS
from falaj.finops.rightsize.engines import serving_engine
from falaj.finops.rightsize.lengths import Lengths, of_trace
from falaj.finops.rightsize.profile import Inference
from falaj.finops.rightsize.serving import BatchNeeds, ReplicaSpeed, language_work, replica_speed

TOKEN_GB = 131_072 / 1e9
"""Keys and values of a token of Llama 3 8B."""
PROMPT_SECONDS = 0.016 / (362 * 0.4)
BANDWIDTH = 864 * 0.6
"""Of an L40S: what the assumptions say that programs reach. The simulation has the same, so it checks the formulae."""

Request = tuple[int, int]


def drawn(count: int, seed: int) -> list[Request]:
    """Requests like those of a conversation: long prompts, short answers, both with a long tail."""
    draw = random.Random(seed)  # noqa: S311 - reproducible
    return [(min(6000, 1 + int(draw.expovariate(1 / 1155))), 1 + int(draw.expovariate(1 / 210))) for _ in range(count)]


def simulated(requests: list[Request], rate: float, batch: int, seed: int) -> tuple[float, float]:
    """Returns requests a second and the 95th percentile of latency in seconds. Each step computes the prompts that are
    admitted, one after the other, then generates a token for every running request. With rate 0 all arrive at once."""
    draw = random.Random(seed)  # noqa: S311 - reproducible
    now, at, latencies = 0.0, 0.0, []
    waiting: deque[tuple[float, Request]] = deque()
    for request in requests:
        at += draw.expovariate(rate) if rate else 0
        waiting.append((at, request))
    running: list[list[float]] = []
    while waiting or running:
        if not running and waiting[0][0] > now:
            now = waiting[0][0]
        while waiting and waiting[0][0] <= now and len(running) < batch:
            arrived, (prompt, output) = waiting.popleft()
            now += prompt * PROMPT_SECONDS
            running.append([arrived, prompt, output])
        held = sum(item[1] for item in running)
        now += max((16 + held * TOKEN_GB) / BANDWIDTH, len(running) * PROMPT_SECONDS)
        for item in running:
            item[1] += 1
            item[2] -= 1
        latencies += [now - item[0] for item in running if item[2] <= 0]
        running = [item for item in running if item[2] > 0]
    return len(requests) / now, sorted(latencies)[int(len(latencies) * 0.95)]


def planned(lengths: Lengths, batch: int) -> ReplicaSpeed:
    profile = Inference(
        kind="inference", parameters_billion=8, context_tokens=16384, requests_per_second=1, batch=batch
    )
    work = language_work(profile, lengths, "bf16")
    needs: BatchNeeds = work.batches[-1]
    return replica_speed(work, needs, serving_engine(GPUS["L40S"], 1, "bf16"))


@pytest.fixture(scope="module")
def lengths(tmp_path_factory: pytest.TempPathFactory) -> Lengths:
    file = tmp_path_factory.mktemp("trace") / "trace.csv"
    file.write_text("prompt_tokens,output_tokens\n" + "".join(f"{p},{o}\n" for p, o in drawn(20_000, 1)))
    return of_trace(file, 16384)


@pytest.mark.parametrize("batch", [4, 16, 32])
def test_throughput_of_a_full_replica(lengths: Lengths, batch: int) -> None:
    per_second, _ = simulated(drawn(3000, 2), 0, batch, 3)
    assert planned(lengths, batch).per_second == pytest.approx(per_second, rel=0.03)


@pytest.mark.parametrize("batch", [4, 16, 32])
@pytest.mark.parametrize("load", [0.7, 0.4])
def test_latency_at_a_load_is_not_promised_too_low(lengths: Lengths, batch: int, load: float) -> None:
    """The plan counts a full replica at any load, and both percentiles in one request, so it lies above."""
    speed = planned(lengths, batch)
    _, p95 = simulated(drawn(4000, 4), speed.per_second * load, batch, 5)
    assert 1 <= speed.p95_ms(batch, load) / 1000 / p95 < 1.8
