"""The row of Triton in the table of runtimes, held against the options, routes and metrics of a release."""

import pytest

from falaj.components.core.serving.runtimes import RUNTIMES, RuntimeName
from falaj.components.core.serving.server_command import Server, server_of
from falaj.components.core.serving.specs import ServingSpec
from tests.unit.components.serving_samples import LARGE
from tests.workloads.triton_facts import read
from tests.workloads.vllm_facts import Fact

TRITON = RUNTIMES[RuntimeName.TRITON]
FACTS = read()


def _facts(kind: str) -> dict[str, Fact]:
    return {fact.name: fact for fact in FACTS if fact.kind == kind}


@pytest.fixture(scope="module")
def planned() -> Server:
    load = {**LARGE["load"], "query": "sum(up)"}
    image = "registry.example/nvidia/tritonserver:26.07-py3"
    return server_of(ServingSpec.model_validate({**LARGE, "runtime": "triton", "image": image, "load": load}), "models")


def test_the_release_takes_the_planned_arguments(planned: Server) -> None:
    options = _facts("option")
    given = dict(argument.split("=", 1) for argument in planned.args)
    assert len(given) == len(planned.args)
    assert {name: options[name].value for name in given} == {
        "--model-repository": "Str",
        "--http-port": "Int",
        "--metrics-port": "Int",
        "--allow-grpc": "Bool",
        "--exit-timeout-secs": "Int",
    }
    assert (given["--http-port"], given["--metrics-port"]) == (str(planned.port), str(planned.metrics_port))


def test_the_ports_and_paths_are_those_of_the_release(planned: Server) -> None:
    defaults = {name: fact.value for name, fact in _facts("default").items()}
    assert (planned.port, planned.metrics_port) == (int(defaults["--http-port"]), int(defaults["--metrics-port"]))
    probes = TRITON.probes
    assert {probes.startup, probes.readiness, probes.liveness, TRITON.metrics_path} == _facts("route").keys()


def test_the_metrics_that_scaling_reads_are_those_of_the_release() -> None:
    assert {TRITON.queue_metric, TRITON.requests_metric} <= _facts("metric").keys()


def test_the_release_waits_for_the_requests_in_progress_within_the_grace_period(planned: Server) -> None:
    [fact] = _facts("drain").values()
    assert (fact.value == "True") == TRITON.drains
    assert "--exit-timeout-secs=300" in planned.args
