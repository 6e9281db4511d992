"""Network policies of the platform's controllers. Each controller has its own namespace and one `TrafficRules`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.egress_only import METADATA_ADDRESS
from falaj.components.kubernetes.cluster.network_policies import resolver
from falaj.facts.labels import TENANT_LABEL

API_PORTS = (443, 4443, 6443)
"""Ports of API servers, in the clouds and on premises. Their addresses are not known in advance. AKS names 443 and 4443
for an API server in the network (azure-aks-docs api-server-vnet-integration.md, 2026-08)."""

PRIVATE_NETWORKS = ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")
"""Private networks (RFC 1918, RFC 6598)."""

PROBING = (*PRIVATE_NETWORKS, "168.63.129.16/32")
"""Sources of health checks: private networks and Azure's probes (virtual-network, what-is-ip-address-168-63-129-16)."""

NamespacePorts = tuple[Input[str], Sequence[int]]
"""A namespace, and TCP ports; no ports mean all."""


@dataclass(frozen=True)
class TrafficRules:
    """The TCP traffic that a namespace of controllers may receive and send, in addition to DNS.

    `listens`: ports open to all sources, mainly webhooks, because the API server is outside the cluster. `probed`:
    ports of health checks, open to private networks only. `scraped`: metrics ports, open to Prometheus. `called_by` and
    `calls`: namespaces with ports, for ingress and egress; no ports mean all. `calls_tenants`: all ports in tenants'
    namespaces, whose own policies open those of their servers. `calls_external`: ports outside the cluster.
    `same_namespace`: all traffic within the namespace. `queries_prometheus`: egress to Prometheus.
    """

    listens: Sequence[int] = ()
    probed: Sequence[int] = ()
    scraped: Sequence[int] = ()
    called_by: Sequence[NamespacePorts] = ()
    calls: Sequence[NamespacePorts] = ()
    calls_tenants: bool = False
    calls_api: bool = True
    calls_external: Sequence[int] = ()
    same_namespace: bool = False
    queries_prometheus: bool = False

    def rules(self, prometheus_namespace: Input[str] | None) -> dict[str, list[dict[str, Any]]]:
        """Returns `ingress` and `egress` of a policy. Prometheus may be absent."""
        return {
            "ingress": list(self._ingress(prometheus_namespace)),
            "egress": list(self._egress(prometheus_namespace)),
        }

    def _ingress(self, prometheus_namespace: Input[str] | None) -> Iterator[dict[str, Any]]:
        if self.listens:
            yield _ports(self.listens)
        if self.probed:
            yield {"from_": [{"ip_block": {"cidr": block}} for block in PROBING], **_ports(self.probed)}
        if self.same_namespace:
            yield {"from_": [{"pod_selector": {}}]}
        for namespace, ports in self.called_by:
            yield {"from_": [_pods_of(namespace)], **_ports(ports)}
        if prometheus_namespace is not None and self.scraped:
            yield {"from_": [_pods_of(prometheus_namespace)], **_ports(self.scraped)}

    def _egress(self, prometheus_namespace: Input[str] | None) -> Iterator[dict[str, Any]]:
        dns = [{"port": 53, "protocol": protocol} for protocol in ("UDP", "TCP")]
        yield {"to": [resolver()], "ports": dns}
        if external_ports := (*(API_PORTS if self.calls_api else ()), *self.calls_external):
            external_peer = {"ip_block": {"cidr": "0.0.0.0/0", "except_": [METADATA_ADDRESS]}}
            yield {"to": [external_peer], **_ports(sorted({*external_ports}))}
        if self.same_namespace:
            yield {"to": [{"pod_selector": {}}]}
        for namespace, ports in self.calls:
            yield {"to": [_pods_of(namespace)], **_ports(ports)}
        if self.calls_tenants:
            tenant_namespaces = {
                "namespace_selector": {"match_expressions": [{"key": TENANT_LABEL, "operator": "Exists"}]}
            }
            yield {"to": [tenant_namespaces]}
        if prometheus_namespace is not None and self.queries_prometheus:
            yield {"to": [_pods_of(prometheus_namespace)]}


def controller_policy(
    name: str,
    namespace: Input[str],
    traffic: TrafficRules,
    prometheus_namespace: Input[str] | None,
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> NetworkPolicy:
    """Restricts the pods of a namespace to this traffic. Never allows the address of the instance metadata service."""
    spec: Any = {"pod_selector": {}, "policy_types": ["Ingress", "Egress"], **traffic.rules(prometheus_namespace)}
    return NetworkPolicy(
        name, metadata={"name": "controller", "namespace": namespace, "labels": labels}, spec=spec, opts=opts
    )


def _ports(ports: Sequence[int]) -> dict[str, Any]:
    return {"ports": [{"port": port, "protocol": "TCP"} for port in ports]} if ports else {}


def _pods_of(namespace: Input[str]) -> dict[str, Any]:
    return {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": namespace}}}
