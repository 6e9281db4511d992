"""Requests for a model that is scaled to zero: held until a pod is ready, reported to KEDA, and answered."""

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any, cast

import grpc
import pytest

from falaj.sandbox.lab import external_scaler, service_proxy
from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.certificates import ADDRESS
from falaj.sandbox.lab.external_scaler import PACKAGE, PendingRequests, messages
from falaj.sandbox.lab.interceptor import Interceptor, parse_duration

ROUTE = {
    "metadata": {"name": "asleep", "namespace": "retail"},
    "spec": {
        "target": {"service": "asleep", "port": 80},
        "rules": [{"hosts": ["asleep.example.ae"]}],
        "scalingMetric": {"concurrency": {"targetValue": 4}},
        "timeouts": {"readiness": "1s"},
    },
}


class Cluster:
    """An API server with one route; the test sets the pods of its service."""

    def __init__(self) -> None:
        self.endpoints: list[dict[str, Any]] = []

    def list(self, version: str, kind: str, namespace: str | None = None, labels: str = "") -> list[Any]:
        if kind == "InterceptorRoute":
            return [ROUTE]
        assert (namespace, labels) == ("retail", "kubernetes.io/service-name=asleep")
        return [{"endpoints": self.endpoints}]

    def get(self, manifest: dict[str, Any]) -> Any:
        return ROUTE if manifest["metadata"] == ROUTE["metadata"] else None


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


@pytest.fixture
def interceptor(cluster: Cluster) -> Iterator[Interceptor]:
    one = Interceptor(cast(Api, cluster), 0)
    threading.Thread(target=one.serve_forever, daemon=True).start()
    yield one
    one.shutdown()
    one.server_close()


def ask(interceptor: Interceptor, host: str = "asleep.example.ae") -> tuple[int, dict[str, Any]]:
    address = f"http://{ADDRESS}:{interceptor.server_address[1]}/"
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def test_a_request_is_held_until_a_pod_is_ready_and_counted_meanwhile(
    cluster: Cluster, interceptor: Interceptor
) -> None:
    answers: list[tuple[int, dict[str, Any]]] = []
    asking = threading.Thread(target=lambda: answers.append(ask(interceptor)))
    asking.start()
    wait_for(
        lambda: interceptor.pending_requests("retail", "asleep") == PendingRequests(1, 4),
        5,
        "the request to be counted",
    )
    cluster.endpoints = [{"addresses": ["10.244.0.4"], "conditions": {"ready": False}}]
    time.sleep(0.2)
    assert not answers
    cluster.endpoints.append({"addresses": ["10.244.0.5"], "conditions": {"ready": True}})
    asking.join(5)
    [(status, body)] = answers
    assert (status, body["pod"]) == (200, "10.244.0.5")
    assert interceptor.pending_requests("retail", "asleep").requests == 0
    assert ask(interceptor)[1]["held_seconds"] < 0.1


def test_who_is_nobody_is_not_held_and_who_is_late_is_told(interceptor: Interceptor) -> None:
    assert ask(interceptor, "nobody.example.ae")[0] == 404
    assert ask(interceptor) == (504, {"error": "no pod was ready after 1 s"})
    # The request is answered before it stops counting as pending.
    wait_for(lambda: interceptor.pending_requests("retail", "asleep").requests == 0, 5, "nobody to wait any more")
    with pytest.raises(KeyError):
        interceptor.pending_requests("retail", "other")


@pytest.mark.parametrize(("text", "result"), [(None, 20), ("90s", 90), ("2m", 120), ("1m30s", 90), ("0.5s", 0.5)])
def test_durations(text: str | None, result: float) -> None:
    assert parse_duration(text) == result


def test_keda_is_told(cluster: Cluster, interceptor: Interceptor) -> None:
    with socket.socket() as free:
        free.bind((ADDRESS, 0))
        port = free.getsockname()[1]
    server = external_scaler.serve(interceptor, port, ADDRESS)
    message_classes = messages()

    def call(method: str, request: Any, answer: str) -> Any:
        with grpc.insecure_channel(f"{ADDRESS}:{port}") as channel:
            path = f"/{PACKAGE}.ExternalScaler/{method}"
            return channel.unary_unary(path, external_scaler.serialise, message_classes[answer].FromString)(request)

    ref = message_classes["ScaledObjectRef"](
        name="s", namespace="retail", scalerMetadata={"interceptorRoute": "asleep"}
    )
    assert call("IsActive", ref, "IsActiveResponse").result is False
    with interceptor.hold(ROUTE), interceptor.hold(ROUTE):
        assert call("IsActive", ref, "IsActiveResponse").result is True
        requested = message_classes["GetMetricsRequest"](scaledObjectRef=ref, metricName="m")
        [value] = call("GetMetrics", requested, "GetMetricsResponse").metricValues
        assert (value.metricName, value.metricValue) == ("m", 2)
    [spec] = call("GetMetricSpec", ref, "GetMetricSpecResponse").metricSpecs
    assert spec.targetSize == 4
    nobody = message_classes["ScaledObjectRef"](name="s", namespace="retail")
    with pytest.raises(grpc.RpcError, match="there is no InterceptorRoute retail/"):
        call("GetMetricSpec", nobody, "GetMetricSpecResponse")
    server.stop(None).wait()


def test_names_lead_to_whom_they_are_known_to_mean_and_to_nobody_else() -> None:
    def echo(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(connection.recv(100).upper())

    with socket.create_server((ADDRESS, 0)) as listening:
        threading.Thread(target=echo, args=(listening,), daemon=True).start()
        names = service_proxy.serve(0, {"scaler.keda:9090": listening.getsockname()[1]})

        def connect(target: str) -> tuple[bytes, bytes]:
            with socket.create_connection((ADDRESS, names.server_address[1])) as way:
                way.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
                answer = way.recv(100)
                if b" 200 " not in answer:
                    return answer, b""
                way.sendall(b"hello")
                return answer, way.recv(100)

        assert connect("scaler.keda:9090") == (b"HTTP/1.1 200 OK\r\n\r\n", b"HELLO")
        assert connect("elsewhere.example:443") == (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"")
        names.shutdown()
        names.server_close()
