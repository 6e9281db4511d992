"""Who pods of a tenant may speak to: nobody, and then exactly what they need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.kubernetes.cluster.pod_identity_egress import AGENT
from falaj.facts.regions import Cloud

WORKLOAD_IDENTITY = {"azure.workload.identity/use": "true"}
"""Label of pods that take an identity on Azure: without it they get no token to exchange (azure-workload-identity)."""

INSIDE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "168.63.129.16/32")
"""What is no address on the internet: private networks, what is a machine's own (its metadata too), and Azure's
platform address."""


@dataclass(frozen=True)
class Reach:
    """What is reached from a cluster's pods: `network` is the site's block, with its private endpoints; `stores` are
    blocks outside it that a gateway endpoint of S3 answers: S3's own, which never leave AWS's network."""

    cloud: Cloud
    network: str
    stores: pulumi.Input[Sequence[str]] | None = None


def tenant_policies(
    name: str, namespace: pulumi.Input[str], reach: Reach, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[NetworkPolicy]:
    """The policies of one namespace, each a sentence of its own."""
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
    neighbours = {"pod_selector": {}}
    yield (
        "same-namespace",
        {
            "pod_selector": {},
            "policy_types": ["Ingress", "Egress"],
            "ingress": [{"from_": [neighbours]}],
            "egress": [{"to": [neighbours]}],
        },
    )
    yield "private-endpoints", _egress([{"ip_block": {"cidr": reach.network}}], ["TCP/443"])
    if reach.cloud is Cloud.AWS:
        yield "identity", _egress([{"ip_block": {"cidr": AGENT}}], ["TCP/80"])
    if reach.stores is not None:
        yield "object-store", _egress(pulumi.Output.from_input(reach.stores).apply(_blocks), ["TCP/443"])
    if reach.cloud is Cloud.AZURE:
        # Entra answers at addresses that change, and names cannot be told apart here (see `egress_only`).
        outside = {"ip_block": {"cidr": "0.0.0.0/0", "except_": [*INSIDE]}}
        yield "identity", {**_egress([outside], ["TCP/443"]), "pod_selector": {"match_labels": WORKLOAD_IDENTITY}}


def _blocks(blocks: Sequence[str]) -> list[Any]:
    """Blocks as peers. Where there are none, one that is nowhere: no peer at all would mean everybody."""
    return [{"ipBlock": {"cidr": block}} for block in blocks] or [{"ipBlock": {"cidr": NOWHERE}}]


NOWHERE = "192.0.2.0/32"
"""An address that nobody has (RFC 5737, TEST-NET-1)."""


def resolver() -> dict[str, Any]:
    """The cluster's DNS."""
    return {
        "namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": "kube-system"}},
        "pod_selector": {"match_labels": {"k8s-app": "kube-dns"}},
    }


def _egress(to: Any, ports: Sequence[str]) -> dict[str, Any]:
    spoken = [{"port": int(port), "protocol": protocol} for protocol, port in (spoken.split("/") for spoken in ports)]
    return {"pod_selector": {}, "policy_types": ["Egress"], "egress": [{"to": to, "ports": spoken}]}
