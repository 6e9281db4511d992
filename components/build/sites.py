"""Builds a stack's cloud sites from its settings."""

import pulumi

from falaj.components.build import vault_copies
from falaj.components.build.cloud_site import BuiltSite, cloud_site
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.core.money.cost_datasets import CostDataset
from falaj.components.core.site.contexts import SiteContext
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.cluster.volume_classes import SHARED_CLASS
from falaj.components.settings.arguments import site_context
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.facts.clouds import Cloud


class Sites:
    """Creates a stack's sites on clouds, the cost monitoring of their accounts, and the copies between their vaults."""

    def __init__(self, platform: Settings) -> None:
        self.platform = platform
        for cloud in self._clouds:
            cloud_site(cloud).prepare()
        self.providers = {name: cloud_site(site.cloud).provider(name, site) for name, site in platform.sites.items()}
        self.readers = vault_copies.reader_roles(platform, self.providers)
        self.topics: dict[Cloud, pulumi.Output[str] | None] = {}
        self.built: dict[str, BuiltSite] = {}
        for name in self._order:
            site = platform.sites[name]
            self.built[name] = cloud_site(site.cloud).site(name, site, self._context(name, site), self.providers[name])
        vault_copies.replicate(platform, self.built, self.providers)

    @property
    def clusters(self) -> dict[str, WorkloadCluster]:
        """Clusters of the sites, for the workloads that run on them."""
        return {
            name: _cluster(name, self.platform.sites[name], self.platform, site) for name, site in self.built.items()
        }

    @property
    def _clouds(self) -> list[Cloud]:
        """Clouds that have sites, in the order of the settings."""
        return list(dict.fromkeys(site.cloud for site in self.platform.sites.values()))

    @property
    def _order(self) -> list[str]:
        """Names of the sites in the order of creation.

        The AWS site of a replication comes last: its bucket policies contain the public address of the Azure site.
        """
        replicated = self.platform.replication.aws if self.platform.replication else None
        return sorted(self.platform.sites, key=lambda name: name == replicated)

    def _context(self, name: str, site: SiteSettings) -> SiteContext:
        replication = self.platform.replication
        finops = self.platform.finops.get(site.cloud)
        is_replicated = replication is not None and replication.aws == name
        return site_context(
            self.platform,
            name,
            alarm_topic=self._topic(site),
            vault_readers=self.readers if is_replicated else {},
            reader_addresses=vault_copies.reader_addresses(self.platform, self.built) if is_replicated else (),
            reader_endpoints=vault_copies.reader_endpoints(self.platform) if is_replicated else (),
            bill_from=self._bill_from(name, site),
            bill_dataset=finops.export_dataset if finops else CostDataset.ACTUAL,
        )

    def _topic(self, site: SiteSettings) -> pulumi.Output[str] | None:
        """Returns the topic of the account's budgets and alarms; None if the stack does not monitor the account."""
        if site.cloud not in self.topics:
            finops = self.platform.finops.get(site.cloud)
            region = next(other.region for other in self.platform.sites.values() if other.cloud is site.cloud)
            watch = cloud_site(site.cloud).watch_account
            self.topics[site.cloud] = watch(region, self.platform, finops) if finops else None
        return self.topics[site.cloud]

    def _bill_from(self, name: str, site: SiteSettings) -> pulumi.Input[str] | None:
        """Returns the first day of the month from which this site stores the account's billing data.

        None except for the cloud's first site, if billing data is exported to a site.
        """
        finops = self.platform.finops.get(site.cloud)
        first = next(key for key, other in self.platform.sites.items() if other.cloud is site.cloud)
        if finops is None or name != first or not cloud_site(site.cloud).exports_bill_to_site:
            return None
        if not finops.cost_export:
            return None
        return finops.budget.start if finops.export_start is None else finops.export_start


def _cluster(name: str, settings: SiteSettings, platform: Settings, site: BuiltSite) -> WorkloadCluster:
    return WorkloadCluster(
        name=name,
        cloud=settings.cloud,
        region=settings.region,
        cidr=str(settings.network.cidr),
        version=settings.kubernetes_version,
        node_autoscaler=settings.autoscaler,
        pools=settings.pools,
        shared=settings.cluster,
        site=site.component,
        outputs=site.outputs,
        kubernetes=site.kubernetes,
        vaults=site.vaults,
        creates_vaults=True,
        tags=with_tags(platform.tags, site=name),
        identity=site.identity,
        image_mirror=settings.network.image_mirror,
        store_cidrs=site.store_cidrs,
        shared_class=SHARED_CLASS if settings.has_shared_files else None,
        endpoint_cidrs=site.endpoint_cidrs,
        datasets=site.datasets,
    )
