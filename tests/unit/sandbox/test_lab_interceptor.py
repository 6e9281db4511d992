"""Requests to a model that is scaled to zero: held until a pod is ready, reported to KEDA, and answered."""

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
    """A fake API server with one InterceptorRoute, whose service has the endpoints that a test sets."""

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
    server = Interceptor(cast(Api, cluster), 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def send(interceptor: Interceptor, host: str = "asleep.example.ae") -> tuple[int, dict[str, Any]]:
    address = f"http://{ADDRESS}:{interceptor.server_address[1]}/"
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def test_a_request_is_held_and_counted_until_a_pod_is_ready(cluster: Cluster, interceptor: Interceptor) -> None:
    responses: list[tuple[int, dict[str, Any]]] = []
    thread = threading.Thread(target=lambda: responses.append(send(interceptor)))
    thread.start()
    wait_for(
        lambda: interceptor.pending_requests("retail", "asleep") == PendingRequests(1, 4),
        5,
        "the request to be counted",
    )
    cluster.endpoints = [{"addresses": ["10.244.0.4"], "conditions": {"ready": False}}]
    time.sleep(0.2)
    assert not responses
    cluster.endpoints.append({"addresses": ["10.244.0.5"], "conditions": {"ready": True}})
    thread.join(5)
    [(status, body)] = responses
    assert (status, body["pod"]) == (200, "10.244.0.5")
    assert interceptor.pending_requests("retail", "asleep").requests == 0
    assert send(interceptor)[1]["held_seconds"] < 0.1


def test_unknown_hosts_are_not_held_and_late_requests_time_out(interceptor: Interceptor) -> None:
    assert send(interceptor, "nobody.example.ae")[0] == 404
    assert send(interceptor) == (504, {"error": "no pod was ready after 1 s"})
    # The response is sent before the request is removed from the count.
    wait_for(lambda: interceptor.pending_requests("retail", "asleep").requests == 0, 5, "the pending requests to end")
    with pytest.raises(KeyError):
        interceptor.pending_requests("retail", "other")


@pytest.mark.parametrize(("text", "seconds"), [(None, 20), ("90s", 90), ("2m", 120), ("1m30s", 90), ("0.5s", 0.5)])
def test_durations(text: str | None, seconds: float) -> None:
    assert parse_duration(text) == seconds


def test_keda_receives_the_pending_requests(cluster: Cluster, interceptor: Interceptor) -> None:
    with socket.socket() as free:
        free.bind((ADDRESS, 0))
        port = free.getsockname()[1]
    server = external_scaler.serve(interceptor, port, ADDRESS)
    types = messages()

    def call(method: str, request: Any, response: str) -> Any:
        with grpc.insecure_channel(f"{ADDRESS}:{port}") as channel:
            path = f"/{PACKAGE}.ExternalScaler/{method}"
            return channel.unary_unary(path, external_scaler.serialise, types[response].FromString)(request)

    ref = types["ScaledObjectRef"](name="s", namespace="retail", scalerMetadata={"interceptorRoute": "asleep"})
    assert call("IsActive", ref, "IsActiveResponse").result is False
    with interceptor.hold(ROUTE), interceptor.hold(ROUTE):
        assert call("IsActive", ref, "IsActiveResponse").result is True
        request = types["GetMetricsRequest"](scaledObjectRef=ref, metricName="m")
        [value] = call("GetMetrics", request, "GetMetricsResponse").metricValues
        assert (value.metricName, value.metricValue) == ("m", 2)
    [spec] = call("GetMetricSpec", ref, "GetMetricSpecResponse").metricSpecs
    assert spec.targetSize == 4
    without_route = types["ScaledObjectRef"](name="s", namespace="retail")
    with pytest.raises(grpc.RpcError, match="there is no InterceptorRoute retail/"):
        call("GetMetricSpec", without_route, "GetMetricSpecResponse")
    server.stop(None).wait()


def test_the_service_proxy_connects_only_to_known_names() -> None:
    def echo(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(connection.recv(100).upper())

    with socket.create_server((ADDRESS, 0)) as listening:
        threading.Thread(target=echo, args=(listening,), daemon=True).start()
        proxy = service_proxy.serve(0, {"scaler.keda:9090": listening.getsockname()[1]})

        def connect(target: str) -> tuple[bytes, bytes]:
            with socket.create_connection((ADDRESS, proxy.server_address[1])) as client:
                client.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
                response = client.recv(100)
                if b" 200 " not in response:
                    return response, b""
                client.sendall(b"hello")
                return response, client.recv(100)

        assert connect("scaler.keda:9090") == (b"HTTP/1.1 200 OK\r\n\r\n", b"HELLO")
        assert connect("elsewhere.example:443") == (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"")
        proxy.shutdown()
        proxy.server_close()
