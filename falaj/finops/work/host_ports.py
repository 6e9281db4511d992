"""Ports that pods take on their node, of which a node has each once.

The scheduler refuses a node on which a port is taken, by protocol and address (kubernetes/kubernetes,
pkg/scheduler/framework/plugins/nodeports and pkg/scheduler/util, GetHostPorts), and Karpenter counts in the same way
(kubernetes-sigs/karpenter, pkg/scheduling/hostportusage.go; all read 2026-11-27).
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from falaj.finops.properties import get_list, get_number, get_path, get_str

_ALL_ADDRESSES = ("", "0.0.0.0", "::")  # noqa: S104 - compared, not bound


class HostPort(NamedTuple):
    """A port of a node. An empty address is each address of the node."""

    protocol: str
    port: int
    address: str = ""


def host_ports(pod: Mapping[str, Any]) -> tuple[HostPort, ...]:
    """Returns the ports of the node that a pod's specification takes: with the node's network, all of its containers'
    ports (core/v1, SetDefaults_PodSpec). Init containers count if they run as long as the pod."""
    sidecars = (each for each in get_list(pod, "initContainers") if get_str(each, "restartPolicy") == "Always")
    of_network = get_path(pod, "hostNetwork") is True
    found = (
        _host_port(row, of_network)
        for container in (*sidecars, *get_list(pod, "containers"))
        for row in get_list(container, "ports")
    )
    return tuple(each for each in found if each.port)


def _host_port(row: object, of_network: bool) -> HostPort:
    port = get_number(get_path(row, "hostPort"), 0) or (get_number(get_path(row, "containerPort"), 0) * of_network)
    address = get_str(row, "hostIP")
    known = "" if address in _ALL_ADDRESSES else address
    return HostPort(get_str(row, "protocol", default="TCP"), int(port), known)


def collide(ports: Iterable[HostPort], others: Iterable[HostPort]) -> bool:
    """Returns whether pods with these ports cannot run on the same node."""
    return any(_are_same(port, other) for port in ports for other in others)


def _are_same(port: HostPort, other: HostPort) -> bool:
    is_address_shared = not port.address or not other.address or port.address == other.address
    return (port.protocol, port.port) == (other.protocol, other.port) and is_address_shared
