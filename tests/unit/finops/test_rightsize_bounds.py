"""Profiles that are invalid, or beyond the bounds of their fields: refused in one sentence."""

from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.rightsize.profile_file import load, parse

LLM = "kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2"
TRAINED = "kind: training, parameters_billion: 8, context_tokens: 2048, samples: 1000"
BATCH = "kind: batch, vcpu_hours: 1, memory_gib: 1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{{{TRAINED}, most_machines: 2000000}}", "most_machines: input should be less than or equal to 1000"),
        (f"{{{BATCH}, most_machines: 2000000}}", "most_machines: input should be less than or equal to 10000"),
        (f"{{{LLM}, batch: 1{'0' * 300}}}", "batch: input should be less than or equal to 1024"),
        (f"{{{LLM}, batch: 1.0e+300}}", "batch: "),
        (f"{{{LLM}, least_machines: 101}}", "least_machines: input should be less than or equal to 100"),
        (f"{{{LLM}, prompt_tokens: 100000000}}", "prompt_tokens"),
        (f"{{{LLM.replace('2048', '99999999999')}}}", "context_tokens: input should be less than or equal to 10000000"),
        (f"{{{LLM.replace(': 8', ': 1.0e+12')}}}", "parameters_billion: input should be less than or equal to 10000"),
        (f"{{{LLM.replace('second: 2', 'second: 1.0e+9')}}}", "requests_per_second: input should be less than"),
        (f"{{{TRAINED}, runs_per_month: 1.0e+9}}", "runs_per_month: input should be less than or equal to 10000"),
        (f"{{{TRAINED}, micro_batch: 100000000}}", "micro_batch: input should be less than or equal to 65536"),
        (f"{{{TRAINED}, name: {'x' * 300}}}", "name: string should have at most 200 characters"),
        ("{kind: training, parameters_billion: 0.0256, context_tokens: 1, samples: 9}", "use kind vision-training"),
        (f"{{{LLM}, shape: {{layers: 9999999, hidden: 1, kv_heads: 1, head_dim: 1}}}}", "shape.layers"),
        ("{kind: batch, vcpu_hours: true, memory_gib: 1}", "vcpu_hours: input should be a valid number"),
        (f"{{{BATCH}, runs_per_month: yes, most_machines: no}}", "most_machines: input should be a valid integer"),
        (
            "{kind: vision-inference, requests_per_second: 1, figures: {flops_per_sample: true, parameters_million: 1,"
            " activations_million: 1}}",
            "figures.flops_per_sample: input should be a valid number",
        ),
        (
            f"{{{LLM}, shape: {{layers: 32, hidden: 409600, kv_heads: 8, head_dim: 128}}}}",
            "shape: its vocabulary, keys and values alone have 79.4 billion parameters, parameters_billion says 8",
        ),
        (f"{{{TRAINED}, shape: {{layers: 1000, hidden: 8192, kv_heads: 8, head_dim: 128}}}}", "have 17.8 billion"),
        (f"{{{BATCH}, task_vcpu: 100000}}", "task_vcpu: input should be less than or equal to 1000"),
    ],
)
def test_beyond_a_bound_a_profile_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(text)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{kind: training-x}", "must be one of inference, vision-inference, training, vision-training, batch"),
        ("[1]", "must be a mapping with the fields of a profile, not list"),
        (
            "{}",
            "inference, vision-inference, training, vision-training, batch, not 'missing'",
        ),
        ("{", "not YAML"),
        ("{kind: batch, vcpu_hours: 1, memory_gib: 1, memory: 2}", "memory: unknown field; did you mean: memory_gib"),
        ("{kind: batch, vcpu_hours: -1, memory_gib: 1}", "vcpu_hours: input should be greater than 0"),
        ("{kind: inference, parameters_billion: 1, context_tokens: 512}", "give requests_per_second or tokens"),
        (
            "{kind: inference, parameters_billion: 1, context_tokens: 99, output_tokens: 129, requests_per_second: 1}",
            "129 output_tokens do not fit 99 context_tokens",
        ),
        ("{kind: vision-inference, requests_per_second: 1}", "give model or figures, and not both"),
        ("{kind: vision-inference, model: alexnet, requests_per_second: 1}", "give figures, or one of: mobilenet-v2"),
        ("{kind: vision-training, model: resnet-50}", "samples: required"),
        ("{kind: vision-training, model: resnet-50, samples: 1, precision: int8}", "cannot be trained"),
        (
            "{kind: inference, parameters_billion: 1, context_tokens: 9, prompt_tokens: {mean: 9}, "
            "tokens_per_second: 1}",
            "prompt_tokens.p95: field required",
        ),
        ("{kind: training, parameters_billion: 1, context_tokens: 9, samples: 1, precision: int4}", "method lora"),
        ("{kind: inference, parameters_billion: .inf, context_tokens: 512, tokens_per_second: 1}", "finite"),
    ],
)
def test_an_invalid_profile_is_rejected_in_one_sentence(text: str, message: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(text)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_profile_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_text("a: 1\n" * 30_000)
    with pytest.raises(BadInput, match="larger than 20,000 bytes"):
        load(file)
