"""The row of vLLM in the table of runtimes, held against the parser, routes and metrics of the pinned release."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from falaj.components.core.serving.runtimes import RUNTIMES, RuntimeName
from falaj.components.core.serving.server_command import Server, server_of, worker_of
from falaj.components.core.serving.specs import ServingSpec
from tests.unit.components.serving_samples import GROUPED, LARGE
from tests.workloads.vllm_facts import MULTI_NODE, Fact, read

ROOT = Path(__file__).parents[2]
FACTS = read()
VLLM = RUNTIMES[RuntimeName.VLLM]

OF_OTHER_LIBRARIES = {
    "CUDA_CACHE_PATH": "NVIDIA CUDA programming guide, environment variables",
    "FLASHINFER_WORKSPACE_BASE": "flashinfer/jit/env.py",
    "HF_HOME": "huggingface_hub, environment variables",
    "HF_HUB_OFFLINE": "huggingface_hub, environment variables",
    "TORCHINDUCTOR_CACHE_DIR": "PyTorch, torch/_inductor/runtime/cache_dir_utils.py",
    "TRITON_CACHE_DIR": "triton, python/triton/knobs.py",
}
"""Variables of the row that vLLM itself does not read, and who reads them."""


NCCL_GIB = 1
"""Shared memory that NVIDIA's NCCL user guide recommends for a container (Troubleshooting, Docker; read 2026-11-27)."""


class _Refused(Exception):
    """The parser refuses an argument."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Refused(message)


def _facts(kind: str, facts: Sequence[Fact] = FACTS) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


def parser(facts: Sequence[Fact] = FACTS) -> argparse.ArgumentParser:
    """Returns a parser with the options of `vllm serve`, which takes the model as its first argument."""
    choices: dict[str, list[str]] = {}
    for fact in _facts("choice", facts):
        choices.setdefault(fact.name, []).append(fact.value)
    result = _Parser(allow_abbrev=False, add_help=False)
    result.add_argument("model_tag", nargs="?")
    for option in {fact.name: fact for fact in _facts("option", facts)}.values():
        if option.value == "flag":
            result.add_argument(option.name, action="store_true")
        else:
            nargs = "+" if option.value == "values" else None
            result.add_argument(option.name, nargs=nargs, choices=choices.get(option.name))
    return result


def _planned(gpus: int = 1, weights: str = "bf16") -> Server:
    serving = {**LARGE, "gpu": {"count": gpus}, "memory_gib": 480, "weights": weights}
    return server_of(ServingSpec.model_validate(serving), "assistant")


@pytest.mark.parametrize("gpus", [1, 2, 8])
@pytest.mark.parametrize("weights", sorted(VLLM.weight_args))
def test_the_parser_of_the_release_takes_the_planned_arguments(gpus: int, weights: str) -> None:
    planned = _planned(gpus, weights)
    parsed = vars(parser().parse_args(planned.args))
    assert planned.command == ("vllm", "serve")
    assert parsed["model_tag"] == "/models"
    assert parsed["port"] == str(planned.port) == "8000"
    assert parsed["served_model_name"] == ["assistant"]
    assert parsed["tensor_parallel_size"] == str(gpus)


@pytest.mark.parametrize("argument", ["--replicas=2", "--dtype=int8", "--tensor-parallel-size"])
def test_the_parser_refuses_what_the_release_does_not_have(argument: str) -> None:
    with pytest.raises(_Refused):
        parser().parse_args([*_planned().args, argument])


def test_the_program_port_and_paths_are_those_of_the_release() -> None:
    assert VLLM.command[0] in {fact.name for fact in _facts("program")}
    assert {fact.name: fact.value for fact in _facts("default")}["--port"] == str(VLLM.port)
    gets = {fact.name for fact in _facts("route") if fact.value == "GET"}
    probes = VLLM.probes
    assert {probes.startup, probes.readiness, probes.liveness, VLLM.metrics_path} <= gets


def test_the_metrics_that_scaling_reads_are_those_of_the_release() -> None:
    metrics = {fact.name: fact.value for fact in _facts("metric")}
    assert VLLM.queue_metric is not None
    assert VLLM.tokens_metric is not None
    assert VLLM.requests_metric is not None
    assert VLLM.prompts_metric is not None
    of_scaling = (VLLM.queue_metric, VLLM.tokens_metric, VLLM.requests_metric, VLLM.prompts_metric)
    assert [metrics[name] for name in of_scaling] == ["gauge", "counter", "counter", "counter"]


def test_the_variables_are_read_by_the_release_or_by_a_named_library() -> None:
    variables = {fact.name for fact in _facts("variable")}
    assert set(VLLM.environment) - variables == OF_OTHER_LIBRARIES.keys()
    assert {"VLLM_CACHE_ROOT", "VLLM_CONFIG_ROOT"} <= VLLM.environment.keys()


def test_shared_memory_holds_the_queues_of_the_release_and_what_nccl_needs() -> None:
    sizes = {fact.name: int(fact.value) for fact in _facts("queue")}
    engine, worker, chunks = (
        sizes[name] for name in ("MiB of a chunk of the engine", "MiB of a chunk of a worker", "chunks")
    )
    for gpus, gib in VLLM.shared_memory_gib.items():
        assert gib >= (engine + gpus * worker) * chunks / 1024 + NCCL_GIB


def test_the_release_does_not_end_its_requests_on_sigterm() -> None:
    """The engine ends before the HTTP server has answered, so that requests must end before SIGTERM."""
    [fact] = _facts("drain")
    assert (fact.value == "True") == (not VLLM.drains)


def test_the_stacks_use_the_release_of_the_facts() -> None:
    files = [*ROOT.glob("Pulumi.?*.yaml"), *ROOT.glob("examples/*/Pulumi.?*.yaml")]
    images = {tag for file in files for tag in re.findall(r"vllm/vllm-openai:v([\w.]+)", file.read_text("utf-8"))}
    assert images == {fact.value for fact in _facts("version")}


def test_the_oldest_release_for_several_machines_takes_the_planned_arguments() -> None:
    """Releases before it have none of these options."""
    several, serving = read(MULTI_NODE), ServingSpec.model_validate(GROUPED)
    assert VLLM.distribution is not None
    [version] = _facts("version", several)
    assert tuple(map(int, version.value.split("."))) == VLLM.distribution.first_version
    leader, worker = (
        vars(parser(several).parse_args(made(serving, "assistant").args)) for made in (server_of, worker_of)
    )
    for machine in (leader, worker):
        assert machine["model_tag"] == "/models"
        assert (machine["tensor_parallel_size"], machine["pipeline_parallel_size"]) == ("8", "2")
        assert (machine["nnodes"], machine["node_rank"]) == ("2", "$(LWS_WORKER_INDEX)")
    assert (leader["master_addr"], leader["headless"]) == ("$(VLLM_HOST_IP)", False)
    assert (worker["master_addr"], worker["headless"]) == ("$(LWS_LEADER_ADDRESS)", True)
    assert VLLM.distribution.address_variable in {fact.name for fact in _facts("variable", several)}
    with pytest.raises(_Refused, match="nnodes"):
        parser().parse_args(server_of(serving, "assistant").args)
