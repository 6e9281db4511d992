"""Profiles of an AKS cluster: one function for each section of its configuration."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network

import pulumi
from pulumi_azure_native import containerservice

from falaj.components.azure.cluster.cluster_args import ClusterArgs
from falaj.components.azure.identity.keys import EncryptionKey
from falaj.components.core.site.aks_upgrades import AksUpgrades, ClusterTier, NodeImageChannel
from falaj.components.core.validation.enums import Egress, SupportPlan

DNS_INDEX = 10
"""Index of the address of the cluster's DNS service in the service block, by convention."""

IMAGE_CLEANING_HOURS = 168
"""Interval of the image cleaner in hours: one week, AKS's default."""

OUTBOUND: Mapping[Egress, containerservice.OutboundType] = {
    Egress.NONE: containerservice.OutboundType.NONE,
    Egress.NAT_SINGLE: containerservice.OutboundType.USER_ASSIGNED_NAT_GATEWAY,
    Egress.FIREWALL: containerservice.OutboundType.USER_DEFINED_ROUTING,
}
"""Egress of the network -> outbound type of AKS."""


def network_profile(args: ClusterArgs) -> containerservice.ContainerServiceNetworkProfileArgs:
    """Returns the network profile: Azure CNI Overlay with Cilium, which also enforces network policies."""
    return containerservice.ContainerServiceNetworkProfileArgs(
        network_plugin=containerservice.NetworkPlugin.AZURE,
        network_plugin_mode=containerservice.NetworkPluginMode.OVERLAY,
        network_dataplane=containerservice.NetworkDataplane.CILIUM,
        network_policy=containerservice.NetworkPolicy.CILIUM,
        load_balancer_sku=containerservice.LoadBalancerSku.STANDARD,
        outbound_type=OUTBOUND[args.egress],
        pod_cidr=str(args.pod_cidr),
        service_cidr=str(args.service_cidr),
        dns_service_ip=str(args.service_cidr[DNS_INDEX]),
    )


SUPPORT_PLANS: Mapping[SupportPlan, containerservice.KubernetesSupportPlan] = {
    SupportPlan.OFFICIAL: containerservice.KubernetesSupportPlan.KUBERNETES_OFFICIAL,
    SupportPlan.LTS: containerservice.KubernetesSupportPlan.AKS_LONG_TERM_SUPPORT,
}
"""Support plan -> its name in AKS."""


TIERS: Mapping[ClusterTier, containerservice.ManagedClusterSKUTier] = {
    ClusterTier.FREE: containerservice.ManagedClusterSKUTier.FREE,
    ClusterTier.STANDARD: containerservice.ManagedClusterSKUTier.STANDARD,
}
"""Tier -> its name in AKS."""


def tier(plan: SupportPlan, cluster_tier: ClusterTier) -> containerservice.ManagedClusterSKUArgs:
    """Returns the Standard tier, which has an uptime SLA and is required for cost analysis, the Free tier, or the
    Premium tier, which long-term support requires (azure-aks-docs, long-term-support.md, 2026-08)."""
    premium = containerservice.ManagedClusterSKUTier.PREMIUM
    return containerservice.ManagedClusterSKUArgs(
        name=containerservice.ManagedClusterSKUName.BASE,
        tier=premium if plan is SupportPlan.LTS else TIERS[cluster_tier],
    )


def entra_profile(
    administrators: pulumi.Input[Sequence[pulumi.Input[str]]],
) -> containerservice.ManagedClusterAADProfileArgs:
    """Returns the profile for authentication by Entra and authorization by Azure role-based access control."""
    return containerservice.ManagedClusterAADProfileArgs(
        managed=True, enable_azure_rbac=True, admin_group_object_ids=administrators
    )


def bootstrap_profile(egress: Egress) -> containerservice.ManagedClusterBootstrapProfileArgs:
    """Returns the source of system images: without egress, a private registry cache that AKS manages."""
    sources = containerservice.ArtifactSource
    return containerservice.ManagedClusterBootstrapProfileArgs(
        artifact_source=sources.CACHE if egress is Egress.NONE else sources.DIRECT
    )


PRIVATE_NAMES = (".blob.core.windows.net", ".file.core.windows.net", ".vault.azure.net", ".azurecr.io")
"""Domains of the services that a site reaches through private endpoints. Clients compare names, not addresses, with the
list of destinations that bypass the proxy; AKS adds the cluster's own."""


def proxy_config(args: ClusterArgs) -> containerservice.ManagedClusterHTTPProxyConfigArgs | None:
    """Returns the HTTP proxy of nodes and pods, with the certificates that they trust; None without a proxy."""
    if args.proxy is None:
        return None
    bundle = "".join(f"{certificate.strip()}\n" for certificate in args.trusted_certificates)
    return containerservice.ManagedClusterHTTPProxyConfigArgs(
        http_proxy=args.proxy.http,
        https_proxy=args.proxy.http if args.proxy.https is None else args.proxy.https,
        no_proxy=[*PRIVATE_NAMES, *args.proxy.no_proxy],
        trusted_ca=_base64(bundle) if bundle else None,
    )


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def api_server_profile(
    subnet_id: pulumi.Input[str],
    public_access: Sequence[pulumi.Input[IPv4Network]],
    zone_id: pulumi.Input[str] | None = None,
) -> containerservice.ManagedClusterAPIServerAccessProfileArgs:
    """Returns access to the API server from the site's network, and from the `public_access` blocks if any."""
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
        profile.private_dns_zone = "system" if zone_id is None else zone_id
    return profile


def security_profile(key: EncryptionKey, args: ClusterArgs) -> containerservice.ManagedClusterSecurityProfileArgs:
    """Returns the security profile of the cluster.

    It encrypts secrets in etcd with the site's key, accessed through the private network; enables workload identity for
    pods; removes unused vulnerable images from nodes; and, with `args.defender`, enables Defender, which logs to the
    site's workspace.
    """
    profile = containerservice.ManagedClusterSecurityProfileArgs(
        azure_key_vault_kms=containerservice.AzureKeyVaultKmsArgs(
            enabled=True,
            key_id=_secrets_key_uri(key, args.secrets_key_version),
            key_vault_network_access=containerservice.KeyVaultNetworkAccessTypes.PRIVATE,
            key_vault_resource_id=args.key_vault_id if args.secrets_key_id is None else key.store_id,
        ),
        workload_identity=containerservice.ManagedClusterSecurityProfileWorkloadIdentityArgs(enabled=True),
        image_cleaner=containerservice.ManagedClusterSecurityProfileImageCleanerArgs(
            enabled=True, interval_hours=IMAGE_CLEANING_HOURS
        ),
        custom_ca_trust_certificates=[_base64(certificate) for certificate in args.trusted_certificates] or None,
    )
    if args.defender:
        profile.defender = containerservice.ManagedClusterSecurityProfileDefenderArgs(
            log_analytics_workspace_resource_id=args.workspace_id,
            security_monitoring=containerservice.ManagedClusterSecurityProfileDefenderSecurityMonitoringArgs(
                enabled=True
            ),
        )
    return profile


def _secrets_key_uri(key: EncryptionKey, version: pulumi.Input[str] | None) -> pulumi.Output[str]:
    return key.uri_with_version if version is None else pulumi.Output.concat(key.uri, "/", version)


def untracked_key(args: ClusterArgs) -> list[str]:
    """Returns the paths of the key of Kubernetes secrets, whose changes are ignored unless the stack names a version.

    Keys rotate, and each lookup finds the newest version. AKS keeps two versions, so that a change of `keyId` before
    the secrets are encrypted with the last one leaves the cluster updating for ever or its secrets unreadable
    (azure-aks-docs use-kms-etcd-encryption.md, 2026-08; Azure/kubernetes-kms#291, Azure/AKS#4648).
    """
    kms = "securityProfile.azureKeyVaultKms"
    return [f"{kms}.keyId", f"{kms}.keyVaultResourceId"] if args.secrets_key_version is None else []


def addons(azure_policy: bool) -> dict[str, containerservice.ManagedClusterAddonProfileArgs]:
    """Returns the Azure add-ons of the cluster, by AKS add-on name."""
    return {
        "azurepolicy": containerservice.ManagedClusterAddonProfileArgs(
            enabled=azure_policy, config={"version": "v2"} if azure_policy else None
        )
    }


def cost_analysis(cluster_tier: ClusterTier) -> containerservice.ManagedClusterMetricsProfileArgs:
    """Returns cost analysis by namespace and workload, which the Free tier does not have and the others include."""
    enabled = cluster_tier is not ClusterTier.FREE
    return containerservice.ManagedClusterMetricsProfileArgs(
        cost_analysis=containerservice.ManagedClusterCostAnalysisArgs(enabled=enabled)
    )


NODE_IMAGE_CHANNELS: Mapping[NodeImageChannel, containerservice.NodeOSUpgradeChannel] = {
    NodeImageChannel.NODE_IMAGE: containerservice.NodeOSUpgradeChannel.NODE_IMAGE,
    NodeImageChannel.SECURITY_PATCH: containerservice.NodeOSUpgradeChannel.SECURITY_PATCH,
    NodeImageChannel.UNMANAGED: containerservice.NodeOSUpgradeChannel.UNMANAGED,
    NodeImageChannel.NONE: containerservice.NodeOSUpgradeChannel.NONE,
}
"""Channel of node images -> its name in AKS."""


def upgrade_profile(options: AksUpgrades) -> containerservice.ManagedClusterAutoUpgradeProfileArgs:
    """Returns the automatic upgrades; a new minor version needs a new `kubernetes_version`."""
    return containerservice.ManagedClusterAutoUpgradeProfileArgs(
        upgrade_channel=containerservice.UpgradeChannel(options.upgrade_channel.value),
        node_os_upgrade_channel=NODE_IMAGE_CHANNELS[options.node_image_channel],
    )
