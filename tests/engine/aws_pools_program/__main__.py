"""Program with an EKS cluster and a capacity block of interconnected machines. CHANGE makes one change."""

import os

import pulumi

from falaj.components import aws
from falaj.components.core.node_pools.aws_options import AwsPoolOptions
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.eks_addons import OptionalAddon
from falaj.components.core.validation.enums import Capacity, Egress, Profile
from falaj.components.kubernetes.site.provider import site_kubernetes
from tests.samples import DEV_TAGS as tags

REGION = "me-central-1"
change = os.environ.get("CHANGE", "")
version = "1.36" if change == "upgrade" else "1.35"
account = aws.site_provider("uae", REGION)


def after(*resources: pulumi.Resource) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(providers=[account], depends_on=list(resources))


network = aws.Network(
    "net",
    aws.NetworkArgs(
        region=REGION,
        cidr="10.20.0.0/16",
        zones=2,
        egress=Egress.NAT_SINGLE,
        services=["elasticfilesystem"] if change == "files" else [],
        tags=tags,
    ),
    after(),
)
cluster = aws.Cluster(
    "eks",
    aws.ClusterArgs(
        region=REGION,
        kubernetes_version=version,
        control_plane_subnet_ids=network.control_plane_subnet_ids,
        tags=tags,
    ),
    after(),
)


def node_pool(name: str, spec: NodePoolSpec) -> aws.NodePool:
    args = aws.NodePoolArgs(
        name=name,
        region=REGION,
        kubernetes_version=version,
        cluster_name=cluster.cluster_name,
        node_role_arn=cluster.node_role_arn,
        node_subnet_ids=network.node_subnet_ids,
        network_id=network.network_id,
        cluster_security_group_id=cluster.security_group_id,
        disk_key=cluster.disk_key,
        pool=spec,
        tags=tags,
    )
    return aws.NodePool(name, args, after(network, cluster))


system = node_pool(
    "system",
    NodePoolSpec(profile=Profile.SYSTEM, machines=["m7g.large"], capacity=Capacity.ON_DEMAND, min=2, max=3),
)
block = node_pool(
    "block",
    NodePoolSpec(
        profile=Profile.TRAINING,
        machines=["p5en.48xlarge"],
        capacity=Capacity.CAPACITY_BLOCK,
        zone="me-central-1c" if change == "zone" else "me-central-1a",
        min=0,
        max=4,
        tenant="radiology" if change == "tenant" else None,
        aws=AwsPoolOptions(
            reservation="cr-00000000000000000" if change == "reservation" else "cr-0123456789abcdef0",
            interconnect=change != "apart",
        ),
    ),
)
addons = aws.Addons(
    "addons",
    aws.AddonsArgs(
        cluster_name=cluster.cluster_name,
        kubernetes_version=version,
        disk_key=cluster.disk_key,
        optional=[OptionalAddon.EFS] if change == "files" else [],
        tags=tags,
    ),
    after(system),
)
# The provider is not a child of the resources it depends on: a dependency on a component includes all its children.
parent = pulumi.ComponentResource("test:index:Place", "place")
kubernetes = site_kubernetes("uae", cluster.kubeconfig, parent, [network, system, addons])
aws.ClusterAutoscaler(
    "autoscaler",
    aws.ClusterAutoscalerArgs(
        region=REGION,
        cluster_name=cluster.cluster_name,
        kubernetes_version=version,
        prefer=pulumi.Output.all(block.scaling_group_name),
        tags=tags,
    ),
    pulumi.ResourceOptions(providers=[account, kubernetes], depends_on=[addons]),
)
