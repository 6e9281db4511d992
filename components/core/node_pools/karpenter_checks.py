"""Checks of pools whose nodes Karpenter creates, on EKS and in node auto-provisioning of AKS. Pure.

The settings of a stack file and the components run the same ones. Paths of problems are relative to the pool.
"""

from collections.abc import Iterator

from falaj.components.core.node_pools.azure_enums import OsSku
from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem

NO_SHARING = "no value where Karpenter creates the nodes: it supports neither MIG nor time-slicing of GPUs"
"""Karpenter creates no node for shared GPUs (kubernetes-sigs/karpenter#729, open on 2026-11-24)."""

MAX_AKS_DISK_GIB = 2048
"""Largest OS disk in GiB of an `AKSNodeClass` (CRD of Azure/karpenter-provider-azure as of 2026-08)."""

PROVISIONED_OPTIONS = ("os_sku", "max_pods", "kubelet")
"""Azure's pool options that an `AKSNodeClass` has too."""

PROVISIONED_OS = (OsSku.UBUNTU, OsSku.UBUNTU_2204, OsSku.AZURE_LINUX)
"""Image families of an `AKSNodeClass` (CRD of Azure/karpenter-provider-azure as of 2026-08)."""

USE_NODE_GROUP = "use a managed node group for this pool"
USE_AGENT_POOLS = "set node_autoscaler to cluster-autoscaler"


def eks_problems(pool: NodePoolSpec) -> Iterator[Problem]:
    """Yields the reasons why Karpenter on EKS cannot create a pool's nodes."""
    if pool.profile is Profile.SYSTEM:
        yield Problem("profile", "system", "any but system: Karpenter itself runs on system nodes", USE_NODE_GROUP)
    if pool.capacity in NODE_GROUP_ONLY:
        allowed = "spot, on-demand or spot-first: capacity paid in advance needs a managed node group"
        yield Problem("capacity", pool.capacity.value, allowed, USE_NODE_GROUP)
    if pool.aws.interconnect:
        yield Problem("aws.interconnect", True, "false: a placement group needs a managed node group", USE_NODE_GROUP)
    yield from _sharing_problems(pool, USE_NODE_GROUP)


def aks_problems(pool: NodePoolSpec) -> Iterator[Problem]:
    """Yields the reasons why node auto-provisioning of AKS cannot create a pool's nodes."""
    if pool.profile is Profile.SYSTEM:
        yield Problem("profile", "system", "another profile: system pools are agent pools", "remove the pool")
    if pool.min:
        allowed = "0 with node auto-provisioning, which keeps no idle nodes"
        yield Problem("min", pool.min, allowed, f"set it to 0, or {USE_AGENT_POOLS}")
    for name, value in pool.azure.given():
        if name in PROVISIONED_OPTIONS:
            continue
        allowed = "no value with node auto-provisioning: it is an option of agent pools"
        yield Problem(f"azure.{name}", value, allowed, f"remove it, or {USE_AGENT_POOLS}")
    if pool.azure.os_sku not in PROVISIONED_OS:
        allowed = " or ".join(sku.value for sku in PROVISIONED_OS)
        yield Problem("azure.os_sku", pool.azure.os_sku.value, allowed, f"choose one, or {USE_AGENT_POOLS}")
    yield from _sharing_problems(pool, USE_AGENT_POOLS)
    disk_gib = pool.disk_gib or TRAITS[pool.profile].disk_gib
    if disk_gib > MAX_AKS_DISK_GIB:
        yield Problem("disk_gib", disk_gib, f"at most {MAX_AKS_DISK_GIB}", "choose a smaller disk")


def _sharing_problems(pool: NodePoolSpec, fix: str) -> Iterator[Problem]:
    if pool.sharing:
        yield Problem("sharing", pool.sharing.model_dump(exclude_none=True), NO_SHARING, fix)
