"""Planned containers of served models, run as processes: they start, get ready, answer, are scraped, and end without a
failed request.
"""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from falaj.components.core.serving.runtimes import RUNTIMES, Runtime, RuntimeName
from tests.workloads.container import Container, Image, unavailable
from tests.workloads.environments import required_python
from tests.workloads.llama_cpp import required_programs
from tests.workloads.models import INFERENCE, classifier, language_model
from tests.workloads.planned import planned_pod, serving_of

CLIENTS = 4
ROUTED_SECONDS = 2.0
"""Seconds for which gateways still send requests to a pod that is being deleted."""

START_SECONDS = 120

DRAIN_SECONDS = 15
"""Drain of the services under test, whose length of 300 s the tests do not wait for."""

pytestmark = [pytest.mark.workloads, pytest.mark.skipif(unavailable() is not None, reason=str(unavailable()))]


@dataclass(frozen=True)
class Case:
    """A service of the example, and what its server is asked.

    image and model: what its container runs with. path, question: a request. is_answer: of the response's body.
    slow_question: one that takes a fraction of a second on an idle machine, and less than the drain on a busy one.
    """

    service: str
    image: Callable[[], Image]
    model: Callable[[], Path]
    path: str
    question: Any
    is_answer: Callable[[Any], bool]
    slow_question: Any


def _onnx_image() -> Image:
    """The reference server with its libraries, as its Containerfile packs them."""
    python = required_python("inference", INFERENCE / "requirements-model.txt")
    environment, interpreter = python.parents[1], python.resolve().parents[1]
    return Image(
        files={"/server": INFERENCE, str(environment): environment, str(interpreter): interpreter},
        entrypoint=("python", "/server/server.py"),
        environment={"PATH": f"{python.parent}:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
    )


def _llama_image() -> Image:
    """The programs of llama.cpp where its server image has them."""
    return Image({"/app": required_programs()}, ("/app/llama-server",), {"LLAMA_ARG_HOST": "0.0.0.0"})  # noqa: S104


def _tiny_model() -> Path:
    return language_model("tiny", "Q8_0", "Q4_K_M")


def _completion(tokens: int) -> Any:
    return {"model": "helpdesk", "prompt": "How much", "max_tokens": tokens, "ignore_eos": True, "temperature": 0}


def _texts(number: int) -> Any:
    return {"model": "embeddings", "input": [f"text {index} of a document" for index in range(number)]}


CASES = (
    Case(
        service="language",
        image=_onnx_image,
        model=classifier,
        path="/predict",
        question={"texts": ["i lost my card in deira"]},
        is_answer=lambda body: [item["intent"] for item in body["predictions"]] == ["card"],
        slow_question={"texts": ["i lost my card in deira " * 100] * 64},
    ),
    Case(
        service="helpdesk",
        image=_llama_image,
        model=_tiny_model,
        path="/v1/completions",
        question=_completion(8),
        is_answer=lambda body: body["usage"]["completion_tokens"] == 8 and bool(body["choices"][0]["text"]),
        slow_question=_completion(200),
    ),
    Case(
        service="embeddings",
        image=_llama_image,
        model=_tiny_model,
        path="/v1/embeddings",
        question=_texts(1),
        is_answer=lambda body: [len(item["embedding"]) for item in body["data"]] == [256],
        slow_question=_texts(16),
    ),
)


@dataclass(frozen=True)
class Prepared:
    """A case, with what its container runs with."""

    case: Case
    runtime: Runtime
    pod: Mapping[str, Any]
    image: Image
    model: Path

    def start(self, folder: Path) -> Container:
        return Container(self.pod, self.image, {"model": self.model}, folder)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.service)
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    case: Case = request.param
    serving = serving_of(case.service)
    model = case.model()
    if file := serving["model"].get("file"):
        # The files of the example's models have names of their own.
        made = {"q8_0": "Q8_0", "q4_k_m": "Q4_K_M"}[Path(file).stem.rpartition("-")[2]]
        renamed = tmp_path_factory.mktemp("model")
        shutil.copyfile(model / f"{made}.gguf", renamed / file)
        model = renamed
    runtime = RUNTIMES[RuntimeName(serving["runtime"])]
    return Prepared(case, runtime, planned_pod(case.service, drain_seconds=DRAIN_SECONDS), case.image(), model)


def _is_exposed(metrics: str, name: str | None) -> bool:
    return any(line.split("{")[0].split(" ")[0] == name for line in metrics.splitlines())


def test_the_planned_server_gets_ready_answers_and_is_scraped(prepared: Prepared, tmp_path: Path) -> None:
    runtime = prepared.runtime
    with prepared.start(tmp_path) as server:
        server.wait_until_started(START_SECONDS)
        assert [server.probe(name)[0] for name in ("readinessProbe", "livenessProbe")] == [200, 200]
        status, body = server.ask(prepared.case.path, prepared.case.question)
        assert status == 200, body
        assert prepared.case.is_answer(json.loads(body))
        status, metrics = server.ask(runtime.metrics_path)
        assert status == 200
        assert _is_exposed(metrics, runtime.queue_metric), metrics
        for name in (runtime.tokens_metric, runtime.requests_metric, runtime.prompts_metric):
            assert name is None or _is_exposed(metrics, name), metrics


def test_the_memory_of_llama_cpp_is_bounded_by_its_plan(prepared: Prepared, tmp_path: Path) -> None:
    """Without sizes of its own it takes the trained context for each request, and 8 GiB for prompts of former ones."""
    if prepared.runtime is not RUNTIMES[RuntimeName.LLAMA_CPP]:
        assert "llama" not in str(prepared.pod)
        return
    environment = {item["name"]: item["value"] for item in prepared.pod["containers"][0]["env"]}
    serving = serving_of(prepared.case.service)
    given = serving.get("args", [])
    stated = int(given[given.index("--ctx-size") + 1] if "--ctx-size" in given else environment["LLAMA_ARG_CTX_SIZE"])
    with prepared.start(tmp_path) as server:
        server.wait_until_started(START_SECONDS)
        assert server.ask(prepared.case.path, prepared.case.question)[0] == 200
        log = server.log.read_text()
        peak = _peak_gib(server.pid)
    assert "context size unset" not in log
    [slots] = re.findall(r"n_slots = (\d+), n_ctx_slot = (\d+)", log)
    # A slot has no more than the context that the model was trained for.
    assert int(slots[0]) == serving["concurrency"]
    assert int(slots[1]) <= stated / serving["concurrency"]
    assert 0 < int(environment["LLAMA_ARG_CACHE_RAM"]) < serving["memory_gib"] * 1024 / 2
    assert peak < serving["memory_gib"]


def _peak_gib(pid: int) -> float:
    """Returns the most memory that a process has had in GiB."""
    [kib] = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(kib) / 1024**2


def test_a_deleted_pod_fails_no_request(prepared: Prepared, tmp_path: Path) -> None:
    case = prepared.case
    with prepared.start(tmp_path) as server:
        server.wait_until_started(START_SECONDS)
        server.call("load", port=server.port, path=case.path, body=json.dumps(case.slow_question), clients=CLIENTS)
        end = server.delete(ROUTED_SECONDS)
        results = server.call("results")
    assert results["failures"] == []
    assert results["answered"] >= CLIENTS
    assert not end.was_killed
    assert end.status == 0


def test_the_table_says_whether_requests_survive_sigterm(prepared: Prepared, tmp_path: Path) -> None:
    case = prepared.case
    with prepared.start(tmp_path) as server:
        server.wait_until_started(START_SECONDS)
        server.call("load", port=server.port, path=case.path, body=json.dumps(case.slow_question), clients=CLIENTS)
        results = server.interrupt(DRAIN_SECONDS)
    assert (results["failures"] == []) == prepared.runtime.drains
