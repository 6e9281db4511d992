"""Routing of requests by the load of each replica, with the Gateway API Inference Extension. Pure.

The gateway asks the endpoint picker of a model, by Envoy's external processing, which pod gets a request. The picker
reads the metrics of the pods that an InferencePool selects. If it does not answer, requests are distributed evenly.

The picker is upstream's, at the last version with all its functions: 1.6.0 keeps a picker for conformance tests only,
and its successor, that of llm-d-router, has no Go module that could be built and started here (2026-11-27).

Sources, read 2026-11-27: sigs.k8s.io/gateway-api-inference-extension v1.5.0, pkg/epp/server/options.go,
cmd/epp/runner, apix/config/v1alpha1, config/charts/epplib; istio/istio 86c9f01f (1.31),
pilot/pkg/config/kube/gateway/inferencepool_collection.go (Services of pools),
pilot/pkg/networking/core/route/route.go and cluster_builder.go (calls of the picker, fallback),
pilot/pkg/features/experimental.go.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from falaj.components.core.serving.backend_tls import MOUNT, TLS_PORT
from falaj.components.core.serving.runtimes import RUNTIMES
from falaj.components.core.serving.server_specs import ServerSpec
from falaj.components.core.validation.problems import Problem


class Routing(Enum):
    """How the gateway distributes requests over the replicas of a service."""

    EVEN = "even"
    """To each replica as many."""
    ENDPOINT_PICKER = "endpoint-picker"
    """To the replica with the shortest queue, the freest cache of keys and values, and the start of the prompt."""


POOL_API, POOL_KIND = "inference.networking.k8s.io/v1", "InferencePool"

ISTIO_FLAG = "ENABLE_GATEWAY_API_INFERENCE_EXTENSION"
"""Environment variable of istiod, `false` by default. Without it, a route to an InferencePool has no backend."""

PICKER_IMAGE = "registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0"
"""The endpoint picker. Its digest could not be read."""

PICKER_PORT, HEALTH_PORT = 9002, 9003
"""Ports of the picker: for the gateway, and for probes (gRPC)."""

PICKER_CALLS: Mapping[str, Any] = {
    "connectionPool": {"tcp": {"connectTimeout": "1s"}},
    "outlierDetection": {
        "consecutive5xxErrors": 2,
        "interval": "5s",
        "baseEjectionTime": "30s",
        "maxEjectionPercent": 100,
        "minHealthPercent": 0,
    },
}
"""How the gateway calls a picker (Istio, DestinationRule). Envoy distributes evenly only if it knows no picker: a
request whose body is on its way to one that is lost fails. So a lost picker is left out after two failed requests and
those that arrive until Envoy's main thread has ejected it, until Kubernetes removes its address."""

POOL_PORT = 54321
"""Port of the Service that istiod creates for an InferencePool. It leads to the first of the pool's ports."""

PICKER_CPU, PICKER_MEMORY_GIB = 0.5, 1.0
"""vCPU and memory that a picker requests. It reads each request and remembers the starts of prompts. Measured: 2.3 ms
of CPU for a prompt of 20 kB, 1.3 % of a CPU for the metrics of a replica, and 95 MiB after 1,500 prompts."""


def picker_name(service: str) -> str:
    """Returns the name of the Kubernetes objects of a service's picker."""
    return f"{service}-picker"


def picker_requests(routing: Routing) -> tuple[float, float]:
    """Returns the vCPUs and the GiB of memory of a service's picker; 0 without one."""
    return (PICKER_CPU, PICKER_MEMORY_GIB) if routing is Routing.ENDPOINT_PICKER else (0, 0)


def routing_problems(server: ServerSpec, routing: Routing, is_enterprise: bool) -> Iterator[Problem]:
    """Yields the problems of a served model with its routing."""
    if routing is Routing.EVEN:
        return
    fix = "remove it"
    if not is_enterprise:
        yield Problem("routing", routing.value, f"{Routing.EVEN.value} for tier smb", fix)
    elif server.runtime_row.picker_engine is None:
        known = ", ".join(name.value for name, row in RUNTIMES.items() if row.picker_engine is not None)
        allowed = f"{Routing.EVEN.value} with runtime {server.runtime.value}; the picker reads metrics of {known}"
        yield Problem("routing", routing.value, allowed, fix)


def pool(selector: Mapping[str, str], picker: str) -> dict[str, Any]:
    """Returns the spec of the InferencePool of pods that accept TLS. `picker` is the name of its picker's Service."""
    return {
        "selector": {"matchLabels": dict(selector)},
        "targetPorts": [{"number": TLS_PORT}],
        "appProtocol": "http",
        "endpointPickerRef": {
            "group": "",
            "kind": "Service",
            "name": picker,
            "port": {"number": PICKER_PORT},
            "failureMode": "FailOpen",
        },
    }


def picker_args(pool_name: str, engine: str) -> list[str]:
    """Returns the arguments of the picker of a pool in its own namespace, which is in the variable `NAMESPACE`. It
    serves the certificate of the namespace, which it reads again when it is renewed."""
    return [
        f"--pool-name={pool_name}",
        "--pool-namespace=$(NAMESPACE)",
        f"--grpc-port={PICKER_PORT}",
        f"--grpc-health-port={HEALTH_PORT}",
        f"--cert-path={MOUNT}",
        "--enable-cert-reload=true",
        "--secure-serving=true",
        # It would review tokens, for which it would need rights outside its namespace. Nothing reads its metrics.
        "--metrics-endpoint-auth=false",
        "--enable-pprof=false",
        "--tracing=false",
        "--zap-encoder=json",
        f"--config-text={json.dumps(picker_config(engine), separators=(',', ':'))}",
    ]


_SCORERS: Mapping[str, int] = {"queue-scorer": 2, "kv-cache-utilization-scorer": 2, "prefix-cache-scorer": 3}
"""Scorer -> weight, as in upstream's default configuration."""

_METRICS, _EXTRACTOR = "metrics-data-source", "core-metrics-extractor"


def picker_config(engine: str) -> dict[str, Any]:
    """Returns the EndpointPickerConfig for servers with the metrics of an engine.

    Metrics are read by TLS. The pods' addresses are not in their certificates, and the picker has no setting for
    another name, so it cannot verify them: a false answer would change the distribution of requests and nothing else.
    """
    plugins: Sequence[dict[str, Any]] = [
        *({"type": scorer} for scorer in _SCORERS),
        {"type": _METRICS, "parameters": {"scheme": "https", "path": "/metrics", "insecureSkipVerify": True}},
        {"type": _EXTRACTOR, "parameters": {"defaultEngine": engine}},
    ]
    scoring = [{"pluginRef": scorer, "weight": weight} for scorer, weight in _SCORERS.items()]
    return {
        "apiVersion": "inference.networking.x-k8s.io/v1alpha1",
        "kind": "EndpointPickerConfig",
        "plugins": plugins,
        "schedulingProfiles": [{"name": "default", "plugins": scoring}],
        "dataLayer": {"sources": [{"pluginRef": _METRICS, "extractors": [{"pluginRef": _EXTRACTOR}]}]},
    }
