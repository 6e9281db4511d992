"""A network and an AKS cluster in the emulated clouds, as another team may have made them: what `existing-aks` joins.

It is not for an account: the cluster has none of the protections of `azure.Cluster`.
"""

import pulumi
import pulumi_azure_native as azure

group = azure.resources.ResourceGroup("ai", location="uaenorth")
network = azure.network.VirtualNetwork(
    "net", resource_group_name=group.name, address_space={"address_prefixes": ["10.50.0.0/16"]}
)
subnet = azure.network.Subnet(
    "nodes",
    resource_group_name=group.name,
    virtual_network_name=network.name,
    address_prefix="10.50.0.0/20",
    default_outbound_access=False,
)
system = {"name": "system", "mode": "System", "count": 1, "vm_size": "Standard_D4as_v5", "vnet_subnet_id": subnet.id}
cluster = azure.containerservice.ManagedCluster(
    "aks",
    resource_group_name=group.name,
    dns_prefix="ai",
    identity={"type": "SystemAssigned"},
    agent_pool_profiles=[system],
)

pulumi.export("group", group.name)
pulumi.export("cluster", cluster.name)
pulumi.export("subnet", subnet.id)
