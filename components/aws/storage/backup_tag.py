"""The tag by which a `Backup` selects resources."""

from collections.abc import Mapping

import pulumi

BACKUP_TAG = "falaj-backup"
"""Key of the tag. Its value is a backup's `mark`, so that sites in one account do not back up each other's data."""


def backup_mark(name: str) -> str:
    """The mark of the `Backup` of that name, for resources that carry it whether or not the backup exists yet."""
    return f"{name}-{pulumi.get_stack()}"


def backed_up(tags: Mapping[str, str], mark: pulumi.Input[str] | None) -> dict[str, pulumi.Input[str]]:
    """The tags, with that of the backup if there is a mark."""
    return dict(tags) if mark is None else {**tags, BACKUP_TAG: mark}
