"""What AKS is told about a cluster, one function a subject."""

from collections.abc import Sequence
from ipaddress import IPv4Network

import pulumi
from pulumi_azure_native import containerservice

from components.core.cidr import POD_BLOCK, SERVICE_BLOCK
from components.core.words import Egress

DNS_ADDRESS = str(SERVICE_BLOCK[10])
"""The cluster's DNS service: by custom the tenth address of services."""

AUDIT_CATEGORIES = (
    "kube-audit",
    "guard",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "cluster-autoscaler",
    "cloud-controller-manager",
)
"""Control-plane logs of AKS (learn.microsoft.com/azure/aks/monitor-aks-reference, 2026-11-24). `kube-audit` records
reads too, so that who read a secret can be told; `kube-audit-admin` would be cheaper and leave them out."""


def network_profile(egress: Egress) -> containerservice.ContainerServiceNetworkProfileArgs:
    """Overlay addresses and Cilium, which also enforces network policies."""
    ways = containerservice.OutboundType
    return containerservice.ContainerServiceNetworkProfileArgs(
        network_plugin=containerservice.NetworkPlugin.AZURE,
        network_plugin_mode=containerservice.NetworkPluginMode.OVERLAY,
        network_dataplane=containerservice.NetworkDataplane.CILIUM,
        network_policy=containerservice.NetworkPolicy.CILIUM,
        load_balancer_sku=containerservice.LoadBalancerSku.STANDARD,
        outbound_type=ways.NONE if egress is Egress.NONE else ways.USER_ASSIGNED_NAT_GATEWAY,
        pod_cidr=str(POD_BLOCK),
        service_cidr=str(SERVICE_BLOCK),
        dns_service_ip=DNS_ADDRESS,
    )


def bootstrap_profile(egress: Egress) -> containerservice.ManagedClusterBootstrapProfileArgs:
    """Where system images come from: without a way out, from a private cache that AKS keeps in the site."""
    sources = containerservice.ArtifactSource
    return containerservice.ManagedClusterBootstrapProfileArgs(
        artifact_source=sources.CACHE if egress is Egress.NONE else sources.DIRECT
    )


def api_server_profile(
    subnet_id: pulumi.Input[str], public_access: Sequence[IPv4Network]
) -> containerservice.ManagedClusterAPIServerAccessProfileArgs:
    """An API server inside the site's network, and outside it only for `public_access`."""
    profile = containerservice.ManagedClusterAPIServerAccessProfileArgs(
        enable_vnet_integration=True,
        subnet_id=subnet_id,
        # The run command is a way in that goes round the private network.
        disable_run_command=True,
        enable_private_cluster=not public_access,
    )
    if public_access:
        profile.authorized_ip_ranges = [str(block) for block in public_access]
    else:
        profile.enable_private_cluster_public_fqdn = False
        profile.private_dns_zone = "system"
    return profile


def security_profile(
    key_id: pulumi.Input[str], key_vault_id: pulumi.Input[str]
) -> containerservice.ManagedClusterSecurityProfileArgs:
    """Secrets in etcd under our key, fetched privately, and pods with identities of their own."""
    return containerservice.ManagedClusterSecurityProfileArgs(
        azure_key_vault_kms=containerservice.AzureKeyVaultKmsArgs(
            enabled=True,
            key_id=key_id,
            key_vault_network_access=containerservice.KeyVaultNetworkAccessTypes.PRIVATE,
            key_vault_resource_id=key_vault_id,
        ),
        workload_identity=containerservice.ManagedClusterSecurityProfileWorkloadIdentityArgs(enabled=True),
    )


def autoscaler_profile() -> containerservice.ManagedClusterPropertiesAutoScalerProfileArgs:
    """Fills nodes before it adds some, and lets them go soon. AKS wants the values as strings."""
    return containerservice.ManagedClusterPropertiesAutoScalerProfileArgs(
        expander=containerservice.Expander.LEAST_WASTE,
        balance_similar_node_groups="true",
        scale_down_unneeded_time="5m",
        scale_down_delay_after_add="10m",
        scale_down_utilization_threshold="0.5",
        # The default, true, keeps every node that runs a pod with an emptyDir: all training and serving nodes.
        skip_nodes_with_local_storage="false",
    )


def upgrade_profile() -> containerservice.ManagedClusterAutoUpgradeProfileArgs:
    """Patches come by themselves; a minor version is a decision."""
    return containerservice.ManagedClusterAutoUpgradeProfileArgs(
        upgrade_channel=containerservice.UpgradeChannel.PATCH,
        node_os_upgrade_channel=containerservice.NodeOSUpgradeChannel.NODE_IMAGE,
    )
