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
from falaj.components.core.validation.raw import as_mapping
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.cluster.volume_classes import SHARED_CLASS
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.arguments import gateway_reference
from falaj.components.settings.tenant_stack import CONFIG_KEY, TenantSiteSettings, TenantStackSettings

READ_OUTPUTS = "pulumi:pulumi:readStackOutputs"
"""The engine's function that reads what a `StackReference` reads (pulumi pkg/v3 3.259.0, resource/deploy/builtins.go).
"""


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
    """Creates the tenant's workloads; returns the stack's outputs: the URL of each service, by site and name. Raises
    `RunError` if the platform's stack cannot be read, or lacks a site."""
    _require_sites(settings)
    platform = pulumi.StackReference(settings.platform)
    exported: dict[str, object] = {}
    for name, site_settings in settings.sites.items():
        site = platform.require_output("sites").apply(lambda sites, name=name: sites[name])
        cluster = _cluster(name, site_settings, settings, platform, site)
        workloads = Workloads(cluster, PlatformReferences(name, site_settings), settings.name, settings)
        services = workloads.services | workloads.experiments
        exported[name] = {service: component.url for service, component in services.items()}
    return exported


def _require_sites(settings: TenantStackSettings) -> None:
    """Reads the outputs of the platform's stack before anything is created. Raises `RunError`.

    A reference that fails ends the program with the traceback of a request, and with the errors of the requests that it
    interrupts. A function that fails can be caught.
    """
    try:
        answer: object = pulumi.runtime.invoke(READ_OUTPUTS, {"name": settings.platform}).value
    except Exception as failed:
        raise pulumi.RunError(
            f'{CONFIG_KEY}.platform: "{settings.platform}" cannot be read: {_reason(failed)}; allowed: a stack in '
            "the same state that is deployed and that you may read. Fix: deploy the platform first, in the sandbox "
            "with the same FALAJ_SANDBOX as this project, or correct the name"
        ) from None
    sites = as_mapping(as_mapping(as_mapping(answer).get("outputs")).get("sites"))
    if missing := [name for name in settings.sites if name not in sites]:
        raise pulumi.RunError(
            f'{CONFIG_KEY}.sites: "{", ".join(missing)}" is not allowed; allowed: sites of "{settings.platform}", '
            f"which exports {', '.join(sites) or 'none'}. Fix: correct the name, or deploy the platform with this "
            "site first"
        )


def _reason(failed: Exception) -> str:
    """Returns what the engine said, without the name of the function."""
    return str(failed).rpartition("returned an error: ")[2].strip()


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
