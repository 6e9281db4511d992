"""What a cloud provides: the protocol behind which nothing asks which cloud it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol, runtime_checkable

import pulumi

from falaj.components.build.workload_identity import WorkloadIdentity
from falaj.components.core.site.specs import SiteContext
from falaj.components.settings.money import FinopsSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantSiteSettings
from falaj.facts.clouds import CLOUDS, Cloud

FINOPS = "finops"
"""Name of what watches a cloud's account as a whole."""


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
    def nat_addresses(self) -> pulumi.Output[Sequence[str]]: ...


@dataclass(frozen=True)
class BuiltSite:
    """A site that was created: its component, and what the rest of the stack needs of it."""

    component: pulumi.ComponentResource
    outputs: SiteOutputs
    kubernetes: pulumi.ProviderResource
    """Provider of its cluster."""
    vaults: Mapping[str, pulumi.Output[str]]
    """Address of each vault by purpose."""
    identity: WorkloadIdentity
    """Access of pods to the vaults."""
    store_cidrs: pulumi.Input[Sequence[str]] | None = None
    """Blocks of the vaults' service outside the network; None where private endpoints lead there."""


@runtime_checkable
class CloudSite(Protocol):
    """One cloud, as the build of a stack uses it. Its pure half is `CloudRules`."""

    exports_bill_to_site: bool
    """Whether the account's bill is exported to storage of the cloud's first site, instead of the account's own."""

    def prepare(self) -> None:
        """What a program does once before it creates anything on the cloud."""
        ...

    def provider(self, name: str, region: str) -> pulumi.ProviderResource:
        """The explicit provider of a site, for its region only."""
        ...

    def site(
        self, name: str, settings: SiteSettings, context: SiteContext, provider: pulumi.ProviderResource
    ) -> BuiltSite:
        """Create a site. Raises `BadArguments`."""
        ...

    def identity_of_platform(
        self, settings: TenantSiteSettings, site: pulumi.Output[Mapping[str, Any]], provider: pulumi.ProviderResource
    ) -> WorkloadIdentity:
        """Access to the vaults of a site that the platform's own stack created, from that stack's outputs."""
        ...

    def watch_account(self, region: str, platform: Settings, finops: FinopsSettings) -> pulumi.Output[str]:
        """Watch the bill of the whole account; returns the topic that budgets and alarms publish to."""
        ...


@cache
def cloud_site(cloud: Cloud) -> CloudSite:
    """A cloud of the registry. Its SDK is imported only when something is created. Raises KeyError for another one."""
    built = import_module(CLOUDS[cloud].builder).CLOUD
    assert isinstance(built, CloudSite)  # noqa: S101 - what the registry promises
    return built


def platform_filter(platform: Settings) -> dict[str, str]:
    """Tags that every cost of the platform in this environment carries."""
    return {key: platform.tags[key] for key in ("project", "environment")}
