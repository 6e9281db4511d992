"""Program with two tenants in restricted namespaces, and a queue on a cluster that already runs Kueue."""

import os
from pathlib import Path

import pulumi

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.facts.regions import Cloud
from falaj.sandbox.lab.versions import MINOR
from tests.samples import COST_TAGS

site = pulumi.ComponentResource("tests:lab:Site", "site")
cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={
            "cards": TenantSpec(tier=Tier.ENTERPRISE, cpu=100, memory_gib=400, gpus=4, storage_gib=500, queued=True),
            "shops": TenantSpec(tier=Tier.SMB, cpu=8, memory_gib=32, storage_gib=50),
        },
        cloud=Cloud.AWS,
        network_cidr="10.30.0.0/16",
        kubernetes_version=MINOR,
        store_cidrs=["3.5.0.0/19"],
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}),
)
spot = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=Capacity.SPOT, min=0, max=20)
firm = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=Capacity.ON_DEMAND, min=0, max=20)
Queueing(
    "queues",
    QueueingArgs(
        region="me-central-1",
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools={"spot": spot, "firm": firm},
        tenants={"cards": QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=90_000)},
        aed_per_usd=3.6725,
        install=False,
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[foundation]),
)
