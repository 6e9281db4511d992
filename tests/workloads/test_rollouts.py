"""Experiments and new versions of served models under load, against real servers: no request fails.

The planned containers run as processes behind a gateway with the planned weights. Some clients listen to answers of ten
seconds, so that answers are in progress at each change.
"""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from falaj.components.core.serving.draining import PRE_STOP_SECONDS
from falaj.sandbox.lab.api import wait_for
from tests.workloads.container import Image, unavailable
from tests.workloads.gateway import HEARS_SECONDS, Clients, Gateway
from tests.workloads.llama_cpp import required_programs
from tests.workloads.models import language_model
from tests.workloads.planned import awake, deployments_of, planned_deployment, planned_experiment, weights_of
from tests.workloads.pods import Pods, running

pytestmark = [pytest.mark.workloads, pytest.mark.skipif(unavailable() is not None, reason=str(unavailable()))]

SERVICE = "helpdesk"
DRAIN_SECONDS = 10
LISTEN_SECONDS = 10.0
"""Seconds of a streamed answer, which a server must go on generating while its pod is deleted."""
COUNTED = 40
"""Requests by which the split of each stage is judged."""

SHORT = {"model": SERVICE, "prompt": "How much", "max_tokens": 8, "ignore_eos": True, "temperature": 0}
LONG = {**SHORT, "max_tokens": 1_000_000, "stream": True}


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder with a short path, as those of Unix sockets must be."""
    with tempfile.TemporaryDirectory(prefix="falaj-") as path:
        yield Path(path)


@pytest.fixture(scope="module")
def image() -> Image:
    """The programs of llama.cpp where its server image has them."""
    return Image({"/app": required_programs()}, (), {"LLAMA_ARG_HOST": "0.0.0.0"})  # noqa: S104


def _model(folder: Path, serving: Mapping[str, Any]) -> Path:
    """Returns the folder of the model of a service, with the name of its file."""
    target = folder / "model"
    target.mkdir(exist_ok=True)
    shutil.copyfile(language_model("tiny", "Q8_0", "Q4_K_M") / "Q4_K_M.gguf", target / serving["model"]["file"])
    return target


class Load:
    """Clients with short requests, and clients with long streamed answers."""

    def __init__(self, gateway: Gateway) -> None:
        self.short = Clients(gateway, "/v1/completions", SHORT, 2)
        self.long = Clients(gateway, "/v1/completions", LONG, 2, LISTEN_SECONDS)

    @property
    def answered(self) -> int:
        """Number of complete answers so far."""
        return len(self.short.answers) + len(self.long.answers)


@contextmanager
def load(gateway: Gateway) -> Iterator[Load]:
    """Sends requests while the context is open, and waits for their answers."""
    clients = Load(gateway)
    try:
        yield clients
    finally:
        for one in (clients.short, clients.long):
            one.stop()


def _serving(*args: str, **changed: Any) -> dict[str, Any]:
    """Returns the served model, which goes on with an answer that is longer than its context."""
    options = ["--ctx-size", "16384", "--context-shift", *args]
    settings = {"args": options, "min": 1, "max": 2, "concurrency": 4, "drain_seconds": DRAIN_SECONDS}
    return awake(SERVICE, **(settings | changed))


def test_an_experiment_is_shifted_and_rolled_back_without_a_failed_request(
    folder: Path, image: Image, record_property
) -> None:
    a, b = _serving(), _serving("--cache-reuse", "256")
    stages = [
        planned_experiment(SERVICE, a, b, **split)
        for split in (
            {"weights": {"a": 100, "b": 0}},
            {"weights": {"a": 50, "b": 50}},
            {"winner": "b"},
            {"weights": {"a": 100, "b": 0}},
        )
    ]
    deployments = deployments_of(stages[0])
    assert all(deployments_of(stage) == deployments for stage in stages), "a change of weights restarts pods"
    first, second = deployments
    gateway = Gateway(weights_of(stages[0]))
    model = _model(folder, a)
    variants = {name: Pods(name, gateway, image, model, folder) for name in deployments}
    counted: list[Counter[str]] = []
    with running(*variants.values()):
        for name, pods in variants.items():
            pods.create(deployments[name]["template"])
        with load(gateway) as clients:
            for stage in stages:
                gateway.shift(weights_of(stage))
                before = gateway.chosen.copy()
                wait_for(lambda before=before: (gateway.chosen - before).total() >= COUNTED, 60, "requests")
                counted.append(gateway.chosen - before)
    record_property("requests", clients.answered)
    record_property("streamed answers", len(clients.long.answers))
    assert clients.short.failures + clients.long.failures == []
    assert [count[second] for count in (counted[0], counted[3])] == [0, 0]
    assert counted[2][first] == 0
    assert 0.3 < counted[1][second] / counted[1].total() < 0.7


FLEETS: Mapping[str, tuple[int, Mapping[str, Any]]] = {
    "one replica, and one more during a rollout": (1, {}),
    "two replicas on GPUs, and one less during a rollout": (
        2,
        {"tier": "enterprise", "gpu": {"count": 1}, "min": 2, "architectures": ["amd64"], "interruptible": False},
    ),
}


@pytest.mark.parametrize("fleet", FLEETS)
def test_a_new_version_of_a_served_model_fails_no_request(
    folder: Path, image: Image, record_property, fleet: str
) -> None:
    replicas, changed = FLEETS[fleet]
    served, upgraded = (
        _serving(**changed, image=f"registry.example.ae/ggml-org/llama.cpp:{tag}")
        for tag in ("server-b10818", "server-b10964")
    )
    before, after = (planned_deployment(SERVICE, serving) for serving in (served, upgraded))
    assert before["template"] != after["template"]
    gateway = Gateway({SERVICE: 100})
    pods = Pods(SERVICE, gateway, image, _model(folder, served), folder)
    with running(pods):
        for _ in range(replicas):
            pods.create(before["template"])
        with load(gateway) as clients:
            time.sleep(2)
            pods.roll_out(after)
            ends = pods.ends()
    record_property("requests", clients.answered)
    record_property("streamed answers", len(clients.long.answers))
    assert clients.short.failures + clients.long.failures == []
    assert [end.was_killed for end in ends] == [False] * replicas
    assert pods.created == 2 * replicas
    assert LISTEN_SECONDS > PRE_STOP_SECONDS + HEARS_SECONDS, "no answer would outlive the stop hook of other servers"
