"""Service, network policy and route backends of an inference service."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.core.v1 import Service
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.serving.contract import PORT
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.kubernetes.cluster.keda import NAMESPACE as KEDA_NAMESPACE
from falaj.components.kubernetes.cluster.keda import PROXY, PROXY_PORT
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta


def service(name: str, selector: Mapping[str, str], meta: ObjectMeta, opts: pulumi.ResourceOptions) -> Service:
    """Creates the ClusterIP Service. Does not wait for pods, because a service that scales to zero may have none."""
    return Service(
        f"{name}-service",
        metadata=meta.args({"pulumi.com/skipAwait": "true"}),
        spec={
            "type": "ClusterIP",
            "selector": selector,
            "ports": [{"name": "http", "port": PORT, "target_port": "http", "app_protocol": "http"}],
        },
        opts=opts,
    )


def access_policy(
    name: str, args: InferenceServiceArgs, meta: ObjectMeta, opts: pulumi.ResourceOptions
) -> NetworkPolicy:
    """Allows ingress to the server's ports from pods of the callers' namespaces only, and any ingress from the other
    machines of a replica; denies all other ingress."""
    callers: Sequence[Any] = [
        {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": namespace}}}
        for namespace in args.callers
    ]
    ports = [{"port": port, "protocol": "TCP"} for port in args.server_ports]
    ingress: list[Any] = [{"from_": callers, "ports": ports}] if callers else []
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


def service_backend(service_name: str, weight: int = 100) -> dict[str, Any]:
    """Returns a route backend for the Service, with a weight in percent."""
    return {"name": service_name, "port": PORT, "weight": weight}


def proxy_backend() -> dict[str, Any]:
    """Returns the route backend of a service that scales to zero: KEDA's interceptor proxy, which holds requests."""
    return {"name": PROXY, "namespace": KEDA_NAMESPACE, "port": PROXY_PORT}
