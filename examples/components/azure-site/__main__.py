"""A whole site on Azure: network, keys, cluster, GPU pool, vaults and a budget."""

import pulumi

from falaj.components import azure

REGION = "uaenorth"
TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}

site = azure.Site(
    "uae",
    azure.SiteArgs(
        region=REGION,
        network=azure.NetworkSpec(cidr="10.20.0.0/16", zones=3),
        kubernetes_version="1.36",
        pools={
            "system": azure.NodePoolSpec(profile=azure.Profile.SYSTEM, machines=["Standard_D4as_v5"], min=3, max=6),
            "gpu": azure.NodePoolSpec(
                profile=azure.Profile.TRAINING,
                machines=["Standard_NC40ads_H100_v5"],
                capacity=azure.Capacity.SPOT,
                max=4,
            ),
        },
        vaults=[azure.Purpose.DATASETS, azure.Purpose.CHECKPOINTS],
        budget=azure.BudgetSpec(aed_per_month=40_000, notify=["finops@example.ae"], start="2027-01-01"),
        aed_per_usd=3.6725,
        tags=TAGS,
    ),
    pulumi.ResourceOptions(providers=[azure.site_provider("uae", REGION)]),
)

pulumi.export("cluster", site.cluster_name)
pulumi.export("vaults", site.vault_uris)
