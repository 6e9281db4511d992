"""Builds the stack of one tenant: its workloads on the platform's clusters.

The addresses of the clusters are outputs of the platform's stack. Hundreds of tenants can deploy independently this
way, without access to the state of the platform's stack.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from falaj.components.build.cloud_site import cloud_site
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workloads import Workloads
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.training.datasets import DatasetFileSystem
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.cluster.volume_classes import SHARED_CLASS
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.arguments import gateway_reference
from falaj.components.settings.tenant_stack import TenantSiteSettings, TenantStackSettings


@dataclass(frozen=True)
class PlatformReferences:
    """The add-ons of a platform cluster, as a tenant's stack refers to them; it does not own their resources."""

    site: str
    settings: TenantSiteSettings

    @property
    def resources(self) -> list[pulumi.Resource]:
        """Empty: the add-ons belong to the platform's stack."""
        return []

    @property
    def gateway(self) -> GatewaySpec | None:
        """Reference to the platform's gateway; None if the cluster has no gateway."""
        return gateway_reference(self.site, self.settings.cluster)

    def queues_for(self, tenant: str) -> bool:
        """Whether the tenant's workloads are queued on this cluster."""
        return self.settings.queue


def build(settings: TenantStackSettings) -> dict[str, object]:
    """Creates the tenant's workloads; returns the stack's outputs: the URL of each service, by site and name."""
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
        kubernetes=site_kubernetes(name, cloud.kubeconfig_of_platform(settings, site["kubeconfig"]), platform),
        vaults={purpose.value: site["vaultUris"][purpose.value] for purpose in settings.vaults},
        identity=cloud.identity_of_platform(settings, site, cloud.provider(name, settings)),
        tags=with_tags(stack.tags, site=name),
        image_mirror=settings.image_mirror,
        datasets=_datasets(site) if settings.has_dataset_files else None,
        shared_class=SHARED_CLASS if settings.has_shared_files else None,
    )


def _datasets(site: pulumi.Output[Mapping[str, Any]]) -> DatasetFileSystem:
    """Returns the file system of the platform's site, from the outputs of the platform's stack. Raises `RunError` if
    the site has none."""
    files = site.apply(_stated_datasets)
    return DatasetFileSystem(
        driver=files["driver"],
        file_system_id=files["file_system_id"],
        attributes=files["attributes"],
        gib=files["gib"],
        zone_id=files["zone_id"],
    )


def _stated_datasets(site: Mapping[str, Any]) -> Mapping[str, Any]:
    if site.get("datasets") is None:
        raise pulumi.RunError(
            "`scratch`: the platform's site has no file system in front of its datasets; remove the setting, or set "
            "`scratch_gib` of that site and deploy the platform first"
        )
    return site["datasets"]
