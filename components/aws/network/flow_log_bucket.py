"""Bucket of VPC flow logs, to which the log delivery service writes.

Statements of both policies: VPC User Guide, flow-logs-s3-permissions, and CloudWatch Logs User Guide,
AWS-logs-infrastructure-V2-S3; read 2026-11-26. Their names are AWS's own, because EC2 adds its statements to a bucket
policy that lacks them.
"""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import Condition, Statement, tls_only
from falaj.components.aws.identity.keys import account_id, customer_key, key_arn
from falaj.components.aws.storage.private_bucket import BucketPlan, private_bucket
from falaj.components.core.storage.lifecycles import Lifecycle
from falaj.components.core.validation.tags import with_name_tag

DELIVERY = "delivery.logs.amazonaws.com"
"""Service principal that writes flow logs to buckets."""


def flow_log_bucket(
    name: str,
    region: str,
    days: pulumi.Input[int],
    existing_key: pulumi.Input[str] | None,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> tuple[aws.s3.Bucket, aws.s3.BucketPolicy]:
    """Creates the bucket, whose files are deleted after `days` days. Returns it with its policy, which must exist
    before the flow log."""
    key = key_arn(
        existing_key,
        lambda: customer_key(
            f"{name}-key",
            f"Encrypts the flow logs {name}",
            lambda account: (delivery_key_use(account, region),),
            tags,
            parent,
        ),
    )

    def policy(arn: pulumi.Output[str]) -> pulumi.Output[str]:
        return pulumi.Output.all(arn, account_id(parent)).apply(
            lambda resolved: delivery_bucket_policy(resolved[0], resolved[1], region)
        )

    # Small files, each read seldom if at all: a cooler tier bills at least 128 KB of each, and its move.
    files = Lifecycle(cool=None, cold=None, expire=None, old_versions=1)
    plan = BucketPlan(key, files, policy, protect=False, tags=with_name_tag(tags, name), expire_days=days)
    return private_bucket(name, plan, parent)


def _of_account(account: str, region: str) -> Condition:
    return {
        "StringEquals": {"aws:SourceAccount": account},
        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{region}:{account}:*"},
    }


def delivery_key_use(account: str, region: str) -> Statement:
    """Returns a statement that lets log delivery use the key to encrypt files for this account."""
    return Statement(
        "LogDeliveryEncrypts",
        ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"),
        principals={"Service": DELIVERY},
        conditions=_of_account(account, region),
    )


def delivery_bucket_policy(bucket: str, account: str, region: str) -> str:
    """Returns the bucket policy: log delivery may write files of this account, and TLS before 1.2 is denied. `bucket`
    is an ARN."""
    conditions = _of_account(account, region)
    owned = {**conditions, "StringEquals": {**conditions["StringEquals"], "s3:x-amz-acl": "bucket-owner-full-control"}}
    principals = {"Service": DELIVERY}
    return tls_only(
        bucket,
        Statement("AWSLogDeliveryWrite", ("s3:PutObject",), (f"{bucket}/AWSLogs/{account}/*",), principals, owned),
        Statement("AWSLogDeliveryAclCheck", ("s3:GetBucketAcl", "s3:ListBucket"), (bucket,), principals, conditions),
    )
