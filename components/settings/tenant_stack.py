"""Settings of a tenant's own stack: the platform that it uses, and the tenant's workloads."""

from typing import Annotated

from pydantic import Field

from falaj.components.core.accounts.aws_accounts import AwsIamOptions, AwsProviderOptions
from falaj.components.core.accounts.azure_accounts import AzureProviderOptions
from falaj.components.core.charts.sources import ImageSource
from falaj.components.core.network.blocks import SiteBlock
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.names import SiteName, TenantName
from falaj.components.core.validation.tags import StackTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.settings.sites import SiteBaseSettings
from falaj.components.settings.tenants import TenantWork

CONFIG_KEY = "tenant"


class TenantAwsSettings(AwsIamOptions, AwsProviderOptions):
    """Account of a site on AWS, and its rules for the roles of the tenant's workloads."""

    scratch: bool = False
    """Whether the site has a Lustre file system in front of the vault for datasets, as `aws.scratch_gib` in the
    platform's stack. Runs with a `dataset` in it mount it at `/datasets`. Default: false."""


class TenantSiteSettings(SiteBaseSettings, ImageSource):
    """Site of the platform, with the same values as in the platform's stack: pools that the tenant may use, vaults and
    gateway."""

    kubernetes_version: KubernetesVersion
    """Kubernetes minor version of the cluster."""
    cidr: SiteBlock
    """IPv4 CIDR block of the site's network."""
    aws: TenantAwsSettings | None = None
    """Account of a site on AWS."""
    azure: AzureProviderOptions | None = None
    """Subscription of a site on Azure."""
    shared_files: bool = False
    """Whether the site has shared files, as `storage.shared_files` in the platform's stack. Default: false."""
    queue: bool = False
    """Whether the platform gives the tenant a queue on the site. Until it is set there, Kueue suspends the jobs of a
    tenant that has got a queue. Default: false."""

    @property
    def has_dataset_files(self) -> bool:
        """Whether a file system is in front of the vault for datasets."""
        return self.aws is not None and self.aws.scratch

    @property
    def has_shared_files(self) -> bool:
        """Whether workloads can mount shared files."""
        return self.shared_files


class TenantStackSettings(TenantWork):
    """Settings of a tenant's own stack. The tenant's space, quota and queue are set in the platform's stack."""

    platform: Annotated[
        str,
        TextForm(
            r"^[0-9A-Za-z_.-]+/[0-9A-Za-z_.-]+/[0-9A-Za-z_.-]+$",
            "the platform's stack, organization/project/stack",
            "acme/falaj/prod-uae",
        ),
    ]
    """Name of the platform's stack, `organization/project/stack`."""
    name: TenantName
    """Name of the tenant in the platform's stack."""
    tags: StackTags
    """Mandatory cost tags, applied to every resource that supports tags."""
    sites: Annotated[dict[SiteName, TenantSiteSettings], Field(min_length=1)]
    """Sites of the platform on which the tenant has a space, by name: at least one."""
