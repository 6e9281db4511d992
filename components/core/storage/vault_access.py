"""Folders in vaults, to which access is granted."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Annotated

import pulumi

from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm

FOLDER = r"[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*(/[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*)*"
"""Pattern of a folder's path."""

Folder = Annotated[
    str, TextForm(f"^{FOLDER}$", "letters and digits, with `.`, `_`, `-` or `/` between them", "tenants/treasury")
]
"""A folder in a vault, such as `tenants/treasury`, without characters that are special in access policies."""


def write_problems(writes: Sequence[Purpose], vaults: Collection[Purpose]) -> Iterator[Problem]:
    """Yields the problems of purposes that pods may write to without a vault."""
    granted = ", ".join(sorted(purpose.value for purpose in vaults))
    for purpose in writes:
        if purpose not in vaults:
            yield Problem("writes", purpose.value, granted, "add the vault to `vaults`, or remove it here")


def require_folder(folder: str) -> None:
    """Raises `RunError` for a value that is not a folder: validation does not see values of other resources."""
    if not re.fullmatch(FOLDER, folder):
        raise pulumi.RunError(f"folder: {folder!r} is not allowed; allowed: a path such as tenants/treasury.")
