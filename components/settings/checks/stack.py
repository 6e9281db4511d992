"""Cross-field checks of a stack's settings. Pure: each check returns problems instead of raising them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from falaj.components.core.network.zones import site_zones
from falaj.components.core.node_pools.availability_warnings import availability_warnings
from falaj.components.core.node_pools.oversize_warnings import PodRequest, oversize_warnings
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.checks import site_problems
from falaj.components.core.site.rules import rules_of
from falaj.components.core.validation.enums import Capacity, Egress, Profile
from falaj.components.core.validation.problems import Problem, below
from falaj.components.settings.arguments import shares_files
from falaj.components.settings.checks.capacity import capacity_warnings
from falaj.components.settings.checks.commitments import commitment_warnings
from falaj.components.settings.checks.deadlines import deadline_warnings
from falaj.components.settings.checks.onprem import onprem_problems
from falaj.components.settings.checks.queue_budgets import unmeasured_budget_warnings
from falaj.components.settings.checks.space_sizes import space_size_warnings
from falaj.components.settings.checks.versions import onprem_version_warnings, site_version_warnings
from falaj.components.settings.money import FinopsSettings
from falaj.components.settings.resource_names import FINOPS
from falaj.components.settings.run_arguments import reads_datasets
from falaj.components.settings.sites import SitePlacementSettings
from falaj.components.settings.stack import Settings
from falaj.facts.machine_names import is_accelerated
from falaj.facts.regions import REGIONS, Cloud, RegionState


def cross_problems(sites: Mapping[str, SitePlacementSettings], tags: Mapping[str, str], root: str) -> list[Problem]:
    """Returns the cross-field problems of the sites, with paths under `root`. `tags` are the stack's cost tags."""
    problems = list(_overlaps(sites, root))
    for name, site in sites.items():
        problems += below(f"{root}.sites.{name}", site_problems(site, site.cloud, tags))
    return problems


def owner_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields references in valid settings to tenants, sites or clouds that the settings do not define."""
    if not settings.sites and not settings.onprem:
        yield Problem(f"{root}.sites", None, "at least one site, here or under `onprem`", "add one")
        return
    for site_name, site in settings.sites.items():
        for pool_name, pool in site.pools.items():
            if pool.tenant is not None and pool.tenant not in settings.tenants:
                path = f"{root}.sites.{site_name}.pools.{pool_name}.tenant"
                allowed = ", ".join(sorted(settings.tenants)) or "nothing: there are no tenants"
                yield Problem(path, pool.tenant, allowed, "add it under tenants, or correct the name")
    for tenant_name, tenant in settings.tenants.items():
        for site_name in tenant.budgets:
            site = settings.sites.get(site_name)
            if site is None or all(pool.tenant != tenant_name for pool in site.pools.values()):
                path = f"{root}.tenants.{tenant_name}.budgets.{site_name}"
                yield Problem(
                    path, "a budget", "sites in which a pool names the tenant", "add a pool for the tenant to the site"
                )
    yield from _gateway_problems(settings, root)
    yield from _onprem_site_problems(settings, root)
    for kind, names in (("sites", {*settings.sites, *settings.onprem}), ("tenants", {*settings.tenants})):
        for name in sorted(getattr(settings.ceilings, kind).keys() - names):
            allowed = ", ".join(sorted(names)) or f"nothing: there are no {kind}"
            yield Problem(f"{root}.ceilings.{kind}.{name}", name, allowed, "choose one of these, or remove it")
    yield from _finops_problems(settings, root)


def _gateway_problems(settings: Settings, root: str) -> Iterator[Problem]:
    for name, site in settings.sites.items():
        if site.cluster.gateway is not None and site.cluster.gateway.public:
            path = f"{root}.sites.{name}.cluster.gateway.public"
            yield from rules_of(site.cloud).public_gateway_problems(site, path)


def _finops_problems(settings: Settings, root: str) -> Iterator[Problem]:
    for cloud in settings.finops:
        if all(site.cloud is not cloud for site in settings.sites.values()):
            yield Problem(f"{root}.finops.{cloud.value}", "settings", "clouds that have a site", "remove it")
    for cloud, finops in settings.finops.items():
        yield from below(f"{root}.finops.{cloud.value}", rules_of(cloud).finops_problems(_given(finops)))
    if FINOPS in settings.sites and (cloud := settings.sites[FINOPS].cloud) in settings.finops:
        allowed = f"another name, because {root}.finops.{cloud.value} creates a provider of this name"
        yield Problem(f"{root}.sites.{FINOPS}", FINOPS, allowed, "rename the site")


def _onprem_site_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields the problems of on-premises sites, and conflicts between them and the sites on clouds."""
    for name, site in settings.onprem.items():
        yield from onprem_problems(site, f"{root}.onprem.{name}")
        if name in settings.sites:
            yield Problem(f"{root}.onprem.{name}", name, "a name that no site on a cloud has", "rename it")
        for pool_name, pool in site.pools.items():
            if pool.tenant is not None and pool.tenant not in settings.tenants:
                path = f"{root}.onprem.{name}.pools.{pool_name}.tenant"
                allowed = ", ".join(sorted(settings.tenants)) or "nothing: there are no tenants"
                yield Problem(path, pool.tenant, allowed, "add it under tenants, or correct the name")
    cloud_blocks = {f"sites.{name}.network.cidr": site.network.cidr for name, site in settings.sites.items()}
    onprem_blocks = {f"onprem.{name}.network_cidr": site.network_cidr for name, site in settings.onprem.items()}
    for path, block in onprem_blocks.items():
        for other_path, other_block in (cloud_blocks | onprem_blocks).items():
            if other_path != path and block.overlaps(other_block) and (other_path in cloud_blocks or other_path < path):
                allowed = f"a block that does not overlap {other_block} of site {other_path.split('.')[1]}"
                yield Problem(f"{root}.{path}", str(block), allowed, "set it to the CIDR block of the nodes")


def warnings(settings: Settings) -> list[str]:
    """Returns warnings about valid settings: impaired regions, scarce or oversized machines, missing egress or
    administrators, versions whose support ends, releases that are old, budgets that nothing measures, deadlines that
    cannot be met, and commitments that have ended."""
    messages: list[str] = []
    for name, site in settings.sites.items():
        messages += [f"site {name}{warning}" for warning in _site_warnings(site)]
        reads = any(reads_datasets(tenant, name) for tenant in settings.tenants.values())
        messages += [f"site {name}: {warning}" for warning in rules_of(site.cloud).unused_warnings(site, reads)]
        if site.has_shared_files and not any(shares_files(tenant, name) for tenant in settings.tenants.values()):
            messages.append(
                f"site {name}: `storage.shared_files` is paid for, but no workload of this stack mounts it: set "
                "`shared` of a run, or `model.claim: falaj-shared` of a service"
            )
        if site.cluster.gateway is not None and site.cluster.gateway.public:
            messages += [f"site {name}: {warning}" for warning in rules_of(site.cloud).public_gateway_warnings(site)]
        requests = list(_pod_requests(name, settings))
        oversized = oversize_warnings(site.region, site.pools, requests, settings.currency.aed_per_usd)
        messages += [f"site {name}, {warning}" for warning in oversized]
        messages += [f"site {name}: {warning}" for warning in site_version_warnings(name, site, settings)]
        messages += [f"site {name}, {warning}" for warning in capacity_warnings(name, site, settings)]
        budgets = unmeasured_budget_warnings(name, site.cluster, settings.tenants)
        messages += [f"site {name}: {warning}" for warning in budgets]
        messages += [f"site {name}: {warning}" for warning in deadline_warnings(name, settings.tenants)]
        messages += [f"site {name}: {warning}" for warning in space_size_warnings(name, site, settings.tenants)]
    for cloud, finops in settings.finops.items():
        messages += [f"finops.{cloud.value}: {warning}" for warning in rules_of(cloud).finops_warnings(_given(finops))]
    for name, site in settings.onprem.items():
        messages += [f"site {name}: {warning}" for warning in onprem_version_warnings(name, site, settings)]
        messages += [f"site {name}: {warning}" for warning in space_size_warnings(name, site, settings.tenants)]
        if site.burst is not None:  # own machines are prepaid
            budgets = unmeasured_budget_warnings(name, site.cluster, settings.tenants)
            messages += [f"site {name}: {warning}" for warning in budgets]
    return [*messages, *commitment_warnings(settings)]


def _given(finops: FinopsSettings) -> dict[str, object]:
    """Returns the settings that differ from their defaults."""
    return finops.model_dump(mode="json", exclude_defaults=True)


def _pod_requests(site: str, settings: Settings) -> Iterator[PodRequest]:
    """Yields the resource request of each pod of the tenants' workloads on a site."""
    for name, tenant in settings.tenants.items():
        for run in tenant.runs.values():
            if run.site == site:
                yield PodRequest(run.profile, run.gpus, run.cpu, run.memory_gib, name)
        for _, service_site, serving in tenant.servings():
            if service_site == site:
                gpus = serving.gpu.count if serving.gpu else 0
                yield PodRequest(serving.profile, gpus, serving.pod_cpu, serving.pod_memory_gib, name)


def _site_warnings(site: SitePlacementSettings) -> Iterator[str]:
    region = REGIONS[site.region]
    if region.state is not RegionState.AVAILABLE:
        yield (
            f": {region.name} is {region.state.value} since {region.state_date} ({region.source}); "
            "plan a site elsewhere in the country that can take over its workloads"
        )
    zones = site_zones(site.region, site.network.zones, site.network.zone_ids)
    for name, pool in site.pools.items():
        yield from (f", pool {name}: {warning}" for warning in availability_warnings(site.region, zones, pool))
    yield from (f": {warning}" for warning in rules_of(site.cloud).warnings(site))
    if site.network.egress is Egress.NONE and site.network.image_mirror is None:
        yield ": it has no egress and no `image_mirror`: public images cannot be pulled"
    if not site.administrators:
        yield ": nobody administers its cluster; name roles or groups under `administrators`"


def _overlaps(sites: Mapping[str, SitePlacementSettings], root: str) -> Iterator[Problem]:
    for (first_name, first), (second_name, second) in combinations(sites.items(), 2):
        if first.network.cidr.overlaps(second.network.cidr):
            yield Problem(
                f"{root}.sites.{second_name}.network.cidr",
                str(second.network.cidr),
                f"a block that does not overlap {first.network.cidr} of site {first_name}",
                "give each site a block of its own",
            )


def _has_unknown_addresses(site: SitePlacementSettings) -> bool:
    """Returns whether the site's traffic leaves from addresses that only their owner knows before the deployment."""
    return (
        site.network.egress is Egress.FIREWALL
        or rules_of(site.cloud).has_own_routes(site)
        or (site.azure is not None and site.azure.network.nat.uses_existing)
    )


def _runs_copies(pools: Iterable[NodePoolSpec], profile: Profile) -> bool:
    """Returns whether a pool runs the copy jobs, which tolerate the taints of its profile only."""
    return any(
        pool.profile is profile
        and pool.tenant is None
        and pool.capacity is Capacity.ON_DEMAND
        and not pool.taints
        and all(not is_accelerated(machine) for machine in pool.machines)
        for pool in pools
    )


def replication_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields the problems of the replication between two sites in valid settings."""
    replication = settings.replication
    if replication is None:
        return
    if settings.tags["data-classification"] == "secret" and replication.private_line is None:
        condition = "data-classification is secret: the copies would cross the internet"
        yield Problem.missing(f"{root}.replication.private_line", condition, "add the line, or remove `replication`")
    for cloud, name in ((Cloud.AWS, replication.aws), (Cloud.AZURE, replication.azure)):
        path = f"{root}.replication.{cloud.value}"
        site = settings.sites.get(name)
        if site is None or site.cloud is not cloud:
            allowed = ", ".join(sorted(key for key, candidate in settings.sites.items() if candidate.cloud is cloud))
            yield Problem(path, name, allowed or f"nothing: there is no site on {cloud.value}", "name such a site")
            continue
        if (
            cloud is Cloud.AZURE
            and _has_unknown_addresses(site)
            and not (replication.addresses or replication.private_line)
        ):
            allowed = "the firewall's public addresses, or the gateway's: vaults on AWS accept copies only from there"
            yield Problem(f"{root}.replication.addresses", [], allowed, "add them")
        if cloud is Cloud.AZURE and site.network.egress is Egress.NONE:
            allowed = "a site with egress: the copies are written to the other cloud"
            yield Problem(path, name, allowed, "give the site another egress")
        if cloud is Cloud.AZURE and not _runs_copies(site.pools.values(), replication.profile):
            allowed = f"a profile with an on-demand pool for all tenants on site {name}"
            yield Problem(f"{root}.replication.profile", replication.profile.value, allowed, "add such a pool")
        for purpose in replication.flows:
            if purpose not in site.vaults:
                yield Problem(
                    f"{root}.replication.flows.{purpose.value}",
                    replication.flows[purpose].value,
                    f"purposes that site {name} has a vault for",
                    "add the vault, or remove the purpose",
                )
