"""Program with tenants and their queues on a cluster. The environment variable CHANGE makes one change."""

import os

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.facts.regions import Cloud
from tests.engine.cluster_on_aws import CIDR, REGION, VERSION, cluster_on_aws
from tests.samples import DEV_TAGS

change = os.environ.get("CHANGE", "")
on_aws = cluster_on_aws()

retail = TenantSpec(tier=Tier.ENTERPRISE, cpu=200, memory_gib=800, gpus=16, storage_gib=500)
cards = TenantSpec(tier=Tier.ENTERPRISE, cpu=100, memory_gib=400, gpus=8 if change != "gpus" else 12)
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={"retail": retail} if change == "one" else {"retail": retail, "cards": cards},
        cloud=Cloud.AWS,
        network_cidr=CIDR,
        kubernetes_version=VERSION,
        store_cidrs=on_aws.network.s3_cidrs,
        tags=DEV_TAGS,
    ),
    on_aws.after(),
)
spot = NodePoolSpec(
    profile=Profile.TRAINING, machines=["g5.12xlarge", "g5.24xlarge"], capacity=Capacity.SPOT, min=0, max=20
)
firm = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=Capacity.ON_DEMAND, min=0, max=20)
queues = {
    "retail": QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=90000 if change != "money" else 120000),
    "cards": QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=30000),
}
if change == "one":
    del queues["cards"]
Queueing(
    "queues",
    QueueingArgs(
        region=REGION,
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools={"spot": spot} if change == "pool" else {"spot": spot, "firm": firm},
        tenants=queues,
        aed_per_usd=3.6725,
        jobset=change != "jobset",
        tags=DEV_TAGS,
    ),
    on_aws.after(foundation),
)
