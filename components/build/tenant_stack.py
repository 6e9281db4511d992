"""The stack of one tenant: its workloads on the platform's clusters, whose addresses come from the platform's stack.

Hundreds of tenants deploy this way independently; none of them touches the platform's state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from falaj.components.build.cloud_site import cloud_site
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workloads import Workloads
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.arguments import gateway_reference
from falaj.components.settings.tenant_stack import TenantSiteSettings, TenantStackSettings


@dataclass(frozen=True)
class PlatformReferences:
    """The platform's add-ons of a cluster: this stack depends on none of their resources."""

    site: str
    settings: TenantSiteSettings

    @property
    def resources(self) -> list[pulumi.Resource]:
        """None: they belong to the platform's stack."""
        return []

    @property
    def gateway(self) -> GatewaySpec | None:
        """The platform's gateway."""
        return gateway_reference(self.site) if self.settings.cluster.gateway is not None else None

    def queues_for(self, tenant: str) -> bool:
        """Whether its work waits in a queue."""
        return self.settings.queue


def build(settings: TenantStackSettings) -> dict[str, object]:
    """Create the tenant's workloads; returns the exports: the address of each service, by site and name."""
    platform = pulumi.StackReference(settings.platform)
    exported: dict[str, object] = {}
    for name, site_settings in settings.sites.items():
        site = platform.require_output("sites").apply(lambda sites, name=name: sites[name])
        cluster = _cluster(name, site_settings, settings, platform, site)
        workloads = Workloads(cluster, PlatformReferences(name, site_settings), settings.name, settings)
        services = workloads.services | workloads.experiments
        exported[name] = {service: component.url for service, component in services.items()}
    return exported


def _cluster(
    name: str,
    settings: TenantSiteSettings,
    stack: TenantStackSettings,
    platform: pulumi.StackReference,
    site: pulumi.Output[Mapping[str, Any]],
) -> WorkloadCluster:
    cloud = cloud_site(settings.cloud)
    return WorkloadCluster(
        name=name,
        cloud=settings.cloud,
        region=settings.region,
        cidr=str(settings.cidr),
        version=settings.kubernetes_version,
        node_autoscaler=settings.autoscaler,
        pools=settings.pools,
        shared=settings.cluster,
        site=platform,
        kubernetes=site_kubernetes(name, site["kubeconfig"], platform),
        vaults={purpose.value: site["vaultUris"][purpose.value] for purpose in settings.vaults},
        identity=cloud.identity_of_platform(settings, site, cloud.provider(name, settings.region)),
        tags=with_tags(stack.tags, site=name),
        image_mirror=settings.image_mirror,
    )
