"""Checks that a site's Kubernetes mounts images as volumes, where a served model or its cold start needs it. Pure."""

from collections.abc import Iterator, Mapping

from falaj.components.core.validation.problems import Problem
from falaj.components.settings.tenants import TenantWork
from falaj.components.settings.workloads import ServingSettings
from falaj.facts.kubernetes_versions import number

FIRST_VERSION = "1.35"
"""First minor version with image volumes by default (feature gate `ImageVolume`, pkg/features/kube_features.go of
Kubernetes v1.36.3, read 2026-11-27; generally available in 1.36)."""


def image_volume_problems(tenant: TenantWork, versions: Mapping[str, str], path: str) -> Iterator[Problem]:
    """Yields the served models of a tenant whose site does not mount images. `versions` are the Kubernetes versions of
    the sites by name; `path` is that of the tenant."""
    for serving_path, site, serving in tenant.servings():
        if site not in versions or number(versions[site]) >= number(FIRST_VERSION):
            continue
        for field in _fields_with_images(serving):
            allowed = f"only on Kubernetes {FIRST_VERSION} or later; site {site} has {versions[site]}"
            nested = f"{serving_path}.serving" if serving_path.startswith("services.") else serving_path
            yield Problem(f"{path}.{nested}.{field}", "...", allowed, "upgrade the site, or remove it")


def _fields_with_images(serving: ServingSettings) -> Iterator[str]:
    if serving.model.image is not None:
        yield "model.image"
    if serving.cold_start is not None and serving.cold_start.images_on_nodes:
        yield "cold_start.images_on_nodes"
