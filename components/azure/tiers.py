"""A purpose's lifecycle in the words of Blob storage."""

from pulumi_azure_native import storage

from components.core.lifecycles import Lifecycle


def tier_rule(lifecycle: Lifecycle) -> storage.ManagementPolicyRuleArgs:
    """One rule for all block blobs: tiers and expiry of current ones by their last change, removal of old versions."""
    return storage.ManagementPolicyRuleArgs(
        name="tiers",
        type=storage.RuleType.LIFECYCLE,
        enabled=True,
        definition=storage.ManagementPolicyDefinitionArgs(
            filters=storage.ManagementPolicyFilterArgs(blob_types=["blockBlob"]),
            actions=storage.ManagementPolicyActionArgs(
                base_blob=_current(lifecycle),
                version=storage.ManagementPolicyVersionArgs(
                    delete=storage.DateAfterCreationArgs(days_after_creation_greater_than=float(lifecycle.old_versions))
                ),
            ),
        ),
    )


def _current(lifecycle: Lifecycle) -> storage.ManagementPolicyBaseBlobArgs | None:
    """Azure refuses an empty set of actions: None for a lifecycle that leaves current blobs alone."""
    if lifecycle.cool is None and lifecycle.cold is None and lifecycle.expire is None:
        return None
    return storage.ManagementPolicyBaseBlobArgs(
        tier_to_cool=_after(lifecycle.cool),
        tier_to_cold=_after(lifecycle.cold),
        delete=_after(lifecycle.expire),
    )


def _after(days: int | None) -> storage.DateAfterModificationArgs | None:
    if days is None:
        return None
    return storage.DateAfterModificationArgs(days_after_modification_greater_than=float(days))
