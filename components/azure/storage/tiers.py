"""Blob storage lifecycle management policies of vaults."""

from pulumi_azure_native import storage

from falaj.components.core.storage.lifecycles import Lifecycle
from falaj.components.core.validation.enums import Purpose


def tracks_access(purpose: Purpose) -> bool:
    """Returns whether a vault's blobs are tiered by last read time instead of last change.

    Datasets are written once and read in bursts for months. Tiered by age, they would be in the cool tier while a
    training run reads them, which charges for each read. Tracking costs at most one operation per blob and day
    (learn.microsoft.com, lifecycle-management-overview, read 2026-11-24). The AWS counterpart is Intelligent-Tiering.
    """
    return purpose is Purpose.DATASETS


def tier_rule(lifecycle: Lifecycle, by_access: bool) -> storage.ManagementPolicyRuleArgs:
    """Returns the rule for all block blobs: tiers and expiry of current blobs, and deletion of old versions.

    With `by_access`, tiers count days since the last read, otherwise days since the last change. Expiry always counts
    days since the last change.
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
    """Returns the actions on current blobs; None if there are none, because Azure refuses an empty set of actions."""
    if lifecycle.cool is None and lifecycle.cold is None and lifecycle.expire is None:
        return None
    return storage.ManagementPolicyBaseBlobArgs(
        tier_to_cool=_after(lifecycle.cool, by_access),
        # A cool blob that is read returns to the hot tier automatically.
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
