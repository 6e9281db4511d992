"""An EKS cluster whose nodes Karpenter creates: spot machines for training, on-demand machines for inference."""

import pulumi

from falaj.components import aws, kubernetes

REGION, VERSION = "me-central-1", "1.36"
TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}
provider = aws.site_provider("uae", REGION)


def after(*parts: pulumi.Resource) -> pulumi.ResourceOptions:
    """Returns the options of a component that needs others."""
    return pulumi.ResourceOptions(providers=[provider], depends_on=list(parts))


network = aws.Network("net", aws.NetworkArgs(region=REGION, cidr="10.20.0.0/16", zones=2, tags=TAGS), after())
cluster = aws.Cluster(
    "eks",
    aws.ClusterArgs(
        region=REGION, kubernetes_version=VERSION, control_plane_subnet_ids=network.control_plane_subnet_ids, tags=TAGS
    ),
    after(),
)
# Karpenter itself runs on a managed node group.
system = aws.NodePool(
    "system",
    aws.NodePoolArgs(
        name="system",
        region=REGION,
        kubernetes_version=VERSION,
        cluster_name=cluster.cluster_name,
        node_role_arn=cluster.node_role_arn,
        node_subnet_ids=network.node_subnet_ids,
        disk_key=cluster.disk_key,
        pool=aws.NodePoolSpec(profile=aws.Profile.SYSTEM, machines=["m7g.large"], min=2, max=3),
        tags=TAGS,
    ),
    after(network, cluster),
)
addons = aws.Addons(
    "addons",
    aws.AddonsArgs(cluster_name=cluster.cluster_name, kubernetes_version=VERSION, disk_key=cluster.disk_key, tags=TAGS),
    after(system),
)
inside = kubernetes.site_kubernetes("uae", cluster.kubeconfig, depends_on=[network, system, addons])
train = aws.NodePoolSpec(
    profile=aws.Profile.TRAINING, machines=["g5.12xlarge", "g6.12xlarge"], capacity=aws.Capacity.SPOT_FIRST, max=8
)
serve = aws.NodePoolSpec(profile=aws.Profile.INFERENCE_CPU, machines=["m7g.xlarge"], min=2, max=10, tenant="treasury")
karpenter = aws.Karpenter(
    "karpenter",
    aws.KarpenterArgs(
        region=REGION,
        kubernetes_version=VERSION,
        cluster_name=cluster.cluster_name,
        node_subnet_ids=network.node_subnet_ids,
        security_group_id=cluster.security_group_id,
        disk_key=cluster.disk_key,
        egress=aws.Egress.NAT_SINGLE,
        pools={"train": train, "serve": serve},
        tags=TAGS,
    ),
    pulumi.ResourceOptions(providers=[provider, inside], depends_on=[network, system, addons]),
)

pulumi.export("pools", karpenter.pool_names)
