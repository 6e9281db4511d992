"""From a site's settings to its components, on whichever cloud it runs.

A cloud's package is imported only when a site needs it: an AWS-only stack never loads Azure's SDK.
"""

from typing import TYPE_CHECKING

import pulumi

from components.core.specs import BudgetSpec, PoolSpec, SiteArgs
from components.settings import Settings
from components.settings_money import BudgetSettings
from components.settings_sites import PoolSettings, SiteSettings
from falaj.facts.regions import Cloud

if TYPE_CHECKING:
    from components import aws, azure

    Site = aws.Site | azure.Site


def build(name: str, site: SiteSettings, platform: Settings) -> "Site":
    """Build one site under an explicit provider pinned to its region."""
    if site.cloud is Cloud.AWS:
        from components import aws

        provider = aws.site_provider(name, site.region)
        return aws.Site(name, site_args(site, platform), pulumi.ResourceOptions(providers=[provider]))
    from components import azure

    pulumi.runtime.register_stack_transformation(azure.without_old_versions)
    provider = azure.site_provider(name, site.region)
    return azure.Site(name, site_args(site, platform), pulumi.ResourceOptions(providers=[provider]))


def site_args(site: SiteSettings, platform: Settings) -> SiteArgs:
    """A site's settings as its component takes them: the same on every cloud."""
    return {
        "region": site.region,
        "cidr": str(site.network.cidr),
        "zones": site.network.zones,
        "egress": site.network.egress,
        "kubernetes_version": site.kubernetes_version,
        "log_retention_days": site.log_retention_days,
        "public_access_cidrs": [str(block) for block in site.public_access_cidrs],
        "administrators": site.administrators,
        "protect": site.protect,
        "pools": {name: _pool(pool) for name, pool in site.pools.items()},
        "vaults": site.vaults,
        "budget": _budget(site.budget),
        "aed_per_usd": float(platform.currency.aed_per_usd),
        "tags": platform.tags,
    }


def outputs(site: "Site") -> dict[str, object]:
    """What the stack exports of a site: the same keys on every cloud."""
    return {
        "region": site.region,
        "clusterName": site.cluster_name,
        "endpoint": site.endpoint,
        "oidcIssuerUrl": site.oidc_issuer_url,
        "vaultUris": site.vault_uris,
        "poolNames": site.pool_names,
    }


def _pool(pool: PoolSettings) -> PoolSpec:
    spec: PoolSpec = {
        "profile": pool.profile,
        "machines": pool.machines,
        "capacity": pool.capacity,
        "min": pool.min,
        "max": pool.max,
    }
    if pool.disk_gib is not None:
        spec["disk_gib"] = pool.disk_gib
    return spec


def _budget(budget: BudgetSettings) -> BudgetSpec:
    return {
        "aed_per_month": float(budget.aed_per_month),
        "actual_percent": budget.actual_percent,
        "forecast_percent": budget.forecast_percent,
        "notify": budget.notify,
        "start": budget.start,
    }
