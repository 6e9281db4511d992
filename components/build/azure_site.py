"""Azure, as the build of a stack uses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

from falaj.components.build.cloud_site import BuiltSite, CloudSite, first_site, platform_filter
from falaj.components.build.workload_identity import AccessGrant, WorkloadIdentity, written
from falaj.components.core.site.args import site_args
from falaj.components.core.site.contexts import SiteContext
from falaj.components.settings.money import FinopsSettings
from falaj.components.settings.resource_names import FINOPS, access_name
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantSiteSettings
from falaj.components.settings.workloads import Use
from falaj.facts.clouds import Cloud


@dataclass(frozen=True)
class AzureWorkloadIdentity:
    """Vaults on Azure: id of each container by purpose."""

    region: str
    group_name: pulumi.Input[str]
    group_id: pulumi.Input[str]
    oidc_issuer_url: pulumi.Input[str]
    vaults: Mapping[str, pulumi.Input[str]]
    provider: pulumi.ProviderResource
    after: Sequence[pulumi.Resource] = field(default=())

    @property
    def exported(self) -> object:
        """Id of each container, and their resource group."""
        containers = {purpose: {"container": container} for purpose, container in self.vaults.items()}
        return {"group": {"name": self.group_name, "id": self.group_id}, "vaults": containers}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """By a managed identity that trusts the service account's tokens of this cluster."""
        from falaj.components.azure.identity.vault_access import VaultAccess, VaultAccessArgs, VaultGrant

        grants: dict[str, VaultGrant] = {}
        for purpose, use in uses.items():
            grants[purpose] = VaultGrant(container_id=self.vaults[purpose], folder=use.folder)
        access = VaultAccess(
            access_name(name),
            VaultAccessArgs(
                region=self.region,
                resource_group_name=self.group_name,
                resource_group_id=self.group_id,
                oidc_issuer_url=self.oidc_issuer_url,
                namespace=namespace,
                service_account=account,
                vaults=grants,
                writes=written(uses),
                tags=tags,
            ),
            pulumi.ResourceOptions(providers=[self.provider], depends_on=list(self.after)),
        )
        return AccessGrant([access], access.client_id)

    def deployer_group(
        self, name: str, tenant: str, deployer: pulumi.Input[str], tags: Mapping[str, str]
    ) -> pulumi.Input[str]:
        """By a role assignment that lets the Entra group fetch the kubeconfig. Azure RBAC Writer would cover secrets
        and no custom resources; AKS asks Kubernetes' RBAC too (azure-aks-docs, concepts-cluster-authorization)."""
        from falaj.components.azure.cluster.access import grant_kubeconfig

        opts = pulumi.ResourceOptions(provider=self.provider, depends_on=list(self.after))
        grant_kubeconfig(name, self.group_id, deployer, opts)
        return deployer


class AzureCloud:
    """Sites on Azure. The SDK is imported when the first of them is created."""

    exports_bill_to_site = True

    def prepare(self) -> None:
        """Drop the aliases of older API versions, which cost half of a preview's processor time."""
        from falaj.components import azure

        pulumi.runtime.register_stack_transformation(azure.without_old_versions)

    def provider(self, name: str, settings: SiteSettings | TenantSiteSettings) -> pulumi.ProviderResource:
        """The explicit provider of a site, for its region and subscription only."""
        from falaj.components import azure

        return azure.site_provider(name, settings.region, settings.azure)

    def site(
        self, name: str, settings: SiteSettings, context: SiteContext, provider: pulumi.ProviderResource
    ) -> BuiltSite:
        """Create a site. Raises `BadArguments`."""
        from falaj.components import azure

        args = site_args(azure.SiteArgs, settings, context)
        site = azure.Site(name, args, pulumi.ResourceOptions(providers=[provider]))
        containers = {purpose: vault.container_id for purpose, vault in site.vaults.items()}
        return BuiltSite(
            component=site,
            outputs=site,
            kubernetes=site.kubernetes,
            vaults={purpose: vault.uri for purpose, vault in site.vaults.items()},
            identity=AzureWorkloadIdentity(
                settings.region, site.group_name, site.group_id, site.oidc_issuer_url, containers, provider, [site]
            ),
            endpoint_cidrs=site.endpoint_cidrs,
        )

    def identity_of_platform(
        self, settings: TenantSiteSettings, site: pulumi.Output[Mapping[str, Any]], provider: pulumi.ProviderResource
    ) -> WorkloadIdentity:
        """Access to the vaults of a site that the platform's own stack created, from that stack's outputs."""
        group, vaults = site["doors"]["group"], site["doors"]["vaults"]
        containers = {purpose.value: vaults[purpose.value]["container"] for purpose in settings.vaults}
        return AzureWorkloadIdentity(
            settings.region, group["name"], group["id"], site["oidcIssuerUrl"], containers, provider
        )

    def kubeconfig_of_platform(
        self, settings: TenantSiteSettings, kubeconfig: pulumi.Output[str]
    ) -> pulumi.Output[str]:
        """The same: `kubelogin` reads the identity from the environment."""
        return kubeconfig

    def watch_account(self, region: str, platform: Settings, finops: FinopsSettings) -> pulumi.Output[str]:
        """Watch the bill of the whole subscription; returns the action group that budgets and alarms publish to."""
        from pulumi_azure_native import resources

        from falaj.components import azure

        provider = azure.site_provider(FINOPS, region, first_site(platform, Cloud.AZURE).azure)
        opts = pulumi.ResourceOptions(providers=[provider])
        group = resources.ResourceGroup(
            f"{FINOPS}-group", location=region, tags=platform.tags, opts=pulumi.ResourceOptions(provider=provider)
        )
        watch = azure.FinOps(
            f"{FINOPS}-azure",
            azure.FinOpsArgs(
                region=region,
                resource_group_name=group.name,
                resource_group_id=group.id,
                notify=finops.budget.notify,
                start=finops.budget.start,
                tags=platform.tags,
            ),
            opts,
        )
        azure.BudgetAlarm(
            f"{FINOPS}-azure-budget",
            azure.BudgetAlarmArgs(
                region=region,
                resource_group_name=group.name,
                resource_group_id=group.id,
                scope=platform.tags["project"],
                aed_per_usd=platform.currency.aed_per_usd,
                cost_filter=platform_filter(platform),
                topic=watch.topic,
                tags=platform.tags,
                **dict(finops.budget),
            ),
            opts,
        )
        return watch.topic


CLOUD: CloudSite = AzureCloud()
