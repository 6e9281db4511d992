"""Autoscaling of the nodes and pods of an AKS cluster."""

from collections.abc import Sequence
from typing import TypedDict

from pulumi_azure_native import containerservice

from falaj.components.core.node_pools.azure_scale_down import unneeded_minutes
from falaj.components.core.validation.enums import Profile


class _SpotSettings(TypedDict, total=False):
    max_total_unready_percentage: str
    ok_total_unready_count: str
    max_node_provision_time: str


SPOT_SETTINGS: _SpotSettings = {
    # By default, the autoscaler stops while more than three nodes, and 45 % of all nodes, are not ready. A large
    # eviction causes this state, and then new nodes are needed most.
    "max_total_unready_percentage": "100",
    "ok_total_unready_count": "1000",
    # After this time a spot node counts as unavailable, and another pool is tried. AKS's default is 15 minutes.
    "max_node_provision_time": "10m",
}
"""Autoscaler settings for clusters with spot pools (AKS, cluster autoscaler profile, 2026-11-24)."""


def autoscaler_profile(
    workloads: Sequence[Profile], has_spot: bool
) -> containerservice.ManagedClusterPropertiesAutoScalerProfileArgs:
    """Returns a profile that prefers the pool with the least waste, and removes unneeded nodes as soon as the workloads
    allow. AKS expects strings."""
    spot: _SpotSettings = SPOT_SETTINGS if has_spot else {}
    return containerservice.ManagedClusterPropertiesAutoScalerProfileArgs(
        expander=containerservice.Expander.LEAST_WASTE,
        balance_similar_node_groups="true",
        scale_down_unneeded_time=f"{unneeded_minutes(workloads)}m",
        scale_down_delay_after_add="10m",
        scale_down_utilization_threshold="0.5",
        # The default, true, keeps every node that runs a pod with an emptyDir volume, which all training and serving
        # pods have.
        skip_nodes_with_local_storage="false",
        **spot,
    )


def node_provisioning(provisions_nodes: bool) -> containerservice.ManagedClusterNodeProvisioningProfileArgs:
    """Returns the node auto-provisioning mode, without Azure's default node pools, which would use any machine type."""
    modes = containerservice.NodeProvisioningMode
    return containerservice.ManagedClusterNodeProvisioningProfileArgs(
        mode=modes.AUTO if provisions_nodes else modes.MANUAL,
        default_node_pools=containerservice.NodeProvisioningDefaultNodePools.NONE,
    )


def workload_autoscalers(
    keda: bool, vertical_pod_autoscaler: bool
) -> containerservice.ManagedClusterWorkloadAutoScalerProfileArgs:
    """Enables or disables KEDA, which scales pods by events, and the Vertical Pod Autoscaler, which scales by usage."""
    return containerservice.ManagedClusterWorkloadAutoScalerProfileArgs(
        keda=containerservice.ManagedClusterWorkloadAutoScalerProfileKedaArgs(enabled=keda),
        vertical_pod_autoscaler=containerservice.ManagedClusterWorkloadAutoScalerProfileVerticalPodAutoscalerArgs(
            enabled=vertical_pod_autoscaler
        ),
    )
