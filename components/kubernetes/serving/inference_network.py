"""Service, network policy and route backends of an inference service."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Service
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.serving.contract import PORT
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.keda import NAMESPACE as KEDA_NAMESPACE
from falaj.components.kubernetes.cluster.keda import PROXY, PROXY_PORT
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.serving.gateway import GROUP


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
    name: str,
    selector: Mapping[str, str],
    ports: Sequence[int],
    namespaces: Sequence[Input[str]],
    meta: ObjectMeta,
    opts: pulumi.ResourceOptions,
) -> NetworkPolicy:
    """Allows ingress to the server's ports from pods of these namespaces only; denies all ingress if the list is
    empty."""
    peers: Sequence[Any] = [
        {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": namespace}}} for namespace in namespaces
    ]
    return NetworkPolicy(
        f"{name}-asked-by",
        metadata=meta.args(),
        spec={
            "pod_selector": {"match_labels": selector},
            "policy_types": ["Ingress"],
            "ingress": [{"from_": peers, "ports": [{"port": port, "protocol": "TCP"} for port in ports]}]
            if peers
            else [],
        },
        opts=opts,
    )


def service_backend(service_name: str, weight: int = 100) -> dict[str, Any]:
    """Returns a route backend for the Service, with a weight in percent."""
    return {"name": service_name, "port": PORT, "weight": weight}


def proxy_backend() -> dict[str, Any]:
    """Returns the route backend of a service that scales to zero: KEDA's interceptor proxy, which holds requests."""
    return {"name": PROXY, "namespace": KEDA_NAMESPACE, "port": PROXY_PORT}


def reference_grant(name: str, meta: ObjectMeta, opts: pulumi.ResourceOptions) -> CustomResource:
    """Creates a ReferenceGrant that lets HTTPRoutes of one namespace target KEDA's interceptor proxy, and no other
    Service
    in the KEDA namespace."""
    return CustomResource(
        f"{name}-grant",
        api_version=f"{GROUP}/v1beta1",
        kind="ReferenceGrant",
        metadata=meta.elsewhere(pulumi.Output.concat(meta.namespace, "-", meta.name), KEDA_NAMESPACE).args(),
        spec={
            "from": [{"group": GROUP, "kind": "HTTPRoute", "namespace": meta.namespace}],
            "to": [{"group": "", "kind": "Service", "name": PROXY}],
        },
        opts=opts,
    )
