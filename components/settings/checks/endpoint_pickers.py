"""Checks of tenants whose services are routed by endpoint pickers: their sites, their spaces, and names. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from falaj.components.core.serving.endpoint_picker import Routing, picker_name
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.enums import ClusterPart
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenants import TenantSettings
from falaj.components.settings.workloads import ClusterSettings


def endpoint_picker_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields the problems of endpoint pickers in valid settings, with paths under `root`."""
    clusters = {name: site.cluster for name, site in settings.sites.items()}
    clusters |= {name: site.cluster for name, site in settings.onprem.items()}
    for name, tenant in settings.tenants.items():
        for problem in (*_space_problems(tenant, clusters), *_routing_problems(tenant), *_name_problems(tenant)):
            yield replace(problem, path=f"{root}.tenants.{name}.{problem.path}")


def _space_problems(tenant: TenantSettings, clusters: Mapping[str, ClusterSettings]) -> Iterator[Problem]:
    for site, space in tenant.spaces.items():
        if not space.endpoint_picker or site not in clusters:
            continue
        path, cluster = f"spaces.{site}.endpoint_picker", clusters[site]
        if tenant.tier is Tier.SMB:
            yield Problem(path, True, "false for tier smb", "remove it, or set tier enterprise")
        if cluster.gateway is None or not cluster.gateway.is_encrypted:
            allowed = "false on a site without a gateway of class istio that encrypts to the pods"
            yield Problem(path, True, allowed, "add such a `cluster.gateway`, or remove it")
        elif ClusterPart.GATEWAY_CONTROLLER in cluster.installed:
            allowed = "false where the cluster has its own gateway controller, which may not serve InferencePools"
            yield Problem(path, True, allowed, f"remove {ClusterPart.GATEWAY_CONTROLLER.value} from `installed`")


def _routing_problems(tenant: TenantSettings) -> Iterator[Problem]:
    for name, service in tenant.services.items():
        space = tenant.spaces.get(service.site)
        if service.serving.routing is Routing.ENDPOINT_PICKER and space is not None and not space.endpoint_picker:
            allowed = f"{Routing.EVEN.value}, because the tenant's space has no `endpoint_picker`"
            fix = f"set `spaces.{service.site}.endpoint_picker: true`, or remove it"
            yield Problem(f"services.{name}.serving.routing", Routing.ENDPOINT_PICKER.value, allowed, fix)


def _name_problems(tenant: TenantSettings) -> Iterator[Problem]:
    """Yields the services that have the name of the picker of another service."""
    pickers = {
        picker_name(name) for name, item in tenant.services.items() if item.serving.routing is Routing.ENDPOINT_PICKER
    }
    for name in pickers & {*tenant.services, *tenant.experiments}:
        kind = "services" if name in tenant.services else "experiments"
        yield Problem(f"{kind}.{name}", name, "another name: the picker of a service has it", "rename it")
