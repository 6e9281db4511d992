"""From a site's settings to its components, on whichever cloud it runs.

A cloud's package is imported only when a site needs it: an AWS-only stack never loads Azure's SDK.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pulumi

from falaj.components.build.cluster_addons import scales
from falaj.components.build.clusters import Cluster
from falaj.components.build.workload_identity import AwsWorkloadIdentity, AzureWorkloadIdentity, WorkloadIdentity
from falaj.components.core.site.specs import BudgetSpec, PoolSpec, SiteArgs, StorageSpec
from falaj.components.core.validation.tags import merged
from falaj.components.settings.money import BudgetSettings
from falaj.components.settings.sites import AwsSettings, AzureSettings, PoolSettings, SiteSettings
from falaj.components.settings.stack import Settings
from falaj.facts.regions import Cloud

if TYPE_CHECKING:
    from falaj.components import aws, azure

    Site = aws.Site | azure.Site


@dataclass(frozen=True)
class Surroundings:
    """What a site is told of parts outside it: where its alarms go, from which month it keeps the bill (one site on
    Azure), who copies its vaults and from where (AWS)."""

    bill_from: str | None = None
    alarm_topic: pulumi.Input[str] | None = None
    vault_readers: Mapping[str, Sequence[pulumi.Input[str]]] = field(default_factory=dict)
    reader_addresses: Sequence[pulumi.Input[str]] = ()
    reader_endpoints: Sequence[str] = ()


def pinned(name: str, cloud: Cloud, region: str) -> pulumi.ProviderResource:
    """The explicit provider of a site, pinned to its region."""
    if cloud is Cloud.AWS:
        from falaj.components import aws

        return aws.site_provider(name, region)
    from falaj.components import azure

    return azure.site_provider(name, region)


def build(
    name: str, site: SiteSettings, platform: Settings, around: Surroundings, provider: pulumi.ProviderResource
) -> "Site":
    """Build one site."""
    args, opts = site_args(name, site, platform, around), pulumi.ResourceOptions(providers=[provider])
    if site.cloud is Cloud.AWS:
        from falaj.components import aws

        return aws.Site(name, args, opts)
    from falaj.components import azure

    return azure.Site(name, args, opts)


def site_args(name: str, site: SiteSettings, platform: Settings, around: Surroundings) -> SiteArgs:
    """A site's settings as its component takes them."""
    args: SiteArgs = {
        "region": site.region,
        "cidr": str(site.network.cidr),
        "zones": site.network.zones,
        "egress": site.network.egress,
        "kubernetes_version": site.kubernetes_version,
        "log_retention_days": site.log_retention_days,
        "public_access_cidrs": [str(block) for block in site.public_access_cidrs],
        "administrators": site.administrators,
        "node_autoscaler": site.autoscaler,
        "office_hours": {"opens": site.office_hours.opens, "closes": site.office_hours.closes},
        "sleeps": site.sleeps,
        "protect": site.protect,
        "pools": {pool_name: as_pool(pool) for pool_name, pool in site.pools.items()},
        "vaults": site.vaults,
        "vault_readers": around.vault_readers,
        "reader_addresses": around.reader_addresses,
        "reader_endpoints": around.reader_endpoints,
        "storage": _storage(site),
        "budget": budget_spec(site.budget),
        "tenant_budgets": {
            tenant_name: budget_spec(tenant.budgets[name])
            for tenant_name, tenant in platform.tenants.items()
            if name in tenant.budgets
        },
        "aed_per_usd": float(platform.currency.aed_per_usd),
        "tags": platform.tags,
    }
    if site.network.firewall_address is not None:
        args["firewall_address"] = str(site.network.firewall_address)
    if site.network.image_mirror is not None:
        args["image_mirror"] = site.network.image_mirror
    if around.alarm_topic is not None:
        args["alarm_topic"] = around.alarm_topic
    if around.bill_from is not None:
        args["bill_from"] = around.bill_from
    if site.aws is not None:
        if (brake := site.aws.budget_stop) is not None:
            args["budget_stop"] = {"stops": brake.stops, "percent": brake.percent, "automatic": brake.automatic}
        args["addon_versions"] = site.aws.addon_versions
        args["private_access_cidrs"] = [str(block) for block in site.aws.private_access_cidrs]
    if site.cloud is Cloud.AZURE:
        args["keda"] = not scales(name, platform.tenants)
    if site.azure is not None:
        args.update(hsm=site.azure.hsm, defender=site.azure.defender, azure_policy=site.azure.azure_policy)
    return args


def cluster(
    name: str, site: SiteSettings, platform: Settings, built: "Site", provider: pulumi.ProviderResource
) -> Cluster:
    """A site's cluster, as what runs on it knows it."""
    return Cluster(
        name=name,
        cloud=site.cloud,
        region=site.region,
        cidr=str(site.network.cidr),
        version=site.kubernetes_version,
        node_autoscaler=site.autoscaler,
        pools={pool_name: as_pool(pool) for pool_name, pool in site.pools.items()},
        shared=site.cluster,
        site=built,
        kubernetes=built.kubernetes,
        vaults={purpose: vault.uri for purpose, vault in built.vaults.items()},
        tags=merged(platform.tags, site=name),
        identity=_identity(site, built, provider),
        image_mirror=site.network.image_mirror,
        store_cidrs=cast("aws.Site", built).store_cidrs if site.cloud is Cloud.AWS else None,
    )


def _identity(settings: SiteSettings, built: "Site", provider: pulumi.ProviderResource) -> WorkloadIdentity:
    """How pods get into the vaults of a built site."""
    if settings.cloud is Cloud.AWS:
        site = cast("aws.Site", built)
        buckets = {purpose: (vault.vault_name, vault.key_id) for purpose, vault in site.vaults.items()}
        return AwsWorkloadIdentity(settings.region, site.cluster_name, buckets, provider, [site])
    site = cast("azure.Site", built)
    containers = {purpose: vault.container_id for purpose, vault in site.vaults.items()}
    group = site.group
    return AzureWorkloadIdentity(
        settings.region, group.name, group.id, site.oidc_issuer_url, containers, provider, [site]
    )


def _storage(site: SiteSettings) -> StorageSpec:
    of_aws, of_azure = site.aws or AwsSettings(), site.azure or AzureSettings()
    storage: StorageSpec = {
        "shared_files": site.storage.shared_files,
        "shared_files_gib": site.storage.shared_files_gib,
        "registry": site.storage.registry,
        "repositories": site.storage.repositories,
        "backup": of_aws.backup,
        "geo_redundant": of_azure.geo_redundant,
    }
    if of_aws.scratch_gib is not None:
        storage["scratch_gib"] = of_aws.scratch_gib
    return storage


def as_pool(pool: PoolSettings) -> PoolSpec:
    """The pool as its component takes it; what was not said stays out."""
    said = pool.model_dump(exclude_defaults=True)
    return cast(PoolSpec, {"capacity": pool.capacity, "min": pool.min, **said})


def budget_spec(budget: BudgetSettings) -> BudgetSpec:
    """A budget as components take it."""
    return {
        "aed_per_month": float(budget.aed_per_month),
        "actual_percent": budget.actual_percent,
        "forecast_percent": budget.forecast_percent,
        "notify": budget.notify,
        "start": budget.start,
    }
