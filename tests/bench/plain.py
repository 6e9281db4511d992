"""A Pulumi program with `FALAJ_BENCH_COUNT` plain resources: compliant log groups, independent but for their key."""

import json
import os

import pulumi
import pulumi_aws as aws

from falaj.facts.tags import COST_TAGS

ACCOUNT, REGION = "123456789012", "me-central-1"
tags = {tag.key: tag.example for tag in COST_TAGS} | {"environment": "dev"}
provider = aws.Provider("bench", region=REGION)
administrator = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
logs = {
    "Service": f"logs.{REGION}.amazonaws.com",
}
here = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:*"}}
use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
statements = [
    {"Effect": "Allow", "Principal": administrator, "Action": "kms:*", "Resource": "*"},
    {"Effect": "Allow", "Principal": logs, "Action": use, "Resource": "*", "Condition": here},
]
key = aws.kms.Key(
    "key",
    enable_key_rotation=True,
    deletion_window_in_days=30,
    policy=json.dumps({"Version": "2012-10-17", "Statement": statements}),
    tags=tags,
    opts=pulumi.ResourceOptions(provider=provider),
)

for number in range(int(os.environ["FALAJ_BENCH_COUNT"])):
    aws.cloudwatch.LogGroup(
        f"log-{number}",
        name=f"/bench/{number}",
        retention_in_days=30,
        kms_key_id=key.arn,
        tags=tags,
        opts=pulumi.ResourceOptions(provider=provider),
    )
