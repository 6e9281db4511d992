"""Profiles of an AKS cluster: parts of its configuration, one function each."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network

import pulumi
from pulumi_azure_native import containerservice

from falaj.components.azure.cluster.cluster_args import ClusterArgs
from falaj.components.core.network.cidr import POD_BLOCK, SERVICE_BLOCK
from falaj.components.core.validation.enums import Egress

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
reads too, such as who read a secret; `kube-audit-admin` would be cheaper and leave them out."""


IMAGE_CLEANING_HOURS = 168
"""Hours between two rounds of the image cleaner: AKS's default, a week."""

OUTBOUND: Mapping[Egress, containerservice.OutboundType] = {
    Egress.NONE: containerservice.OutboundType.NONE,
    Egress.NAT_SINGLE: containerservice.OutboundType.USER_ASSIGNED_NAT_GATEWAY,
    Egress.FIREWALL: containerservice.OutboundType.USER_DEFINED_ROUTING,
}
"""The network's egress as AKS names it."""


def network_profile(egress: Egress) -> containerservice.ContainerServiceNetworkProfileArgs:
    """Overlay addresses and Cilium, which also enforces network policies."""
    return containerservice.ContainerServiceNetworkProfileArgs(
        network_plugin=containerservice.NetworkPlugin.AZURE,
        network_plugin_mode=containerservice.NetworkPluginMode.OVERLAY,
        network_dataplane=containerservice.NetworkDataplane.CILIUM,
        network_policy=containerservice.NetworkPolicy.CILIUM,
        load_balancer_sku=containerservice.LoadBalancerSku.STANDARD,
        outbound_type=OUTBOUND[egress],
        pod_cidr=str(POD_BLOCK),
        service_cidr=str(SERVICE_BLOCK),
        dns_service_ip=DNS_ADDRESS,
    )


def standard_tier() -> containerservice.ManagedClusterSKUArgs:
    """The tier with an uptime SLA, which cost analysis needs too."""
    return containerservice.ManagedClusterSKUArgs(
        name=containerservice.ManagedClusterSKUName.BASE, tier=containerservice.ManagedClusterSKUTier.STANDARD
    )


def entra_profile(
    administrators: pulumi.Input[Sequence[pulumi.Input[str]]],
) -> containerservice.ManagedClusterAADProfileArgs:
    """Entra authenticates, and Azure's access control authorises."""
    return containerservice.ManagedClusterAADProfileArgs(
        managed=True, enable_azure_rbac=True, admin_group_object_ids=administrators
    )


def bootstrap_profile(egress: Egress) -> containerservice.ManagedClusterBootstrapProfileArgs:
    """Where system images come from: without egress, from a private cache that AKS keeps in the site."""
    sources = containerservice.ArtifactSource
    return containerservice.ManagedClusterBootstrapProfileArgs(
        artifact_source=sources.CACHE if egress is Egress.NONE else sources.DIRECT
    )


def api_server_profile(
    subnet_id: pulumi.Input[str], public_access: Sequence[pulumi.Input[IPv4Network]]
) -> containerservice.ManagedClusterAPIServerAccessProfileArgs:
    """An API server inside the site's network, and outside it only for `public_access`."""
    profile = containerservice.ManagedClusterAPIServerAccessProfileArgs(
        enable_vnet_integration=True,
        subnet_id=subnet_id,
        # The run command would bypass the private network.
        disable_run_command=True,
        enable_private_cluster=not public_access,
    )
    if public_access:
        profile.authorized_ip_ranges = [pulumi.Output.from_input(block).apply(str) for block in public_access]
    else:
        profile.enable_private_cluster_public_fqdn = False
        profile.private_dns_zone = "system"
    return profile


def security_profile(
    key_id: pulumi.Input[str], args: ClusterArgs
) -> containerservice.ManagedClusterSecurityProfileArgs:
    """Secrets in etcd under the site's key, fetched privately; workload identity for pods; unused vulnerable images
    removed from nodes; and Defender, if wanted, whose records go to the site's workspace."""
    profile = containerservice.ManagedClusterSecurityProfileArgs(
        azure_key_vault_kms=containerservice.AzureKeyVaultKmsArgs(
            enabled=True,
            key_id=key_id,
            key_vault_network_access=containerservice.KeyVaultNetworkAccessTypes.PRIVATE,
            key_vault_resource_id=args.key_vault_id,
        ),
        workload_identity=containerservice.ManagedClusterSecurityProfileWorkloadIdentityArgs(enabled=True),
        image_cleaner=containerservice.ManagedClusterSecurityProfileImageCleanerArgs(
            enabled=True, interval_hours=IMAGE_CLEANING_HOURS
        ),
    )
    if args.defender:
        profile.defender = containerservice.ManagedClusterSecurityProfileDefenderArgs(
            log_analytics_workspace_resource_id=args.workspace_id,
            security_monitoring=containerservice.ManagedClusterSecurityProfileDefenderSecurityMonitoringArgs(
                enabled=True
            ),
        )
    return profile


def addons(azure_policy: bool) -> dict[str, containerservice.ManagedClusterAddonProfileArgs]:
    """Azure's own add-ons, by AKS's names for them."""
    return {
        "azurepolicy": containerservice.ManagedClusterAddonProfileArgs(
            enabled=azure_policy, config={"version": "v2"} if azure_policy else None
        )
    }


def cost_analysis() -> containerservice.ManagedClusterMetricsProfileArgs:
    """Cost by namespace and workload, free with the Standard tier."""
    return containerservice.ManagedClusterMetricsProfileArgs(
        cost_analysis=containerservice.ManagedClusterCostAnalysisArgs(enabled=True)
    )


def upgrade_profile() -> containerservice.ManagedClusterAutoUpgradeProfileArgs:
    """Patches are applied automatically; a new minor version is a change of `version`."""
    return containerservice.ManagedClusterAutoUpgradeProfileArgs(
        upgrade_channel=containerservice.UpgradeChannel.PATCH,
        node_os_upgrade_channel=containerservice.NodeOSUpgradeChannel.NODE_IMAGE,
    )
