"""The clusters that a stack declares, as workloads and queues see them before anything is created. Pure."""

from collections.abc import Iterator, Mapping

from falaj.components.core.node_pools.fixed_pools import as_node_pool, nodes_of_machines
from falaj.components.core.node_pools.own_machines import own_machine_prices
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.core.validation.tags import with_tags
from falaj.components.settings.arguments import DeclaredCluster
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.sites import SiteBaseSettings
from falaj.components.settings.stack import Settings
from falaj.facts.clouds import Cloud


def declared_clusters(settings: Settings) -> Iterator[DeclaredCluster]:
    """Yields the clusters of all sites: on clouds, then on premises."""
    for name, site in settings.sites.items():
        yield cloud_cluster(name, site, settings.tags, site.network.image_mirror)
    for name, site in settings.onprem.items():
        yield _onprem_cluster(name, site, settings.tags)


def cloud_cluster(
    name: str, site: SiteBaseSettings, tags: Mapping[str, str], image_mirror: Input[str] | None
) -> DeclaredCluster:
    """Returns the cluster of a site on a cloud, with the cost tags of its stack."""
    return DeclaredCluster(
        name=name,
        cloud=site.cloud,
        region=site.region,
        node_autoscaler=site.autoscaler,
        pools=site.pools,
        shared=site.cluster,
        tags=with_tags(tags, site=name),
        image_mirror=image_mirror,
    )


def _onprem_cluster(name: str, site: OnPremSettings, tags: Mapping[str, str]) -> DeclaredCluster:
    burst = site.burst
    return DeclaredCluster(
        name=name,
        cloud=Cloud.ONPREM,
        region=burst.region if burst else None,
        node_autoscaler=burst.node_autoscaler if burst else NodeAutoscaler.CLUSTER_AUTOSCALER,
        pools={
            **{key: as_node_pool(pool) for key, pool in site.pools.items()},
            **(burst.pools if burst else {}),
        },
        shared=site.cluster,
        tags=with_tags(tags, site=name),
        store=StoreSpec(endpoint=site.store.endpoint, secret=site.store.secret) if site.store else None,
        image_mirror=site.image_mirror,
        own_machines=site.machines,
        topology=site.topology,
        prices=own_machine_prices(site.machines, nodes_of_machines(site.pools, site.machines), site.energy),
    )
