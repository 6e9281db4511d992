"""Kubernetes versions as EKS names them."""

from typing import Annotated

from pydantic import StringConstraints

KubernetesVersion = Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{2}$")]
"""A minor version; EKS chooses the patch."""
