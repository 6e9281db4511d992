"""Folders in vaults, as access to them is granted. Pure."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

FOLDER = r"[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*(/[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*)*"
"""Pattern of a folder's path."""

Folder = Annotated[
    str, TextForm(f"^{FOLDER}$", "letters and digits, with `.`, `_`, `-` or `/` between them", "tenants/treasury")
]
"""A folder in a vault, `tenants/treasury`: nothing in it means more than itself in a policy of either cloud."""
