"""Requests through a real Envoy and a real endpoint picker: the choice is kept, its loss costs no request, names of
certificates are verified, and a picker of a tenant's own sends no request to another tenant."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from falaj.components.core.serving.backend_tls import TLS_PORT, server_name, tls_origination
from falaj.components.core.serving.endpoint_picker import PICKER_CALLS, PICKER_PORT, POOL_PORT
from falaj.sandbox.lab.api import wait_for
from falaj.sandbox.lab.certificates import ADDRESS
from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.ports import free_ports
from tests.lab.envoy_gateway import HOST, OTHER_HOST, Gateway, running_gateway
from tests.lab.objects import LabNamespace
from tests.lab.picker import ModelServer, Picker, field, model_servers
from tests.lab.test_inference_pools import BUSY, FREE, SECONDS, Space, ready

PODS = [(BUSY, TLS_PORT), (FREE, TLS_PORT)]
REQUESTS = 40
PAUSE_SECONDS = 1


@pytest.fixture
def inside(namespace: LabNamespace, lab: Lab, tmp_path: Path) -> Space:
    return Space(namespace, lab, tmp_path)


def tls(namespace: str) -> Any:
    """Returns the TLS of the planned DestinationRule, which is the same for pods and pickers."""
    rule = tls_origination("*", {POOL_PORT: {}, PICKER_PORT: {}}, server_name(namespace))
    [of_pods, of_pickers] = rule["trafficPolicy"]["portLevelSettings"]
    assert of_pods["tls"] == of_pickers["tls"]
    return of_pods["tls"]


def gateway_port() -> int:
    return [*free_ports().values()][-1]


@contextmanager
def served(inside: Space, name: str | None = None) -> Iterator[tuple[Gateway, Picker, dict[str, ModelServer]]]:
    """Runs two model servers, the planned picker and a gateway that expects the names of a namespace."""
    waiting = {BUSY: 40, FREE: 1}
    with model_servers(inside.folder, waiting) as servers, inside.picker() as picker:
        ready(picker)
        wait_for(lambda: all(server.reads for server in servers.values()), SECONDS, "the metrics to be read")
        expected, authority = tls(name or inside.namespace.name), inside.folder / "tls.crt"
        with running_gateway(inside.folder, gateway_port(), PODS, picker.port, expected, authority) as gateway:
            yield gateway, picker, dict(servers)


def answers(gateway: Gateway) -> Counter[tuple[int, str]]:
    """Returns the answers to requests with prompts that have nothing in common."""
    bodies = (json.dumps({"model": "m", "prompt": f"{number} {'x' * number}"}).encode() for number in range(REQUESTS))
    return Counter(gateway.answer(body) for body in bodies)


def lost_requests(gateway: Gateway) -> int:
    """Returns how many requests fail. Envoy cannot fail open once it has sent a body to the picker, so it must learn
    that this is lost. The thread that counts a failure leaves the ejection to the main thread, which needs its turn on
    busy cores: without the pause, more requests fail there (Envoy, source/common/upstream/outlier_detection_impl.cc,
    notifyMainThreadConsecutiveError; seen with an idle-priority main thread)."""
    lost = 0
    for _ in range(REQUESTS):
        if gateway.answer(b'{"model": "m", "prompt": "p"}') == (500, ""):
            lost += 1
            time.sleep(PAUSE_SECONDS)
    return lost


def test_the_gateway_follows_the_picker_and_distributes_evenly_without_it(inside: Space) -> None:
    with served(inside) as (gateway, picker, servers):
        wait_for(lambda: gateway.answer(b'{"model": "m", "prompt": "p"}') == (200, FREE), SECONDS, "the free replica")
        assert answers(gateway) == {(200, FREE): REQUESTS}
        servers[BUSY].waiting, servers[FREE].waiting = 0, 50
        wait_for(lambda: gateway.answer(b'{"model": "m", "prompt": "p"}') == (200, BUSY), SECONDS, "the other replica")
        picker.process.kill()
        picker.process.wait()
        assert lost_requests(gateway) <= PICKER_CALLS["outlierDetection"]["consecutive5xxErrors"]
        assert answers(gateway) == {(200, BUSY): REQUESTS // 2, (200, FREE): REQUESTS // 2}


def test_pods_and_pickers_with_another_name_get_no_request(inside: Space) -> None:
    with served(inside, "tenant-other") as (gateway, _, servers):
        assert {status for status, _ in answers(gateway)} <= {500, 503}
        assert not any(server.asked for server in servers.values())


class OwnPicker(grpc.GenericRpcHandler):
    """A picker of a tenant's own, which names another host for each request and has the route chosen again."""

    def __init__(self) -> None:
        self.asked = 0

    def service(self, handler_call_details: Any) -> Any:
        """Returns the handler of all calls."""
        return grpc.stream_stream_rpc_method_handler(self._process)

    def _process(self, requests: Iterator[bytes], _: Any) -> Iterator[bytes]:
        next(requests)
        self.asked += 1
        hosts = [_set(":authority", OTHER_HOST), _set("host", OTHER_HOST), _set("x-seen", "yes")]
        common = field(2, b"".join(hosts)) + b"\x28\x01"  # CommonResponse{header_mutation, clear_route_cache: true}
        yield field(1, field(1, common))  # ProcessingResponse{request_headers: HeadersResponse{response}}


def _set(name: str, value: str) -> bytes:
    """Returns a HeaderMutation that sets a header."""
    return field(1, field(1, field(1, name.encode()) + field(3, value.encode())))


@pytest.mark.usefixtures("lab")
def test_a_picker_of_a_tenants_own_sends_no_request_to_another_tenant(tmp_path: Path) -> None:
    picker, server = OwnPicker(), grpc.server(ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers((picker,))
    port = server.add_insecure_port(f"{ADDRESS}:0")
    server.start()
    try:
        with (
            model_servers(None, {BUSY: 0}),
            running_gateway(tmp_path, gateway_port(), [(BUSY, TLS_PORT)], port, None, tmp_path) as gateway,
        ):
            assert gateway.answer(host=OTHER_HOST) == (200, "another tenant")
            status, text = gateway.answer(host=HOST)
            assert picker.asked
            assert (status, text) == (200, BUSY)
    finally:
        server.stop(0)
