"""The system pool that an AKS cluster is created with: what of it is tracked later, and its Kubernetes version."""

from typing import Any

import pulumi
from pulumi_azure_native import containerservice, resources

from falaj.components.azure.cluster.cluster_args import ClusterArgs
from falaj.components.azure.nodes.agent_pool import shape
from falaj.components.azure.nodes.sleep import AKS_API

# fmt: off
_UNTRACKED = (
    "availabilityZones", "capacityReservationGroupID", "count", "creationData",
    "enableAutoScaling", "enableEncryptionAtHost", "enableFIPS", "enableNodePublicIP", "enableUltraSSD",
    "gatewayProfile",
    "gpuInstanceProfile", "gpuProfile", "hostGroupID", "kubeletConfig", "kubeletDiskType", "linuxOSConfig",
    "localDNSProfile", "maxCount", "maxPods", "messageOfTheDay", "minCount", "mode", "name", "networkProfile",
    "nodeLabels", "nodePublicIPPrefixID", "nodeTaints", "osDiskSizeGB", "osDiskType", "osSKU", "osType",
    "podIPAllocationMode", "podSubnetID", "powerState", "proximityPlacementGroupID", "scaleDownMode",
    "scaleSetEvictionPolicy", "scaleSetPriority", "securityProfile", "spotMaxPrice", "tags", "type", "upgradeSettings",
    "virtualMachineNodesStatus", "virtualMachinesProfile", "vmSize", "vnetSubnetID", "windowsProfile",
    "workloadRuntime",
)
# fmt: on
"""Properties of the pool in the cluster's body whose later changes are ignored: AKS would scale all pools with any of
them (pulumi-azure-native#4264). That is every property except `orchestratorVersion`."""

UNTRACKED_PATHS = [f"agentPoolProfiles[0].{name}" for name in _UNTRACKED]

_TEMPLATE_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


def bootstrap_profile(args: ClusterArgs) -> containerservice.ManagedClusterAgentPoolProfileArgs:
    """Returns the pool as the cluster's body states it: without a Kubernetes version, so with that of the control plane
    at creation.

    An update of the cluster's version is refused (`NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged`) if its
    body states the version of this pool but not of the separate ones (Azure/AKS#4765, Azure/ARO-HCP#662).
    """
    properties: dict[str, Any] = {**shape(args.agent_pool)}
    del properties["orchestrator_version"]
    return containerservice.ManagedClusterAgentPoolProfileArgs(
        name=args.system_pool.name, vnet_subnet_id=args.node_subnet_id, **properties
    )


def pool_version(
    name: str, args: ClusterArgs, cluster: containerservice.ManagedCluster, parent: pulumi.Resource
) -> resources.Deployment:
    """Sets the Kubernetes version of the system pool, after that of the cluster.

    AKS changes the version of one pool only by an operation on that pool. An `AgentPool` cannot be declared for it: the
    pool exists already, from the cluster's body. So the operation is an ARM deployment with nothing but this pool and
    its version. Repeating it with the same minor version upgrades nothing (AKS API, AgentPool, orchestratorVersion).
    """
    template = {
        "$schema": _TEMPLATE_SCHEMA,
        "contentVersion": "1.0.0.0",
        "resources": [
            {
                "type": "Microsoft.ContainerService/managedClusters/agentPools",
                "apiVersion": AKS_API,
                "name": cluster.name.apply(lambda known: f"{known}/{args.system_pool.name}"),
                "properties": {"mode": "System", "orchestratorVersion": args.kubernetes_version},
            }
        ],
    }
    return resources.Deployment(
        f"{name}-system-pool-version",
        resource_group_name=args.resource_group_name,
        properties=resources.DeploymentPropertiesArgs(mode=resources.DeploymentMode.INCREMENTAL, template=template),
        tags=args.tags,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[cluster]),
    )
