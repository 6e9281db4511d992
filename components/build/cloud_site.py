"""The protocol that every cloud implements, so that the code that builds a stack is the same for all clouds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol, runtime_checkable

import pulumi

from falaj.components.build.workload_identity import WorkloadIdentity
from falaj.components.core.site.contexts import SiteContext
from falaj.components.core.training.datasets import DatasetFileSystem
from falaj.components.settings.money import FinopsSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantSiteSettings
from falaj.facts.clouds import CLOUDS, Cloud


class SiteOutputs(Protocol):
    """Outputs of every `Site` component, on any cloud and on premises."""

    @property
    def region(self) -> pulumi.Output[str]: ...
    @property
    def cluster_name(self) -> pulumi.Output[str]: ...
    @property
    def endpoint(self) -> pulumi.Output[str]: ...
    @property
    def kubeconfig(self) -> pulumi.Output[str]: ...
    @property
    def oidc_issuer_url(self) -> pulumi.Output[str]: ...
    @property
    def vault_uris(self) -> pulumi.Output[Mapping[str, str]]: ...
    @property
    def pool_names(self) -> pulumi.Output[Sequence[str]]: ...
    @property
    def storage_classes(self) -> pulumi.Output[Mapping[str, str]]: ...
    @property
    def registry(self) -> pulumi.Output[str]: ...
    @property
    def image_caches(self) -> pulumi.Output[Mapping[str, str]]: ...
    @property
    def nat_addresses(self) -> pulumi.Output[Sequence[str]]: ...


@dataclass(frozen=True)
class BuiltSite:
    """A created site: its component, and the values that the rest of the stack needs."""

    component: pulumi.ComponentResource
    outputs: SiteOutputs
    kubernetes: pulumi.ProviderResource
    """Kubernetes provider of the site's cluster."""
    vaults: Mapping[str, pulumi.Output[str]]
    """URI of each vault by purpose."""
    identity: WorkloadIdentity
    """Grants pods access to the vaults."""
    store_cidrs: pulumi.Input[Sequence[str]] | None = None
    """CIDR blocks of the vaults' service outside the site's network; None if the service has private endpoints."""
    endpoint_cidrs: pulumi.Input[Sequence[str]] | None = None
    """CIDR blocks of the site's private endpoints; None if they may lie anywhere in its network."""
    datasets: DatasetFileSystem | None = None
    """File system in front of the vault for datasets; None if the site has none."""


@runtime_checkable
class CloudSite(Protocol):
    """Operations that create a stack's resources on one cloud. `CloudRules` holds the cloud's rules without an SDK."""

    exports_bill_to_site: bool
    """Whether the account's billing data is exported to storage of the cloud's first site. If False, the component that
    monitors the account stores it."""

    def prepare(self) -> None:
        """Runs once, before the program creates any resource on the cloud."""
        ...

    def provider(self, name: str, settings: SiteSettings | TenantSiteSettings) -> pulumi.ProviderResource:
        """Creates the explicit provider of a site, limited to the site's region and account."""
        ...

    def site(
        self, name: str, settings: SiteSettings, context: SiteContext, provider: pulumi.ProviderResource
    ) -> BuiltSite:
        """Creates a site. Raises `BadArguments`."""
        ...

    def identity_of_platform(
        self, settings: TenantSiteSettings, site: pulumi.Output[Mapping[str, Any]], provider: pulumi.ProviderResource
    ) -> WorkloadIdentity:
        """Returns access to the vaults of a site that the platform's stack created, from that stack's outputs."""
        ...

    def kubeconfig_of_platform(
        self, settings: TenantSiteSettings, kubeconfig: pulumi.Output[str]
    ) -> pulumi.Output[str]:
        """Returns the kubeconfig of a site that the platform's stack created, for the identity of a tenant's stack."""
        ...

    def watch_account(self, region: str, platform: Settings, finops: FinopsSettings) -> pulumi.Output[str]:
        """Monitors the cost of the whole account; returns the topic that budgets and alarms publish to."""
        ...


@cache
def cloud_site(cloud: Cloud) -> CloudSite:
    """Returns the implementation of a registered cloud; raises KeyError for an unregistered one.

    The cloud's SDK is imported only when a resource is created.
    """
    implementation = import_module(CLOUDS[cloud].builder).CLOUD
    assert isinstance(implementation, CloudSite)  # noqa: S101 - true of every registered cloud
    return implementation


def first_site(platform: Settings, cloud: Cloud) -> SiteSettings:
    """Returns the first site of a cloud, whose account is the one that the stack monitors."""
    return next(site for site in platform.sites.values() if site.cloud is cloud)


def platform_filter(platform: Settings) -> dict[str, str]:
    """Returns the tags that select the cost of this platform in this environment."""
    return {key: platform.tags[key] for key in ("project", "environment")}
