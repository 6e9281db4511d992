"""A bucket under a key of ours, reached over TLS by those whom its policy lets in, versioned and tiered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.storage.tiers import rules
from falaj.components.core.storage.lifecycles import Lifecycle


@dataclass(frozen=True)
class BucketPlan:
    """What a closed bucket is made with. `policy` makes its policy from its ARN; `tags` are the bucket's own."""

    key_arn: pulumi.Input[str]
    life: Lifecycle
    policy: Callable[[pulumi.Output[str]], pulumi.Output[str]]
    protect: bool
    tags: Mapping[str, pulumi.Input[str]]


def closed_bucket(name: str, plan: BucketPlan, parent: pulumi.Resource) -> tuple[aws.s3.Bucket, aws.s3.BucketPolicy]:
    """The bucket, encrypted, versioned, with a lifecycle, and the policy that must be there before a service writes."""
    bucket = aws.s3.Bucket(
        f"{name}-bucket",
        tags=plan.tags,
        opts=pulumi.ResourceOptions(parent=parent, protect=plan.protect),
    )
    _encrypted(name, bucket, plan, parent)
    _kept(name, bucket, plan, parent)
    return bucket, _closed(name, bucket, plan, parent)


def _encrypted(name: str, bucket: aws.s3.Bucket, plan: BucketPlan, parent: pulumi.Resource) -> None:
    default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
        sse_algorithm="aws:kms", kms_master_key_id=plan.key_arn
    )
    aws.s3.BucketServerSideEncryptionConfiguration(
        f"{name}-encryption",
        bucket=bucket.id,
        rules=[
            # One data key for many objects: without it every read of a training run is a request to KMS.
            aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                apply_server_side_encryption_by_default=default, bucket_key_enabled=True
            )
        ],
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _closed(name: str, bucket: aws.s3.Bucket, plan: BucketPlan, parent: pulumi.Resource) -> aws.s3.BucketPolicy:
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
    # One after the other: S3 refuses two changes of who may reach a bucket at the same time.
    return aws.s3.BucketPolicy(
        f"{name}-tls-only",
        bucket=bucket.id,
        policy=plan.policy(bucket.arn),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[block]),
    )


def _kept(name: str, bucket: aws.s3.Bucket, plan: BucketPlan, parent: pulumi.Resource) -> None:
    versioning = aws.s3.BucketVersioning(
        f"{name}-versioning",
        bucket=bucket.id,
        versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    aws.s3.BucketLifecycleConfiguration(
        f"{name}-lifecycle",
        bucket=bucket.id,
        rules=rules(plan.life),
        # A rule on old versions needs versioning first (S3 API, PutBucketLifecycleConfiguration).
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[versioning]),
    )
