"""Program with a vault and a node pool, of a project that has installed Falaj and has its own package `components`."""

import pulumi
from components.naming import MODELS  # pyright: ignore[reportMissingImports] (the one beside this file)

import components
import falaj.components
from falaj.components import aws
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Egress, Profile, Purpose

REGION, VERSION = "me-central-1", "1.34"
TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}
account = pulumi.ResourceOptions(providers=[aws.site_provider("uae", REGION)])

vault = aws.Vault(MODELS, aws.VaultArgs(region=REGION, purpose=Purpose.MODELS, tags=TAGS), account)

network = aws.Network(
    "net", aws.NetworkArgs(region=REGION, cidr="10.20.0.0/16", zones=2, egress=Egress.NAT_SINGLE, tags=TAGS), account
)
cluster = aws.Cluster(
    "eks",
    aws.ClusterArgs(
        region=REGION, version=VERSION, control_plane_subnet_ids=network.control_plane_subnet_ids, tags=TAGS
    ),
    account,
)
pool = aws.NodePool(
    "system",
    aws.NodePoolArgs(
        name="system",
        region=REGION,
        version=VERSION,
        cluster_name=cluster.cluster_name,
        node_role_arn=cluster.node_role_arn,
        node_subnet_ids=network.node_subnet_ids,
        disk_key=cluster.disk_key,
        pool=NodePoolSpec(profile=Profile.SYSTEM, machines=["m7g.large"], capacity=Capacity.ON_DEMAND, min=2, max=3),
        tags=TAGS,
    ),
    pulumi.ResourceOptions.merge(account, pulumi.ResourceOptions(depends_on=[network, cluster])),
)

pulumi.export("bucket", vault.vault_name)
pulumi.export("own", components.__file__)
pulumi.export("installed", falaj.components.__file__)
