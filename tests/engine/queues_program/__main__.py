"""Tenants and their queues on a cluster of our components. CHANGE alters one thing."""

import os

import pulumi

from components import aws
from components.core.queue_specs import QueueSpec
from components.core.specs import PoolSpec
from components.core.tenancy import TenantSpec, Tier
from components.core.words import Capacity, Egress, NodeAutoscaler, Profile
from components.kubernetes.foundation import Foundation
from components.kubernetes.provider import site_kubernetes
from components.kubernetes.queueing import Queueing
from falaj.facts.regions import Cloud
from tests.samples import COST_TAGS

REGION, VERSION, CIDR = "me-central-1", "1.34", "10.20.0.0/16"
change = os.environ.get("CHANGE", "")
account = aws.site_provider("uae", REGION)


def after(*parts: pulumi.Resource) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(providers=[account], depends_on=list(parts))


network = aws.Network(
    "net", {"region": REGION, "cidr": CIDR, "zones": 2, "egress": Egress.NAT_SINGLE, "tags": COST_TAGS}, after()
)
cluster = aws.Cluster(
    "eks",
    {
        "region": REGION,
        "version": VERSION,
        "control_plane_subnet_ids": network.control_plane_subnet_ids,
        "tags": COST_TAGS,
    },
    after(),
)
# Not a child of what it waits for: whoever depends on a component depends on all its children.
place = pulumi.ComponentResource("test:index:Place", "place")
kubernetes = site_kubernetes("uae", cluster.kubeconfig, place, [network, cluster])


def inside(*parts: pulumi.Resource) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(providers={"kubernetes": kubernetes}, depends_on=list(parts))


retail: TenantSpec = {"tier": Tier.ENTERPRISE, "cpu": 200, "memory_gib": 800, "gpus": 16, "storage_gib": 500}
cards: TenantSpec = {"tier": Tier.ENTERPRISE, "cpu": 100, "memory_gib": 400, "gpus": 8 if change != "gpus" else 12}
foundation = Foundation(
    "base",
    {
        "tenants": {"retail": retail} if change == "one" else {"retail": retail, "cards": cards},
        "cloud": Cloud.AWS,
        "network_cidr": CIDR,
        "version": VERSION,
        "store_cidrs": network.s3_cidrs,
        "tags": COST_TAGS,
    },
    inside(),
)
spot: PoolSpec = {
    "profile": Profile.TRAINING,
    "machines": ["g5.12xlarge", "g5.24xlarge"],
    "capacity": Capacity.SPOT,
    "min": 0,
    "max": 20,
}
firm: PoolSpec = {**spot, "machines": ["g5.12xlarge"], "capacity": Capacity.ON_DEMAND}
money: dict[str, QueueSpec] = {
    "retail": {"tier": Tier.ENTERPRISE, "aed_per_month": 90000 if change != "money" else 120000},
    "cards": {"tier": Tier.ENTERPRISE, "aed_per_month": 30000},
}
if change == "one":
    del money["cards"]
Queueing(
    "queues",
    {
        "region": REGION,
        "node_autoscaler": NodeAutoscaler.KARPENTER,
        "pools": {"spot": spot} if change == "pool" else {"spot": spot, "firm": firm},
        "tenants": money,
        "aed_per_usd": 3.6725,
        "jobset": change != "jobset",
        "tags": COST_TAGS,
    },
    inside(foundation),
)
