"""Program with the cost monitoring of an account and a small cluster; the environment variable PART changes it."""

import os

import pulumi
import pulumi_aws

from falaj.components import aws
from falaj.components.core.validation.enums import Egress
from falaj.components.kubernetes import site_kubernetes

part = os.environ.get("PART", "")
bare = part == "bare"
region = "me-central-1"
tags = {
    "project": "falaj",
    "business-unit": "platform",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
    "site": "uae",
}
provider = aws.site_provider("uae", region)
on_aws = pulumi.ResourceOptions(providers=[provider])

finops = aws.FinOps(
    "money",
    aws.FinOpsArgs(
        region=region,
        aed_per_usd=3.6725,
        anomaly_aed=500,
        notify=["finops@example.ae"],
        business_units={} if bare else {"retail": ["retail"], "treasury": ["treasury"]},
        activate_tags=part == "tags",
        export=not bare,
        tags=tags,
    ),
    on_aws,
)
budget = aws.BudgetAlarm(
    "site",
    aws.BudgetAlarmArgs(
        scope="uae",
        aed_per_month=73000,
        aed_per_usd=3.6725,
        actual_percent=[50, 80, 100],
        forecast_percent=[100],
        notify=["finops@example.ae"],
        start="2026-12-01",
        cost_filter={"project": "falaj", "site": "uae"},
        topic_arn=finops.topic_arn,
        tags=tags,
    ),
    on_aws,
)
karpenter = pulumi_aws.iam.Role(
    "karpenter",
    assume_role_policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":'
    '"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole"]}]}',
    tags=tags,
    opts=pulumi.ResourceOptions(provider=provider),
)
if not bare:
    aws.BudgetStop(
        "brake",
        aws.BudgetStopArgs(
            budget_name=budget.budget_name,
            role_arns={"karpenter": karpenter.arn},
            notify=["finops@example.ae"],
            tags=tags,
        ),
        on_aws,
    )

network = aws.Network(
    "net",
    aws.NetworkArgs(
        region=region,
        cidr="10.20.0.0/16",
        zones=2,
        egress=Egress.NONE,
        tags=tags,
    ),
    on_aws,
)
cluster = aws.Cluster(
    "uae",
    aws.ClusterArgs(
        region=region,
        kubernetes_version="1.36",
        control_plane_subnet_ids=network.control_plane_subnet_ids,
        tags=tags,
    ),
    on_aws,
)
inside = site_kubernetes("uae", cluster.kubeconfig, cluster)
if not bare:
    aws.BurnRate(
        "burn",
        aws.BurnRateArgs(
            region=region,
            site="uae",
            cluster_name=cluster.cluster_name,
            machines=["m7g.large", "g5.xlarge"],
            aed_per_usd=3.6725,
            aed_per_month=73000,
            topic_arn=finops.topic_arn,
            tags=tags,
        ),
        pulumi.ResourceOptions(providers=[provider, inside], depends_on=[cluster]),
    )
