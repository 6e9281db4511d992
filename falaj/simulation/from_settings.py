"""The platform that the simulation replays work through, from a stack's settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from falaj.components.core.network.zones import site_zones
from falaj.components.core.node_pools.office_hours import OfficeHours, minutes
from falaj.components.settings.arguments import DeclaredCluster
from falaj.components.settings.checks.capacity import site_parts
from falaj.components.settings.declared_clusters import declared_clusters
from falaj.components.settings.stack import Settings
from falaj.facts.clouds import Cloud
from falaj.facts.prices import Prices, catalogue
from falaj.facts.regions import REGIONS
from falaj.simulation.commitments import committed_machines
from falaj.simulation.platform_model import Platform, PoolModel, QueueModel, ServiceModel, StandingMachines
from falaj.simulation.pool_models import PoolContext, pool_models
from falaj.simulation.queue_models import queue_models
from falaj.simulation.run_model import run_model
from falaj.simulation.service_models import Served, experiment_shares, served_models, service_models
from falaj.simulation.service_speeds import ServiceSpeed
from falaj.simulation.standing_costs import LEFT_OUT, cloud_costs, own_costs, standing_machines


@dataclass
class _Parts:
    """What has been read of a stack so far."""

    pools: list[PoolModel] = field(default_factory=list[PoolModel])
    queues: list[QueueModel] = field(default_factory=list[QueueModel])
    services: list[ServiceModel] = field(default_factory=list[ServiceModel])
    costs: dict[str, float] = field(default_factory=dict[str, float])
    standing: list[StandingMachines] = field(default_factory=list[StandingMachines])
    warnings: list[str] = field(default_factory=list[str])


def platform(
    settings: Settings,
    stack: str,
    book: Prices | None = None,
    speeds: Mapping[str, ServiceSpeed] | None = None,
) -> Platform:
    """Returns the platform of validated settings, at list prices or those of `book`. `speeds` are measured ones by
    service; the others are estimated."""
    parts, served = _Parts(), served_models(settings)
    for cluster in declared_clusters(settings):
        context = _context(cluster, settings, book or catalogue())
        models, warnings = pool_models(context, cluster.pools)
        parts.pools += models
        parts.queues += queue_models(cluster, settings)
        parts.warnings += warnings
        _add_services(parts, cluster, served, models, speeds or {})
        _add_costs(parts, cluster.name, settings, context)
    clouds = [cloud for cluster in declared_clusters(settings) if (cloud := _cloud(cluster)) is not Cloud.ONPREM]
    runs, warnings = run_model(settings, clouds)
    committed, ended = committed_machines(settings, book or catalogue())
    return Platform(
        stack=stack,
        pools=tuple(parts.pools),
        queues=tuple(parts.queues),
        services=tuple(parts.services),
        runs=runs,
        system_aed_per_month=parts.costs,
        warnings=(*parts.warnings, *warnings, *ended, LEFT_OUT),
        experiments=experiment_shares(settings),
        commitments=committed,
        standing=tuple(parts.standing),
    )


def _add_services(
    parts: _Parts,
    cluster: DeclaredCluster,
    served: list[Served],
    pools: list[PoolModel],
    speeds: Mapping[str, ServiceSpeed],
) -> None:
    own = [service for service in served if service.site == cluster.name]
    services, warnings = service_models(cluster, own, pools, speeds)
    parts.services += services
    parts.warnings += warnings


def _add_costs(parts: _Parts, site: str, settings: Settings, context: PoolContext) -> None:
    if site in settings.onprem:
        costs, warnings = own_costs(settings.onprem[site]), list[str]()
    else:
        costs, warnings = cloud_costs(site, settings.sites[site], settings, context)
        parts.standing += standing_machines(site, settings.sites[site], settings, context)
    for what, aed in costs.items():
        parts.costs[what] = parts.costs.get(what, 0.0) + aed
    parts.warnings += warnings


def _cloud(cluster: DeclaredCluster) -> Cloud:
    """Returns the cloud whose machines a cluster may start."""
    return Cloud.ONPREM if cluster.region is None else REGIONS[cluster.region].cloud


def _context(cluster: DeclaredCluster, settings: Settings, prices: Prices) -> PoolContext:
    site = settings.sites.get(cluster.name)
    hours = OfficeHours() if site is None else site.office_hours
    return PoolContext(
        site=cluster.name,
        region=cluster.region,
        autoscaler=cluster.node_autoscaler,
        zones=_zones(cluster, settings),
        office_hours=(minutes(hours.opens) / 60, minutes(hours.closes) / 60),
        sleeps=site is not None and site.sleeps,
        parts=() if site is None else site_parts(cluster.name, site, settings),
        profiles={pool.profile for pool in cluster.pools.values()},
        own_machines=cluster.own_machines,
        prices=prices,
        aed_per_usd=settings.currency.aed_per_usd,
    )


def _zones(cluster: DeclaredCluster, settings: Settings) -> tuple[str, ...]:
    """Returns the zones of a site's nodes; of machines that join a cluster of one's own, those of their region."""
    if (site := settings.sites.get(cluster.name)) is not None:
        return site_zones(site.region, site.network.zones, site.network.zone_ids)
    return () if cluster.region is None else REGIONS[cluster.region].zones
