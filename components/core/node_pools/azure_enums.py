"""Choices of node pool options on Azure."""

from enum import Enum


class OsDiskType(Enum):
    """Type of a node's OS disk on Azure."""

    MANAGED = "Managed"
    """A managed disk, charged apart from the machine."""
    EPHEMERAL = "Ephemeral"
    """A local disk of the machine; lost with the node."""


class OsSku(Enum):
    """Operating system of nodes on Azure."""

    UBUNTU = "Ubuntu"
    """Ubuntu, in the version that AKS chooses for the Kubernetes version."""
    UBUNTU_2204 = "Ubuntu2204"
    """Ubuntu 22.04."""
    AZURE_LINUX = "AzureLinux"
    """Azure Linux, in the version that AKS chooses for the Kubernetes version."""
    AZURE_LINUX_3 = "AzureLinux3"
    """Azure Linux 3."""


class CpuManagerPolicy(Enum):
    """CPU manager policy of the kubelet."""

    NONE = "none"
    """Containers share all cores."""
    STATIC = "static"
    """Guaranteed pods that request whole cores have these to themselves."""


class TopologyManagerPolicy(Enum):
    """Topology manager policy of the kubelet."""

    NONE = "none"
    """Resources are not aligned to NUMA nodes."""
    BEST_EFFORT = "best-effort"
    """Aligned if possible; a pod is admitted either way."""
    RESTRICTED = "restricted"
    """A pod whose resources cannot be aligned is rejected."""
    SINGLE_NUMA_NODE = "single-numa-node"
    """A pod whose resources do not fit on one NUMA node is rejected."""
