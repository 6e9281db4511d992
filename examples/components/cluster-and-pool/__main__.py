"""A network, an EKS cluster with a private API server, and a managed node group for what every cluster runs."""

import pulumi

from falaj.components import aws

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
account = pulumi.ResourceOptions(providers=[provider])

network = aws.Network("net", aws.NetworkArgs(region=REGION, cidr="10.20.0.0/16", zones=2, tags=TAGS), account)
cluster = aws.Cluster(
    "eks",
    aws.ClusterArgs(
        region=REGION, kubernetes_version=VERSION, control_plane_subnet_ids=network.control_plane_subnet_ids, tags=TAGS
    ),
    account,
)
pool = aws.NodePool(
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
    pulumi.ResourceOptions(providers=[provider], depends_on=[network, cluster]),
)

pulumi.export("kubeconfig", cluster.kubeconfig)
pulumi.export("cluster", cluster.cluster_name)
pulumi.export("subnets", network.node_subnet_ids)
pulumi.export("key", cluster.disk_key)
pulumi.export("node_group", pool.node_group_name)
