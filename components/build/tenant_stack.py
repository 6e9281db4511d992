"""The stack of one tenant: its work on the platform's clusters, whose addresses come from the platform's stack.

Hundreds of tenants deploy this way without waiting for each other; none of them touches the platform's state.
"""

from dataclasses import dataclass

import pulumi

from falaj.components.build.cluster_addons import gateway_name
from falaj.components.build.clusters import Cluster
from falaj.components.build.sites import as_pool, pinned
from falaj.components.build.workload_identity import AwsDoors, AzureDoors, Doors
from falaj.components.build.workloads import Workloads
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE, GatewaySpec
from falaj.components.core.validation.tags import merged
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.tenant_stack import TenantSiteSettings, TenantStackSettings
from falaj.facts.regions import Cloud


@dataclass(frozen=True)
class PlatformsParts:
    """What the platform made for its tenants on a cluster: this stack waits for none of it."""

    site: str
    said: TenantSiteSettings

    @property
    def parts(self) -> list[pulumi.Resource]:
        """Nothing of this stack."""
        return []

    @property
    def way_in(self) -> GatewaySpec | None:
        """The platform's gateway."""
        there = self.said.cluster.gateway is not None
        return {"name": gateway_name(self.site), "namespace": GATEWAY_NAMESPACE} if there else None

    def queues_for(self, tenant: str) -> bool:
        """Whether its work waits in a queue."""
        return self.said.queue


def build(settings: TenantStackSettings) -> dict[str, object]:
    """Make what the tenant runs; returns what is exported: the address of each service, by site and name."""
    platform = pulumi.StackReference(settings.platform)
    exported: dict[str, object] = {}
    for name, said in settings.sites.items():
        site = platform.require_output("sites").apply(lambda sites, name=name: sites[name])
        cluster = _cluster(name, said, settings, platform, site)
        work = Workloads(cluster, PlatformsParts(name, said), settings.name, settings)
        exported[name] = {service: made.url for service, made in (work.services | work.experiments).items()}
    return exported


def _cluster(
    name: str,
    said: TenantSiteSettings,
    settings: TenantStackSettings,
    platform: pulumi.StackReference,
    site: pulumi.Output[dict],
) -> Cluster:
    return Cluster(
        name=name,
        cloud=said.cloud,
        region=said.region,
        cidr=str(said.cidr),
        version=said.kubernetes_version,
        node_autoscaler=said.autoscaler,
        pools={key: as_pool(pool) for key, pool in said.pools.items()},
        shared=said.cluster,
        site=platform,
        kubernetes=site_kubernetes(name, site["kubeconfig"], platform),
        vaults={purpose.value: site["vaultUris"][purpose.value] for purpose in said.vaults},
        doors=_doors(name, said, site),
        tags=merged(settings.tags, site=name),
        image_mirror=said.image_mirror,
    )


def _doors(name: str, said: TenantSiteSettings, site: pulumi.Output[dict]) -> Doors:
    provider, doors = pinned(name, said.cloud, said.region), site["doors"]
    purposes = [purpose.value for purpose in said.vaults]
    if said.cloud is Cloud.AWS:
        buckets = {one: (doors["vaults"][one]["bucket"], doors["vaults"][one]["key"]) for one in purposes}
        return AwsDoors(said.region, site["clusterName"], buckets, provider)
    containers = {one: doors["vaults"][one]["container"] for one in purposes}
    group = doors["group"]
    return AzureDoors(said.region, group["name"], group["id"], site["oidcIssuerUrl"], containers, provider)
