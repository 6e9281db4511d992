"""Network policies of the platform's controllers, each in a namespace of its own: one row of rules each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.egress_only import METADATA_ADDRESS
from falaj.components.kubernetes.cluster.network_policies import resolver
from falaj.facts.labels import TENANT_LABEL

API_PORTS = (443, 6443)
"""Ports of API servers, on the clouds and elsewhere. Their addresses are not known beforehand."""


@dataclass(frozen=True)
class TrafficRules:
    """The TCP traffic that a namespace of controllers may receive and send, besides DNS.

    `listens`: ports open to everyone, above all webhooks, since the API server calls from outside the cluster.
    `scraped`: ports of metrics. `called_by` and `calls`: ports by namespace; an empty list means all ports.
    """

    listens: Sequence[int] = ()
    scraped: Sequence[int] = ()
    called_by: Mapping[str, Sequence[int]] = field(default_factory=dict[str, Sequence[int]])
    calls: Mapping[str, Sequence[int]] = field(default_factory=dict[str, Sequence[int]])
    calls_tenants: Sequence[int] = ()
    calls_api: bool = True
    calls_outside: Sequence[int] = ()
    among_themselves: bool = False
    asks_prometheus: bool = False

    def rules(self, scraped_from: Input[str] | None) -> dict[str, list[dict[str, Any]]]:
        """`ingress` and `egress` of a policy; `scraped_from` is the namespace of Prometheus, if there is one."""
        return {"ingress": list(self._in(scraped_from)), "egress": list(self._out(scraped_from))}

    def _in(self, scraped_from: Input[str] | None) -> Iterator[dict[str, Any]]:
        if self.listens:
            yield _ports(self.listens)
        if self.among_themselves:
            yield {"from_": [{"pod_selector": {}}]}
        for namespace, ports in self.called_by.items():
            yield {"from_": [_pods_of(namespace)], **_ports(ports)}
        if scraped_from is not None and self.scraped:
            yield {"from_": [_pods_of(scraped_from)], **_ports(self.scraped)}

    def _out(self, scraped_from: Input[str] | None) -> Iterator[dict[str, Any]]:
        dns = [{"port": 53, "protocol": protocol} for protocol in ("UDP", "TCP")]
        yield {"to": [resolver()], "ports": dns}
        if outside_ports := (*(API_PORTS if self.calls_api else ()), *self.calls_outside):
            outside = {"ip_block": {"cidr": "0.0.0.0/0", "except_": [METADATA_ADDRESS]}}
            yield {"to": [outside], **_ports(sorted({*outside_ports}))}
        if self.among_themselves:
            yield {"to": [{"pod_selector": {}}]}
        for namespace, ports in self.calls.items():
            yield {"to": [_pods_of(namespace)], **_ports(ports)}
        if self.calls_tenants:
            tenants = {"namespace_selector": {"match_expressions": [{"key": TENANT_LABEL, "operator": "Exists"}]}}
            yield {"to": [tenants], **_ports(self.calls_tenants)}
        if scraped_from is not None and self.asks_prometheus:
            yield {"to": [_pods_of(scraped_from)]}


def controller_policy(
    name: str,
    namespace: Input[str],
    traffic: TrafficRules,
    scraped_from: Input[str] | None,
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> NetworkPolicy:
    """Restricts controllers of a namespace to this traffic; the instance metadata address is never allowed."""
    spec: Any = {"pod_selector": {}, "policy_types": ["Ingress", "Egress"], **traffic.rules(scraped_from)}
    return NetworkPolicy(
        name, metadata={"name": "controller", "namespace": namespace, "labels": labels}, spec=spec, opts=opts
    )


def _ports(ports: Sequence[int]) -> dict[str, Any]:
    return {"ports": [{"port": port, "protocol": "TCP"} for port in ports]} if ports else {}


def _pods_of(namespace: Input[str]) -> dict[str, Any]:
    return {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": namespace}}}
