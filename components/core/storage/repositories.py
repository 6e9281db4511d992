"""Names of repositories in a container registry."""

from typing import Annotated

from pydantic import StringConstraints

_PATH_SEGMENT = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"

Repository = Annotated[str, StringConstraints(pattern=rf"^{_PATH_SEGMENT}(/{_PATH_SEGMENT})*$", max_length=200)]
"""Name of a repository, such as `workloads` or `models/arabic`."""
