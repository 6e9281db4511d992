"""Program with an EKS cluster that uses Karpenter. The environment variable CHANGE makes one change."""

import os

import pulumi

from falaj.components import aws
from falaj.components.core.node_pools.aws_options import AwsPoolOptions
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Egress, Profile
from falaj.components.kubernetes.site.provider import site_kubernetes
from tests.samples import COST_TAGS

REGION, VERSION = "me-central-1", "1.34"
tags = {**COST_TAGS, "environment": "dev"}
change = os.environ.get("CHANGE", "")
account = aws.site_provider("uae", REGION)


def after(*resources: pulumi.Resource) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(providers=[account], depends_on=list(resources))


network = aws.Network(
    "net",
    aws.NetworkArgs(region=REGION, cidr="10.20.0.0/16", zones=2, egress=Egress.NAT_SINGLE, tags=tags),
    after(),
)
cluster = aws.Cluster(
    "eks",
    aws.ClusterArgs(
        region=REGION,
        version=VERSION,
        control_plane_subnet_ids=network.control_plane_subnet_ids,
        tags=tags,
    ),
    after(),
)
system = aws.NodePool(
    "system",
    aws.NodePoolArgs(
        region=REGION,
        name="system",
        cluster_name=cluster.cluster_name,
        version=VERSION,
        node_role_arn=cluster.node_role_arn,
        node_subnet_ids=network.node_subnet_ids,
        disk_key=cluster.disk_key,
        pool=NodePoolSpec(profile=Profile.SYSTEM, machines=["m7g.large"], capacity=Capacity.ON_DEMAND, min=2, max=3),
        tags=tags,
    ),
    after(network, cluster),
)
addons = aws.Addons(
    "addons",
    aws.AddonsArgs(cluster_name=cluster.cluster_name, version=VERSION, disk_key=cluster.disk_key, tags=tags),
    after(system),
)
# The provider is not a child of the resources it depends on: a dependency on a component includes all its children.
parent = pulumi.ComponentResource("test:index:Place", "place")
kubernetes = site_kubernetes("uae", cluster.kubeconfig, parent, [network, system, addons])

train = NodePoolSpec(
    profile=Profile.TRAINING,
    machines=["g5.12xlarge", "g6.12xlarge"],
    capacity=Capacity.SPOT_FIRST,
    min=1 if change in ("warm", "warm-asleep") else 0,
    max=8,
    aws=AwsPoolOptions(sleeps=change in ("asleep", "warm-asleep")),
)
serve = NodePoolSpec(
    profile=Profile.INFERENCE_CPU,
    machines=["m7g.xlarge"],
    capacity=Capacity.ON_DEMAND,
    min=2,
    max=10,
    tenant="treasury",
)
aws.Karpenter(
    "karpenter",
    aws.KarpenterArgs(
        region=REGION,
        cluster_name=cluster.cluster_name,
        version=VERSION,
        node_subnet_ids=network.node_subnet_ids,
        security_group_id=cluster.security_group_id,
        disk_key=cluster.disk_key,
        egress=Egress.NONE if change == "isolated" else Egress.NAT_SINGLE,
        pools={"train": train} if change == "one" else {"train": train, "serve": serve},
        prices=change == "prices",
        ami_alias="al2023@v20261001" if change == "image" else "al2023@v20260903",
        tags=tags,
    ),
    pulumi.ResourceOptions(providers=[account, kubernetes], depends_on=[network, system, addons]),
)
if change != "awake":
    aws.Sleep(
        "sleep",
        aws.SleepArgs(
            groups={
                "system": aws.SleepingGroup(scaling_group_name=system.scaling_group_name, min=2, max=3, system=True)
            },
            tags=tags,
        ),
        after(system),
    )
