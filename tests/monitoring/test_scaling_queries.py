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


def query_of(runtime: str) -> str:
    """Returns the query of the ScaledObject that follows requests."""
    load = {**LARGE["load"], "follows": Load.REQUESTS, "target": 0.5}
    (trigger,) = service({**LARGE, **OTHERS[runtime], "load": load}).one(SCALED).inputs["spec"]["triggers"]
    assert trigger["metadata"]["threshold"] == "0.5"
    return trigger["metadata"]["query"]


@pytest.mark.parametrize(("runtime", "series", "value"), CASES)
def test_requests_a_second(
    promtool: Path, tmp_path: Path, runtime: str, series: dict[str, str], value: list[float]
) -> None:
    samples = [{"labels": "{}", "value": each} for each in value]
    expected = {"expr": query_of(runtime), "eval_time": "5m", "exp_samples": samples}
    inputs = [{"series": key, "values": values} for key, values in series.items()]
    tests = [{"interval": "15s", "input_series": inputs, "promql_expr_test": [expected]}]
    file = tmp_path / "tests.yml"
    file.write_text(json.dumps({"rule_files": [], "fuzzy_compare": True, "tests": tests}))
    assert complaints(promtool, "test", "rules", file) == ""
