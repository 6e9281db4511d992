"""Program with work of each state in one tenant: two runs that run, one that waits in the queue, and a served model."""

import os
from pathlib import Path
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import PersistentVolume, PersistentVolumeClaim

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE, QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.core.tenancy.tenant_admission import AdmissionSpec
from falaj.components.core.training.training_args import TrainingRunArgs
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.kubernetes.training.training_run import TrainingRun
from falaj.facts.regions import Cloud
from falaj.sandbox.lab.versions import MINOR
from tests.lab.objects import platform_pool
from tests.samples import COST_TAGS
from tests.unit.components.serving_samples import LARGE, SERVICE
from tests.unit.components.training_sample import ARGS

TENANT, NAMESPACE = "ended", "tenant-ended"
changed = Path("owner")
TAGS = COST_TAGS | ({"owner": changed.read_text()} if changed.exists() else {})

site = pulumi.ComponentResource("tests:lab:Site", "site")
cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)


def node_pool(name: str, profile: Profile, capacity: Capacity, machine: str, gpus: int) -> pulumi.Resource:
    manifest = platform_pool(name, profile, capacity, [machine], gpus)
    fields: dict[str, Any] = {"metadata": {"name": name}, "spec": manifest["spec"]}
    opts = pulumi.ResourceOptions(provider=cluster)
    return CustomResource(name, api_version=manifest["apiVersion"], kind="NodePool", opts=opts, **fields)


pools = [
    node_pool("endedtrain", Profile.TRAINING, Capacity.SPOT, "g5.12xlarge", 4),
    node_pool("endedserve", Profile.INFERENCE_GPU, Capacity.ON_DEMAND, "g6e.4xlarge", 1),
]
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={
            TENANT: TenantSpec(
                tier=Tier.ENTERPRISE,
                cpu=200,
                memory_gib=800,
                gpus=24,
                storage_gib=500,
                queued=True,
                hosts=["*.models.example.ae"],
            )
        },
        admission=AdmissionSpec(
            gateway="models",
            gateway_namespace="falaj-gateway",
            callers=["falaj-gateway", "keda", "monitoring"],
            prometheus=["http://prometheus.monitoring:9090"],
        ),
        cloud=Cloud.AWS,
        network_cidr="10.30.0.0/16",
        kubernetes_version=MINOR,
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=pools),
)
spot = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=Capacity.SPOT, max=8)
queueing = Queueing(
    "queues",
    QueueingArgs(
        region="me-central-1",
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools={"endedtrain": spot},
        tenants={TENANT: QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=18_000)},  # 12 GPUs
        aed_per_usd=3.6725,
        install=False,
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[foundation]),
)
run = {**ARGS, "tags": TAGS, "tenant": TENANT, "namespace": NAMESPACE, "queue": LOCAL_QUEUE, "gpus": 4}
after: pulumi.Resource = queueing
for name, nodes in (("several", 2), ("one", 1), ("waiting", 1)):
    in_queue = pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[queueing, after])
    after = TrainingRun(name, TrainingRunArgs.of(name, {**run, "nodes": nodes}), in_queue)

volume = PersistentVolume(
    "models",
    metadata={"name": "ended-models"},
    spec={
        "capacity": {"storage": "20Gi"},
        "access_modes": ["ReadOnlyMany"],
        "storage_class_name": "",
        "csi": {"driver": "lab.falaj", "volume_handle": "ended"},
    },
    opts=pulumi.ResourceOptions(provider=cluster, depends_on=[foundation]),
)
claim = PersistentVolumeClaim(
    "models",
    metadata={"name": "models", "namespace": NAMESPACE},
    spec={
        "access_modes": ["ReadOnlyMany"],
        "resources": {"requests": {"storage": "20Gi"}},
        "storage_class_name": "",
        "volume_name": "ended-models",
    },
    opts=pulumi.ResourceOptions(provider=cluster, depends_on=[foundation, volume]),
)
InferenceService(
    "served",
    InferenceServiceArgs.of(
        "served", {**SERVICE, "tenant": TENANT, "namespace": NAMESPACE, "service": "served", "serving": LARGE}
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[claim]),
)
