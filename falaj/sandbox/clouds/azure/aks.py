"""AKS clusters: identities, keys, outbound traffic, add-ons and immutable fields."""

from __future__ import annotations

import re

from falaj.facts.clouds import Cloud
from falaj.sandbox.clouds.azure import aks_maintenance, aks_pools
from falaj.sandbox.clouds.azure.aks_kms import cluster_keys
from falaj.sandbox.clouds.azure.aks_network import outbound_error, private_zone
from falaj.sandbox.clouds.azure.aks_pool_options import invalid, ssh_error
from falaj.sandbox.clouds.azure.aks_pools import (
    AUTO_PROVISIONING_CONFLICT,
    CLUSTER,
    CLUSTER_PATH,
    pool_error,
    pool_in_cluster_error,
    read_with_all_pools,
)
from falaj.sandbox.clouds.azure.aks_upgrades import cluster_names, cluster_tier
from falaj.sandbox.clouds.azure.aks_versions import POOL, cluster_version, deployed_pool_versions
from falaj.sandbox.clouds.azure.arm import GROUP, SUBSCRIPTION, ArmResourceType, arm_error, arm_type
from falaj.sandbox.clouds.azure.log_tables import deployed_tables
from falaj.sandbox.clouds.kubernetes_versions import newest
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str

__all__ = ["CLUSTER", "RESOURCE_TYPES", "private_dns_label"]

_NETWORK_REPLACE = (
    "serviceCidr",
    "serviceCidrs",
    "podCidr",
    "podCidrs",
    "dnsServiceIP",
    "networkMode",
    "networkPlugin",
    "networkPluginMode",
    "networkDataplane",
    "networkPolicy",
    "outboundType",
    "ipFamilies",
)
"""Properties of `networkProfile` whose change replaces the cluster (pulumi-azure-native
provider/pkg/gen/replacement.go, 2026).
"""


def private_dns_label(inputs: Props) -> str:
    """Returns the first label of the DNS zone of a private API server; it differs with API server VNet integration."""
    integrated = get_path(inputs, "apiServerAccessProfile.enableVnetIntegration") is True
    return "private" if integrated else "privatelink"


def cluster_pools(op: Operation) -> str | None:
    """Checks that a cluster has at least one system pool, unique pool names, and valid pools."""
    pools = get_all(op.inputs, "agentPoolProfiles[*]")
    if not any(get_str(pool, "mode") == "System" for pool in pools):
        return invalid("agentPoolProfiles", "a cluster needs at least one pool of mode System.")
    names = [get_str(pool, "name") for pool in pools]
    if len(set(names)) < len(names):
        return invalid("agentPoolProfiles", f"pool names repeat: {', '.join(names)}.")
    return next(filter(None, (_inline_pool_error(op, pool) for pool in pools)), None)


def _inline_pool_error(op: Operation, pool: Json) -> str | None:
    return (
        pool_error(pool, op.variables["region"])
        or ssh_error(op, pool)
        or pool_in_cluster_error(op.inputs, pool)
        or outbound_error(op, op.inputs, pool)
    )


def cluster_identity(op: Operation) -> str | None:
    """Checks that a cluster has a DNS prefix and an identity, and that a custom private DNS zone has a user-assigned
    identity.
    """
    if not op.variables["dns"]:
        return arm_error(
            400, "RequiredParameterMissing", "Required parameter dnsPrefix/fqdnSubdomain is missing (null)."
        )
    kind = get_str(op.inputs, "identity.type")
    if not kind and get_path(op.inputs, "servicePrincipalProfile") is None:
        return arm_error(
            400, "ServicePrincipalNotFound", "Provisioning a cluster needs an identity or a servicePrincipalProfile."
        )
    zone = get_str(op.inputs, "apiServerAccessProfile.privateDNSZone")
    if zone.startswith("/") and kind != "UserAssigned":
        return arm_error(
            400, "CustomPrivateDNSZoneMissingPermission", "A custom privateDNSZone needs a user-assigned identity."
        )
    return None


_DURATION = re.compile(r"\d+[smh]")
_DURATION_FIELDS = (
    "scanInterval",
    "scaleDownDelayAfterAdd",
    "scaleDownDelayAfterDelete",
    "scaleDownDelayAfterFailure",
    "scaleDownUnneededTime",
    "scaleDownUnreadyTime",
    "maxNodeProvisionTime",
    "newPodScaleUpDelay",
)


def cluster_scaling(op: Operation) -> str | None:
    """Checks that durations of the autoscaler profile have a unit, and that node auto-provisioning is not combined with
    calico, service principals or autoscaled pools.
    """
    for key in _DURATION_FIELDS:
        value = get_path(op.inputs, f"autoScalerProfile.{key}")
        if isinstance(value, str) and not _DURATION.fullmatch(value):
            return invalid(f"autoScalerProfile.{key}", f"'{value}' must be a number with a unit, such as 10m.")
    if get_str(op.inputs, "nodeProvisioningProfile.mode") != "Auto":
        return None
    if get_str(op.inputs, "networkProfile.networkPolicy") == "calico":
        return arm_error(400, "BadRequest", "Node auto-provisioning does not support the network policy calico.")
    if get_path(op.inputs, "servicePrincipalProfile") is not None:
        return arm_error(400, "BadRequest", "Node auto-provisioning needs a managed identity.")
    for pool in op.state.find(POOL, scope=op.variables["id"]):
        if get_path(pool.inputs, "enableAutoScaling") is True:
            return arm_error(
                400,
                "BadRequest",
                f"{AUTO_PROVISIONING_CONFLICT}: agent pool {pool.name} has enableAutoScaling set to true.",
            )
    return None


def cluster_addons(op: Operation) -> str | None:
    """Checks the requirements of cost analysis, Defender, workload identity and the image cleaner."""
    tier = get_str(op.inputs, "sku.tier") or "Free"
    if get_path(op.inputs, "metricsProfile.costAnalysis.enabled") is True and tier == "Free":
        return invalid("metricsProfile.costAnalysis.enabled", "cost analysis needs tier Standard or Premium, not Free.")
    defender = get_path(op.inputs, "securityProfile.defender")
    if get_path(defender, "securityMonitoring.enabled") is True and not get_str(
        defender, "logAnalyticsWorkspaceResourceId"
    ):
        return invalid("securityProfile.defender.logAnalyticsWorkspaceResourceId", "Defender needs a workspace.")
    workload = get_path(op.inputs, "securityProfile.workloadIdentity.enabled") is True
    if workload and get_path(op.inputs, "oidcIssuerProfile.enabled") is not True:
        return invalid("securityProfile.workloadIdentity", "workload identity needs the OIDC issuer.")
    hours = get_path(op.inputs, "securityProfile.imageCleaner.intervalHours")
    if isinstance(hours, int | float) and not 24 <= hours <= 24 * 90:
        return invalid("securityProfile.imageCleaner.intervalHours", f"{hours:g} must be from 24 to 2160.")
    return None


_NODE_IDENTITY = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/MC_{{resourceGroupName}}_{{name}}_{{region}}"
    "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}-agentpool"
)

RESOURCE_TYPES: tuple[ArmResourceType, ...] = (
    arm_type(
        "containerservice:ManagedCluster",
        CLUSTER_PATH,
        {
            "fqdn": "{dns}-{hex8}.hcp.{region}.azmk8s.io",
            "privateFQDN": "{dns}-{hex8}.{uuid}.{privateZone}.{region}.azmk8s.io",
            "azurePortalFQDN": "{dns}-{hex8}.portal.hcp.{region}.azmk8s.io",
            "kubernetesVersion": newest(Cloud.AZURE),
            "currentKubernetesVersion": f"{newest(Cloud.AZURE)}.0",
            "maxAgentPools": 100,
            "powerState": {"code": "Running"},
            "nodeResourceGroup": "MC_{resourceGroupName}_{name}_{region}",
            "resourceUID": "{hex17}",
            "identityProfile": {
                "kubeletidentity": {
                    "clientId": "{hex8}-0000-4000-9000-{digits12}",
                    "objectId": "{hex8}-0000-4000-8000-{digits12}",
                    "resourceId": _NODE_IDENTITY,
                }
            },
        },
        nested_outputs={"oidcIssuerProfile": {"issuerURL": "https://{region}.oic.prod-aks.azure.com/{tenant}/{uuid}/"}},
        handles=("{hex8}-0000-4000-8000-{digits12}",),
        replace_on_changes=(
            "diskEncryptionSetID",
            "dnsPrefix",
            "fqdnSubdomain",
            "linuxProfile",
            "nodeResourceGroup",
            "windowsProfile",
            *(f"networkProfile.{property_name}" for property_name in _NETWORK_REPLACE),
        ),
        write_rules=(
            cluster_identity,
            private_zone,
            cluster_version,
            cluster_tier,
            cluster_names,
            cluster_pools,
            cluster_keys,
            cluster_scaling,
            cluster_addons,
        ),
        read_inputs=read_with_all_pools,
    ),
    arm_type(
        "resources:Deployment",
        f"{GROUP}/providers/Microsoft.Resources/deployments/{{deploymentName}}",
        write_rules=(deployed_pool_versions, deployed_tables),
    ),
    *aks_pools.RESOURCE_TYPES,
    *aks_maintenance.RESOURCE_TYPES,
)
"""Resource types of Microsoft.ContainerService, and the ARM deployments that change agent pools."""
