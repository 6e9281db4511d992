"""Kubernetes versions as EKS and AKS take them."""

from typing import Annotated

from pydantic import StringConstraints

KubernetesVersion = Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{2}$")]
"""A minor version; the cloud chooses the patch."""
