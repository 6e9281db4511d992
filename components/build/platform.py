"""The whole platform of a stack: the bill, the sites, the copies between them, and what runs on their clusters."""

from typing import TYPE_CHECKING

import pulumi

from falaj.components.build import account_finops, onprem, sites, vault_copies
from falaj.components.build.cluster_addons import ClusterAddons
from falaj.components.build.clusters import Cluster, outputs
from falaj.components.build.sites import Surroundings
from falaj.components.build.workloads import Workloads
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.stack import Settings
from falaj.facts.regions import Cloud

if TYPE_CHECKING:
    from falaj.components.build.sites import Site


def build(platform: Settings) -> dict[str, dict[str, object]]:
    """Build all that a stack says; returns what is exported of each site."""
    for warning in warnings(platform):
        pulumi.log.warn(warning)
    clusters = {**_on_clouds(platform), **_existing(platform)}
    for cluster in clusters.values():
        run_on(cluster, platform)
    return {name: outputs(cluster) for name, cluster in clusters.items()}


def _existing(platform: Settings) -> dict[str, Cluster]:
    """Clusters that are there already, by site."""
    return {
        name: onprem.cluster(name, site, platform, onprem.build(name, site, platform))
        for name, site in platform.onprem.items()
    }


def _on_clouds(platform: Settings) -> dict[str, Cluster]:
    """The clusters of sites on clouds, with the bill and the copies between them, by site."""
    if any(site.cloud is Cloud.AZURE for site in platform.sites.values()):
        from falaj.components import azure

        pulumi.runtime.register_stack_transformation(azure.without_old_versions)
    providers = {name: sites.pinned(name, site.cloud, site.region) for name, site in platform.sites.items()}
    readers = vault_copies.readers(platform, providers)
    copied = platform.replication.aws if platform.replication else None
    built: dict[str, Site] = {}
    for cloud in (Cloud.AZURE, Cloud.AWS):  # vaults on AWS let in copies that come from the addresses of Azure's site
        names = [name for name, site in platform.sites.items() if site.cloud is cloud]
        if not names:
            continue
        topic = account_finops.watch(cloud, platform.sites[names[0]].region, platform)
        for name in names:
            around = Surroundings(
                alarm_topic=topic,
                bill_from=account_finops.kept_from(platform) if cloud is Cloud.AZURE and name == names[0] else None,
                vault_readers=readers if name == copied else {},
                reader_addresses=vault_copies.addresses(platform, built) if name == copied else (),
                reader_endpoints=vault_copies.endpoints(platform) if name == copied else (),
            )
            built[name] = sites.build(name, platform.sites[name], platform, around, providers[name])
    vault_copies.replicate(platform, built, providers)
    return {
        name: sites.cluster(name, platform.sites[name], platform, site, providers[name]) for name, site in built.items()
    }


def run_on(cluster: Cluster, platform: Settings) -> None:
    """Create the add-ons of a cluster and the workloads of its tenants."""
    addons = ClusterAddons(cluster, platform.tenants, float(platform.currency.aed_per_usd))
    for name, tenant in addons.tenants.items():
        Workloads(cluster, addons, name, tenant)
