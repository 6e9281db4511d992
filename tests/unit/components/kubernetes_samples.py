"""Valid arguments of every component that runs in a cluster; tests change single arguments."""

from typing import Any

import pulumi

from falaj.components import kubernetes
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.storage.replication import Direction
from falaj.components.core.tenancy.tenancy import Tier
from falaj.facts.regions import Cloud
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.azure_samples import container_id
from tests.unit.components.onprem_samples import ARGS as SITE
from tests.unit.components.queueing_sample import ARGS as QUEUEING
from tests.unit.components.serving_samples import EXPERIMENT, GATEWAY, SERVICE
from tests.unit.components.training_sample import ARGS as TRAINING_RUN

FOUNDATION: dict[str, Any] = {
    "tenants": {
        "retail": {"tier": Tier.ENTERPRISE, "cpu": 64, "memory_gib": 256, "gpus": 8, "storage_gib": 500},
        "sme": {"tier": Tier.SMB, "cpu": 8, "memory_gib": 32, "business_unit": "small-business"},
    },
    "cloud": Cloud.AWS,
    "network_cidr": "10.30.0.0/16",
    "kubernetes_version": "1.36",
    "tags": TAGS,
}
TENANT_SPACE: dict[str, Any] = {
    "tenant": "retail",
    "limits": FOUNDATION["tenants"]["retail"],
    "cloud": Cloud.AZURE,
    "network_cidr": "10.30.0.0/16",
    "kubernetes_version": "1.36",
    "tags": TAGS,
}
KEDA: dict[str, Any] = {"prometheus_namespace": "monitoring", "tags": TAGS}
GATEWAY_API: dict[str, Any] = {"prometheus_namespace": "monitoring", "tags": TAGS}
PROMETHEUS: dict[str, Any] = {"storage_class": "falaj-system", "tags": TAGS}
GPU_OPERATOR: dict[str, Any] = {
    "cloud": Cloud.AWS,
    "shared": {"notebooks": {"time_slices": 4, "tenant": "retail"}, "serve": {"mig_profile": "1g.18gb"}},
    "tags": TAGS,
}
OBSERVABILITY: dict[str, Any] = {
    "prometheus": "http://prometheus.monitoring:9090",
    "region": "me-central-1",
    "machines": ["m7g.large", "g5.xlarge"],
    "aed_per_usd": 3.6725,
    "rule_labels": {"release": "prometheus"},
    "tags": TAGS,
}
POOL_SLEEP: dict[str, Any] = {
    "kubernetes_version": "1.36",
    "nodes": {"train": 8, "serve": 10},
    "warm": {"serve": 2},
    "tags": {**TAGS, "environment": "dev"},
}
REPLICATOR: dict[str, Any] = {
    "bucket_region": "me-central-1",
    "tenant_id": "22222222-2222-2222-2222-222222222222",
    "flows": {
        "models": {
            "direction": Direction.TO_AZURE,
            "bucket_name": "uae-models",
            "bucket_key": "arn:aws:kms:me-central-1:123456789012:key/models",
            "role_arn": "arn:aws:iam::123456789012:role/copies",
            "container_id": container_id("uaemodels", "models"),
            "client_id": "55555555-5555-5555-5555-555555555555",
        }
    },
    "mib_per_second": 100,
    "tags": TAGS,
}
TRACKING: dict[str, Any] = {
    "namespace": "tenant-retail",
    "tenant": "retail",
    "vault_uri": "s3://uae-models",
    "folder": "tenants/retail/mlflow",
    "region": "me-central-1",
    "tags": TAGS,
}
MODEL_PROMOTION: dict[str, Any] = {
    "namespace": "tenant-retail",
    "tenant": "retail",
    "tracking_url": "http://tracking.tenant-retail.svc:5000",
    "models": {"a": "models:/sentiment/3", "b": "models:/sentiment/4"},
    "winner": Variant.B,
    "tags": TAGS,
}
COMPONENTS: dict[type[pulumi.ComponentResource], Any] = {
    kubernetes.Site: SITE,
    kubernetes.Foundation: FOUNDATION,
    kubernetes.TenantSpace: TENANT_SPACE,
    kubernetes.Queueing: QUEUEING,
    kubernetes.TrainingRun: TRAINING_RUN,
    kubernetes.TrainingControllers: {**GATEWAY_API, "trainer": True, "kuberay": True},
    kubernetes.MultiNodeServing: GATEWAY_API,
    kubernetes.InferenceService: SERVICE,
    kubernetes.Experiment: EXPERIMENT,
    kubernetes.Gateway: GATEWAY,
    kubernetes.Keda: KEDA,
    kubernetes.GatewayApi: GATEWAY_API,
    kubernetes.CertManager: GATEWAY_API,
    kubernetes.ServingAuthority: {"tags": TAGS},
    kubernetes.Prometheus: PROMETHEUS,
    kubernetes.GpuOperator: GPU_OPERATOR,
    kubernetes.Observability: OBSERVABILITY,
    kubernetes.PoolSleep: POOL_SLEEP,
    kubernetes.Replicator: REPLICATOR,
    kubernetes.Tracking: TRACKING,
    kubernetes.ModelPromotion: MODEL_PROMOTION,
}
"""Every component with valid arguments."""
