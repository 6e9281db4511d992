"""Program with a cluster on the emulated Azure and objects on it. CHANGE makes one resource invalid."""

import base64
import os

import pulumi
import pulumi_azure_native as azure
import pulumi_kubernetes as k8s

CHANGE = os.environ.get("CHANGE", "")

group = azure.resources.ResourceGroup("ai", location="UAE North")
cluster = azure.containerservice.ManagedCluster(
    "aks",
    resource_group_name=group.name,
    dns_prefix="ai",
    identity=azure.containerservice.ManagedClusterIdentityArgs(
        type=azure.containerservice.ResourceIdentityType.SYSTEM_ASSIGNED
    ),
    agent_pool_profiles=[
        azure.containerservice.ManagedClusterAgentPoolProfileArgs(
            name="system", mode=azure.containerservice.AgentPoolMode.SYSTEM, count=1, vm_size="Standard_D4as_v5"
        )
    ],
)
azure.containerservice.AgentPool(
    "gpu",
    resource_group_name=group.name,
    resource_name_=cluster.name,
    agent_pool_name="gpu",
    count=0,
    vm_size="Standard_NC4as_T4_v3" if CHANGE == "machine" else "Standard_NC40ads_H100_v5",
)


def kubeconfig(credentials: azure.containerservice.ListManagedClusterUserCredentialsResult) -> str:
    """Returns the decoded kubeconfig."""
    return base64.b64decode(credentials.kubeconfigs[0].value).decode()


credentials = azure.containerservice.list_managed_cluster_user_credentials_output(
    resource_group_name=group.name, resource_name=cluster.name
)
provider = k8s.Provider("aks", kubeconfig=credentials.apply(kubeconfig))
in_cluster = pulumi.ResourceOptions(provider=provider)
namespace = k8s.core.v1.Namespace("training", metadata={"name": "training"}, opts=in_cluster)
k8s.core.v1.Secret(
    "registry",
    metadata={"name": "registry", "namespace": "missing" if CHANGE == "namespace" else namespace.metadata.name},
    string_data={"password": "correct-horse"},
    opts=in_cluster,
)
kueue = k8s.helm.v3.Release(
    "kueue",
    chart="oci://registry.k8s.io/kueue/charts/kueue",
    version="0.17.0",
    namespace=namespace.metadata.name,
    opts=in_cluster,
)
k8s.apiextensions.CustomResource(
    "queue",
    api_version="kueue.x-k8s.io/v1beta2",
    kind="LocalQueue",
    metadata={"name": "queue", "namespace": namespace.metadata.name},
    spec={"clusterQueue": "all"},
    opts=pulumi.ResourceOptions(provider=provider, depends_on=[kueue]),
)
