"""What the stack of one tenant says: which platform it leans on, and what the tenant runs there."""

from typing import Annotated

from pydantic import Field

from falaj.components.core.network.blocks import Block
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.names import SiteName, TenantName
from falaj.components.core.validation.tags import CostTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.settings.sites import SiteBaseSettings
from falaj.components.settings.tenants import TenantWork

CONFIG_KEY = "tenant"


class TenantSiteSettings(SiteBaseSettings):
    """A site of the platform, as its own stack says it: pools that the tenant may use, vaults, and the way in."""

    kubernetes_version: KubernetesVersion
    """Kubernetes minor version of the cluster."""
    cidr: Block
    """The site's block."""
    queue: bool = False
    """Whether the platform gives the tenant a queue there."""
    image_mirror: str | None = None
    """Where images of others lie."""


class TenantStackSettings(TenantWork):
    """All that a tenant's stack says. Its space, quota and queue are the platform's to give."""

    platform: Annotated[
        str,
        TextForm(
            r"^[\w.-]+/[\w.-]+/[\w.-]+$", "the platform's stack, organization/project/stack", "acme/falaj/prod-uae"
        ),
    ]
    """The platform's stack, `organization/project/stack`."""
    name: TenantName
    """The tenant, as the platform calls it."""
    tags: CostTags
    """The mandatory cost tags."""
    sites: Annotated[dict[SiteName, TenantSiteSettings], Field(min_length=1)]
    """Sites of the platform in which the tenant has a space, by name."""
