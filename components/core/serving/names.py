"""Names of inference services."""

from typing import Annotated

from pydantic import StringConstraints

ObjectName = Annotated[str, StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$")]
"""Name of a service, at most 40 characters, so that names with suffixes stay within Kubernetes' limit of 63."""


def variant_name(service: str, variant: str) -> str:
    """Returns the name of the Kubernetes objects of an experiment's variant."""
    return f"{service}-{variant}"


Host = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$", max_length=253)]
"""A fully qualified DNS name, without wildcard."""
