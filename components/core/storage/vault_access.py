"""Folders in vaults, to which access is granted. Pure."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

FOLDER = r"[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*(/[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*)*"
"""Pattern of a folder's path."""

Folder = Annotated[
    str, TextForm(f"^{FOLDER}$", "letters and digits, with `.`, `_`, `-` or `/` between them", "tenants/treasury")
]
"""A folder in a vault, such as `tenants/treasury`, without characters that are special in access policies."""
