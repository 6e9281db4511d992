"""The reference inference server, run for real: what eight bits cost and save, and that it keeps the contract."""

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
"""What eight bits may cost: one answer in a hundred more is wrong."""


@pytest.fixture(scope="module")
def python() -> Path:
    return required_python("inference", HERE / "requirements-model.txt")


@pytest.fixture(scope="module")
def model(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    subprocess.run([python, HERE / "make_model.py", folder], check=True, capture_output=True)
    return folder


def _started(python: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [python, HERE / "server.py"],
        env={"PYTHONDONTWRITEBYTECODE": "1", **environment},
        stderr=subprocess.PIPE,
        text=True,
    )


class Asked:
    """A server under its contract, and what it answers."""

    def __init__(self, python: Path, model: Path, **changed: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        told = server_environment(ServingSpec.model_validate(SLEEPING))
        variables = {key: str(value) for key, value in told.items()}
        variables |= {"FALAJ_MODEL": str(model), "FALAJ_PORT": str(self.port), **changed}
        self.process = _started(python, variables)

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
        """Until it is ready."""
        for _ in range(300):
            assert self.process.poll() is None
            try:
                if self.ask(READY)[0] == 200:
                    return
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.1)
        raise AssertionError("not ready after 30 s")

    def end(self) -> int:
        """Its exit status after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        _, _ = self.process.communicate(timeout=20)
        return self.process.returncode


@pytest.fixture(scope="module")
def server(python: Path, model: Path) -> Iterator[Asked]:
    asked = Asked(python, model)
    asked.wait()
    yield asked
    if asked.process.poll() is None:
        asked.end()


@pytest.mark.workloads
def test_eight_bits_are_smaller_and_hardly_worse(python: Path, model: Path) -> None:
    done = subprocess.run([python, HERE / "measure.py", model, "--json"], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    quantised, full = found["int8"], found["fp32"]
    assert full["accuracy"] > 0.9
    assert quantised["accuracy"] >= full["accuracy"] - ACCURACY_LOSS
    assert quantised["file_mib"] < 0.3 * full["file_mib"]
    assert quantised["memory_mib"] < full["memory_mib"]
    for values in found.values():
        assert 0 < values["p50_ms"] <= values["p95_ms"]


@pytest.mark.workloads
def test_what_it_is_asked_it_answers(server: Asked) -> None:
    assert server.ask(HEALTHY)[0] == 200
    status, body = server.ask("/predict", {"texts": ["i lost my card in deira", "كم رصيدي"]})
    assert status == 200
    assert [said["intent"] for said in json.loads(body)["predictions"]] == ["card", "balance"]


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
def test_what_it_does_not_answer(server: Asked, path: str, body: Any, status: int) -> None:
    assert server.ask(path, body)[0] == status
    assert server.ask(HEALTHY)[0] == 200


@pytest.mark.workloads
@pytest.mark.parametrize("length", [str((1 << 20) + 1), "many"])
def test_what_is_too_large_is_not_even_read(server: Asked, length: str) -> None:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.putrequest("POST", "/predict")
        connection.putheader("Content-Length", length)
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == 413
        answer.read()
        assert connection.sock is None  # hung up on, so that nothing unread is taken for the next request


@pytest.mark.workloads
def test_prometheus_reads_what_was_answered(server: Asked) -> None:
    def counted(metric: str) -> float:
        lines = server.ask(METRICS)[1].splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(metric))

    before, texts = counted('falaj_requests_total{code="200"}'), counted("falaj_texts_total")
    server.ask("/predict", {"texts": ["what is my balance"] * 3})
    assert counted('falaj_requests_total{code="200"}') == before + 1
    assert counted("falaj_texts_total") == texts + 3
    assert counted("falaj_requests_waiting") == 0
    assert counted('falaj_request_seconds_bucket{le="+Inf"}') == counted("falaj_request_seconds_count")


@pytest.mark.workloads
def test_it_ends_in_order_when_told_to(python: Path, model: Path) -> None:
    asked = Asked(python, model, FALAJ_WEIGHTS="fp32")
    asked.wait()
    assert asked.end() == 0


@pytest.mark.workloads
@pytest.mark.parametrize(
    ("changed", "message"),
    [({"FALAJ_WEIGHTS": "int4"}, "FALAJ_WEIGHTS=int4 is not allowed"), ({"FALAJ_MODEL": "/nowhere"}, "/nowhere")],
    ids=str,
)
def test_without_its_model_it_says_why_and_ends(
    python: Path, model: Path, changed: dict[str, str], message: str
) -> None:
    asked = Asked(python, model, **changed)
    _, told = asked.process.communicate(timeout=30)
    assert asked.process.returncode == 1
    assert message in told.splitlines()[-1]


def _limits() -> ModuleType:
    """The one file of the server that needs none of its libraries."""
    spec = importlib.util.spec_from_file_location("limits", HERE / "limits.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("told", "limit", "expected"),
    [
        ({"FALAJ_THREADS": "3"}, "100000 100000", 3),
        ({}, "250000 100000", 2),
        ({}, "50000 100000", 1),
        ({"FALAJ_THREADS": "0"}, "max 100000", 1),
    ],
)
def test_threads_are_what_the_container_may_use(
    tmp_path: Path, told: dict[str, str], limit: str, expected: int
) -> None:
    (tmp_path / "cpu.max").write_text(limit)
    assert _limits().threads(told, tmp_path / "cpu.max") == expected


def test_without_a_limit_every_processor_is_used(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("max 100000")
    assert _limits().threads({}, tmp_path / "cpu.max") == _limits().threads({}, tmp_path / "absent") >= 1


def test_the_image_runs_as_nobody_of_note_and_holds_no_model() -> None:
    lines = (HERE / "Containerfile").read_text().splitlines()
    assert "USER 65532:65532" in lines
    assert not any("latest" in line or "/models" in line for line in lines if not line.startswith("#"))
    copied = next(line for line in lines if line.startswith("COPY") and "server.py" in line)
    needed = {"classifier.py", "features.py", "limits.py", "metrics.py", "server.py"}
    assert needed == {word for word in copied.split() if word.endswith(".py")}
