"""Planned containers of served models, run as processes: they start, get ready, answer, are scraped, and end without a
failed request.
"""

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from falaj.components.core.serving.runtimes import RUNTIMES, RuntimeName
from tests.workloads.container import Container, Image, unavailable
from tests.workloads.environments import EXAMPLES, required_python
from tests.workloads.llama_cpp import required_programs
from tests.workloads.planned import LANGUAGE_MODEL, planned_pod

INFERENCE = EXAMPLES / "inference"
REQUIREMENTS = Path(__file__).parent / "language_model" / "requirements.txt"

CLIENTS = 4
ROUTED_SECONDS = 2.0
"""Seconds for which gateways still send requests to a pod that is being deleted."""

START_SECONDS = 120

pytestmark = [pytest.mark.workloads, pytest.mark.skipif(unavailable() is not None, reason=str(unavailable()))]


@dataclass(frozen=True)
class Case:
    """A service of a shipped stack, and what its server is asked.

    image and models: of the process. path, question: of a request. is_answer: of the response's body.
    slow_question: a request that takes about a second.
    """

    service: str
    runtime: RuntimeName
    image: Callable[[], Image]
    model: Callable[[Path], None]
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


def _onnx_model(folder: Path) -> None:
    python = required_python("inference", INFERENCE / "requirements-model.txt")
    subprocess.run([python, INFERENCE / "make_model.py", folder], check=True, capture_output=True)


def _llama_image() -> Image:
    """The folder of programs in the image of llama.cpp's server."""
    return Image({"/app": required_programs()}, ("/app/llama-server",), {"LLAMA_ARG_HOST": "0.0.0.0"})  # noqa: S104


def _llama_model(folder: Path) -> None:
    """Writes a tiny model and quantises it, under the name that the service of the stack has."""
    python = required_python("language-model", REQUIREMENTS)
    half, target = folder / "half.gguf", folder / LANGUAGE_MODEL.file
    subprocess.run([python, REQUIREMENTS.with_name("make_model.py"), "tiny", half], check=True, capture_output=True)
    command = [required_programs() / "llama-quantize", half, target, LANGUAGE_MODEL.quantisation]
    subprocess.run(command, check=True, capture_output=True)
    half.unlink()


def _completion(tokens: int) -> Any:
    return {"model": LANGUAGE_MODEL.service, "prompt": "How much", "max_tokens": tokens, "ignore_eos": True}


CASES = {
    "onnx": Case(
        service="language",
        runtime=RuntimeName.ONNX,
        image=_onnx_image,
        model=_onnx_model,
        path="/predict",
        question={"texts": ["i lost my card in deira"]},
        is_answer=lambda body: [item["intent"] for item in body["predictions"]] == ["card"],
        slow_question={"texts": ["i lost my card in deira " * 100] * 64},
    ),
    "llama-cpp": Case(
        service=LANGUAGE_MODEL.service,
        runtime=RuntimeName.LLAMA_CPP,
        image=_llama_image,
        model=_llama_model,
        path="/v1/completions",
        question=_completion(8),
        is_answer=lambda body: body["usage"]["completion_tokens"] == 8 and bool(body["choices"][0]["text"]),
        slow_question=_completion(1000),
    ),
}


@dataclass(frozen=True)
class Prepared:
    """A case, with what its container runs with."""

    case: Case
    pod: Mapping[str, Any]
    image: Image
    model: Path

    def start(self, folder: Path) -> Container:
        return Container(self.pod, self.image, {"model": self.model}, folder)


@pytest.fixture(scope="module", params=CASES, ids=str)
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    case = CASES[request.param]
    model = tmp_path_factory.mktemp("model")
    image = case.image()
    case.model(model)
    return Prepared(case, planned_pod(case.service), image, model)


def _is_exposed(metrics: str, name: str | None) -> bool:
    return any(line.split("{")[0].split(" ")[0] == name for line in metrics.splitlines())


def test_the_planned_server_gets_ready_answers_and_is_scraped(prepared: Prepared, tmp_path: Path) -> None:
    runtime = RUNTIMES[prepared.case.runtime]
    with prepared.start(tmp_path) as server:
        server.wait_until_started(START_SECONDS)
        assert [server.probe(name)[0] for name in ("readinessProbe", "livenessProbe")] == [200, 200]
        status, body = server.ask(prepared.case.path, prepared.case.question)
        assert status == 200, body
        assert prepared.case.is_answer(json.loads(body))
        status, metrics = server.ask(runtime.metrics_path)
        assert status == 200
        assert _is_exposed(metrics, runtime.queue_metric), metrics
        assert runtime.tokens_metric is None or _is_exposed(metrics, runtime.tokens_metric), metrics


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
        results = server.interrupt()
    assert (results["failures"] == []) == RUNTIMES[case.runtime].drains
