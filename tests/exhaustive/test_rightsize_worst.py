"""The largest input that is allowed is answered, or refused, within two seconds."""

import itertools
from pathlib import Path

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.errors import BadInput
from falaj.finops.rightsize.choose import answer
from falaj.finops.rightsize.lengths import MAX_REQUESTS, of_trace
from falaj.finops.rightsize.profile_file import MAX_BYTES, parse
from falaj.finops.rightsize.sites import regions
from tests.processor_time import within

SMALL = "{kind: batch, vcpu_hours: 1, memory_gib: 1}"
WORST = {
    "inference": "{kind: inference, parameters_billion: 10000, context_tokens: 10000000, batch: 1024, precision: fp32, "
    "may_quantise_to: [bf16, fp16, int8, int4], requests_per_second: 1000000, interruptible: true}",
    "small inference": "{kind: inference, parameters_billion: 0.001, context_tokens: 64, batch: 1024, precision: fp32, "
    "may_quantise_to: [bf16, fp16, int8, int4], requests_per_second: 1000, p95_ms: 100000, interruptible: true, "
    "architectures: [x86_64, arm64]}",
    "vision": "{kind: vision-inference, model: resnet-18, batch: 1024, precision: fp32, requests_per_second: 1000, "
    "may_quantise_to: [bf16, fp16, int8, int4], interruptible: true, architectures: [x86_64, arm64]}",
    "training": "{kind: training, parameters_billion: 10000, context_tokens: 10000000, samples: 1000000000000, "
    "micro_batch: 65536, most_machines: 1000, runs_per_month: 10000, deadline_hours: 0.001, interruptible: true}",
    "small training": "{kind: training, parameters_billion: 0.001, context_tokens: 8, samples: 1, method: lora, "
    "most_machines: 1000, runs_per_month: 10000, interruptible: true, architectures: [x86_64, arm64]}",
    "batch": "{kind: batch, vcpu_hours: 1000000000, memory_gib: 0.001, most_machines: 10000, runs_per_month: 10000, "
    "interruptible: true, architectures: [x86_64, arm64]}",
}


@pytest.mark.parametrize("name", WORST)
def test_the_largest_allowed_profile_takes_less_than_two_seconds(name: str) -> None:
    sites, prices = regions(), catalogue()
    answer(parse(SMALL), sites, prices)
    with within(2):
        answer(parse(WORST[name]), sites, prices)


def test_the_longest_trace_is_read_within_two_seconds(tmp_path: Path) -> None:
    file = tmp_path / "trace.csv"
    with file.open("w") as out:
        out.write("prompt_tokens,output_tokens\n")
        out.writelines(itertools.repeat("1155,211\n", MAX_REQUESTS))
    with within(2):
        assert of_trace(file, 8192).prompt.mean == 1155
    with file.open("a") as out:
        out.write("1,1\n")
    with pytest.raises(BadInput, match="more than 250,000 requests: take a sample"):
        of_trace(file, 8192)


def test_the_deepest_profile_is_refused_within_two_seconds() -> None:
    with within(2), pytest.raises(BadInput, match="not YAML"):
        parse("[" * MAX_BYTES)
