"""Private S3 bucket: customer-managed key, TLS only, no public access, versioning and lifecycle rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.storage.tiers import rules
from falaj.components.core.storage.lifecycles import Lifecycle


@dataclass(frozen=True)
class BucketPlan:
    """Settings of a private bucket. `policy` takes the bucket's ARN and returns its policy. `expire_days` replaces the
    expiry of the lifecycle."""

    key_arn: pulumi.Input[str]
    lifecycle: Lifecycle
    policy: Callable[[pulumi.Output[str]], pulumi.Output[str]]
    protect: bool
    tags: Mapping[str, pulumi.Input[str]]
    expire_days: pulumi.Input[int] | None = None


def private_bucket(name: str, plan: BucketPlan, parent: pulumi.Resource) -> tuple[aws.s3.Bucket, aws.s3.BucketPolicy]:
    """Creates the bucket. Returns it with its policy, which must exist before an AWS service writes to the bucket."""
    bucket = aws.s3.Bucket(
        f"{name}-bucket",
        tags=plan.tags,
        opts=pulumi.ResourceOptions(parent=parent, protect=plan.protect),
    )
    _encryption(name, bucket, plan, parent)
    _lifecycle(name, bucket, plan, parent)
    return bucket, _bucket_policy(name, bucket, plan, parent)


def _encryption(name: str, bucket: aws.s3.Bucket, plan: BucketPlan, parent: pulumi.Resource) -> None:
    default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
        sse_algorithm="aws:kms", kms_master_key_id=plan.key_arn
    )
    aws.s3.BucketServerSideEncryptionConfiguration(
        f"{name}-encryption",
        bucket=bucket.id,
        rules=[
            # S3 Bucket Keys share a data key among objects: otherwise every read of a training run is a request to KMS.
            aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                apply_server_side_encryption_by_default=default, bucket_key_enabled=True
            )
        ],
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _bucket_policy(name: str, bucket: aws.s3.Bucket, plan: BucketPlan, parent: pulumi.Resource) -> aws.s3.BucketPolicy:
    child = pulumi.ResourceOptions(parent=parent)
    block = aws.s3.BucketPublicAccessBlock(
        f"{name}-no-public-access",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=child,
    )
    aws.s3.BucketOwnershipControls(
        f"{name}-ownership",
        bucket=bucket.id,
        rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
        opts=child,
    )
    # Created one after the other: S3 refuses concurrent changes to the access settings of a bucket.
    return aws.s3.BucketPolicy(
        f"{name}-tls-only",
        bucket=bucket.id,
        policy=plan.policy(bucket.arn),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[block]),
    )


def _lifecycle(name: str, bucket: aws.s3.Bucket, plan: BucketPlan, parent: pulumi.Resource) -> None:
    versioning = aws.s3.BucketVersioning(
        f"{name}-versioning",
        bucket=bucket.id,
        versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    aws.s3.BucketLifecycleConfiguration(
        f"{name}-lifecycle",
        bucket=bucket.id,
        rules=rules(plan.lifecycle, plan.expire_days),
        # A rule on noncurrent versions needs versioning first (S3 API, PutBucketLifecycleConfiguration).
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[versioning]),
    )
