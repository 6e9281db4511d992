"""Choices of node pool options on Azure."""

from enum import Enum


class OsDiskType(Enum):
    """Type of a node's OS disk on Azure."""

    MANAGED = "Managed"
    EPHEMERAL = "Ephemeral"
    """A local disk of the machine; lost with the node."""


class OsSku(Enum):
    """Operating system of nodes on Azure."""

    UBUNTU = "Ubuntu"
    UBUNTU_2204 = "Ubuntu2204"
    AZURE_LINUX = "AzureLinux"
    AZURE_LINUX_3 = "AzureLinux3"


class CpuManagerPolicy(Enum):
    """CPU manager policy of the kubelet."""

    NONE = "none"
    STATIC = "static"


class TopologyManagerPolicy(Enum):
    """Topology manager policy of the kubelet."""

    NONE = "none"
    BEST_EFFORT = "best-effort"
    RESTRICTED = "restricted"
    SINGLE_NUMA_NODE = "single-numa-node"
