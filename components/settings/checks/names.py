"""Checks that no two workloads create a Pulumi resource or a Kubernetes object of the same name. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from falaj.components.core.serving.names import variant_name
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.training.tracking import NAME as TRACKING
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.resource_names import access_name, component_name, tracking_name
from falaj.components.settings.tenants import TenantWork
from falaj.components.settings.workloads import ServingSettings


@dataclass(frozen=True)
class _Workload:
    """A program that runs in pods with a service account, and its path in the settings.

    `component` is the name of its Pulumi component without the site, and `account` that of its service account.
    """

    path: str
    kind: str
    site: str
    namespace: str
    component: str
    account: str
    uses_vaults: bool


def name_problems(
    tenants: Mapping[str, TenantWork], root_of: Callable[[str], str], cloud_sites: Collection[str]
) -> Iterator[Problem]:
    """Yields a problem for each workload whose name collides with that of an earlier one.

    `root_of` returns the path of a tenant in the settings. On `cloud_sites`, workloads with vaults have a cloud
    identity.
    """
    owners: dict[str, _Workload] = {}
    for name, tenant in tenants.items():
        for workload in _workloads(name, tenant, root_of(name)):
            claims = list(_claims(workload, cloud_sites))
            first = next((owners[claim] for claim in claims if claim in owners), None)
            # Two runs of one name are reported for every site.
            if first is not None and not first.kind == workload.kind == "run":
                claim = next(claim for claim in claims if claim in owners)
                allowed = f"a name other than that of {first.path}: both create {claim}"
                yield Problem(workload.path, workload.path.rsplit(".", 1)[-1], allowed, "rename one of them")
            for claim in claims:
                owners.setdefault(claim, workload)


def _claims(workload: _Workload, cloud_sites: Collection[str]) -> Iterator[str]:
    """Yields what a workload creates under a name that another one could have too."""
    name = component_name(workload.site, workload.component)
    yield f"the {workload.kind} {name}"
    yield f"the service account {workload.account} in namespace {workload.namespace} of site {workload.site}"
    if workload.uses_vaults and workload.site in cloud_sites:
        yield f"the vault access {access_name(name)}"


def _workloads(name: str, tenant: TenantWork, root: str) -> Iterator[_Workload]:
    namespace = namespace_of(name)
    for run, settings in tenant.runs.items():
        yield _Workload(f"{root}.runs.{run}", "run", settings.site, namespace, run, run, bool(settings.uses(run)))
    for service, settings in tenant.services.items():
        path, uses_vaults = f"{root}.services.{service}", _uses_vaults(settings.serving)
        yield _Workload(path, "service", settings.site, namespace, service, service, uses_vaults)
    for service, settings in tenant.experiments.items():
        for variant, serving in (("a", settings.a), ("b", settings.b)):
            path, variant_of = f"{root}.experiments.{service}", variant_name(service, variant)
            yield _Workload(path, "variant", settings.site, namespace, variant_of, variant_of, _uses_vaults(serving))
    if tenant.tracking is not None:
        path, server = f"{root}.tracking", tracking_name(name)
        yield _Workload(path, "tracking server", tenant.tracking.site, namespace, server, TRACKING, True)


def _uses_vaults(serving: ServingSettings) -> bool:
    return serving.model.uri is not None
