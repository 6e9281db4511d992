"""A gateway of class `istio` as a process: Envoy, configured as istiod does it for routes to InferencePools.

Read 2026-11-27 in istio/istio 86c9f01f (1.31), pilot/pkg: xds/filters/filters.go (`InferencePoolExtProc`),
networking/core/route/route.go (the processing mode of a route), networking/core/cluster_builder.go
(`applyOverrideHostPolicy`), networking/core/cluster_tls.go (a DestinationRule's TLS). Authentication is left out.
"""

import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.core.serving.endpoint_picker import PICKER_CALLS
from falaj.sandbox.lab.api import wait_for
from falaj.sandbox.lab.certificates import ADDRESS
from tests.lab.envoy_program import envoy
from tests.lab.picker import SERVED_BY
from tests.scan.tools import NoTools

Json = Any

HOST, OTHER_HOST = "assistant.models.example.ae", "claims.models.example.ae"
"""Host of the service with a picker, and one of another tenant."""

_TYPE = "type.googleapis.com/envoy.extensions"
_HINT = "x-gateway-destination-endpoint"


@dataclass(frozen=True)
class Gateway:
    """A running gateway."""

    port: int

    def answer(self, body: bytes | None = None, host: str = HOST) -> tuple[int, str]:
        """Returns the status of the answer to a request, and who gave it."""
        url = f"http://{ADDRESS}:{self.port}/v1/completions"
        request = urllib.request.Request(url, body, {"Host": host, "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
                return response.status, response.headers.get(SERVED_BY, "")
        except urllib.error.HTTPError as error:
            return error.code, ""


@contextmanager
def running_gateway(
    folder: Path,
    port: int,
    pods: Sequence[tuple[str, int]],
    picker: int,
    tls: Mapping[str, Json] | None,
    authority: Path,
) -> Iterator[Gateway]:
    """Runs a gateway before these addresses of pods. `picker`: port of the picker. `tls`: that of the planned
    DestinationRule; None for pods and pickers without."""
    try:
        program = envoy()
    except NoTools as reason:
        pytest.fail(f"Envoy is required: {reason}")
    gateway, file = Gateway(port), folder / "envoy.yaml"
    file.write_text(yaml.safe_dump(_config(port, pods, picker, tls, authority)))
    with (folder / "envoy.log").open("wb") as log:
        command = [program, "-c", file, "--use-dynamic-base-id", "--concurrency", "1", "--log-level", "warning"]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(lambda: _answers(gateway), 30, "the gateway")
            yield gateway
        finally:
            process.terminate()
            process.wait(30)


def _answers(gateway: Gateway) -> bool:
    try:
        return gateway.answer(host=OTHER_HOST) == (200, "another tenant")
    except OSError:
        return False


def _config(
    port: int, pods: Sequence[tuple[str, int]], picker: int, tls: Mapping[str, Json] | None, authority: Path
) -> Json:
    socket = _transport(tls, authority)
    return {
        "static_resources": {
            "listeners": [{"name": "https", "address": _address(ADDRESS, port), "filter_chains": [_chain()]}],
            "clusters": [
                {
                    **_cluster("pool", pods),
                    **({"transport_socket": socket} if socket else {}),
                    "lb_policy": "LOAD_BALANCING_POLICY_CONFIG",
                    "load_balancing_policy": {"policies": [_by_hint()]},
                },
                {
                    **_cluster("picker", [(ADDRESS, picker)]),
                    **_guarded(PICKER_CALLS),
                    **({"transport_socket": socket} if socket else {}),
                    "typed_extension_protocol_options": {
                        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                            "@type": f"{_TYPE}.upstreams.http.v3.HttpProtocolOptions",
                            "explicit_http_config": {"http2_protocol_options": {}},
                        }
                    },
                },
            ],
        }
    }


def _address(host: str, port: int) -> Json:
    return {"socket_address": {"address": host, "port_value": port}}


def _cluster(name: str, addresses: Sequence[tuple[str, int]]) -> Json:
    endpoints = [{"endpoint": {"address": _address(*address)}} for address in addresses]
    return {
        "name": name,
        "type": "STATIC",
        "connect_timeout": "2s",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": endpoints}]},
    }


def _guarded(calls: Mapping[str, Json]) -> Json:
    """Returns the fields of a cluster for a DestinationRule's settings (networking/core/cluster_traffic_policy.go)."""
    detection = calls["outlierDetection"]
    return {
        "connect_timeout": calls["connectionPool"]["tcp"]["connectTimeout"],
        "outlier_detection": {
            "consecutive_5xx": detection["consecutive5xxErrors"],
            "enforcing_consecutive_5xx": 100,
            "interval": detection["interval"],
            "base_ejection_time": detection["baseEjectionTime"],
            "max_ejection_percent": detection["maxEjectionPercent"],
            "enforcing_success_rate": 0,
        },
        "common_lb_config": {"healthy_panic_threshold": {"value": detection["minHealthPercent"]}},
    }


def _transport(tls: Mapping[str, Json] | None, authority: Path) -> Json:
    if tls is None:
        return None
    names = [{"san_type": "DNS", "matcher": {"exact": name}} for name in tls["subjectAltNames"]]
    validation = {"trusted_ca": {"filename": str(authority)}, "match_typed_subject_alt_names": names}
    return {
        "name": "envoy.transport_sockets.tls",
        "typed_config": {
            "@type": f"{_TYPE}.transport_sockets.tls.v3.UpstreamTlsContext",
            "sni": tls["sni"],
            "common_tls_context": {"validation_context": validation},
        },
    }


def _by_hint() -> Json:
    metadata = {"metadata": {"key": "envoy.lb", "path": [{"key": _HINT}]}}
    round_robin = {
        "typed_extension_config": {
            "name": "envoy.load_balancing_policies.round_robin",
            "typed_config": {"@type": f"{_TYPE}.load_balancing_policies.round_robin.v3.RoundRobin"},
        }
    }
    return {
        "typed_extension_config": {
            "name": "envoy.load_balancing_policies.override_host",
            "typed_config": {
                "@type": f"{_TYPE}.load_balancing_policies.override_host.v3.OverrideHost",
                "override_host_sources": [metadata],
                "fallback_policy": {"policies": [round_robin]},
            },
        }
    }


def _chain() -> Json:
    service = {"envoy_grpc": {"cluster_name": "picker"}}
    picking = {
        "@type": f"{_TYPE}.filters.http.ext_proc.v3.ExternalProcessor",
        "grpc_service": {**service, "timeout": "10s"},
        "failure_mode_allow": True,
        "message_timeout": "1000s",
        "processing_mode": {"request_header_mode": "SKIP", "response_header_mode": "SKIP"},
        "metadata_options": {
            "receiving_namespaces": {"untyped": ["envoy.lb"]},
            "forwarding_namespaces": {"untyped": ["envoy.lb"]},
        },
    }
    filters = [
        {"name": "envoy.filters.http.ext_proc", "typed_config": picking},
        {
            "name": "envoy.filters.http.router",
            "typed_config": {"@type": f"{_TYPE}.filters.http.router.v3.Router"},
        },
    ]
    return {
        "filters": [
            {
                "name": "envoy.filters.network.http_connection_manager",
                "typed_config": {
                    "@type": f"{_TYPE}.filters.network.http_connection_manager.v3.HttpConnectionManager",
                    "stat_prefix": "https",
                    "http_filters": filters,
                    "route_config": {"name": "models", "virtual_hosts": _hosts(service)},
                },
            }
        ]
    }


def _hosts(service: Json) -> Json:
    streamed = {f"{side}_body_mode": "FULL_DUPLEX_STREAMED" for side in ("request", "response")}
    sent = {f"{side}_{part}_mode": "SEND" for side in ("request", "response") for part in ("header", "trailer")}
    per_route = {
        "@type": f"{_TYPE}.filters.http.ext_proc.v3.ExtProcPerRoute",
        "overrides": {"failure_mode_allow": True, "grpc_service": service, "processing_mode": {**streamed, **sent}},
    }
    picked = {
        "match": {"prefix": "/"},
        "route": {"cluster": "pool", "timeout": "300s"},
        "typed_per_filter_config": {"envoy.filters.http.ext_proc": per_route},
    }
    served = {"response_headers_to_add": [{"header": {"key": SERVED_BY, "value": "another tenant"}}]}
    claims = {"match": {"prefix": "/"}, "direct_response": {"status": 200}, **served}
    return [
        {"name": "assistant", "domains": [HOST], "routes": [picked]},
        {"name": "claims", "domains": [OTHER_HOST], "routes": [claims]},
    ]
