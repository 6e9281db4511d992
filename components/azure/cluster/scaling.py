"""What adds and removes the nodes and pods of an AKS cluster, and how fast."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from pulumi_azure_native import containerservice

from falaj.components.core.validation.enums import Profile

UNNEEDED_MINUTES: Mapping[Profile, int] = {
    Profile.SYSTEM: 5,
    Profile.BATCH: 5,
    Profile.INFERENCE_CPU: 5,
    # The next job of a queue starts on the node of the last one, which has its image.
    Profile.TRAINING: 10,
    # A model takes minutes to load: its node outlives a short lull.
    Profile.INFERENCE_GPU: 10,
}
"""Minutes that an unneeded node stays. A cluster has one value, the longest of its profiles."""


class _Spot(TypedDict, total=False):
    max_total_unready_percentage: str
    ok_total_unready_count: str
    max_node_provision_time: str


SPOT_SETTINGS: _Spot = {
    # By default the autoscaler stops working while 45 % of the nodes, and more than three, are not ready: after an
    # eviction of many at once, just when it is needed.
    "max_total_unready_percentage": "100",
    "ok_total_unready_count": "1000",
    # A spot node that has not started by then is unavailable: another pool is tried. AKS's default is 15 minutes.
    "max_node_provision_time": "10m",
}
"""What differs where nodes are evicted without notice (AKS, cluster autoscaler profile, 2026-11-24)."""


def autoscaler_profile(
    workloads: Sequence[Profile], has_spot: bool
) -> containerservice.ManagedClusterPropertiesAutoScalerProfileArgs:
    """Fills nodes before it adds some, and removes them as soon as the workloads allow. AKS takes strings."""
    unneeded = max(UNNEEDED_MINUTES[profile] for profile in (Profile.SYSTEM, *workloads))
    spot: _Spot = SPOT_SETTINGS if has_spot else {}
    return containerservice.ManagedClusterPropertiesAutoScalerProfileArgs(
        expander=containerservice.Expander.LEAST_WASTE,
        balance_similar_node_groups="true",
        scale_down_unneeded_time=f"{unneeded}m",
        scale_down_delay_after_add="10m",
        scale_down_utilization_threshold="0.5",
        # The default, true, keeps every node that runs a pod with an emptyDir: all training and serving nodes.
        skip_nodes_with_local_storage="false",
        **spot,
    )


def node_provisioning(provisions_nodes: bool) -> containerservice.ManagedClusterNodeProvisioningProfileArgs:
    """Whether Azure's Karpenter adds nodes. It gets our node pools only: its default ones would use any machine."""
    modes = containerservice.NodeProvisioningMode
    return containerservice.ManagedClusterNodeProvisioningProfileArgs(
        mode=modes.AUTO if provisions_nodes else modes.MANUAL,
        default_node_pools=containerservice.NodeProvisioningDefaultNodePools.NONE,
    )


def workload_autoscalers(
    keda: bool, vertical_pod_autoscaler: bool
) -> containerservice.ManagedClusterWorkloadAutoScalerProfileArgs:
    """What scales pods: KEDA by events, and the Vertical Pod Autoscaler by what they use."""
    return containerservice.ManagedClusterWorkloadAutoScalerProfileArgs(
        keda=containerservice.ManagedClusterWorkloadAutoScalerProfileKedaArgs(enabled=keda),
        vertical_pod_autoscaler=containerservice.ManagedClusterWorkloadAutoScalerProfileVerticalPodAutoscalerArgs(
            enabled=vertical_pod_autoscaler
        ),
    )
