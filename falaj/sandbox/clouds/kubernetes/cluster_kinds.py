"""Custom kinds that a managed cluster has without any release: of EKS, of AKS, and of their add-ons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from falaj.sandbox.clouds.kubernetes.chart_kinds import (
    CERT_MANAGER_KINDS,
    GATEWAY_KINDS,
    ISTIO_KINDS,
    KARPENTER_KINDS,
    KEDA_KINDS,
)
from falaj.sandbox.clouds.kubernetes.connection import managed_cluster
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import get_path, get_str

_SNAPSHOTS = tuple(
    f"snapshot.storage.k8s.io/{kind}" for kind in ("VolumeSnapshot", "VolumeSnapshotClass", "VolumeSnapshotContent")
)

_EKS_KINDS = (
    "vpcresources.k8s.aws/SecurityGroupPolicy",
    "vpcresources.k8s.aws/CNINode",
    "crd.k8s.amazonaws.com/ENIConfig",
    "networking.k8s.aws/PolicyEndpoint",
)
"""Kinds of the VPC CNI and of EKS's VPC resource controller, which every cluster has (aws/amazon-vpc-cni-k8s,
config/master/aws-k8s-cni.yaml; aws/amazon-vpc-resource-controller-k8s, config/crd; 2026-11-26)."""

_AUTO_MODE_KINDS = tuple(
    f"eks.amazonaws.com/{kind}"
    for kind in ("CNINode", "IngressClassParams", "NodeClass", "NodeDiagnostic", "TargetGroupBinding")
)
"""Kinds of EKS Auto Mode (`kubectl get crd` of such clusters, in guides of 2025 and 2026 read on 2026-11-28)."""

_EKS_ADDON_KINDS: Mapping[str, tuple[str, ...]] = {
    "snapshot-controller": _SNAPSHOTS,
    "cert-manager": CERT_MANAGER_KINDS,
}
"""EKS add-on -> kinds that it brings (EKS user guide, AWS add-ons and community add-ons, 2026-11-26)."""

_AKS_KINDS = (
    *_SNAPSHOTS,
    *(f"cilium.io/{kind}" for kind in ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "CiliumNode")),
)
"""Kinds that AKS clusters with Cilium's data plane have: the snapshot controller is on by default (AKS, CSI storage
drivers; Azure CNI powered by Cilium; 2026-11-26)."""

_AKS_FEATURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("workloadAutoScalerProfile.keda.enabled", "True", KEDA_KINDS),
    (
        "workloadAutoScalerProfile.verticalPodAutoscaler.enabled",
        "True",
        ("autoscaling.k8s.io/VerticalPodAutoscaler", "autoscaling.k8s.io/VerticalPodAutoscalerCheckpoint"),
    ),
    ("serviceMeshProfile.mode", "Istio", ISTIO_KINDS),
    ("ingressProfile.gatewayAPI.installation", "Standard", GATEWAY_KINDS),
    ("nodeProvisioningProfile.mode", "Auto", (*KARPENTER_KINDS, "karpenter.azure.com/AKSNodeClass")),
    (
        "azureMonitorProfile.metrics.enabled",
        "True",
        ("azmonitoring.coreos.com/PodMonitor", "azmonitoring.coreos.com/ServiceMonitor"),
    ),
)
"""Property of an AKS cluster, its value, and the kinds that it brings (MicrosoftDocs/azure-aks-docs, articles/aks:
keda-about, vertical-pod-autoscaler, istio-about, managed-gateway-api, node-autoprovision,
prometheus-metrics-scrape-configuration; 2026-11-26)."""


def kinds(op: Operation) -> frozenset[str]:
    """Returns the kinds that the operation's cluster has as an EKS or AKS cluster; none for other clusters."""
    cluster = managed_cluster(op)
    return frozenset(_BY_TYPE[cluster.type](op, cluster)) if cluster is not None else frozenset()


def _eks(op: Operation, cluster: InventoryItem) -> Iterator[str]:
    yield from _EKS_KINDS
    if get_path(cluster.inputs, "computeConfig.enabled") is True:  # EKS Auto Mode
        yield from (*KARPENTER_KINDS, *_AUTO_MODE_KINDS)
    for addon in op.state.find_in_any_cloud("aws:eks/addon:Addon"):
        if get_str(addon.inputs, "clusterName") == cluster.name:
            yield from _EKS_ADDON_KINDS.get(get_str(addon.inputs, "addonName"), ())


def _aks(op: Operation, cluster: InventoryItem) -> Iterator[str]:
    yield from _AKS_KINDS
    for path, value, brought in _AKS_FEATURES:
        if str(get_path(cluster.inputs, path)) == value:
            yield from brought


_BY_TYPE: Mapping[str, Callable[[Operation, InventoryItem], Iterator[str]]] = {
    "aws:eks/cluster:Cluster": _eks,
    "azure-native:containerservice:ManagedCluster": _aks,
}
