"""Network policies of a tenant's namespace: deny all, then allow exactly what pods need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.pod_identity_egress import AGENT
from falaj.facts.regions import Cloud

WORKLOAD_IDENTITY = {"azure.workload.identity/use": "true"}
"""Label of pods with a workload identity on Azure: without it they get no token (azure-workload-identity)."""

INSIDE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "168.63.129.16/32")
"""Addresses that are not on the internet: private networks, link-local ones (instance metadata too), and Azure's
platform address."""


@dataclass(frozen=True)
class Reach:
    """What a cluster's pods may reach. `network`: the site's block, with its private endpoints. `stores`: blocks of S3
    outside it, which a gateway endpoint routes without leaving AWS's network."""

    cloud: Cloud
    network: str
    stores: Input[Sequence[Input[str]]] | None = None


def tenant_policies(
    name: str, namespace: pulumi.Input[str], reach: Reach, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[NetworkPolicy]:
    """The network policies of one namespace, one for each purpose."""
    return [
        NetworkPolicy(
            f"{name}-{policy}",
            metadata={"name": policy, "namespace": namespace, "labels": labels},
            spec=spec,
            opts=opts,
        )
        for policy, spec in _policies(reach)
    ]


def _policies(reach: Reach) -> Iterator[tuple[str, Any]]:
    yield "closed", {"pod_selector": {}, "policy_types": ["Ingress", "Egress"]}
    yield "dns", _egress([resolver()], ["UDP/53", "TCP/53"])
    same_namespace: dict[str, Any] = {"pod_selector": {}}
    yield (
        "same-namespace",
        {
            "pod_selector": {},
            "policy_types": ["Ingress", "Egress"],
            "ingress": [{"from_": [same_namespace]}],
            "egress": [{"to": [same_namespace]}],
        },
    )
    yield "private-endpoints", _egress([{"ip_block": {"cidr": reach.network}}], ["TCP/443"])
    if reach.cloud is Cloud.AWS:
        yield "identity", _egress([{"ip_block": {"cidr": AGENT}}], ["TCP/80"])
    if reach.stores is not None:
        yield "object-store", _egress(pulumi.Output.from_input(reach.stores).apply(_blocks), ["TCP/443"])
    if reach.cloud is Cloud.AZURE:
        # Entra's addresses change, and host names cannot be filtered (see `egress_only`).
        outside = {"ip_block": {"cidr": "0.0.0.0/0", "except_": [*INSIDE]}}
        yield "identity", {**_egress([outside], ["TCP/443"]), "pod_selector": {"match_labels": WORKLOAD_IDENTITY}}


def _blocks(blocks: Sequence[Input[str]]) -> list[Any]:
    """Blocks as peers. Without blocks a reserved one: an empty list of peers would allow every address."""
    return [{"ipBlock": {"cidr": block}} for block in blocks] or [{"ipBlock": {"cidr": NOWHERE}}]


NOWHERE = "192.0.2.0/32"
"""A reserved address without a host (RFC 5737, TEST-NET-1)."""


def resolver() -> dict[str, Any]:
    """The cluster's DNS, as a peer."""
    return {
        "namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": "kube-system"}},
        "pod_selector": {"match_labels": {"k8s-app": "kube-dns"}},
    }


def _egress(to: Any, ports: Sequence[str]) -> dict[str, Any]:
    allowed = [{"port": int(port), "protocol": protocol} for protocol, port in (text.split("/") for text in ports)]
    return {"pod_selector": {}, "policy_types": ["Egress"], "egress": [{"to": to, "ports": allowed}]}
