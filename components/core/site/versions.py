"""Kubernetes versions of EKS and AKS."""

from typing import Annotated

from pydantic import StringConstraints

KubernetesVersion = Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{2}$")]
"""A Kubernetes minor version such as `1.34`; the cloud chooses the patch version."""
