"""What a malicious tenant writes into its routes and disruption budgets, and what of both is admitted."""

from collections.abc import Mapping
from typing import Any

from falaj.components.kubernetes.serving.inference_network import pool_backend, proxy_backend, service_backend
from falaj.facts.labels import SERVICE_LABEL
from tests.lab.tenant_attempts import GATEWAY, OTHER, OWN_HOST, Attempt, admission, create

_HOSTNAME = {"group": "networking.istio.io", "kind": "Hostname"}
_ADDRESS = f"assistant.{OTHER}.svc.cluster.local"
_BUDGET: Mapping[str, Any] = {"selector": {"matchLabels": {SERVICE_LABEL: "claims"}}}
_COPIED = {"name": "assistant", "namespace": OTHER, "port": 80}
_MIRROR = {"type": "RequestMirror", "requestMirror": {"backendRef": _COPIED}}


def _route(name: str, backend: Mapping[str, Any], refused: str = "backends", **rule: Any) -> Attempt:
    rules = [{"backendRefs": [service_backend("claims", encrypted=True), {"port": 8080, **backend}], **rule}]
    spec = {"parentRefs": [GATEWAY], "hostnames": [OWN_HOST], "rules": rules}
    return create(name, admission("routes", refused), "gateway.networking.k8s.io/v1", "HTTPRoute", spec=spec)


def _held(name: str, refused: str = "", service: str = "claims", **fields: Any) -> Attempt:
    given = {
        "target": {"service": service, "port": 8080},
        "rules": [{"hosts": [OWN_HOST]}],
        "scalingMetric": {"concurrency": {"targetValue": 1}},
        **fields,
    }
    pattern = admission("interceptors", refused)
    return create(name, pattern, "http.keda.sh/v1beta1", "InterceptorRoute", spec=given)


def _budget(name: str, words: str = "maxUnavailable", **spec: Any) -> Attempt:
    refused = admission("budgets", words)
    return create(name, refused, "policy/v1", "PodDisruptionBudget", spec={**_BUDGET, **spec})


ADDRESSES: tuple[Attempt, ...] = (
    _route("another tenant's model by its address", {**_HOSTNAME, "name": _ADDRESS}),
    _route("another tenant's model by its namespace", {"name": "assistant", "namespace": OTHER}),
    _route("another tenant's pool", {**pool_backend("assistant"), "namespace": OTHER}),
    _route("another tenant's model by its import", {
        "group": "multicluster.x-k8s.io", "kind": "ServiceImport", "name": "assistant"}),
    _route("KEDA's metrics", {"name": "keda-operator-metrics-apiserver", "namespace": "keda"}),
    _route("a proxy of its own", {**proxy_backend(encrypted=True), "namespace": OTHER}),
    _route("a copy of requests to another tenant", {"name": "claims"}, "filters", filters=[_MIRROR]),
    _route("a copy of a backend's requests", {"name": "claims", "filters": [_MIRROR]}, "filters"),
    _held("another tenant's model at the interceptor", "target.service", f"assistant.{OTHER}.svc"),
    _held("an address at the interceptor", "target.service", "10.30.0.1:80/"),
    _held("another tenant's model while its own starts", "coldStart",
          coldStart={"fallback": {"service": {"name": f"assistant.{OTHER}.svc", "port": 8080}}}),
    _held("an answer of its own while its model starts", "coldStart",
          coldStart={"placeholder": {"response": {"body": "x"}}}),
)  # fmt: skip
"""Attempts with addresses of others."""

BUDGETS: tuple[Attempt, ...] = (
    _budget("pods that must all be available", minAvailable=1),
    _budget("all pods that must be available", minAvailable="100%"),
    _budget("no pod that may be unavailable", maxUnavailable=0),
    _budget("no percent that may be unavailable", maxUnavailable="0%"),
    _budget("nothing said of availability"),
    _budget("a budget of its runs", SERVICE_LABEL, maxUnavailable=1, selector={"matchLabels": {"run": "x"}}),
    _budget("a budget of all pods", SERVICE_LABEL, maxUnavailable=1, selector={}),
)
"""Attempts with disruption budgets."""

ADMITTED: tuple[Attempt, ...] = (
    _route("its own Service", {"name": "claims", "kind": "Service", "group": ""}),
    _route("its own namespace", {"name": "claims", "namespace": "tenant-insurance"}),
    _route("KEDA's interceptor", proxy_backend(encrypted=True)),
    _route("its own pool", pool_backend("claims")),
    _held("its own Service at the interceptor"),
    _budget("one pod at a time", maxUnavailable=1),
    _budget("some pods at a time", maxUnavailable="25%"),
)
"""What a tenant may create."""
