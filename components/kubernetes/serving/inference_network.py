"""Service, network policy and route backends of an inference service."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.core.v1 import Service
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.serving.backend_tls import SERVICE_TLS_PORT, TLS_PORT
from falaj.components.core.serving.contract import PORT
from falaj.components.core.serving.endpoint_picker import POOL_API, POOL_KIND
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.kubernetes.cluster.keda import NAMESPACE as KEDA_NAMESPACE
from falaj.components.kubernetes.cluster.keda import PROXY, PROXY_PORT
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta

TLS = "tls"
"""Name of the pods' port for TLS."""


def service(
    name: str, selector: Mapping[str, str], meta: ObjectMeta, opts: pulumi.ResourceOptions, *, encrypted: bool
) -> Service:
    """Creates the ClusterIP Service. Does not wait for pods, because a service that scales to zero may have none.

    `encrypted`: whether it has a port for TLS too. That is HTTP for Istio, whose rules add the TLS.
    """
    ports: Sequence[Any] = [
        _port("http", PORT, "http"),
        *([_port("http-tls", SERVICE_TLS_PORT, TLS)] if encrypted else []),
    ]
    return Service(
        f"{name}-service",
        metadata=meta.args({"pulumi.com/skipAwait": "true"}),
        spec={
            "type": "ClusterIP",
            "selector": selector,
            "ports": ports,
        },
        opts=opts,
    )


def _port(name: str, port: int, target: str) -> dict[str, Any]:
    return {"name": name, "port": port, "target_port": target, "app_protocol": "http"}


def access_policy(
    name: str, args: InferenceServiceArgs, meta: ObjectMeta, opts: pulumi.ResourceOptions
) -> NetworkPolicy:
    """Allows ingress from pods of the callers' namespaces to their ports only, and any ingress from the other machines
    of a replica; denies all other ingress."""
    ingress: list[Any] = [
        {
            "from_": [{"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": namespace}}}],
            "ports": [{"port": port, "protocol": "TCP"} for port in ports],
        }
        for namespace, ports in args.callers
    ]
    if args.serving.nodes > 1:
        ingress.append({"from_": [{"pod_selector": {"match_labels": args.selector}}]})
    return NetworkPolicy(
        f"{name}-asked-by",
        metadata=meta.args(),
        spec={
            "pod_selector": {"match_labels": args.selector},
            "policy_types": ["Ingress"],
            "ingress": ingress,
        },
        opts=opts,
    )


def service_port(*, encrypted: bool) -> int:
    """Returns the port of the Service that the gateway and KEDA's interceptor call."""
    return SERVICE_TLS_PORT if encrypted else PORT


def service_backend(service_name: str, weight: int = 100, *, encrypted: bool) -> dict[str, Any]:
    """Returns a route backend for the Service, with a weight in percent."""
    return {"name": service_name, "port": service_port(encrypted=encrypted), "weight": weight}


def pool_backend(pool_name: str) -> dict[str, Any]:
    """Returns the route backend of a service whose requests an endpoint picker distributes."""
    return {"group": POOL_API.partition("/")[0], "kind": POOL_KIND, "name": pool_name}


def proxy_backend(*, encrypted: bool) -> dict[str, Any]:
    """Returns the route backend of a service that scales to zero: KEDA's interceptor proxy, which holds requests."""
    return {"name": PROXY, "namespace": KEDA_NAMESPACE, "port": TLS_PORT if encrypted else PROXY_PORT}
