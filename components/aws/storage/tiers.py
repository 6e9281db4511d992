"""S3 lifecycle rules. Pure.

Objects that are tiered by access move to Intelligent-Tiering on their first day. An object costs as much as in Standard
until 30 days pass without a read, then 46 % less (like Standard-IA), and after 90 days 83 % less (like Glacier Instant
Retrieval). A read moves it back, free of charge. Every tier responds in milliseconds. Monitoring 1,000 objects costs as
much as 0.1 GB-months of Standard, so tiering pays off from about 250 KB per object; S3 does not move objects below 128
KB. Standard-IA by age saves the same 46 %, but a full read costs 43 % of a month of Standard: with two reads a month it
costs more. These are proportions of S3's list prices in us-east-1, read 2026-11-24; those of me-central-1 were not
compared.

The two archive tiers of Intelligent-Tiering stay off: retrieval takes minutes or hours, and training cannot wait.
"""

import pulumi
import pulumi_aws as aws

from falaj.components.core.storage.lifecycles import Lifecycle

UPLOAD_DAYS = 7
"""Days until an incomplete multipart upload is aborted. Its parts are billed until then."""


def rules(
    lifecycle: Lifecycle, expire: pulumi.Input[int] | None = None
) -> list[aws.s3.BucketLifecycleConfigurationRuleArgs]:
    """Returns the bucket's lifecycle rules: transitions and expiry of current objects, expiry of noncurrent versions
    and of incomplete uploads. `expire` replaces the expiry of the lifecycle, and may come from another resource."""
    return [
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="tiers",
            status="Enabled",
            filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
            transitions=[
                aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=days, storage_class=tier)
                for tier, days in transitions(lifecycle)
            ],
            expiration=_expiration(lifecycle.expire if expire is None else expire),
            noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                noncurrent_days=lifecycle.old_versions
            ),
            abort_incomplete_multipart_upload=(
                aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                    days_after_initiation=UPLOAD_DAYS
                )
            ),
        )
    ]


def transitions(lifecycle: Lifecycle) -> list[tuple[str, int]]:
    """Returns storage classes, each with the age in days at which an object moves to it."""
    if lifecycle.by_access:
        return [] if lifecycle.cool is None else [("INTELLIGENT_TIERING", 0)]
    tiers = (("STANDARD_IA", lifecycle.cool), ("GLACIER_IR", lifecycle.cold))
    return [(tier, days) for tier, days in tiers if days is not None]


def _expiration(days: pulumi.Input[int] | None) -> aws.s3.BucketLifecycleConfigurationRuleExpirationArgs | None:
    return None if days is None else aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days)
