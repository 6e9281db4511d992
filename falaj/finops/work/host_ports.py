"""Ports of the node that pods use, each of which one pod of a node has.

The scheduler's plugin NodePorts, and Karpenter; addresses of the node are not told apart (kubernetes v1.36.3,
pkg/scheduler/framework/plugins/nodeports).
"""

from collections.abc import Mapping
from typing import Any

from falaj.finops.properties import get_list, get_path, get_str

HostPorts = frozenset[tuple[str, str]]
"""Protocols and numbers."""


def host_ports(pod: Mapping[str, Any]) -> HostPorts:
    """Returns the ports of the node that a pod uses: with the node's network, all that its containers declare (the
    same, pkg/apis/core/v1/defaults.go, defaultHostNetworkPorts)."""
    key = "containerPort" if get_path(pod, "hostNetwork") is True else "hostPort"
    return frozenset(
        (get_str(port, "protocol", default="TCP"), str(number))
        for container in (*get_list(pod, "containers"), *get_list(pod, "initContainers"))
        for port in get_list(container, "ports")
        if (number := get_path(port, "hostPort") or get_path(port, key))
    )
