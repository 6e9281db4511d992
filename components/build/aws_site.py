"""AWS, as the build of a stack uses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

from falaj.components.build.cloud_site import BuiltSite, CloudSite, first_site, platform_filter
from falaj.components.build.workload_identity import AccessGrant, WorkloadIdentity, written
from falaj.components.core.accounts.aws_accounts import AwsIamSpec
from falaj.components.core.money.cost_categories import units_of
from falaj.components.core.site.args import site_args
from falaj.components.core.site.contexts import SiteContext
from falaj.components.core.tenancy.deployer_role import tenant_group
from falaj.components.settings.money import FinopsSettings
from falaj.components.settings.resource_names import FINOPS, access_name
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantSiteSettings
from falaj.components.settings.workloads import Use
from falaj.facts.clouds import Cloud


@dataclass(frozen=True)
class AwsWorkloadIdentity:
    """Vaults on AWS: name and key of each bucket by purpose."""

    region: str
    cluster_name: pulumi.Input[str]
    vaults: Mapping[str, tuple[pulumi.Input[str], pulumi.Input[str]]]
    provider: pulumi.ProviderResource
    iam: AwsIamSpec | None = None
    after: Sequence[pulumi.Resource] = field(default=())

    @property
    def exported(self) -> object:
        """Name and key of each bucket."""
        return {"vaults": {purpose: {"bucket": bucket, "key": key} for purpose, (bucket, key) in self.vaults.items()}}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """By a role that EKS Pod Identity associates with the service account."""
        from falaj.components.aws.identity.iam_defaults import iam_defaults
        from falaj.components.aws.identity.vault_access import VaultAccess, VaultAccessArgs, VaultGrant

        grants: dict[str, VaultGrant] = {}
        for purpose, use in uses.items():
            bucket, key = self.vaults[purpose]
            grants[purpose] = VaultGrant(bucket_name=bucket, bucket_key=key, folder=use.folder)
        access = VaultAccess(
            access_name(name),
            VaultAccessArgs(
                region=self.region,
                cluster_name=self.cluster_name,
                namespace=namespace,
                service_account=account,
                vaults=grants,
                writes=written(uses),
                tags=tags,
            ),
            pulumi.ResourceOptions.merge(
                pulumi.ResourceOptions(providers=[self.provider], depends_on=list(self.after)), iam_defaults(self.iam)
            ),
        )
        return AccessGrant([access])

    def deployer_group(
        self, name: str, tenant: str, deployer: pulumi.Input[str], tags: Mapping[str, str]
    ) -> pulumi.Input[str]:
        """By an access entry of the role, without access policy: AmazonEKSEditPolicy covers no custom resources, and
        covers secrets and shells in pods."""
        from falaj.components.aws.cluster.access_entries import group_entry

        group = tenant_group(tenant)
        opts = pulumi.ResourceOptions(provider=self.provider, depends_on=list(self.after))
        group_entry(name, self.cluster_name, deployer, group, tags, opts)
        return group


class AwsCloud:
    """Sites on AWS. The SDK is imported when the first of them is created."""

    exports_bill_to_site = False

    def prepare(self) -> None:
        """Nothing."""

    def provider(self, name: str, settings: SiteSettings | TenantSiteSettings) -> pulumi.ProviderResource:
        """The explicit provider of a site, for its region and account only."""
        from falaj.components import aws

        return aws.site_provider(name, settings.region, settings.aws.account if settings.aws else None)

    def site(
        self, name: str, settings: SiteSettings, context: SiteContext, provider: pulumi.ProviderResource
    ) -> BuiltSite:
        """Create a site. Raises `BadArguments`."""
        from falaj.components import aws

        role = settings.aws.assumed_role if settings.aws else None
        args = site_args(aws.SiteArgs, settings, context.model_copy(update={"assumed_role": role}))
        site = aws.Site(name, args, pulumi.ResourceOptions(providers=[provider]))
        buckets = {purpose: (vault.vault_name, vault.key_id) for purpose, vault in site.vaults.items()}
        return BuiltSite(
            component=site,
            outputs=site,
            kubernetes=site.kubernetes,
            vaults={purpose: vault.uri for purpose, vault in site.vaults.items()},
            identity=AwsWorkloadIdentity(
                settings.region, site.cluster_name, buckets, provider, args.options.iam, [site]
            ),
            store_cidrs=site.store_cidrs,
            endpoint_cidrs=site.endpoint_cidrs,
            datasets=site.datasets,
        )

    def identity_of_platform(
        self, settings: TenantSiteSettings, site: pulumi.Output[Mapping[str, Any]], provider: pulumi.ProviderResource
    ) -> WorkloadIdentity:
        """Access to the vaults of a site that the platform's own stack created, from that stack's outputs."""
        vaults = site["doors"]["vaults"]
        buckets = {
            purpose.value: (vaults[purpose.value]["bucket"], vaults[purpose.value]["key"])
            for purpose in settings.vaults
        }
        iam = settings.aws.iam if settings.aws else None
        return AwsWorkloadIdentity(settings.region, site["clusterName"], buckets, provider, iam)

    def kubeconfig_of_platform(
        self, settings: TenantSiteSettings, kubeconfig: pulumi.Output[str]
    ) -> pulumi.Output[str]:
        """For the role that the tenant's own settings assume; otherwise for the tenant's credentials."""
        from falaj.components.aws.cluster.kubeconfig import assuming

        role = settings.aws.assumed_role if settings.aws else None
        return kubeconfig if role is None else kubeconfig.apply(lambda text: assuming(text, role))

    def watch_account(self, region: str, platform: Settings, finops: FinopsSettings) -> pulumi.Output[str]:
        """Watch the bill of the whole account; returns the topic that budgets and alarms publish to."""
        from falaj.components import aws

        options = first_site(platform, Cloud.AWS).aws
        opts = pulumi.ResourceOptions(
            providers=[aws.site_provider(FINOPS, region, options.account if options else None)]
        )
        watch = aws.FinOps(
            FINOPS,
            aws.FinOpsArgs(
                region=region,
                aed_per_usd=platform.currency.aed_per_usd,
                anomaly_aed=finops.anomaly_aed,
                notify=finops.budget.notify,
                monitor_arn=finops.monitor_arn,
                create_monitor=finops.create_monitor,
                email_only=finops.email_only,
                business_units=units_of(platform.tenants) if finops.payer else {},
                activate_tags=finops.cost_allocation_tags,
                export=finops.cost_export is not False,
                protect=any(site.protect for site in platform.sites.values()),
                tags=platform.tags,
            ),
            opts,
        )
        aws.BudgetAlarm(
            f"{FINOPS}-budget",
            aws.BudgetAlarmArgs(
                scope=platform.tags["project"],
                aed_per_usd=platform.currency.aed_per_usd,
                cost_filter=platform_filter(platform),
                topic_arn=watch.topic_arn,
                email_only=finops.email_only,
                tags=platform.tags,
                **dict(finops.budget),
            ),
            opts,
        )
        return watch.topic_arn


CLOUD: CloudSite = AwsCloud()
