"""Network policies of a tenant's namespace: deny all traffic, then allow what pods need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.node_pools.node_traits import IdentityEndpoint
from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.args import Input
from falaj.facts.regions import Cloud


@dataclass(frozen=True)
class EgressTargets:
    """Egress targets of tenants' pods.

    `endpoints` are the blocks of the site's private endpoints. `stores` are blocks of S3 outside the network, routed by
    a gateway endpoint within AWS's network.
    """

    cloud: Cloud
    endpoints: Input[Sequence[Input[str]]]
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
    yield "private-endpoints", _egress(pulumi.Output.from_input(targets.endpoints).apply(_blocks), ["TCP/443"])
    traits = node_traits(targets.cloud)
    if traits.identity_endpoint is not None:
        yield "identity", _identity(traits.identity_endpoint, traits.pod_labels)
    if targets.stores is not None:
        yield "object-store", _egress(pulumi.Output.from_input(targets.stores).apply(_blocks), ["TCP/443"])


def _identity(endpoint: IdentityEndpoint, pod_labels: Mapping[str, str]) -> dict[str, Any]:
    """Allows the pods that get workload identity tokens to exchange them for credentials."""
    exceptions = {"except_": [*endpoint.except_cidrs]} if endpoint.except_cidrs else {}
    policy = _egress([{"ip_block": {"cidr": endpoint.cidr, **exceptions}}], [f"TCP/{endpoint.port}"])
    return {**policy, "pod_selector": {"match_labels": dict(pod_labels)} if pod_labels else {}}


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
