"""The reference inference server: accuracy and size of its int8 model, and conformance to the serving contract."""

import contextlib
import http.client
import importlib.util
import json
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from falaj.components.core.serving.server_command import server_of
from falaj.components.core.serving.specs import ServingSpec
from tests.ports import free_port
from tests.unit.components.serving_samples import SLEEPING
from tests.workloads.environments import EXAMPLES, required_python

HERE = EXAMPLES / "inference"
ACCURACY_LOSS = 0.01
PLANNED = server_of(ServingSpec.model_validate(SLEEPING | {"runtime": "onnx"}), "sentiment")
"""Maximum loss of accuracy of the int8 model: 1 percentage point."""


@pytest.fixture(scope="module")
def python() -> Path:
    return required_python("inference", HERE / "requirements-model.txt")


@pytest.fixture(scope="module")
def model(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    subprocess.run([python, HERE / "make_model.py", folder], check=True, capture_output=True)
    return folder


def _start(python: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [python, HERE / "server.py"],
        env={"PYTHONDONTWRITEBYTECODE": "1", **environment},
        stderr=subprocess.PIPE,
        text=True,
    )


class Server:
    """A running server with the environment of the serving contract."""

    def __init__(self, python: Path, model: Path, **changed: str) -> None:
        self.port = free_port()
        settings = PLANNED.environment
        variables = {key: str(value) for key, value in settings.items()}
        variables |= {"FALAJ_MODEL": str(model), "FALAJ_PORT": str(self.port), **changed}
        self.process = _start(python, variables)

    def ask(self, path: str, body: Any = None) -> tuple[int, str]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def wait(self) -> None:
        """Waits until the server is ready."""
        for _ in range(300):
            assert self.process.poll() is None
            try:
                if self.ask(PLANNED.probes.readiness)[0] == 200:
                    return
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.1)
        raise AssertionError("not ready after 30 s")

    def end(self) -> int:
        """Sends SIGTERM; returns the exit status."""
        self.process.send_signal(signal.SIGTERM)
        _, _ = self.process.communicate(timeout=20)
        return self.process.returncode


@pytest.fixture(scope="module")
def server(python: Path, model: Path) -> Iterator[Server]:
    server = Server(python, model)
    server.wait()
    yield server
    if server.process.poll() is None:
        server.end()


@pytest.mark.workloads
def test_the_int8_model_is_smaller_and_nearly_as_accurate(python: Path, model: Path) -> None:
    done = subprocess.run([python, HERE / "measure.py", model, "--json"], check=True, capture_output=True, text=True)
    results = json.loads(done.stdout)
    quantised, full = results["int8"], results["fp32"]
    assert full["accuracy"] > 0.9
    assert quantised["accuracy"] >= full["accuracy"] - ACCURACY_LOSS
    assert quantised["file_mib"] < 0.3 * full["file_mib"]
    assert quantised["memory_mib"] < full["memory_mib"]
    for values in results.values():
        assert 0 < values["p50_ms"] <= values["p95_ms"]


@pytest.mark.workloads
def test_it_answers_valid_requests(server: Server) -> None:
    assert server.ask(PLANNED.probes.liveness)[0] == 200
    status, body = server.ask("/predict", {"texts": ["i lost my card in deira", "كم رصيدي"]})
    assert status == 200
    assert [prediction["intent"] for prediction in json.loads(body)["predictions"]] == ["card", "balance"]


@pytest.mark.workloads
@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/predict", {"texts": []}, 400),
        ("/predict", {"texts": "one"}, 400),
        ("/predict", {"texts": [1]}, 400),
        ("/predict", {"texts": ["x"] * 65}, 400),
        ("/predict", {"texts": ["x" * 4001]}, 400),
        ("/predict", [], 400),
        ("/other", {"texts": ["x"]}, 404),
        ("/other", None, 404),
    ],
)
def test_it_refuses_invalid_requests(server: Server, path: str, body: Any, status: int) -> None:
    assert server.ask(path, body)[0] == status
    assert server.ask(PLANNED.probes.liveness)[0] == 200


@pytest.mark.workloads
@pytest.mark.parametrize("length", [str((1 << 20) + 1), "many"])
def test_a_body_that_is_too_large_is_not_read(server: Server, length: str) -> None:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.putrequest("POST", "/predict")
        connection.putheader("Content-Length", length)
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == 413
        answer.read()
        assert (
            connection.sock is None
        )  # the server closed the connection, so that the unread body is not parsed as the next request


@pytest.mark.workloads
def test_the_metrics_count_the_answered_requests(server: Server) -> None:
    def metric_sum(metric: str) -> float:
        lines = server.ask(PLANNED.metrics_path)[1].splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(metric))

    before, texts = metric_sum('falaj_requests_total{code="200"}'), metric_sum("falaj_texts_total")
    server.ask("/predict", {"texts": ["what is my balance"] * 3})
    assert metric_sum('falaj_requests_total{code="200"}') == before + 1
    assert metric_sum("falaj_texts_total") == texts + 3
    assert metric_sum("falaj_requests_waiting") == 0
    assert metric_sum('falaj_request_seconds_bucket{le="+Inf"}') == metric_sum("falaj_request_seconds_count")


@pytest.mark.workloads
def test_it_ends_with_status_0_on_sigterm(python: Path, model: Path) -> None:
    server = Server(python, model, FALAJ_WEIGHTS="fp32")
    server.wait()
    assert server.end() == 0


@pytest.mark.workloads
@pytest.mark.parametrize(
    ("changed", "message"),
    [({"FALAJ_WEIGHTS": "int4"}, "FALAJ_WEIGHTS=int4 is not allowed"), ({"FALAJ_MODEL": "/nowhere"}, "/nowhere")],
    ids=str,
)
def test_without_its_model_it_says_why_and_ends(
    python: Path, model: Path, changed: dict[str, str], message: str
) -> None:
    server = Server(python, model, **changed)
    _, errors = server.process.communicate(timeout=30)
    assert server.process.returncode == 1
    assert message in errors.splitlines()[-1]


def _limits() -> ModuleType:
    """Loads the module `limits` of the server, which needs none of its libraries."""
    spec = importlib.util.spec_from_file_location("limits", HERE / "limits.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("environment", "limit", "expected"),
    [
        ({"FALAJ_THREADS": "3"}, "100000 100000", 3),
        ({}, "250000 100000", 2),
        ({}, "50000 100000", 1),
        ({"FALAJ_THREADS": "0"}, "max 100000", 1),
    ],
)
def test_threads_are_what_the_container_may_use(
    tmp_path: Path, environment: dict[str, str], limit: str, expected: int
) -> None:
    (tmp_path / "cpu.max").write_text(limit)
    assert _limits().threads(environment, tmp_path / "cpu.max") == expected


def test_without_a_limit_every_processor_is_used(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("max 100000")
    assert _limits().threads({}, tmp_path / "cpu.max") == _limits().threads({}, tmp_path / "absent") >= 1


def test_the_image_runs_as_an_unprivileged_user_and_contains_no_model() -> None:
    lines = (HERE / "Containerfile").read_text().splitlines()
    assert "USER 65532:65532" in lines
    assert not any("latest" in line or "/models" in line for line in lines if not line.startswith("#"))
    copied = next(line for line in lines if line.startswith("COPY") and "server.py" in line)
    needed = {"classifier.py", "features.py", "limits.py", "metrics.py", "server.py"}
    assert needed == {word for word in copied.split() if word.endswith(".py")}
