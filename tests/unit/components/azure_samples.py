"""Valid arguments of every Azure component; tests change single arguments."""

from typing import Any

import pulumi

from falaj.components import azure
from falaj.components.core.storage.replication import Direction
from falaj.components.core.validation.enums import Capacity, Egress, Profile, Purpose
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.mocks import SUBSCRIPTION
from tests.unit.components.samples import SITE_BUDGET

REGION = "uaenorth"
GROUP = "uae-group"
GROUP_ID = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{GROUP}"


def id_of(kind: str) -> str:
    """Returns an Azure resource id."""
    return f"{GROUP_ID}/providers/{kind}"


def container_id(account: str, container: str) -> str:
    """Returns the id of a Blob storage container."""
    return id_of(f"Microsoft.Storage/storageAccounts/{account}/blobServices/default/containers/{container}")


NETWORK: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "cidr": "10.20.0.0/16",
    "zones": 3,
    "egress": Egress.NAT_SINGLE,
    "tags": TAGS,
}
LOG: dict[str, Any] = {"region": REGION, "resource_group_name": GROUP, "tags": TAGS}
KEYS: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "endpoint_subnet_id": id_of("subnet/endpoints"),
    "dns_zone_id": id_of("zone/keys"),
    "workspace_id": id_of("workspace/log"),
    "tags": TAGS,
}
FLOWS: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "network_id": id_of("network/vnet"),
    "endpoint_subnet_id": id_of("subnet/endpoints"),
    "dns_zone_id": id_of("zone/blob"),
    "key_vault_name": "keys",
    "key_vault_uri": "https://keys.vault.azure.net/",
    "workspace_id": id_of("workspace/log"),
    "tags": TAGS,
}
CLUSTER: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "kubernetes_version": "1.36",
    "node_subnet_id": id_of("subnet/nodes"),
    "control_plane_subnet_id": id_of("subnet/control-plane"),
    "key_vault_id": id_of("vault/keys"),
    "key_vault_name": "keys",
    "workspace_id": id_of("workspace/log"),
    "system_pool": {
        "name": "system",
        "zones": 3,
        "pool": {
            "profile": Profile.SYSTEM,
            "machines": ["Standard_D4as_v5"],
            "capacity": Capacity.ON_DEMAND,
            "min": 3,
            "max": 6,
        },
    },
    "tags": TAGS,
}
POOL: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "cluster_name": "uae",
    "node_subnet_id": id_of("subnet/nodes"),
    "name": "train",
    "kubernetes_version": "1.36",
    "zones": 3,
    "pool": {
        "profile": Profile.TRAINING,
        "machines": ["Standard_ND96isr_H200_v5"],
        "capacity": Capacity.SPOT,
        "min": 0,
        "max": 8,
    },
    "tags": TAGS,
}
VAULT: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "purpose": Purpose.CHECKPOINTS,
    "endpoint_subnet_id": id_of("subnet/endpoints"),
    "dns_zone_id": id_of("zone/blob"),
    "key_vault_name": "keys",
    "key_vault_uri": "https://keys.vault.azure.net/",
    "workspace_id": id_of("workspace/log"),
    "tags": TAGS,
}
SHARED_FILES: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "endpoint_subnet_id": id_of("subnet/endpoints"),
    "dns_zone_id": id_of("zone/file"),
    "key_vault_name": "keys",
    "key_vault_uri": "https://keys.vault.azure.net/",
    "workspace_id": id_of("workspace/log"),
    "tags": TAGS,
}
REGISTRY: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "endpoint_subnet_id": id_of("subnet/endpoints"),
    "dns_zone_id": id_of("zone/registry"),
    "key_vault_name": "keys",
    "key_vault_uri": "https://keys.vault.azure.net/",
    "workspace_id": id_of("workspace/log"),
    "tags": TAGS,
}
STORAGE_CLASSES: dict[str, Any] = {"region": REGION, "disk_key": id_of("des/disks"), "tags": TAGS}
BUDGET: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "scope": "uae",
    "cost_groups": [GROUP, "MC_uae"],
    "aed_per_month": 10000,
    "aed_per_usd": 3.6725,
    "actual_percent": [50, 80],
    "forecast_percent": [100],
    "notify": ["finops@example.ae", "platform@example.ae"],
    "start": "2026-12-01",
    "tags": TAGS,
}
REPLICA_ACCESS: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "oidc_issuer_url": "https://issuer.example/aks/",
    "flows": {
        "checkpoints": {
            "direction": Direction.TO_AZURE,
            "container_id": container_id("ckpt", "checkpoints"),
        },
        "models": {
            "direction": Direction.TO_AWS,
            "container_id": container_id("models", "models"),
        },
    },
    "tags": TAGS,
}
VAULT_ACCESS: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "oidc_issuer_url": "https://issuer.example/aks/",
    "namespace": "tenant-treasury",
    "service_account": "forecast",
    "vaults": {
        "datasets": {"container_id": container_id("data", "datasets")},
        "checkpoints": {"container_id": container_id("ckpt", "checkpoints"), "folder": "tenants/treasury"},
    },
    "writes": [Purpose.CHECKPOINTS],
    "tags": TAGS,
}
FINOPS: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "notify": ["finops@example.ae", "platform@example.ae"],
    "start": "2026-12-01",
    "tags": TAGS,
}
COST_EXPORT: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "start": "2026-12-01",
    "endpoint_subnet_id": id_of("subnet/endpoints"),
    "dns_zone_id": id_of("zone/blob"),
    "key_vault_name": "keys",
    "key_vault_uri": "https://keys.vault.azure.net/",
    "workspace_id": id_of("workspace/log"),
    "tags": TAGS,
}
SITE: dict[str, Any] = {
    "region": REGION,
    "network": {"cidr": "10.20.0.0/16", "zones": 3},
    "kubernetes_version": "1.36",
    "log_retention_days": 365,
    "protect": True,
    "pools": {
        "system": {
            "profile": Profile.SYSTEM,
            "machines": ["Standard_D4as_v5"],
            "capacity": Capacity.ON_DEMAND,
            "min": 3,
            "max": 6,
        },
        "train": {
            "profile": Profile.TRAINING,
            "machines": ["Standard_ND96isr_H200_v5"],
            "capacity": Capacity.SPOT,
            "min": 0,
            "max": 8,
        },
    },
    "vaults": [Purpose.DATASETS, Purpose.CHECKPOINTS],
    "budget": SITE_BUDGET,
    "aed_per_usd": 3.6725,
    "tags": TAGS,
}

SLEEP: dict[str, Any] = {
    "region": REGION,
    "resource_group_name": GROUP,
    "resource_group_id": GROUP_ID,
    "cluster_id": id_of("Microsoft.ContainerService/managedClusters/uae"),
    "workspace_id": id_of("workspace/log"),
    "tags": {**TAGS, "environment": "dev"},
}

PROVISIONING: dict[str, Any] = {
    "region": REGION,
    "node_subnet_id": id_of("subnet/nodes"),
    "zones": 3,
    "pools": {
        "train": {
            "profile": Profile.TRAINING,
            "machines": ["Standard_ND96isr_H200_v5"],
            "capacity": Capacity.SPOT_FIRST,
            "min": 0,
            "max": 8,
        },
        "batch": {
            "profile": Profile.BATCH,
            "machines": ["Standard_D16as_v5"],
            "capacity": Capacity.SPOT,
            "min": 0,
            "max": 20,
        },
    },
    "tags": TAGS,
}

COMPONENTS: dict[type[pulumi.ComponentResource], Any] = {
    azure.Network: NETWORK,
    azure.AuditLog: LOG,
    azure.FlowLogs: FLOWS,
    azure.KeyStore: KEYS,
    azure.Cluster: CLUSTER,
    azure.NodePool: POOL,
    azure.Vault: VAULT,
    azure.SharedFiles: SHARED_FILES,
    azure.Registry: REGISTRY,
    azure.StorageClasses: STORAGE_CLASSES,
    azure.BudgetAlarm: BUDGET,
    azure.FinOps: FINOPS,
    azure.CostExport: COST_EXPORT,
    azure.ReplicaAccess: REPLICA_ACCESS,
    azure.VaultAccess: VAULT_ACCESS,
    azure.NodeProvisioning: PROVISIONING,
    azure.Sleep: SLEEP,
    azure.Site: SITE,
}
"""Every component of the cloud with valid arguments."""


def last(resource_id: str) -> str:
    """Returns the name at the end of an Azure resource id."""
    return resource_id.rsplit("/", 1)[-1]
