"""The queries by which replicas of served models are scaled, evaluated by Prometheus' own promtool."""

import json
from pathlib import Path
from typing import Any

import pytest

from falaj.components.core.serving.scaling_specs import Load
from tests.monitoring.tools import complaints
from tests.unit.components.serving_samples import LARGE, service
from tests.unit.components.test_kubernetes_inference import SCALED

OTHERS: Any = {
    "vllm": {},
    "triton": {"runtime": "triton", "image": "registry.example/nvidia/tritonserver:25.09-py3"},
    "onnx": {"runtime": "onnx", "image": "registry.example/falaj/onnx-server-gpu:1.0.0"},
}
"""Changes of the sample by the runtime."""

OWN, OTHER = 'namespace="tenant-retail",service="sentiment"', 'namespace="tenant-other",service="sentiment"'

CASES = [
    # 3 and 6 requests in 15 seconds, of two replicas.
    ("vllm", {f'vllm:request_success_total{{{OWN},pod="a",finished_reason="stop"}}': "0+3x20"}, [0.2]),
    (
        "vllm",
        {
            f'vllm:request_success_total{{{OWN},pod="a",finished_reason="stop"}}': "0+3x20",
            f'vllm:request_success_total{{{OWN},pod="a",finished_reason="length"}}': "0x20",
            f'vllm:request_success_total{{{OWN},pod="b",finished_reason="length"}}': "0+6x20",
            f'vllm:request_success_total{{{OTHER},pod="c",finished_reason="stop"}}': "0+60x20",
        },
        [0.6],
    ),
    # A replica that has served nothing counts as idle, and one that is not scraped not at all.
    ("vllm", {f'vllm:request_success_total{{{OWN},pod="a",finished_reason="stop"}}': "0x20"}, [0]),
    ("vllm", {f'vllm:request_success_total{{{OTHER},pod="c",finished_reason="stop"}}': "0+3x20"}, []),
    # A counter that starts again, because its replica does.
    ("vllm", {f'vllm:request_success_total{{{OWN},pod="a",finished_reason="stop"}}': "0+3x16 0 3 6 9"}, [18 / 105]),
    ("triton", {f'nv_inference_request_success{{{OWN},pod="a",model="m",version="1"}}': "0+15x20"}, [1]),
    ("onnx", {f'falaj_request_seconds_count{{{OWN},pod="a"}}': "0+15x20"}, [1]),
]
"""Runtime, series with a value every 15 seconds, and the requests a second at the end of five minutes."""

PROMPTS = [
    # A prompt of 2,048 tokens and four of 128 in 15 seconds, of two replicas.
    (
        {
            f'vllm:prompt_tokens_total{{{OWN},pod="a",engine="0"}}': "0+2048x20",
            f'vllm:prompt_tokens_total{{{OWN},pod="b",engine="0"}}': "0+512x20",
            f'vllm:prompt_tokens_total{{{OTHER},pod="c",engine="0"}}': "0+9000x20",
        },
        [2560 / 15],
    ),
    # A replica that has read no prompt counts as idle, and one that is not scraped not at all.
    ({f'vllm:prompt_tokens_total{{{OWN},pod="a",engine="0"}}': "0x20"}, [0]),
    ({f'vllm:prompt_tokens_total{{{OTHER},pod="c",engine="0"}}': "0+9000x20"}, []),
]
"""Series of vLLM with a value every 15 seconds, and the tokens of prompts a second at the end of five minutes."""


def query_of(runtime: str, follows: Load, target: float) -> str:
    """Returns the query of a ScaledObject."""
    load = {**LARGE["load"], "follows": follows, "target": target}
    (trigger,) = service({**LARGE, **OTHERS[runtime], "load": load}).one(SCALED).inputs["spec"]["triggers"]
    assert trigger["metadata"]["threshold"] == f"{target:g}"
    return trigger["metadata"]["query"]


def evaluated(promtool: Path, folder: Path, query: str, series: dict[str, str], value: list[float]) -> str:
    """Returns what promtool says against the value of a query at the end of five minutes."""
    samples = [{"labels": "{}", "value": each} for each in value]
    expected = {"expr": query, "eval_time": "5m", "exp_samples": samples}
    inputs = [{"series": key, "values": values} for key, values in series.items()]
    tests = [{"interval": "15s", "input_series": inputs, "promql_expr_test": [expected]}]
    file = folder / "tests.yml"
    file.write_text(json.dumps({"rule_files": [], "fuzzy_compare": True, "tests": tests}))
    return complaints(promtool, "test", "rules", file)


@pytest.mark.parametrize(("runtime", "series", "value"), CASES)
def test_requests_a_second(
    promtool: Path, tmp_path: Path, runtime: str, series: dict[str, str], value: list[float]
) -> None:
    assert evaluated(promtool, tmp_path, query_of(runtime, Load.REQUESTS, 0.5), series, value) == ""


@pytest.mark.parametrize(("series", "value"), PROMPTS)
def test_tokens_of_prompts_a_second(promtool: Path, tmp_path: Path, series: dict[str, str], value: list[float]) -> None:
    assert evaluated(promtool, tmp_path, query_of("vllm", Load.PROMPTS, 1024), series, value) == ""
