"""A Pulumi program with `FALAJ_BENCH_COUNT` plain resources: compliant, independent log groups."""

import os

import pulumi
import pulumi_aws as aws

from falaj.facts.tags import COST_TAGS

tags = {tag.key: tag.example for tag in COST_TAGS}
provider = aws.Provider("bench", region="me-central-1")

for number in range(int(os.environ["FALAJ_BENCH_COUNT"])):
    aws.cloudwatch.LogGroup(
        f"log-{number}",
        name=f"/bench/{number}",
        retention_in_days=30,
        kms_key_id="arn:aws:kms:me-central-1:123456789012:key/00000000-0000-4000-8000-000000000000",
        tags=tags,
        opts=pulumi.ResourceOptions(provider=provider),
    )
