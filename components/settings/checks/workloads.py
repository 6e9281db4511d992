"""Checks of tenants' workloads: whether their sites have the quota, vaults, gateway and machines for them. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatch

from falaj.components.core.serving.endpoint_picker import picker_requests
from falaj.components.core.serving.multi_node import is_name_of_a_leader
from falaj.components.core.serving.names import object_name
from falaj.components.core.storage.shared_files import CLAIM
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.training.run_forms import RunForm
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.checks.deadlines import deadline_problems
from falaj.components.settings.checks.gpu_shares import gpus_of_run, gpus_of_service
from falaj.components.settings.checks.names import name_problems
from falaj.components.settings.checks.pool_fit import WorkloadRequest, fit_problems, number_problems, open_pools_of
from falaj.components.settings.checks.site_capacity import PoolCapacity, SiteCapacity, cloud_capacity, onprem_capacity
from falaj.components.settings.queue_arguments import queues
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenants import TenantSettings, TenantWork
from falaj.components.settings.workloads import (
    ExperimentSettings,
    RunSettings,
    ServiceSettings,
    ServingSettings,
    SpaceSettings,
    Use,
    uses,
)

NO_SHARED_FILES = "only on a site with shared files"


def workload_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields the problems of the workloads in valid settings, with paths under `root`."""
    clouds = {name: cloud_capacity(site) for name, site in settings.sites.items()}
    onprem = {name: onprem_capacity(site) for name, site in settings.onprem.items()}
    capacities = {
        name: replace(capacity, has_queues=bool(queues(name, settings.tenants)))
        for name, capacity in (clouds | onprem).items()
    }
    for name, tenant in settings.tenants.items():
        for problem in _tenant_problems(name, tenant, capacities):
            yield replace(problem, path=f"{root}.tenants.{name}.{problem.path}")
    for name, tenant in settings.tenants.items():
        if tenant.tracking is not None and tenant.tracking.site in onprem:
            path, allowed = (
                f"{root}.tenants.{name}.tracking.site",
                "a site on a cloud, where its pod gets a workload identity",
            )
            yield Problem(path, tenant.tracking.site, allowed, "run it there, or leave it out")
    for problem in duplicate_problems(settings.tenants):
        yield replace(problem, path=f"{root}.tenants.{problem.path}")
    yield from name_problems(settings.tenants, lambda name: f"{root}.tenants.{name}", settings.sites)


def _tenant_problems(name: str, tenant: TenantSettings, capacities: Mapping[str, SiteCapacity]) -> Iterator[Problem]:
    for site, space in tenant.spaces.items():
        if site not in capacities:
            yield Problem(
                f"spaces.{site}", site, ", ".join(sorted(capacities)) or "none yet", "name a site of the stack"
            )
        elif tenant.tier is Tier.SMB and space.gpus:
            yield Problem(f"spaces.{site}.gpus", space.gpus, "0 for tier smb", "remove it, or set tier enterprise")
    yield from tenant_work_problems(name, tenant, capacities, tenant.spaces)


def tenant_work_problems(
    name: str, tenant: TenantWork, capacities: Mapping[str, SiteCapacity], spaces: Mapping[str, SpaceSettings | None]
) -> Iterator[Problem]:
    """Yields the problems of a tenant's workloads on these sites. A space of None has an unknown size, which is not
    checked."""
    fix = "choose one of these, or give it a space in `spaces`" if spaces else "give it a space in `spaces`"
    for path, site in _workload_sites(tenant):
        if site not in spaces:
            allowed = ", ".join(sorted(spaces)) or "none yet"
            yield Problem(f"{path}.site", site, f"sites where the tenant has a space: {allowed}", fix)
        elif site in capacities:
            yield from _work_problems(name, tenant, path, capacities[site], spaces[site])
    yield from _host_problems(tenant, capacities)


def _workload_sites(tenant: TenantWork) -> Iterator[tuple[str, str]]:
    """Yields the path and the site of each workload of a tenant."""
    for kind in ("runs", "services", "experiments"):
        for key, workload in getattr(tenant, kind).items():
            yield f"{kind}.{key}", workload.site
    if tenant.tracking is not None:
        yield "tracking", tenant.tracking.site


def _work_problems(
    name: str, tenant: TenantWork, path: str, capacity: SiteCapacity, space: SpaceSettings | None
) -> Iterator[Problem]:
    if path.startswith("runs."):
        run = tenant.runs[path.removeprefix("runs.")]
        yield from _vault_problems(path, run.uses(path), capacity)
        if run.shared and not capacity.has_shared_files:
            yield Problem(f"{path}.shared", True, NO_SHARED_FILES, "remove it, or add shared files to the site")
        gpu = gpus_of_run(run.gpus)
        size = (run.profile, run.cpu, run.memory_gib, run.gpus)
        request = WorkloadRequest(*size, run.pool, gpu, run.architectures, run.interruptible)
        yield from fit_problems(name, tenant, path, request, capacity)
        yield from number_problems(path, run.nodes, request, open_pools_of(name, request, capacity))
        yield from _space_problems(path, run.nodes, request, space)
        yield from _form_problems(path, run, capacity)
        yield from deadline_problems(name, path, run, capacity, space)
    if path == "tracking" and tenant.tracking is not None:
        yield from _vault_problems(path, uses([], [tenant.tracking.artifacts]), capacity)
        if space is not None and tenant.tracking.database_gib > space.storage_gib:
            allowed = f"at most {space.storage_gib}, the tenant's space there"
            yield Problem(f"{path}.database_gib", tenant.tracking.database_gib, allowed, "raise its storage_gib")
    for serving_path, _, serving in tenant.servings():
        if serving_path == path or serving_path.startswith(f"{path}."):
            yield from _served_problems(name, tenant, serving_path, serving, capacity, space)


def _served_problems(
    name: str,
    tenant: TenantWork,
    serving_path: str,
    serving: ServingSettings,
    capacity: SiteCapacity,
    space: SpaceSettings | None,
) -> Iterator[Problem]:
    path = f"{serving_path}.serving" if serving_path.startswith("services.") else serving_path
    if serving.model.uri:
        yield from _vault_problems(f"{path}.model", uses([serving.model.uri]), capacity)
    if serving.model.claim == CLAIM and not capacity.has_shared_files:
        yield Problem(f"{path}.model.claim", CLAIM, NO_SHARED_FILES, "name another claim, or add shared files")
    shares_gpu = serving.gpu is not None and (serving.gpu.mig_profile is not None or serving.gpu.time_sliced)
    gpus = serving.gpu.count if serving.gpu and not shares_gpu else 0
    gpu = gpus_of_service(serving.gpu)
    request = WorkloadRequest(
        serving.profile,
        serving.pod_cpu,
        serving.pod_memory_gib,
        gpus,
        serving.pool,
        gpu,
        serving.architectures if serving.is_enterprise else None,
        serving.interruptible,
    )
    # The picker must not need a machine of its own.
    cpu, memory_gib = picker_requests(serving.routing)
    with_picker = replace(request, cpu=request.cpu + cpu, memory_gib=request.memory_gib + memory_gib)
    yield from fit_problems(name, tenant, path, with_picker, capacity)
    yield from _model_problems(path, serving, open_pools_of(name, request, capacity).values())
    yield from _space_problems(path, serving.most_kept * serving.nodes, request, space, cpu, memory_gib)


def _model_problems(path: str, serving: ServingSettings, pools: Collection[PoolCapacity]) -> Iterator[Problem]:
    """Yields the problem of a model that no GPUs of its pools hold, even with all memory of its pods beside theirs."""
    memories = [size.gpu_memory_gib for pool in pools for size in pool.sizes]
    if serving.gpu is None or not memories or None in memories:
        return
    gpus = serving.gpu.count * max(filter(None, memories), default=0.0)
    most = serving.nodes * (gpus + serving.memory_gib)
    if gpus and serving.model.gib >= most:
        allowed = f"less than {most:.4g} GiB, the memory of its GPUs and of its pods"
        yield Problem(f"{path}.model.gib", serving.model.gib, allowed, "request more GPUs, or use a smaller model")


def _vault_problems(path: str, vaults_used: Mapping[str, Use], capacity: SiteCapacity) -> Iterator[Problem]:
    for purpose in sorted(vaults_used.keys() - capacity.purposes):
        allowed = ", ".join(sorted(capacity.purposes)) or "no vault: the site has none"
        yield Problem(path, f"vault://{purpose}", f"vaults of the site: {allowed}", "add the vault to the site")


def _form_problems(path: str, run: RunSettings, capacity: SiteCapacity) -> Iterator[Problem]:
    """Yields the problem of a run that needs JobSet on a site without queues, with which it is installed."""
    if run.kind in (RunForm.JOB_SET, RunForm.TRAIN_JOB) and capacity.has_queues is False:
        allowed = "a site where a tenant has a queue, with which JobSet is installed"
        yield Problem(f"{path}.form", run.kind.value, allowed, "add a `queue` to the tenant's space there")


def _space_problems(
    path: str,
    pods: int,
    request: WorkloadRequest,
    space: SpaceSettings | None,
    more_cpu: float = 0,
    more_memory_gib: float = 0,
) -> Iterator[Problem]:
    if space is None:
        return
    for requested, limit, resource in (
        (pods * request.cpu + more_cpu, space.cpu, "cpu"),
        (pods * request.memory_gib + more_memory_gib, space.memory_gib, "memory_gib"),
        (pods * request.gpus, space.gpus, "gpus"),
    ):
        if requested > limit:
            yield Problem(
                path, f"{resource}: {requested:g}", f"at most {limit}, the tenant's space there", "raise the space"
            )


def _host_problems(tenant: TenantWork, capacities: Mapping[str, SiteCapacity]) -> Iterator[Problem]:
    for kind, workloads in (("services", tenant.services), ("experiments", tenant.experiments)):
        for key, workload in workloads.items():
            if workload.host is None or workload.site not in capacities:
                continue
            gateway = capacities[workload.site].shared.gateway
            domains = list(gateway.domains) if gateway else list[str]()
            if not any(fnmatch(workload.host, domain) for domain in domains):
                allowed = ", ".join(domains) or f"nothing: site {workload.site} has no cluster.gateway"
                yield Problem(f"{kind}.{key}.host", workload.host, allowed, "add a domain to the site's gateway")


def duplicate_problems(tenants: Mapping[str, TenantWork]) -> Iterator[Problem]:
    """Yields duplicate names of runs, hosts, services and experiments, and experiments whose models have no tracking
    server. Paths start with the tenant's name."""
    runs = Counter(run for tenant in tenants.values() for run in tenant.runs)
    hosts = Counter(
        workload.host for tenant in tenants.values() for workload in _served_workloads(tenant) if workload.host
    )
    for name, tenant in tenants.items():
        for run in tenant.runs:
            if runs[run] > 1:
                yield Problem(f"{name}.runs.{run}", run, "a name that no other run has", "rename it")
        for kind in ("services", "experiments"):
            for key, workload in getattr(tenant, kind).items():
                if workload.host and hosts[workload.host] > 1:
                    path = f"{name}.{kind}.{key}.host"
                    yield Problem(path, workload.host, "a host that no other service has", "choose another host")
        for key, experiment in tenant.experiments.items():
            if experiment.models is not None and (tenant.tracking is None or tenant.tracking.site != experiment.site):
                allowed = "only where the tenant has `tracking` on the same site"
                yield Problem(
                    f"{name}.experiments.{key}.models", "versions", allowed, "add `tracking`, or remove `models`"
                )
        yield from _leader_name_problems(name, tenant)
        for key in sorted(tenant.services.keys() & tenant.experiments.keys()):
            path = f"{name}.experiments.{key}"
            yield Problem(
                path, key, "a name that no service has", "remove the service: variant `a` of the experiment replaces it"
            )


def _leader_name_problems(name: str, tenant: TenantWork) -> Iterator[Problem]:
    """Yields the services whose Service would take the place of that of a leader of another service."""
    grouped = {object_name(path) for path, _, serving in tenant.servings() if serving.nodes > 1}
    for key in tenant.services:
        if is_name_of_a_leader(key, grouped):
            allowed = "another name: a replica on several machines of another service has it"
            yield Problem(f"{name}.services.{key}", key, allowed, "rename it")


def _served_workloads(tenant: TenantWork) -> Sequence[ServiceSettings | ExperimentSettings]:
    return [*tenant.services.values(), *tenant.experiments.values()]
