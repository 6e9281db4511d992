"""A substitute for the interceptor of KEDA's HTTP add-on, which is not available as a Go module since 0.13.

Like the released one, it reads InterceptorRoutes, holds a request until the service has a ready pod, and reports the
number of pending requests to KEDA. Pods of the laboratory run nothing, so the response names the pod that would have
served the request, after the seconds of its header `X-Answer-Seconds`.
"""

import json
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from falaj.sandbox.lab import external_scaler, service_proxy
from falaj.sandbox.lab.api import Api
from falaj.sandbox.lab.certificates import ADDRESS
from falaj.sandbox.lab.external_scaler import PendingRequests

SCALER = "keda-add-ons-http-external-scaler.keda:9090"
"""Address of the external scaler in the platform's ScaledObjects."""

READINESS_SECONDS = 20.0
"""Default readiness timeout, that of the add-on."""

ANSWER_SECONDS = "X-Answer-Seconds"
"""Header of a request: how long the server would take to answer it."""

_ROUTES = ("http.keda.sh/v1beta1", "InterceptorRoute")


class Interceptor(ThreadingHTTPServer):
    """A proxy for the hosts of all InterceptorRoutes."""

    daemon_threads = True

    def __init__(self, api: Api, port: int) -> None:
        super().__init__((ADDRESS, port), _Request)
        self.api = api
        self._pending: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def route(self, host: str) -> Any:
        """Returns the InterceptorRoute of a host, or None."""
        for route in self.api.list(*_ROUTES):
            if any(host in rule.get("hosts", ()) for rule in route["spec"].get("rules", ())):
                return route
        return None

    def pending_requests(self, namespace: str, route: str) -> PendingRequests:
        """Returns the pending requests of a route. Raises `KeyError` for an unknown route."""
        interceptor_route = self.api.get(
            {"apiVersion": _ROUTES[0], "kind": _ROUTES[1], "metadata": {"name": route, "namespace": namespace}}
        )
        if interceptor_route is None:
            raise KeyError(route)
        target = interceptor_route["spec"]["scalingMetric"].get("concurrency", {}).get("targetValue", 100)
        return PendingRequests(self._pending[namespace, route], target)

    @contextmanager
    def hold(self, route: Any) -> Iterator[None]:
        """Counts a request as pending while the context is open."""
        key = (route["metadata"]["namespace"], route["metadata"]["name"])
        with self._lock:
            self._pending[key] += 1
        try:
            yield
        finally:
            with self._lock:
                self._pending[key] -= 1

    def ready_pod(self, route: Any) -> str | None:
        """Returns the address of a ready pod of the route's service, or None."""
        labels = f"kubernetes.io/service-name={route['spec']['target']['service']}"
        namespace = route["metadata"]["namespace"]
        for endpoint_slice in self.api.list("discovery.k8s.io/v1", "EndpointSlice", namespace, labels):
            for endpoint in endpoint_slice.get("endpoints") or ():
                if endpoint.get("conditions", {}).get("ready"):
                    return endpoint["addresses"][0]
        return None


class _Request(BaseHTTPRequestHandler):
    server: Interceptor  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        """Holds a request until a pod is ready, then responds with the pod's address and the seconds waited."""
        route = self.server.route(self.headers.get("Host", "").partition(":")[0])
        if route is None:
            return self._respond(404, {"error": "no InterceptorRoute has this host"})
        started = time.monotonic()
        timeout = parse_duration(route["spec"].get("timeouts", {}).get("readiness"))
        with self.server.hold(route):
            while not (pod := self.server.ready_pod(route)):
                if time.monotonic() - started > timeout:
                    return self._respond(504, {"error": f"no pod was ready after {timeout:g} s"})
                time.sleep(0.1)
            held = round(time.monotonic() - started, 2)
            time.sleep(float(self.headers.get(ANSWER_SECONDS, 0)))
        return self._respond(200, {"pod": pod, "held_seconds": held})

    do_POST = do_GET

    def _respond(self, status: int, content: dict[str, Any]) -> None:
        text = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def parse_duration(duration: str | None) -> float:
    """Returns the seconds of a Go duration such as `90s`, `2m` or `1m30s`; `READINESS_SECONDS` for None."""
    if not duration:
        return READINESS_SECONDS
    units = {"h": 3600, "m": 60, "s": 1}
    return sum(float(number) * units[unit] for number, unit in re.findall(r"([\d.]+)([hms])", duration))


def main(kubeconfig: Path, port: int, scaler_port: int, proxy_port: int) -> None:
    """Serves requests, KEDA's external scaler protocol and the service proxy, each on its port."""
    interceptor = Interceptor(Api(kubeconfig), port)
    scaler = external_scaler.serve(interceptor, scaler_port, ADDRESS)
    service_proxy.serve(proxy_port, {SCALER: scaler_port})
    interceptor.serve_forever()
    scaler.stop(None)  # keeps a reference: an unreferenced server stops


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(port) for port in sys.argv[2:5]))
