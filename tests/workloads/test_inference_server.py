"""Runs the reference inference server: accuracy and size of int8 weights, and the serving contract."""

import contextlib
import http.client
import importlib.util
import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from falaj.components.core.serving.contract import HEALTHY, METRICS, READY, server_environment
from falaj.components.core.serving.specs import ServingSpec
from tests.unit.components.serving_samples import SLEEPING
from tests.workloads.environments import EXAMPLES, required_python

HERE = EXAMPLES / "inference"
ACCURACY_LOSS = 0.01
"""Maximum accuracy loss of int8 weights: one more wrong answer in a hundred."""


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
    """A server process that is started under the serving contract."""

    def __init__(self, python: Path, model: Path, **overrides: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        contract = server_environment(ServingSpec.model_validate(SLEEPING))
        variables = {key: str(value) for key, value in contract.items()}
        variables |= {"FALAJ_MODEL": str(model), "FALAJ_PORT": str(self.port), **overrides}
        self.process = _start(python, variables)

    def request(self, path: str, body: Any = None) -> tuple[int, str]:
        data = None if body is None else json.dumps(body).encode()
        http_request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data)
        try:
            with urllib.request.urlopen(http_request, timeout=20) as response:  # noqa: S310
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def wait(self) -> None:
        """Waits up to 30 s until the server is ready."""
        for _ in range(300):
            assert self.process.poll() is None
            try:
                if self.request(READY)[0] == 200:
                    return
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.1)
        raise AssertionError("not ready after 30 s")

    def stop(self) -> int:
        """Sends SIGTERM and returns the exit status."""
        self.process.send_signal(signal.SIGTERM)
        _, _ = self.process.communicate(timeout=20)
        return self.process.returncode


@pytest.fixture(scope="module")
def server(python: Path, model: Path) -> Iterator[Server]:
    started = Server(python, model)
    started.wait()
    yield started
    if started.process.poll() is None:
        started.stop()


@pytest.mark.workloads
def test_int8_weights_are_smaller_and_nearly_as_accurate(python: Path, model: Path) -> None:
    process = subprocess.run([python, HERE / "measure.py", model, "--json"], check=True, capture_output=True, text=True)
    results = json.loads(process.stdout)
    quantised, full = results["int8"], results["fp32"]
    assert full["accuracy"] > 0.9
    assert quantised["accuracy"] >= full["accuracy"] - ACCURACY_LOSS
    assert quantised["file_mib"] < 0.3 * full["file_mib"]
    assert quantised["memory_mib"] < full["memory_mib"]
    for values in results.values():
        assert 0 < values["p50_ms"] <= values["p95_ms"]


@pytest.mark.workloads
def test_predictions(server: Server) -> None:
    assert server.request(HEALTHY)[0] == 200
    status, body = server.request("/predict", {"texts": ["i lost my card in deira", "كم رصيدي"]})
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
def test_invalid_requests_are_refused(server: Server, path: str, body: Any, status: int) -> None:
    assert server.request(path, body)[0] == status
    assert server.request(HEALTHY)[0] == 200


@pytest.mark.workloads
@pytest.mark.parametrize("length", [str((1 << 20) + 1), "many"])
def test_oversized_requests_are_refused_without_reading_the_body(server: Server, length: str) -> None:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.putrequest("POST", "/predict")
        connection.putheader("Content-Length", length)
        connection.endheaders()
        response = connection.getresponse()
        assert response.status == 413
        response.read()
        assert connection.sock is None  # closed, so that the unread body is not parsed as the next request


@pytest.mark.workloads
def test_metrics_count_the_requests(server: Server) -> None:
    def value_of(metric: str) -> float:
        lines = server.request(METRICS)[1].splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(metric))

    before, texts = value_of('falaj_requests_total{code="200"}'), value_of("falaj_texts_total")
    server.request("/predict", {"texts": ["what is my balance"] * 3})
    assert value_of('falaj_requests_total{code="200"}') == before + 1
    assert value_of("falaj_texts_total") == texts + 3
    assert value_of("falaj_requests_waiting") == 0
    assert value_of('falaj_request_seconds_bucket{le="+Inf"}') == value_of("falaj_request_seconds_count")


@pytest.mark.workloads
def test_the_server_exits_cleanly_on_sigterm(python: Path, model: Path) -> None:
    server = Server(python, model, FALAJ_WEIGHTS="fp32")
    server.wait()
    assert server.stop() == 0


@pytest.mark.workloads
@pytest.mark.parametrize(
    ("changed", "message"),
    [({"FALAJ_WEIGHTS": "int4"}, "FALAJ_WEIGHTS=int4 is not allowed"), ({"FALAJ_MODEL": "/nowhere"}, "/nowhere")],
    ids=str,
)
def test_the_server_exits_with_the_reason_if_it_cannot_load_the_model(
    python: Path, model: Path, changed: dict[str, str], message: str
) -> None:
    server = Server(python, model, **changed)
    _, errors = server.process.communicate(timeout=30)
    assert server.process.returncode == 1
    assert message in errors.splitlines()[-1]


def _limits() -> ModuleType:
    """Returns the module `limits`, the only one of the server that needs no third-party libraries."""
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
def test_the_number_of_threads_follows_the_cpu_limit_of_the_container(
    tmp_path: Path, environment: dict[str, str], limit: str, expected: int
) -> None:
    (tmp_path / "cpu.max").write_text(limit)
    assert _limits().threads(environment, tmp_path / "cpu.max") == expected


def test_without_a_limit_all_cpus_are_used(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("max 100000")
    assert _limits().threads({}, tmp_path / "cpu.max") == _limits().threads({}, tmp_path / "absent") >= 1


def test_the_image_runs_as_non_root_and_has_no_model() -> None:
    lines = (HERE / "Containerfile").read_text().splitlines()
    assert "USER 65532:65532" in lines
    assert not any("latest" in line or "/models" in line for line in lines if not line.startswith("#"))
    copy_line = next(line for line in lines if line.startswith("COPY") and "server.py" in line)
    modules = {"classifier.py", "features.py", "limits.py", "metrics.py", "server.py"}
    assert modules == {word for word in copy_line.split() if word.endswith(".py")}
