"""Kubernetes versions of EKS and AKS."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

KubernetesVersion = Annotated[str, TextForm(r"^1\.[0-9]{2}$", "a minor version of Kubernetes", "1.36")]
"""A Kubernetes minor version such as `1.36`; the cloud chooses the patch version."""
