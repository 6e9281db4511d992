"""Builds the sites of existing clusters on premises from the stack's settings."""

from typing import TYPE_CHECKING

import pulumi

from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workload_identity import DeclaredWorkloadIdentity
from falaj.components.core.node_pools.fixed_pools import SHARED
from falaj.components.core.site.onprem_specs import BucketStoreSpec
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.core.validation.tags import with_tags
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.stack import Settings
from falaj.facts.regions import Cloud

if TYPE_CHECKING:
    from falaj.components.kubernetes import Site
    from falaj.components.kubernetes.site.args import ClusterConnectionSpec, ExistingSiteArgs


def build(name: str, site: OnPremSettings, platform: Settings) -> "Site":
    """Creates the component of an on-premises site."""
    from falaj.components.kubernetes import Site

    return Site(name, site_args(site, platform))


def cluster(name: str, site: OnPremSettings, platform: Settings, built: "Site") -> WorkloadCluster:
    """Returns the site's cluster, for the workloads that run on it."""
    burst = site.burst
    return WorkloadCluster(
        name=name,
        cloud=Cloud.ONPREM,
        region=burst.region if burst else None,
        cidr=str(site.network_cidr),
        version=site.kubernetes_version,
        # No autoscaler adds on-premises machines. Of the two values, only this one allows pools with a minimum size.
        node_autoscaler=burst.node_autoscaler if burst else NodeAutoscaler.CLUSTER_AUTOSCALER,
        pools={**built.pools, **(burst.pools if burst else {})},
        shared=site.cluster,
        site=built,
        outputs=built,
        kubernetes=built.kubernetes,
        vaults=built.vaults,
        identity=DeclaredWorkloadIdentity(),
        store=StoreSpec(endpoint=site.store.endpoint, secret=site.store.secret) if site.store else None,
        tags=with_tags(platform.tags, site=name),
        image_mirror=site.image_mirror,
        shared_class=site.shared_storage_class,
        own_machines=built.own_machines,
        topology=site.topology,
        prices=built.prices,
    )


def site_args(site: OnPremSettings, platform: Settings) -> "ExistingSiteArgs":
    """Converts a site's settings to the arguments of its component."""
    from falaj.components.kubernetes.site.args import ExistingSiteArgs

    return ExistingSiteArgs(
        place=site.place,
        connection=_connection(site),
        pools=site.pools,
        machines=site.machines,
        energy=site.energy,
        storage_classes=_storage_classes(site),
        store=BucketStoreSpec(endpoint=site.store.endpoint, buckets=site.store.buckets) if site.store else None,
        encryption=site.encryption,
        oidc_issuer_url=site.oidc_issuer_url,
        registry=site.registry,
        nat_addresses=site.nat_addresses,
        tags=platform.tags,
    )


def _connection(site: OnPremSettings) -> "ClusterConnectionSpec":
    from falaj.components.kubernetes.site.args import ClusterConnectionSpec

    connection = site.connection
    return ClusterConnectionSpec(
        servers=connection.servers,
        context=connection.context,
        kubeconfig_path=connection.kubeconfig_path,
        # A separate configuration value, because the settings are plain text: Pulumi stores this one encrypted.
        kubeconfig=(
            pulumi.Config("falaj").require_secret(connection.kubeconfig_secret)
            if connection.kubeconfig_secret is not None
            else None
        ),
    )


def _storage_classes(site: OnPremSettings) -> dict[str, str]:
    classes = {profile.value: name for profile, name in site.storage_classes.items()}
    return classes if site.shared_storage_class is None else {**classes, SHARED: site.shared_storage_class}
