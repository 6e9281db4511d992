"""A lifecycle in S3's storage classes. Pure.

What is tiered by its reads goes to Intelligent-Tiering on its first day. That keeps an object for the price of Standard
until 30 days pass without a read, then for 46 % less (as Standard-IA), after 90 days for 83 % less (as Glacier Instant
Retrieval), and takes it back at the first read, free of charge; every tier answers at once. For each 1,000 objects it
charges as much as 0.1 GB-months of Standard, so it pays from about 250 KB an object; S3 itself moves nothing below 128
KB. Standard-IA by age saves the same 46 %, but each full read costs 43 % of a month of Standard: from the second read
in a month it is the dearer one. Proportions of S3's list prices in us-east-1, read 2026-11-24; those of me-central-1
were not compared.

The two archive tiers of Intelligent-Tiering stay off: they take minutes or hours to answer, and a training cannot wait.
"""

import pulumi_aws as aws

from falaj.components.core.storage.lifecycles import Lifecycle

UPLOAD_DAYS = 7
"""An upload that was begun and not finished in a week never will be, and is billed until it is aborted."""


def rules(life: Lifecycle) -> list[aws.s3.BucketLifecycleConfigurationRuleArgs]:
    """The bucket's rules: tiers and end of current objects, end of old versions, end of unfinished uploads."""
    return [
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="tiers",
            status="Enabled",
            filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
            transitions=[
                aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=days, storage_class=tier)
                for tier, days in steps(life)
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


def steps(life: Lifecycle) -> list[tuple[str, int]]:
    """Storage class -> day that an object enters it."""
    if life.by_access:
        return [] if life.cool is None else [("INTELLIGENT_TIERING", 0)]
    tiers = (("STANDARD_IA", life.cool), ("GLACIER_IR", life.cold))
    return [(tier, days) for tier, days in tiers if days is not None]


def _expiration(days: int | None) -> aws.s3.BucketLifecycleConfigurationRuleExpirationArgs | None:
    return None if days is None else aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days)
