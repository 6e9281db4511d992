"""Program with a tenant that has a queue, another that may have none, and the work of both on one cluster.

CHANGE takes or gives a queue (`both`, `other`), or names the winner of an experiment (`winner`).
"""

import os

import pulumi

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE, QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier, namespace_of
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes import (
    Foundation,
    FoundationArgs,
    ModelPromotion,
    ModelPromotionArgs,
    Queueing,
    TrainingRun,
    TrainingRunArgs,
)
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.facts.regions import Cloud
from tests.samples import DEV_TAGS
from tests.unit.clouds.kubernetes_objects import kubeconfig

change = os.environ.get("CHANGE", "")
queued = {"both": ["cards", "loans"], "other": ["loans"]}.get(change, ["cards"])
TENANTS = ("cards", "loans")
ALLOWED_SERVER = "https://kubernetes.dc1.example.ae:6443"
"""A cluster that the policy pack's enforcement.yaml lists."""

parent = pulumi.ComponentResource("test:index:Place", "place")
cluster = site_kubernetes("uae", kubeconfig(ALLOWED_SERVER), parent)


def after(*resources: pulumi.Resource) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=list(resources))


spaces = {
    tenant: TenantSpec(tier=Tier.ENTERPRISE, cpu=200, memory_gib=800, gpus=16, queued=tenant in queued)
    for tenant in TENANTS
}
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants=spaces, cloud=Cloud.AWS, network_cidr="10.20.0.0/16", kubernetes_version="1.36", tags=DEV_TAGS
    ),
    after(),
)
spot = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=Capacity.SPOT, min=0, max=20)
queueing = Queueing(
    "queues",
    QueueingArgs(
        region="me-central-1",
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools={"spot": spot},
        tenants={tenant: QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=30000) for tenant in queued},
        aed_per_usd=3.6725,
        tags=DEV_TAGS,
    ),
    after(foundation),
)
for tenant in TENANTS:
    for nodes in (1, 2):
        args = TrainingRunArgs(
            cloud=Cloud.AWS,
            namespace=namespace_of(tenant),
            tenant=tenant,
            queue=LOCAL_QUEUE if tenant in queued else None,
            image="registry.example/training:1.2.3",
            nodes=nodes,
            gpus=2,
            cpu=8,
            memory_gib=32,
            dataset_uri="s3://treasury-datasets/arabic",
            checkpoint_uri="s3://treasury-checkpoints",
            tags=DEV_TAGS,
        )
        TrainingRun(f"{tenant}-{nodes}", args, after(foundation, queueing))
promotion = ModelPromotionArgs(
    namespace=namespace_of("cards"),
    tenant="cards",
    tracking_url="http://tracking:5000",
    models={Variant.A: "models:/sentiment/3", Variant.B: "models:/sentiment/4"},
    winner=Variant.B if change == "winner" else None,
    tags=DEV_TAGS,
)
ModelPromotion("champion", promotion, after(foundation, queueing))
