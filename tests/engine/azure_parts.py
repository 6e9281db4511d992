"""What a site on Azure can have besides its cluster, part by part: PARTS names those that are turned on."""

import os
from typing import Any

import pulumi
import pulumi_azure_native as native
import pulumi_kubernetes as kubernetes

from falaj.components import azure
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile, Purpose

PARTS = set(os.environ.get("PARTS", "").split())
REGION = "uaenorth"
TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}
SYSTEM = azure.SystemPoolSpec(
    name="system",
    zones=3,
    pool=NodePoolSpec(profile=Profile.SYSTEM, machines=["Standard_D4as_v5"], capacity=Capacity.ON_DEMAND, min=3, max=6),
)
LIMITS: Any = {"aed_per_month": 10000, "aed_per_usd": 3.6725, "actual_percent": [80], "forecast_percent": [100]}


def made(kind: Any, name: str, *shared: dict[str, Any], opts: pulumi.ResourceOptions | None = None, **own: Any) -> Any:
    """One component, with arguments that others have too."""
    args: dict[str, Any] = {}
    for part in (*shared, own):
        args |= part
    return kind(f"uae-{name}", args, opts)


group = native.resources.ResourceGroup("uae-group", location=REGION, tags=TAGS)
place = {"region": REGION, "resource_group_name": group.name, "tags": TAGS}
named = {**place, "resource_group_id": group.id}
network = made(azure.Network, "network", place, cidr="10.20.0.0/16", zones=3)
log = made(azure.AuditLog, "log", place)
private = {**named, "endpoint_subnet_id": network.endpoint_subnet_id, "workspace_id": log.workspace_id}
keys = made(azure.KeyStore, "keys", private, dns_zone_id=network.key_zone_id)
keyed = {**private, "key_vault_name": keys.key_vault_name, "key_vault_uri": keys.key_vault_uri}
cluster = made(
    azure.Cluster,
    "cluster",
    place,
    opts=pulumi.ResourceOptions(depends_on=[network, keys]),
    version="1.34",
    node_subnet_id=network.node_subnet_ids[0],
    control_plane_subnet_id=network.control_plane_subnet_ids[0],
    key_vault_id=keys.key_vault_id,
    key_vault_name=keys.key_vault_name,
    workspace_id=log.workspace_id,
    system_pool=SYSTEM,
)
blobs = {**keyed, "dns_zone_id": network.blob_zone_id}
made(azure.Vault, "datasets", blobs, purpose=Purpose.DATASETS, geo_redundant="geo" in PARTS)

classes: dict[str, Any] = {"region": REGION, "disk_key": cluster.disk_key, "tags": TAGS}
if "files" in PARTS:
    files = made(azure.SharedFiles, "files", keyed, dns_zone_id=network.file_zone_id)
    share = {"resource_group_name": group.name, "account_name": files.account_name, "share_name": files.share_name}
    classes["shared_files"] = share
provider = kubernetes.Provider("uae-kubernetes", kubeconfig=cluster.kubeconfig)
made(azure.StorageClasses, "classes", classes, opts=pulumi.ResourceOptions(providers=[provider]))

if "registry" in PARTS:
    made(
        azure.Registry,
        "registry",
        keyed,
        dns_zone_id=network.registry_zone_id,
        puller_principal_ids={"nodes": cluster.kubelet_principal_id},
        cached_upstreams=["mcr.microsoft.com", "quay.io"],
        replicated="geo" in PARTS,
    )
if "finops" in PARTS:
    money = {**named, "notify": ["finops@example.ae"], "start": "2026-12-01"}
    finops = made(azure.FinOps, "finops", money, inherit_tags=True)
    told = {**money, **LIMITS, "topic": finops.topic}
    made(azure.BudgetAlarm, "platform", told, scope="platform")
    made(azure.BudgetAlarm, "tenant", told, scope="retail", cost_filter={"tenant": "retail"})
if "bill" in PARTS:
    made(azure.CostExport, "bill", blobs, start="2026-12-01")
