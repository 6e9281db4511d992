"""Speeds of served models: estimated from weights and machine, or given in a file."""

from math import inf, isinf
from pathlib import Path
from typing import Any

import pytest

from falaj.components.core.serving.specs import ServingSpec
from falaj.facts.gpus import gpu
from falaj.facts.machines import Machine, find
from falaj.finops.errors import BadInput
from falaj.simulation.from_settings import platform
from falaj.simulation.service_speeds import MOST_SLOTS, ServiceSpeed, estimated_speed, load_speeds, refuse_unknown
from tests.unit.simulation.shipped_stacks import service, settings_of

PROD = "Pulumi.prod-uae.yaml"


def serving(gib: float = 16, **more: Any) -> ServingSpec:
    """Returns a language model of half as many billions of parameters as GB, on a GPU."""
    given = {
        "tier": "enterprise",
        "runtime": "vllm",
        "image": "registry.example.ae/vllm/vllm-openai:v0.11.0",
        "model": {"uri": "s3://models/assistant", "gib": gib},
        "cpu": 8,
        "memory_gib": 64,
        "gpu": {"count": 1},
        "min": 1,
        "max": 1,
    }
    return ServingSpec.model_validate(given | more)


def on_cpu(**more: Any) -> ServingSpec:
    """Returns a quantised language model on processors."""
    small = {"tier": "smb", "runtime": "llama-cpp", "image": "ghcr.io/ggml-org/llama.cpp:server-b1", "gpu": None}
    return serving(**(small | {"model": {"uri": "s3://models/a", "gib": 2, "file": "a.gguf"}, "memory_gib": 8} | more))


def machine(name: str, region: str = "me-central-1") -> Machine:
    found = find(region, name)
    assert found is not None
    return found


H100 = machine("Standard_NC40ads_H100_v5", "uaenorth")


def test_tokens_of_a_language_model_follow_memory_bandwidth_and_arithmetic() -> None:
    speed = estimated_speed(serving(), H100)
    card = gpu(H100.gpu_model)
    assert card is not None
    billions = 16 * 2**30 / 1e9 / 2
    assert speed.slots == MOST_SLOTS
    # 2 operations a parameter and token, at 40 % of the GPU's arithmetic.
    assert speed.prompt_tokens_per_second == pytest.approx(card.bf16_tflops * 1000 * 0.4 / (2 * billions))
    # Each step reads the weights, and the cache of 32 requests, at 60 % of the bandwidth: slower than weights alone.
    weights_alone = card.bandwidth_gb_s * 0.6 / (16 * 2**30 / 1e9)
    assert weights_alone / 3 < speed.tokens_per_second < weights_alone
    assert speed.seconds_per_request == 0


def test_a_smaller_gpu_is_slower_and_holds_fewer_requests() -> None:
    large, small = estimated_speed(serving(), H100), estimated_speed(serving(), machine("g6.xlarge"))
    assert small.tokens_per_second < large.tokens_per_second
    assert small.prompt_tokens_per_second < large.prompt_tokens_per_second
    assert small.slots < large.slots
    assert estimated_speed(serving(gib=40), machine("g6.xlarge")).slots == 1


def test_several_gpus_are_faster_than_one_and_a_slice_is_slower() -> None:
    one, four = (estimated_speed(serving(gpu={"count": count}), machine("g6.12xlarge")) for count in (1, 4))
    assert one.prompt_tokens_per_second * 3 < four.prompt_tokens_per_second < one.prompt_tokens_per_second * 4
    sliced = estimated_speed(serving(gib=4, gpu={"count": 1, "mig_profile": "1g.12gb"}), H100)
    whole = estimated_speed(serving(gib=4), H100)
    assert sliced.prompt_tokens_per_second == pytest.approx(whole.prompt_tokens_per_second * 16 / 132)


def test_a_slice_reads_prompts_by_its_multiprocessors_and_generates_by_its_memory() -> None:
    """A GPU of 3g.47gb has two of them, and one of 4g.47gb a single one: neither is as fast as the whole GPU."""
    whole = estimated_speed(serving(), H100)
    for profile, arithmetic in (("3g.47gb", 3 / 7), ("4g.47gb", 64 / 132)):
        sliced = estimated_speed(serving(gpu={"count": 1, "mig_profile": profile}), H100)
        assert sliced.prompt_tokens_per_second == pytest.approx(whole.prompt_tokens_per_second * arithmetic)
        assert sliced.tokens_per_second == pytest.approx(whole.tokens_per_second / 2)
        assert sliced.slots == MOST_SLOTS
    # 16 GiB of weights, driver and kernels leave a slice of 24 GB room for the cache of one long request.
    assert estimated_speed(serving(gpu={"count": 1, "mig_profile": "2g.24gb"}), H100).slots == 1


def test_a_model_on_processors_has_its_share_of_the_machine_and_the_slots_of_its_server() -> None:
    two, four = (estimated_speed(on_cpu(cpu=cpu, concurrency=2), machine("m7g.2xlarge")) for cpu in (2, 4))
    assert (two.slots, four.slots) == (2, 2)
    assert four.tokens_per_second == pytest.approx(two.tokens_per_second * 2)


def test_a_model_without_tokens_takes_a_time_for_each_request() -> None:
    classifier = {"runtime": "onnx", "image": "registry.example.ae/falaj/onnx-server-gpu:1.0.0", "weights": "fp16"}
    speed = estimated_speed(serving(gib=2, **classifier), H100)
    assert speed.slots == 1
    assert isinf(speed.prompt_tokens_per_second)
    assert isinf(speed.tokens_per_second)
    assert 0 < speed.seconds_per_request < 0.01


def test_an_unknown_machine_is_slow() -> None:
    speed = estimated_speed(serving(), None)
    assert speed.slots == 1
    assert speed.tokens_per_second < 20 < inf


def written(folder: Path, text: str) -> Path:
    file = folder / "services.yaml"
    file.write_text(text)
    return file


def test_measured_speeds_take_precedence_and_the_rest_is_estimated(tmp_path: Path) -> None:
    text = "services: {assistant: {slots: 64, tokens_per_second: 30, late_seconds: 5, cold_start_seconds: 90}}"
    speeds = load_speeds(written(tmp_path, text))
    settings = settings_of(PROD)
    given, estimated = platform(settings, "prod-uae", None, speeds), platform(settings, "prod-uae")
    mine, theirs = service(given, "assistant"), service(estimated, "assistant")
    assert (mine.slots, mine.tokens_per_second, mine.late_seconds, mine.cold_start_seconds) == (64, 30, 5, 90)
    assert mine.prompt_tokens_per_second == theirs.prompt_tokens_per_second
    assert service(given, "sentiment") == service(estimated, "sentiment")
    assert not any("assistant" in text for text in given.warnings)
    assert any("speeds of assistant, intents-a" in text for text in estimated.warnings)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("services: {}", "services.yaml: services"),
        ("", "services.yaml"),
        ("services: {a: {slots: 0}}", r"services.yaml: services.a.slots"),
        ("services: {a: {tokens_per_second: .nan}}", r"services.yaml: services.a.tokens_per_second"),
        ("services: {a: {token_per_second: 3}}", r"services.yaml: services.a.token_per_second"),
        ("services: {a: {late_seconds: 1.0e-300}}", r"services.yaml: services.a.late_seconds"),
        ("services: {a: {late_seconds: 100000}}", r"services.yaml: services.a.late_seconds"),
        ("services: {a: {slots: true}}", r"services.yaml: services.a.slots: input should be a valid integer"),
        ("services: [", "services.yaml: not YAML"),
    ],
)
def test_a_malformed_file_is_refused_in_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        load_speeds(written(tmp_path, text))
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_service_that_the_stack_does_not_have_is_refused() -> None:
    refuse_unknown({"a": ServiceSpeed()}, ["b", "a"], "file")
    with pytest.raises(BadInput, match=r"file: services\.c: is no service of the stack; there are: a, b"):
        refuse_unknown({"a": ServiceSpeed(), "c": ServiceSpeed()}, ["b", "a"], "file")
