"""Storage lifecycle of each purpose: days until each tier and until deletion, the same on every cloud."""

from dataclasses import dataclass, replace

from falaj.components.core.validation.enums import Purpose


@dataclass(frozen=True)
class Lifecycle:
    """Days after the last change until an object moves to a cheaper tier or goes; None for never.

    `cool` is for objects read now and then (S3 Standard-IA, Blob Cool), `cold` for objects read rarely (S3 Glacier
    Instant Retrieval, Blob Cold); both answer at once. `old_versions`: days that an overwritten version is kept.

    `by_access`: the days to the tiers count from the last read, where the cloud records it (S3 Intelligent-Tiering,
    whose own days are the same 30 and 90; last access tracking of Blob). For objects that are read repeatedly: a cool
    tier saves about half of the storage cost, and one full read costs about what it saved in a month.
    """

    cool: int | None
    cold: int | None
    expire: int | None
    old_versions: int
    by_access: bool = False


LIFECYCLES: dict[Purpose, Lifecycle] = {
    # Read in bursts while a model is trained, then kept to repeat the run. 30 days is the least that either cloud
    # charges for its cool tier, 90 for the cold one (S3 storage classes; Blob access tiers; read 2026-11-24).
    Purpose.DATASETS: Lifecycle(cool=30, cold=90, expire=None, old_versions=30, by_access=True),
    # Useful while its run may resume: moving them to a cool tier first would cost more than it saves.
    Purpose.CHECKPOINTS: Lifecycle(cool=None, cold=None, expire=60, old_versions=7),
    # A served model is loaded at every scale-up, whatever its age; models that are no longer served become cool.
    Purpose.MODELS: Lifecycle(cool=90, cold=None, expire=None, old_versions=365, by_access=True),
    Purpose.ARTIFACTS: Lifecycle(cool=30, cold=None, expire=365, old_versions=30),
}


def lifecycle(purpose: Purpose, retention_days: int | None = None) -> Lifecycle:
    """The purpose's tiers; `retention_days` replaces when objects expire, and no tier is entered at or after that."""
    usual = LIFECYCLES[purpose]
    if retention_days is None:
        return usual

    def in_time(days: int | None) -> int | None:
        return days if days is not None and days < retention_days else None

    return replace(usual, cool=in_time(usual.cool), cold=in_time(usual.cold), expire=retention_days)
