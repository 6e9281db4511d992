"""A GPU pool on an existing EKS cluster, and a budget for all costs of the project. Tags and addresses: Pulumi.yaml."""

import pulumi

from falaj.components import aws

config = pulumi.Config()
account = pulumi.ResourceOptions(providers=[aws.site_provider("uae", "me-central-1")])

pool = aws.NodePool(
    "gpu",
    aws.NodePoolArgs(
        name="gpu",
        cluster_name=config.require("cluster"),
        node_subnet_ids=config.require_object("subnets"),
        pool=aws.NodePoolSpec(
            profile=aws.Profile.INFERENCE_GPU, machines=["g5.xlarge", "g6.xlarge"], capacity="spot", max=2
        ),
    ),
    account,
)
budget = aws.BudgetAlarm(
    "project", aws.BudgetAlarmArgs(scope="arabic-llm", aed_per_month=20000, start="2026-12-01"), account
)

pulumi.export("node_group", pool.node_group_name)
pulumi.export("usd_per_month", budget.usd_per_month)
