"""Folders in vaults, as access to them is granted. Pure."""

from typing import Annotated

from pydantic import StringConstraints

FOLDER = r"[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*(/[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*)*"
"""Pattern of a folder's path."""

Folder = Annotated[str, StringConstraints(pattern=f"^{FOLDER}$")]
"""A folder in a vault, `tenants/treasury`: nothing in it means more than itself in a policy of either cloud."""
