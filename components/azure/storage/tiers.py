"""A purpose's lifecycle as a management policy of Blob storage."""

from pulumi_azure_native import storage

from falaj.components.core.storage.lifecycles import Lifecycle
from falaj.components.core.validation.enums import Purpose


def tracks_access(purpose: Purpose) -> bool:
    """Whether what a vault holds is tiered by when it was last read rather than last written.

    Datasets are written once and read in bursts for months: by their age they would be cool while a training reads
    them, at a price for every read. Tracking costs one operation a blob and day at most (learn.microsoft.com,
    lifecycle-management-overview, read 2026-11-24). AWS's counterpart is Intelligent-Tiering.
    """
    return purpose is Purpose.DATASETS


def tier_rule(lifecycle: Lifecycle, by_access: bool) -> storage.ManagementPolicyRuleArgs:
    """One rule for all block blobs: tiers and expiry of current ones, removal of old versions.

    Tiers count days since the last read with `by_access`, else since the last change; expiry always the latter.
    """
    return storage.ManagementPolicyRuleArgs(
        name="tiers",
        type=storage.RuleType.LIFECYCLE,
        enabled=True,
        definition=storage.ManagementPolicyDefinitionArgs(
            filters=storage.ManagementPolicyFilterArgs(blob_types=["blockBlob"]),
            actions=storage.ManagementPolicyActionArgs(
                base_blob=_current(lifecycle, by_access),
                version=storage.ManagementPolicyVersionArgs(
                    delete=storage.DateAfterCreationArgs(days_after_creation_greater_than=float(lifecycle.old_versions))
                ),
            ),
        ),
    )


def _current(lifecycle: Lifecycle, by_access: bool) -> storage.ManagementPolicyBaseBlobArgs | None:
    """Azure refuses an empty set of actions: None for a lifecycle that leaves current blobs alone."""
    if lifecycle.cool is None and lifecycle.cold is None and lifecycle.expire is None:
        return None
    return storage.ManagementPolicyBaseBlobArgs(
        tier_to_cool=_after(lifecycle.cool, by_access),
        # What is read again comes back to the hot tier by itself.
        enable_auto_tier_to_hot_from_cool=True if by_access and lifecycle.cool is not None else None,
        tier_to_cold=_after(lifecycle.cold, by_access),
        delete=_after(lifecycle.expire, by_access=False),
    )


def _after(days: int | None, by_access: bool) -> storage.DateAfterModificationArgs | None:
    if days is None:
        return None
    if by_access:
        return storage.DateAfterModificationArgs(days_after_last_access_time_greater_than=float(days))
    return storage.DateAfterModificationArgs(days_after_modification_greater_than=float(days))
