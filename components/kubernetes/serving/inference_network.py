"""Who may ask a served model, and how requests find it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Service
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.serving.contract import PORT
from falaj.components.kubernetes.cluster.keda import NAMESPACE as KEDA
from falaj.components.kubernetes.cluster.keda import PROXY, PROXY_PORT
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.serving.gateway import GROUP


def service(name: str, own: Mapping[str, str], of: ObjectMeta, opts: pulumi.ResourceOptions) -> Service:
    """The name inside the cluster; no address outside. It exists before there is a pod: a service that sleeps has
    none, and waits for nothing."""
    return Service(
        f"{name}-service",
        metadata=of.args({"pulumi.com/skipAwait": "true"}),
        spec={
            "type": "ClusterIP",
            "selector": own,
            "ports": [{"name": "http", "port": PORT, "target_port": "http", "app_protocol": "http"}],
        },
        opts=opts,
    )


def asked_by(
    name: str,
    own: Mapping[str, str],
    namespaces: Sequence[str],
    of: ObjectMeta,
    opts: pulumi.ResourceOptions,
) -> NetworkPolicy:
    """The one port is open to pods of these namespaces and to nobody else; to none where the list is empty."""
    peers: Sequence[Any] = [
        {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": namespace}}} for namespace in namespaces
    ]
    return NetworkPolicy(
        f"{name}-asked-by",
        metadata=of.args(),
        spec={
            "pod_selector": {"match_labels": own},
            "policy_types": ["Ingress"],
            "ingress": [{"from_": peers, "ports": [{"port": PORT, "protocol": "TCP"}]}] if peers else [],
        },
        opts=opts,
    )


def direct(service_name: str, weight: int = 100) -> dict[str, Any]:
    """Where a route sends requests: to the pods."""
    return {"name": service_name, "port": PORT, "weight": weight}


def held() -> dict[str, Any]:
    """Where a route sends requests of a service that sleeps: to who holds them."""
    return {"name": PROXY, "namespace": KEDA, "port": PROXY_PORT}


def grant(name: str, of: ObjectMeta, opts: pulumi.ResourceOptions) -> CustomResource:
    """Lets routes of one namespace send to who holds requests, in KEDA's namespace, and to nothing else there."""
    return CustomResource(
        f"{name}-grant",
        api_version=f"{GROUP}/v1beta1",
        kind="ReferenceGrant",
        metadata=of.elsewhere(f"{of.namespace}-{of.name}", KEDA).args(),
        spec={
            "from": [{"group": GROUP, "kind": "HTTPRoute", "namespace": of.namespace}],
            "to": [{"group": "", "kind": "Service", "name": PROXY}],
        },
        opts=opts,
    )
