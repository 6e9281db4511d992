"""Folders in vaults, to which access is granted. Pure."""

from typing import Annotated

from pydantic import StringConstraints

FOLDER = r"[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*(/[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*)*"
"""Pattern of a folder's path."""

Folder = Annotated[str, StringConstraints(pattern=f"^{FOLDER}$")]
"""A folder in a vault, such as `tenants/treasury`, without characters that are special in access policies."""
