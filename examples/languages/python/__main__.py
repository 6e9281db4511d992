"""A small site on AWS, a vault for results and a budget alarm."""

import pulumi

from falaj.components import aws

TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}
REGION, AED_PER_USD, NOTIFY, START = "me-central-1", 3.6725, ["finops@example.ae"], "2027-01-01"

site = aws.Site(
    "uae",
    aws.SiteArgs(
        region=REGION,
        network=aws.NetworkSpec(cidr="10.20.0.0/16", zones=2, egress=aws.Egress.NAT_SINGLE),
        kubernetes_version="1.36",
        pools={"system": aws.NodePoolSpec(profile=aws.Profile.SYSTEM, machines=["m7g.large"], min=2, max=3)},
        vaults=[aws.Purpose.MODELS],
        budget=aws.BudgetSpec(aed_per_month=10_000, notify=NOTIFY, start=START),
        aed_per_usd=AED_PER_USD,
        tags=TAGS,
    ),
)
results = aws.Vault(
    "results", aws.VaultArgs(region=REGION, purpose=aws.Purpose.ARTIFACTS, retention_days=365, tags=TAGS)
)
aws.BudgetAlarm(
    "spend",
    aws.BudgetAlarmArgs(
        scope="arabic-llm", aed_per_month=4_000, aed_per_usd=AED_PER_USD, notify=NOTIFY, start=START, tags=TAGS
    ),
)

pulumi.export("cluster", site.cluster_name)
pulumi.export("uri", results.uri)
