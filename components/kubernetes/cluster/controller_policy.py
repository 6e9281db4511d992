"""Who controllers of the platform may speak to, each in a namespace of its own: rows, and a policy made of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.kubernetes.cluster.egress_only import METADATA_ADDRESS
from falaj.components.kubernetes.cluster.network_policies import resolver
from falaj.facts.labels import TENANT_LABEL

API_PORTS = (443, 6443)
"""Where API servers answer, on the clouds and elsewhere. At an address that is not known beforehand."""


@dataclass(frozen=True)
class Ways:
    """All that goes in and out of a namespace of controllers, by TCP, besides questions to DNS.

    `listens` are ports that anybody may call: webhooks above all, since the API server calls from outside the cluster.
    `scraped` are ports of metrics. Namespaces are named by their names, and an empty list of ports means all of them.
    """

    listens: Sequence[int] = ()
    scraped: Sequence[int] = ()
    called_by: Mapping[str, Sequence[int]] = field(default_factory=dict)
    calls: Mapping[str, Sequence[int]] = field(default_factory=dict)
    calls_tenants: Sequence[int] = ()
    calls_api: bool = True
    calls_outside: Sequence[int] = ()
    among_themselves: bool = False
    asks_prometheus: bool = False

    def rules(self, scraped_from: str | None) -> dict[str, list[dict[str, Any]]]:
        """`ingress` and `egress` of a policy, where Prometheus is in the namespace `scraped_from`, or nowhere."""
        return {"ingress": list(self._in(scraped_from)), "egress": list(self._out(scraped_from))}

    def _in(self, scraped_from: str | None) -> Iterator[dict[str, Any]]:
        if self.listens:
            yield _ports(self.listens)
        if self.among_themselves:
            yield {"from_": [{"pod_selector": {}}]}
        for namespace, ports in self.called_by.items():
            yield {"from_": [_of(namespace)], **_ports(ports)}
        if scraped_from is not None and self.scraped:
            yield {"from_": [_of(scraped_from)], **_ports(self.scraped)}

    def _out(self, scraped_from: str | None) -> Iterator[dict[str, Any]]:
        dns = [{"port": 53, "protocol": protocol} for protocol in ("UDP", "TCP")]
        yield {"to": [resolver()], "ports": dns}
        if outside_ports := (*(API_PORTS if self.calls_api else ()), *self.calls_outside):
            outside = {"ip_block": {"cidr": "0.0.0.0/0", "except_": [METADATA_ADDRESS]}}
            yield {"to": [outside], **_ports(sorted({*outside_ports}))}
        if self.among_themselves:
            yield {"to": [{"pod_selector": {}}]}
        for namespace, ports in self.calls.items():
            yield {"to": [_of(namespace)], **_ports(ports)}
        if self.calls_tenants:
            tenants = {"namespace_selector": {"match_expressions": [{"key": TENANT_LABEL, "operator": "Exists"}]}}
            yield {"to": [tenants], **_ports(self.calls_tenants)}
        if scraped_from is not None and self.asks_prometheus:
            yield {"to": [_of(scraped_from)]}


def controller_policy(
    name: str,
    namespace: str,
    ways: Ways,
    scraped_from: str | None,
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> NetworkPolicy:
    """Controllers of a namespace go these ways and no other; never to a machine's metadata."""
    spec: Any = {"pod_selector": {}, "policy_types": ["Ingress", "Egress"], **ways.rules(scraped_from)}
    return NetworkPolicy(
        name, metadata={"name": "controller", "namespace": namespace, "labels": labels}, spec=spec, opts=opts
    )


def _ports(ports: Sequence[int]) -> dict[str, Any]:
    return {"ports": [{"port": port, "protocol": "TCP"} for port in ports]} if ports else {}


def _of(namespace: str) -> dict[str, Any]:
    return {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": namespace}}}
