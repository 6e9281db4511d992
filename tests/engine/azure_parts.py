"""Program with the optional components of a site on Azure; the environment variable PARTS enables them."""

import os
from typing import Any

import pulumi
import pulumi_azure_native as native
import pulumi_kubernetes as kubernetes

from falaj.components import azure
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile, Purpose
from tests.samples import DEV_TAGS as TAGS

PARTS = set(os.environ.get("PARTS", "").split())
REGION = "uaenorth"
SYSTEM = azure.SystemPoolSpec(
    name="system",
    zones=3,
    pool=NodePoolSpec(profile=Profile.SYSTEM, machines=["Standard_D4as_v5"], capacity=Capacity.ON_DEMAND, min=3, max=6),
)
LIMITS: Any = {"aed_per_month": 10000, "aed_per_usd": 3.6725, "actual_percent": [80], "forecast_percent": [100]}


def component(
    kind: Any, name: str, *shared: dict[str, Any], opts: pulumi.ResourceOptions | None = None, **own: Any
) -> Any:
    """Creates a component from shared arguments and its own."""
    args: dict[str, Any] = {}
    for arguments in (*shared, own):
        args |= arguments
    return kind(f"uae-{name}", args, opts)


group = native.resources.ResourceGroup("uae-group", location=REGION, tags=TAGS)
group_args = {"region": REGION, "resource_group_name": group.name, "tags": TAGS}
group_id_args = {**group_args, "resource_group_id": group.id}
network = component(azure.Network, "network", group_args, cidr="10.20.0.0/16", zones=3)
log = component(azure.AuditLog, "log", group_args)
private_args = {**group_id_args, "endpoint_subnet_id": network.endpoint_subnet_id, "workspace_id": log.workspace_id}
keys = component(azure.KeyStore, "keys", private_args, dns_zone_id=network.key_zone_id)
key_args = {**private_args, "key_vault_name": keys.key_vault_name, "key_vault_uri": keys.key_vault_uri}
cluster = component(
    azure.Cluster,
    "cluster",
    group_args,
    opts=pulumi.ResourceOptions(depends_on=[network, keys]),
    kubernetes_version="1.36",
    node_subnet_id=network.node_subnet_ids[0],
    control_plane_subnet_id=network.control_plane_subnet_ids[0],
    key_vault_id=keys.key_vault_id,
    key_vault_name=keys.key_vault_name,
    workspace_id=log.workspace_id,
    system_pool=SYSTEM,
)
blob_args = {**key_args, "dns_zone_id": network.blob_zone_id}
component(azure.Vault, "datasets", blob_args, purpose=Purpose.DATASETS, geo_redundant="geo" in PARTS)

class_args: dict[str, Any] = {"region": REGION, "disk_key": cluster.disk_key, "tags": TAGS}
if "files" in PARTS:
    files = component(azure.SharedFiles, "files", key_args, dns_zone_id=network.file_zone_id)
    share = {"resource_group_name": group.name, "account_name": files.account_name, "share_name": files.share_name}
    class_args["shared_files"] = share
provider = kubernetes.Provider("uae-kubernetes", kubeconfig=cluster.kubeconfig)
component(azure.StorageClasses, "classes", class_args, opts=pulumi.ResourceOptions(providers=[provider]))

if "registry" in PARTS:
    component(
        azure.Registry,
        "registry",
        key_args,
        dns_zone_id=network.registry_zone_id,
        puller_principal_ids={"nodes": cluster.kubelet_principal_id},
        cached_upstreams=["mcr.microsoft.com", "quay.io"],
        replicated="geo" in PARTS,
    )
if "finops" in PARTS:
    subscription_args = {**group_id_args, "notify": ["finops@example.ae"], "start": "2026-12-01"}
    finops = component(azure.FinOps, "finops", subscription_args, inherit_tags=True)
    budget_args = {**subscription_args, **LIMITS, "topic": finops.topic}
    component(azure.BudgetAlarm, "platform", budget_args, scope="platform")
    component(azure.BudgetAlarm, "tenant", budget_args, scope="retail", cost_filter={"tenant": "retail"})
if "bill" in PARTS:
    component(azure.CostExport, "bill", blob_args, start="2026-12-01")
