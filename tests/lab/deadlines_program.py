"""Program with one tenant's queue over a spot and an on-demand pool, and the controller of runs with deadlines."""

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
    "late",
    FoundationArgs(
        tenants={"hurried": TenantSpec(tier=Tier.ENTERPRISE, cpu=400, memory_gib=1600, gpus=32, queued=True)},
        cloud=Cloud.AWS,
        network_cidr="10.30.0.0/16",
        kubernetes_version=MINOR,
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}),
)
pools = {
    f"hurried{name}": NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=capacity, max=8)
    for name, capacity in (("spot", Capacity.SPOT), ("firm", Capacity.ON_DEMAND))
}
Queueing(
    "late",
    QueueingArgs(
        region="me-central-1",
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools=pools,
        tenants={"hurried": QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=400000)},
        aed_per_usd=3.6725,
        deadlines=True,
        install=False,
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[foundation]),
)
