"""How a resource says that it is backed up: by a tag that a `Backup` looks for."""

from collections.abc import Mapping

import pulumi

BACKUP_TAG = "falaj-backup"
"""Its value is a backup's `mark`, so that sites in one account do not back up each other's data."""


def backed_up(tags: Mapping[str, str], mark: pulumi.Input[str] | None) -> dict[str, pulumi.Input[str]]:
    """The tags, with that of the backup where there is one."""
    return dict(tags) if mark is None else {**tags, BACKUP_TAG: mark}
