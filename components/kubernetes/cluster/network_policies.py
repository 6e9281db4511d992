"""Network policies of a tenant's namespace: deny all traffic, then allow what pods need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.pod_identity_egress import POD_IDENTITY_AGENT
from falaj.facts.regions import Cloud

WORKLOAD_IDENTITY = {"azure.workload.identity/use": "true"}
"""Label of pods with a workload identity on Azure; pods without it get no token (azure-workload-identity)."""

NON_INTERNET_BLOCKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "168.63.129.16/32",
)
"""Blocks that are not on the internet: private networks, link-local addresses (including instance metadata), and
Azure's
platform address."""


@dataclass(frozen=True)
class EgressTargets:
    """Egress targets of tenants' pods.

    `network` is the site's block, which contains its private endpoints. `stores` are blocks of S3 outside the network,
    routed by a gateway endpoint within AWS's network.
    """

    cloud: Cloud
    network: Input[str]
    stores: Input[Sequence[Input[str]]] | None = None


def tenant_policies(
    name: str,
    namespace: pulumi.Input[str],
    targets: EgressTargets,
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> list[NetworkPolicy]:
    """Creates the network policies of a namespace, one for each purpose."""
    return [
        NetworkPolicy(
            f"{name}-{policy}",
            metadata={"name": policy, "namespace": namespace, "labels": labels},
            spec=spec,
            opts=opts,
        )
        for policy, spec in _policies(targets)
    ]


def _policies(targets: EgressTargets) -> Iterator[tuple[str, Any]]:
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
    yield "private-endpoints", _egress([{"ip_block": {"cidr": targets.network}}], ["TCP/443"])
    if targets.cloud is Cloud.AWS:
        yield "identity", _egress([{"ip_block": {"cidr": POD_IDENTITY_AGENT}}], ["TCP/80"])
    if targets.stores is not None:
        yield "object-store", _egress(pulumi.Output.from_input(targets.stores).apply(_blocks), ["TCP/443"])
    if targets.cloud is Cloud.AZURE:
        # Entra's addresses change, and host names cannot be filtered (see `egress_only`).
        internet = {"ip_block": {"cidr": "0.0.0.0/0", "except_": [*NON_INTERNET_BLOCKS]}}
        yield "identity", {**_egress([internet], ["TCP/443"]), "pod_selector": {"match_labels": WORKLOAD_IDENTITY}}


def _blocks(blocks: Sequence[Input[str]]) -> list[Any]:
    """Returns the blocks as peers, or a reserved address if there are none: an empty list of peers would allow all."""
    return [{"ipBlock": {"cidr": block}} for block in blocks] or [{"ipBlock": {"cidr": UNROUTABLE_BLOCK}}]


UNROUTABLE_BLOCK = "192.0.2.0/32"
"""A reserved address that no host has (RFC 5737, TEST-NET-1)."""


def resolver() -> dict[str, Any]:
    """Returns the cluster's DNS pods as a peer."""
    return {
        "namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": "kube-system"}},
        "pod_selector": {"match_labels": {"k8s-app": "kube-dns"}},
    }


def _egress(peers: Any, ports: Sequence[str]) -> dict[str, Any]:
    allowed = [{"port": int(port), "protocol": protocol} for protocol, port in (text.split("/") for text in ports)]
    return {"pod_selector": {}, "policy_types": ["Egress"], "egress": [{"to": peers, "ports": allowed}]}
