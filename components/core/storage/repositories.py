"""Names of repositories in a container registry, and the public registries that it caches."""

from enum import Enum
from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

_PATH_SEGMENT = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"

Repository = Annotated[
    str,
    TextForm(
        rf"^{_PATH_SEGMENT}(/{_PATH_SEGMENT})*$",
        "at most 200 lower-case letters and digits, with single `/`, `.`, `_` or `-` between them",
        "models/arabic",
        max_length=200,
    ),
]
"""Name of a repository, such as `workloads` or `models/arabic`."""


class CachedRegistry(Enum):
    """Public registries that every cloud caches without credentials (ECR User Guide, creating a pull through cache
    rule; learn.microsoft.com, artifact-cache-overview; 2026-11-24)."""

    ECR_PUBLIC = "public.ecr.aws"
    """Amazon ECR Public."""
    KUBERNETES = "registry.k8s.io"
    """The registry of the Kubernetes project."""
    QUAY = "quay.io"
    """Quay, by Red Hat."""
