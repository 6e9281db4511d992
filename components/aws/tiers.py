"""A lifecycle in S3's storage classes. Pure."""

import pulumi_aws as aws

from components.core.lifecycles import Lifecycle

UPLOAD_DAYS = 7
"""An upload that was begun and not finished in a week never will be, and is billed until it is aborted."""


def rules(life: Lifecycle) -> list[aws.s3.BucketLifecycleConfigurationRuleArgs]:
    """The bucket's rules: tiers and end of current objects, end of old versions, end of unfinished uploads."""
    steps = (("STANDARD_IA", life.cool), ("GLACIER_IR", life.cold))
    return [
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="tiers",
            status="Enabled",
            filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
            transitions=[
                aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=days, storage_class=tier)
                for tier, days in steps
                if days is not None
            ],
            expiration=_expiration(life.expire),
            noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                noncurrent_days=life.old_versions
            ),
            abort_incomplete_multipart_upload=(
                aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                    days_after_initiation=UPLOAD_DAYS
                )
            ),
        )
    ]


def _expiration(days: int | None) -> aws.s3.BucketLifecycleConfigurationRuleExpirationArgs | None:
    return None if days is None else aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days)
