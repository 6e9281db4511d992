"""Builds the platform of a stack: its sites, the add-ons of their clusters, and the tenants' workloads."""

import pulumi

from falaj.components.build import onprem
from falaj.components.build.cluster_addons import ClusterAddons
from falaj.components.build.clusters import WorkloadCluster, exports
from falaj.components.build.sites import Sites
from falaj.components.build.workloads import Workloads
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.stack import Settings


def build(platform: Settings) -> dict[str, dict[str, object]]:
    """Creates the platform that the settings describe; returns the exports of each site."""
    for warning in warnings(platform):
        pulumi.log.warn(warning)
    clusters = {**Sites(platform).clusters, **_existing(platform)}
    unawaited = {name: run_on(cluster, platform) for name, cluster in clusters.items()}
    return {name: {**exports(cluster), "unawaitedServices": unawaited[name]} for name, cluster in clusters.items()}


def _existing(platform: Settings) -> dict[str, WorkloadCluster]:
    """Returns the existing on-premises clusters by site."""
    return {
        name: onprem.cluster(name, site, platform, onprem.build(name, site, platform))
        for name, site in platform.onprem.items()
    }


def run_on(cluster: WorkloadCluster, platform: Settings) -> list[str]:
    """Creates the shared add-ons of a cluster and the workloads of each of its tenants.

    Returns the deployments of services that `up` does not wait for, as `namespace/name`.
    """
    addons = ClusterAddons(cluster, platform.tenants, float(platform.currency.aed_per_usd))
    workloads = [Workloads(cluster, addons, name, tenant) for name, tenant in addons.tenants.items()]
    return [deployment for each in workloads for deployment in each.unawaited]
