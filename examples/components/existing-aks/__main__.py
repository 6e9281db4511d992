"""A GPU pool on an existing AKS cluster in its subnet. Tags and region: Pulumi.yaml."""

import pulumi

from falaj.components import azure

config = pulumi.Config()

pool = azure.NodePool(
    "gpu",
    azure.NodePoolArgs(
        name="gpu",
        resource_group_name=config.require("group"),
        cluster_name=config.require("cluster"),
        node_subnet_id=config.require("subnet"),
        pool=azure.NodePoolSpec(
            profile=azure.Profile.INFERENCE_GPU, machines=["Standard_NV36ads_A10_v5"], capacity="spot", max=2
        ),
    ),
)

pulumi.export("pool", pool.pool_name)
