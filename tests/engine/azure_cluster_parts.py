"""Program with a cluster on Azure; the environment variable PARTS enables options and optional components."""

import os
from typing import Any

import pulumi
import pulumi_azure_native as native
import pulumi_kubernetes as kubernetes

from falaj.components import azure
from falaj.components.core.node_pools.azure_options import AzurePoolOptions
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Egress, NodeAutoscaler, Profile
from tests.samples import COST_TAGS

PARTS = set(os.environ.get("PARTS", "").split())
REGION = "uaenorth"
VERSION = "1.36" if "upgrade" in PARTS else "1.35"
TAGS = {**COST_TAGS, "environment": "dev"}
PROVISIONED = "provisioned" in PARTS
AUTOSCALER = NodeAutoscaler.KARPENTER if PROVISIONED else NodeAutoscaler.CLUSTER_AUTOSCALER
SYSTEM = azure.SystemPoolSpec(
    name="system",
    zones=3,
    pool=NodePoolSpec(profile=Profile.SYSTEM, machines=["Standard_D4as_v5"], capacity=Capacity.ON_DEMAND, min=3, max=6),
)
GPU = NodePoolSpec(
    profile=Profile.TRAINING,
    machines=["Standard_NC40ads_H100_v5"],
    capacity=Capacity.SPOT_FIRST if PROVISIONED else Capacity.ON_DEMAND,
    min=0,
    max=4,
    tenant="retail" if "tenant" in PARTS else None,
    azure=AzurePoolOptions(deallocate="deallocate" in PARTS),
)


def component(
    kind: Any, name: str, *shared: dict[str, Any], opts: pulumi.ResourceOptions | None = None, **own: Any
) -> Any:
    """Creates a component from shared arguments and its own."""
    args: dict[str, Any] = {}
    for arguments in (*shared, own):
        args |= arguments
    return kind(f"uae-{name}", args, opts)


def hub() -> dict[str, Any]:
    """Creates the firewall's network, and returns the connection of the site with it."""
    firewalls = native.network.VirtualNetwork(
        "hub",
        location=REGION,
        resource_group_name=group.name,
        address_space={"address_prefixes": ["10.0.0.0/16"]},
        tags=TAGS,
    )
    return {"vnet_id": firewalls.id}


group = native.resources.ResourceGroup("uae-group", location=REGION, tags=TAGS)
group_args = {"region": REGION, "resource_group_name": group.name, "tags": TAGS}
group_id_args = {**group_args, "resource_group_id": group.id}
firewall = {"egress": Egress.FIREWALL, "firewall_address": "10.0.0.4", "hub": hub()} if "firewall" in PARTS else {}
network = component(azure.Network, "network", group_args, firewall, cidr="10.20.0.0/16", zones=3)
log = component(azure.AuditLog, "log", group_args)
private_args = {**group_id_args, "endpoint_subnet_id": network.endpoint_subnet_id, "workspace_id": log.workspace_id}
keys = component(azure.KeyStore, "keys", private_args, dns_zone_id=network.key_zone_id, hsm="hsm" in PARTS)
cluster = component(
    azure.Cluster,
    "cluster",
    group_args,
    opts=pulumi.ResourceOptions(depends_on=[network, keys]),
    kubernetes_version=VERSION,
    node_subnet_id=network.node_subnet_ids[0],
    control_plane_subnet_id=network.control_plane_subnet_ids[0],
    egress=Egress.FIREWALL if firewall else Egress.NAT_SINGLE,
    key_vault_id=keys.key_vault_id,
    key_vault_name=keys.key_vault_name,
    hsm="hsm" in PARTS,
    workspace_id=log.workspace_id,
    system_pool=SYSTEM,
    node_autoscaler=AUTOSCALER,
    has_spot="spot" in PARTS,
    sleeps="sleep" in PARTS,
    change_freezes=[{"first": "2026-12-20", "last": "2027-01-05"}] if "freeze" in PARTS else [],
    keda="no-keda" not in PARTS,
    defender="defender" in PARTS,
    azure_policy="policy" in PARTS,
)
if "flows" in PARTS:
    component(
        azure.FlowLogs,
        "flows",
        private_args,
        network_id=network.network_id,
        dns_zone_id=network.blob_zone_id,
        key_vault_name=keys.key_vault_name,
        key_vault_uri=keys.key_vault_uri,
    )
if "sleep" in PARTS:
    component(azure.Sleep, "sleep", group_id_args, cluster_id=cluster.cluster_id, workspace_id=log.workspace_id)
if PROVISIONED:
    provider = kubernetes.Provider("uae-kubernetes", kubeconfig=cluster.kubeconfig)
    component(
        azure.NodeProvisioning,
        "nodes",
        opts=pulumi.ResourceOptions(providers=[provider], depends_on=[cluster]),
        region=REGION,
        node_subnet_id=network.node_subnet_ids[0],
        zones=3,
        pools={"gpu": GPU},
        tags=TAGS,
    )
else:
    component(
        azure.NodePool,
        "pool-gpu",
        group_args,
        {"name": "gpu", "pool": GPU},
        opts=pulumi.ResourceOptions(depends_on=[cluster]),
        cluster_name=cluster.cluster_name,
        node_subnet_id=network.node_subnet_ids[0],
        kubernetes_version=VERSION,
        zones=3,
    )
pulumi.export("kubeconfig", cluster.kubeconfig)
