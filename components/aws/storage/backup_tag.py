"""The tag by which a `Backup` selects resources."""

from collections.abc import Mapping

import pulumi

BACKUP_TAG = "falaj-backup"
"""Key of the tag. Its value is the output `mark` of a `Backup`, so that sites in one account do not back up each
other's data."""


def backup_mark(name: str) -> str:
    """Returns the tag value of the `Backup` of that name. It can be used before the backup exists."""
    return f"{name}-{pulumi.get_stack()}"


def backed_up(tags: Mapping[str, str], mark: pulumi.Input[str] | None) -> dict[str, pulumi.Input[str]]:
    """Returns the tags, plus the backup tag if `mark` is given."""
    return dict(tags) if mark is None else {**tags, BACKUP_TAG: mark}
