"""The stub, as the build of a stack uses it."""

from collections.abc import Mapping
from typing import Any

import pulumi

from falaj.components.build.cloud_site import BuiltSite, CloudSite
from falaj.components.build.workload_identity import AccessGrant, WorkloadIdentity
from falaj.components.core.site.args import SiteArgs, site_args
from falaj.components.core.site.contexts import SiteContext
from falaj.components.settings.money import FinopsSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantSiteSettings
from falaj.components.settings.workloads import Use

from .parts import KUBECONFIG, Part, Site


class StubIdentity:
    """Access that is granted by a component."""

    exported: object = {}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """By a component that creates nothing."""
        return AccessGrant([Part("Access", f"{name}-access", {"tags": dict(tags)})])

    def deployer_group(
        self, name: str, tenant: str, deployer: pulumi.Input[str], tags: Mapping[str, str]
    ) -> pulumi.Input[str]:
        """By the name of the deployer."""
        return deployer


class Provider(pulumi.ProviderResource):
    """The explicit provider of a site; of Kubernetes, because the stub has no package."""


class StubCloud:
    """Sites on the stub."""

    exports_bill_to_site = False

    def prepare(self) -> None:
        """Nothing."""

    def provider(self, name: str, settings: SiteSettings | TenantSiteSettings) -> pulumi.ProviderResource:
        """A provider that no resource uses."""
        return Provider("kubernetes", f"{name}-{settings.region}", {"kubeconfig": KUBECONFIG})

    def site(
        self, name: str, settings: SiteSettings, context: SiteContext, provider: pulumi.ProviderResource
    ) -> BuiltSite:
        """Create a site."""
        site = Site(name, site_args(SiteArgs, settings, context))
        return BuiltSite(site, site, site.kubernetes, site.vaults, StubIdentity())

    def identity_of_platform(
        self, settings: TenantSiteSettings, site: pulumi.Output[Mapping[str, Any]], provider: pulumi.ProviderResource
    ) -> WorkloadIdentity:
        """The same for a tenant's own stack."""
        return StubIdentity()

    def kubeconfig_of_platform(
        self, settings: TenantSiteSettings, kubeconfig: pulumi.Output[str]
    ) -> pulumi.Output[str]:
        """The same for every identity."""
        return kubeconfig

    def watch_account(self, region: str, platform: Settings, finops: FinopsSettings) -> pulumi.Output[str]:
        """A budget of the whole account."""
        Part("Budget", "finops-budget", {"aed": float(finops.budget.aed_per_month)})
        return pulumi.Output.from_input("topic")


CLOUD: CloudSite = StubCloud()
