"""Storage lifecycle of each purpose: days until each tier and until deletion, the same on all clouds."""

from dataclasses import dataclass, replace

from falaj.components.core.validation.enums import Purpose


@dataclass(frozen=True)
class Lifecycle:
    """Days after the last change until an object moves to a cheaper tier or is deleted; None for never.

    `cool` is for infrequently read objects (S3 Standard-IA, Blob Cool), `cold` for rarely read ones (S3 Glacier Instant
    Retrieval, Blob Cold); both tiers have immediate access. `old_versions` is the retention of overwritten versions.

    With `by_access`, the days until a tier count from the last read, where the cloud records it (S3
    Intelligent-Tiering, with fixed 30 and 90 days; last access time tracking of Blob Storage). This suits objects that
    are read repeatedly: a cool tier saves about half of the storage cost, and one full read costs about as much as it
    saves in a month.
    """

    cool: int | None
    cold: int | None
    expire: int | None
    old_versions: int
    by_access: bool = False


LIFECYCLES: dict[Purpose, Lifecycle] = {
    # Read in bursts during training, then kept to reproduce the run. The minimum storage duration that both clouds
    # charge is 30 days in the cool tier and 90 in the cold tier (S3 storage classes; Blob access tiers; read
    # 2026-11-24).
    Purpose.DATASETS: Lifecycle(cool=30, cold=90, expire=None, old_versions=30, by_access=True),
    # Needed only while the run may resume: moving them to a cool tier first would cost more than it saves.
    Purpose.CHECKPOINTS: Lifecycle(cool=None, cold=None, expire=60, old_versions=7),
    # A served model is loaded at each scale-up, whatever its age; only models that are no longer read become cool.
    Purpose.MODELS: Lifecycle(cool=90, cold=None, expire=None, old_versions=365, by_access=True),
    Purpose.ARTIFACTS: Lifecycle(cool=30, cold=None, expire=365, old_versions=30),
}


def lifecycle(purpose: Purpose, retention_days: int | None = None) -> Lifecycle:
    """Returns the lifecycle of a purpose.

    `retention_days` replaces the expiry; tiers that would start at or after the expiry are removed.
    """
    default = LIFECYCLES[purpose]
    if retention_days is None:
        return default

    def before_expiry(days: int | None) -> int | None:
        return days if days is not None and days < retention_days else None

    return replace(default, cool=before_expiry(default.cool), cold=before_expiry(default.cold), expire=retention_days)
