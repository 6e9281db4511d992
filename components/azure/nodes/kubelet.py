"""Configuration of the kubelet, in the form of agent pools and of AKS node classes."""

from typing import Any

from pulumi_azure_native import containerservice

from falaj.components.core.node_pools.azure_options import KubeletSpec


def agent_pool_kubelet(kubelet: KubeletSpec | None) -> containerservice.KubeletConfigArgs | None:
    """Returns the kubelet configuration of an agent pool; None for AKS's defaults."""
    if kubelet is None:
        return None
    return containerservice.KubeletConfigArgs(
        cpu_manager_policy=kubelet.cpu_manager_policy.value,
        topology_manager_policy=kubelet.topology_manager_policy.value,
        image_gc_high_threshold=kubelet.image_gc_high_percent,
        image_gc_low_threshold=kubelet.image_gc_low_percent,
        container_log_max_size_mb=kubelet.container_log_max_mb,
        container_log_max_files=kubelet.container_log_files,
        pod_max_pids=kubelet.pod_max_pids,
        allowed_unsafe_sysctls=list(kubelet.allowed_unsafe_sysctls) or None,
    )


def node_class_kubelet(kubelet: KubeletSpec) -> dict[str, Any]:
    """Returns the section `kubelet` of an `AKSNodeClass` (azure-aks-docs fb060ab, 2026-08-21,
    node-auto-provisioning-aksnodeclass.md)."""
    log_mb = kubelet.container_log_max_mb
    section: dict[str, Any] = {
        "cpuManagerPolicy": kubelet.cpu_manager_policy.value,
        "topologyManagerPolicy": kubelet.topology_manager_policy.value,
        "imageGCHighThresholdPercent": kubelet.image_gc_high_percent,
        "imageGCLowThresholdPercent": kubelet.image_gc_low_percent,
        "containerLogMaxSize": None if log_mb is None else f"{log_mb}Mi",
        "containerLogMaxFiles": kubelet.container_log_files,
        "podPidsLimit": kubelet.pod_max_pids,
        "allowedUnsafeSysctls": list(kubelet.allowed_unsafe_sysctls) or None,
    }
    return {key: value for key, value in section.items() if value is not None}
