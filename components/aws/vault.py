"""A vault on AWS: an S3 bucket under a key of its own."""

from collections.abc import Mapping
from typing import Annotated, NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import Field

from components.aws.documents import tls_only
from components.aws.keys import customer_key
from components.aws.tiers import rules
from components.core.lifecycles import lifecycle
from components.core.places import AwsRegion
from components.core.tags import CostTags, named
from components.core.validated import Checked
from components.core.words import Purpose


class VaultArgs(TypedDict):
    """Encrypted storage for one purpose."""

    region: str
    """A region of AWS in the UAE."""
    purpose: Purpose
    """What it holds; decides the lifecycle tiers."""
    retention_days: NotRequired[int]
    """Days after which objects are deleted; by the purpose if absent."""
    protect: NotRequired[bool]
    """Whether the bucket and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags."""


class _Checked(Checked):
    region: AwsRegion
    purpose: Purpose
    retention_days: Annotated[int, Field(ge=1)] | None = None
    protect: bool = False
    tags: CostTags


class Vault(pulumi.ComponentResource):
    """A versioned bucket that nobody outside the account, and nobody without TLS, can read."""

    vault_name: pulumi.Output[str]
    """Name of the bucket."""
    uri: pulumi.Output[str]
    """Address for programs, `s3://...`."""
    key_id: pulumi.Output[str]
    """ARN of the bucket's KMS key."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:Vault", name, {}, opts)
        what = f"Encrypts the {settings.purpose.value} of {name}"
        key = customer_key(f"{name}-key", what, lambda account: (), settings.tags, self, settings.protect)
        bucket = aws.s3.Bucket(
            f"{name}-bucket",
            tags=named(settings.tags, name),
            opts=pulumi.ResourceOptions(parent=self, protect=settings.protect),
        )
        self._encrypted(name, bucket, key)
        self._closed(name, bucket)
        self._kept(name, bucket, settings)
        self.vault_name = bucket.bucket
        self.uri = pulumi.Output.concat("s3://", bucket.bucket)
        self.key_id = key.arn
        self.register_outputs({"vault_name": self.vault_name, "uri": self.uri, "key_id": self.key_id})

    def _encrypted(self, name: str, bucket: aws.s3.Bucket, key: aws.kms.Key) -> None:
        default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
            sse_algorithm="aws:kms", kms_master_key_id=key.arn
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
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _closed(self, name: str, bucket: aws.s3.Bucket) -> None:
        child = pulumi.ResourceOptions(parent=self)
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
        aws.s3.BucketPolicy(
            f"{name}-tls-only",
            bucket=bucket.id,
            policy=bucket.arn.apply(tls_only),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[block]),
        )

    def _kept(self, name: str, bucket: aws.s3.Bucket, settings: _Checked) -> None:
        versioning = aws.s3.BucketVersioning(
            f"{name}-versioning",
            bucket=bucket.id,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        aws.s3.BucketLifecycleConfiguration(
            f"{name}-lifecycle",
            bucket=bucket.id,
            rules=rules(lifecycle(settings.purpose, settings.retention_days)),
            # A rule on old versions needs versioning first (S3 API, PutBucketLifecycleConfiguration).
            opts=pulumi.ResourceOptions(parent=self, depends_on=[versioning]),
        )
