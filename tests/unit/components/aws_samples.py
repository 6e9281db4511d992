"""Valid arguments of every AWS component; tests change single arguments."""

from typing import Any

import pulumi

from falaj.components import aws
from falaj.components.core.storage.replication import Direction
from falaj.components.core.validation.enums import Capacity, Egress, Profile, Purpose
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.samples import SITE_BUDGET

REGION = "me-central-1"
ADMIN = "arn:aws:iam::123456789012:role/platform/admin"

NETWORK: dict[str, Any] = {
    "region": REGION,
    "cidr": "10.20.0.0/16",
    "zones": 2,
    "egress": Egress.NAT_PER_ZONE,
    "tags": TAGS,
}
CLUSTER: dict[str, Any] = {
    "region": REGION,
    "kubernetes_version": "1.36",
    "control_plane_subnet_ids": ["subnet-a", "subnet-b"],
    "administrators": [ADMIN],
    "tags": TAGS,
}
POOL: dict[str, Any] = {
    "region": REGION,
    "name": "train",
    "cluster_name": "uae",
    "kubernetes_version": "1.36",
    "node_role_arn": "arn:aws:iam::123456789012:role/node",
    "node_subnet_ids": ["subnet-a"],
    "disk_key": "arn:aws:kms:me-central-1:123456789012:key/disk",
    "pool": {
        "profile": Profile.TRAINING,
        "machines": ["g5.12xlarge", "g6.12xlarge"],
        "capacity": Capacity.SPOT,
        "min": 0,
        "max": 8,
    },
    "tags": TAGS,
}
VAULT: dict[str, Any] = {"region": REGION, "purpose": Purpose.CHECKPOINTS, "tags": TAGS}
BUDGET: dict[str, Any] = {
    "scope": "uae",
    "aed_per_month": 10000,
    "aed_per_usd": 3.6725,
    "actual_percent": [50, 80],
    "forecast_percent": [100],
    "notify": ["finops@example.ae", "platform@example.ae"],
    "start": "2026-12-01",
    "tags": TAGS,
}
STOP: dict[str, Any] = {
    "budget_name": "uae-monthly",
    "role_arns": {
        "karpenter": "arn:aws:iam::123456789012:role/karpenter",
        "deploy": "arn:aws:iam::123456789012:role/pipelines/deploy",
    },
    "notify": ["finops@example.ae"],
    "tags": TAGS,
}
EXPORT: dict[str, Any] = {"region": REGION, "tags": TAGS}
FINOPS: dict[str, Any] = {
    "region": REGION,
    "aed_per_usd": 3.6725,
    "anomaly_aed": 500,
    "notify": ["finops@example.ae", "platform@example.ae"],
    "business_units": {"retail-banking": ["retail", "cards"], "treasury": ["treasury"]},
    "activate_tags": True,
    "create_monitor": True,
    "tags": TAGS,
}
BURN: dict[str, Any] = {
    "region": REGION,
    "site": "uae",
    "cluster_name": "uae-cluster-test",
    "machines": ["m7g.large", "g5.12xlarge", "g6.12xlarge"],
    "aed_per_usd": 3.6725,
    "aed_per_month": 73000,
    "topic_arn": "arn:aws:sns:me-central-1:123456789012:money",
    "tags": TAGS,
}
SCRATCH: dict[str, Any] = {
    "region": REGION,
    "network_id": "vpc-1",
    "subnet_id": "subnet-a",
    "client_group_id": "sg-machines",
    "capacity_gib": 1200,
    "vaults": {"datasets": "s3://datasets-1a2b3c4", "checkpoints": "s3://checkpoints-1a2b3c4"},
    "exported": [Purpose.CHECKPOINTS],
    "tags": TAGS,
}
SHARED_FILES: dict[str, Any] = {
    "region": REGION,
    "network_id": "vpc-1",
    "node_subnet_ids": ["subnet-a", "subnet-c"],
    "zones": 2,
    "client_group_id": "sg-machines",
    "client_role_arns": ["arn:aws:iam::123456789012:role/node"],
    "tags": TAGS,
}
STORAGE_CLASSES: dict[str, Any] = {
    "disk_key": "arn:aws:kms:me-central-1:123456789012:key/disk",
    "shared_file_system_id": "fs-1",
    "tags": TAGS,
}
REGISTRY: dict[str, Any] = {
    "region": REGION,
    "repositories": ["workloads", "models"],
    "mirrored_images": ["public.ecr.aws/karpenter/controller"],
    "cached_upstreams": ["registry.k8s.io", "quay.io"],
    "puller_role_names": {"nodes": "node"},
    "tags": TAGS,
}
BACKUP: dict[str, Any] = {"region": REGION, "tags": TAGS}
ADDONS: dict[str, Any] = {
    "cluster_name": "uae",
    "kubernetes_version": "1.36",
    "disk_key": "arn:aws:kms:me-central-1:123456789012:key/disk",
    "tags": TAGS,
}
AUTOSCALER: dict[str, Any] = {"region": REGION, "cluster_name": "uae", "kubernetes_version": "1.36", "tags": TAGS}
BALANCERS: dict[str, Any] = {"region": REGION, "cluster_name": "uae", "network_id": "vpc-uae", "tags": TAGS}
KARPENTER: dict[str, Any] = {
    "region": REGION,
    "cluster_name": "uae",
    "kubernetes_version": "1.36",
    "node_subnet_ids": ["subnet-a", "subnet-b"],
    "security_group_id": "sg-nodes",
    "disk_key": "arn:aws:kms:me-central-1:123456789012:key/disk",
    "egress": Egress.NAT_SINGLE,
    "pools": {
        "train": {
            "profile": Profile.TRAINING,
            "machines": ["g5.12xlarge", "g6.12xlarge"],
            "capacity": Capacity.SPOT_FIRST,
            "min": 0,
            "max": 8,
        },
        "serve": {
            "profile": Profile.INFERENCE_CPU,
            "machines": ["m7g.xlarge", "m7g.2xlarge"],
            "capacity": Capacity.ON_DEMAND,
            "min": 2,
            "max": 10,
            "tenant": "treasury",
        },
    },
    "tags": TAGS,
}
SLEEP: dict[str, Any] = {
    "groups": {
        "system": {"scaling_group_name": "eks-system-asg", "min": 2, "max": 4, "system": True},
        "train": {"scaling_group_name": "eks-train-asg", "min": 0, "max": 8},
    },
    "tags": {**TAGS, "environment": "dev"},
}
REPLICA_ACCESS: dict[str, Any] = {
    "region": REGION,
    "oidc_issuer_url": "https://issuer.example/aks/",
    "flows": {
        "checkpoints": {
            "direction": Direction.TO_AZURE,
            "bucket_name": "ckpt",
            "bucket_key": "arn:aws:kms:me-central-1:123456789012:key/ckpt",
        },
        "models": {
            "direction": Direction.TO_AWS,
            "bucket_name": "models",
            "bucket_key": "arn:aws:kms:me-central-1:123456789012:key/models",
        },
    },
    "tags": TAGS,
}
VAULT_ACCESS: dict[str, Any] = {
    "region": REGION,
    "cluster_name": "uae",
    "namespace": "tenant-treasury",
    "service_account": "forecast",
    "vaults": {
        "datasets": {
            "bucket_name": "data",
            "bucket_key": "arn:aws:kms:me-central-1:123456789012:key/data",
        },
        "checkpoints": {
            "bucket_name": "ckpt",
            "bucket_key": "arn:aws:kms:me-central-1:123456789012:key/ckpt",
            "folder": "tenants/treasury",
        },
    },
    "writes": [Purpose.CHECKPOINTS],
    "tags": TAGS,
}
SITE: dict[str, Any] = {
    "region": REGION,
    "network": {"cidr": "10.20.0.0/16", "zones": 2},
    "kubernetes_version": "1.36",
    "pools": {
        "system": {
            "profile": Profile.SYSTEM,
            "machines": ["m7g.large"],
            "capacity": Capacity.ON_DEMAND,
            "min": 2,
            "max": 4,
        },
        "train": {
            "profile": Profile.TRAINING,
            "machines": ["g5.12xlarge", "g6.12xlarge"],
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

COMPONENTS: dict[type[pulumi.ComponentResource], Any] = {
    aws.Network: NETWORK,
    aws.Cluster: CLUSTER,
    aws.NodePool: POOL,
    aws.Addons: ADDONS,
    aws.ClusterAutoscaler: AUTOSCALER,
    aws.LoadBalancerController: BALANCERS,
    aws.Karpenter: KARPENTER,
    aws.Sleep: SLEEP,
    aws.Vault: VAULT,
    aws.Scratch: SCRATCH,
    aws.SharedFiles: SHARED_FILES,
    aws.StorageClasses: STORAGE_CLASSES,
    aws.Registry: REGISTRY,
    aws.Backup: BACKUP,
    aws.BudgetAlarm: BUDGET,
    aws.BudgetStop: STOP,
    aws.BurnRate: BURN,
    aws.CostExport: EXPORT,
    aws.FinOps: FINOPS,
    aws.ReplicaAccess: REPLICA_ACCESS,
    aws.VaultAccess: VAULT_ACCESS,
    aws.Site: SITE,
}
"""Every component of the cloud with valid arguments."""
