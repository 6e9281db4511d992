"""Speed and latency of a replica, and what a request needs: by hand, one limit after the other."""

from typing import Any

import pytest

from falaj.finops.rightsize import assumptions
from falaj.finops.rightsize.engines import Engine
from falaj.finops.rightsize.lengths import Lengths
from falaj.finops.rightsize.profile import Inference, TokenLengths, VisionInference
from falaj.finops.rightsize.profile_file import parse
from falaj.finops.rightsize.serving import (
    LOADS,
    BatchNeeds,
    ReplicaSpeed,
    RequestWork,
    batch_sizes,
    language_work,
    replica_speed,
    vision_work,
    waiting,
)


def near(value: float) -> Any:
    """Returns what is equal to a number but for rounding."""
    return pytest.approx(value)


ENGINE = Engine(gb_s=100, tflops=2)
NEEDS = BatchNeeds(batch=4, memory_gb=20, read_gb=12)
"""Reading takes 0.12 s a step."""


def work(**changed: float) -> RequestWork:
    """Returns the work of a request with 10 GB of weights, whose reading takes 0.1 s, 0.025 s for each of four."""
    usual: dict[str, float] = {
        "first_tera": 0.06, "long_first_tera": 0.1, "first_gb": 0, "step_tera": 0.02, "outputs": 5, "long_outputs": 8,
    }  # fmt: skip
    return RequestWork(weights_gb=10, batches=(), **(usual | changed))


@pytest.mark.parametrize(
    ("request_work", "seconds_each", "mean", "longest"),
    [
        # Prompts: arithmetic, 0.03 s; the longest 0.05 s. Steps: reading, 0.12 s. The prompts of three others are
        # computed in between, 8/5 times as often.
        (work(), 0.03 + 5 * 0.12 / 4, 0.72, 0.05 + 3 * 0.03 * 1.6 + 8 * 0.12),
        # Steps: arithmetic of four requests, 0.2 s. Prompts: the share of reading the weights.
        (work(first_tera=0.01, long_first_tera=0.02, step_tera=0.1), 0.275, 1.1, 0.025 + 3 * 0.025 * 1.6 + 8 * 0.2),
        # Prompts: memory traffic beside the weights, 0.06 s and more than their arithmetic.
        (work(first_tera=0.01, long_first_tera=0.01, first_gb=6), 0.21, 0.84, 0.06 + 3 * 0.06 * 1.6 + 8 * 0.12),
        # A model that generates nothing: an image after the other.
        (work(outputs=0, long_outputs=0, first_gb=6), 0.06, 0.24, 0.06 + 3 * 0.06),
    ],
)
def test_the_slowest_part_of_each_phase_decides(
    request_work: RequestWork, seconds_each: float, mean: float, longest: float
) -> None:
    speed = replica_speed(request_work, NEEDS, ENGINE)
    assert 1 / speed.per_second == pytest.approx(seconds_each)
    assert speed.mean_seconds == pytest.approx(mean)
    assert speed.long_seconds == pytest.approx(longest)


@pytest.mark.parametrize(
    ("slots", "load", "times"),
    [
        # M/M/1: P(wait > t) = load * exp(-(1 - load) * t), in service times.
        (1, 0.8, 13.8629),
        (1, 0.05, 0.0),
        # Erlang's C formula: of two slots at half load, a third of the requests wait.
        (2, 0.5, 1.89712),
    ],
)
def test_the_wait_is_that_of_erlangs_formula(slots: int, load: float, times: float) -> None:
    assert waiting(slots, load) == pytest.approx(times, abs=1e-4)
    assert ReplicaSpeed(1, 2, 3).p95_ms(slots, load) == pytest.approx((3 + times * 2) * 1000, abs=0.2)


def test_loads_are_tried_from_the_assumed_one_down() -> None:
    assert LOADS[0] == assumptions.LOAD.value
    assert list(LOADS) == sorted(LOADS, reverse=True)
    assert LOADS[1:] == pytest.approx([number / 10 for number in range(6, 0, -1)])


@pytest.mark.parametrize(("maximum", "sizes"), [(1, [1]), (2, [1, 2]), (8, [1, 2, 4, 8]), (10, [1, 2, 4, 8, 10])])
def test_batches_are_powers_of_two_and_the_maximum(maximum: int, sizes: list[int]) -> None:
    assert batch_sizes(maximum) == sizes


def test_the_work_of_a_request_of_a_language_model() -> None:
    """8 billion parameters in 16 bits: 16 GB of weights, 0.016 tera-operations a token; the cache of a token takes
    2 tensors x 2 layers x 4 heads x 128 x 2 bytes."""
    profile = parse(
        "{kind: inference, parameters_billion: 8, context_tokens: 4096, requests_per_second: 2, batch: 2, "
        "shape: {layers: 2, hidden: 512, kv_heads: 4, head_dim: 128}}"
    )
    assert isinstance(profile, Inference)
    lengths = Lengths(TokenLengths(mean=100, p95=300), TokenLengths(mean=50, p95=80), 125, 0, ())
    found = language_work(profile, lengths, "bf16")
    cache_gb = 2 * 2 * 4 * 128 * 2 / 1e9
    assert found == RequestWork(near(16), near(1.6), near(4.8), 0, near(0.016), 50, 80, found.batches)
    # One request of the greatest length must fit; on average each reads the 125 tokens that it holds.
    assert [(each.batch, each.memory_gb, each.read_gb) for each in found.batches] == [
        (1, near(16 + cache_gb * 4096), near(16 + cache_gb * 125)),
        (2, near(16 + cache_gb * 4096), near(16 + cache_gb * 250)),
    ]
    short_tail = Lengths(TokenLengths(mean=100, p95=90), TokenLengths(mean=50, p95=40), 125, 0, ())
    found = language_work(profile, short_tail, "bf16")
    assert (found.long_first_tera, found.long_outputs) == (near(1.6), 50)


def test_the_work_of_an_image() -> None:
    profile = parse(
        "{kind: vision-inference, requests_per_second: 2, batch: 2, "
        "figures: {parameters_million: 25, flops_per_sample: 4.0e+9, activations_million: 10}}"
    )
    assert isinstance(profile, VisionInference)
    found = vision_work(profile, "fp32")
    assert (found.weights_gb, found.first_tera, found.long_first_tera) == (near(0.1), 0.004, 0.004)
    assert (found.first_gb, found.step_tera, found.outputs, found.long_outputs) == (near(0.08), 0, 0, 0)
    assert found.batches == (
        BatchNeeds(1, near(0.14), 0),  # the outputs of all layers, once
        BatchNeeds(2, near(0.18), 0),
    )
