"""Cross-field checks of a tenant's own stack. Pure."""

from dataclasses import replace

from falaj.components.core.site.checks import pools_problems
from falaj.components.core.validation.problems import Problem, below
from falaj.components.settings.checks.gpu_totals import cloud_gpu_pools, gpu_demands, pool_total_problems
from falaj.components.settings.checks.image_volumes import image_volume_problems
from falaj.components.settings.checks.names import name_problems
from falaj.components.settings.checks.site_capacity import cloud_capacity
from falaj.components.settings.checks.versions import tenant_version_problems
from falaj.components.settings.checks.workloads import duplicate_problems, tenant_work_problems
from falaj.components.settings.tenant_stack import CONFIG_KEY, TenantStackSettings


def tenant_stack_problems(settings: TenantStackSettings) -> list[Problem]:
    """Returns the cross-field problems of a tenant's stack: of its sites, otherwise of its workloads."""
    site_problems = [
        problem
        for name, site in settings.sites.items()
        for problem in below(
            f"{CONFIG_KEY}.sites.{name}", (*pools_problems(site, site.cloud), *tenant_version_problems(site))
        )
    ]
    if site_problems:
        return site_problems
    sites = {name: cloud_capacity(site) for name, site in settings.sites.items()}
    work_problems = tenant_work_problems(settings.name, settings, sites, dict.fromkeys(settings.sites))
    problems = [*below(CONFIG_KEY, work_problems)]
    for name, site in settings.sites.items():
        demands = gpu_demands(name, {settings.name: settings})
        pools = cloud_gpu_pools(site.region, site.pools)
        problems += pool_total_problems(f"{CONFIG_KEY}.sites.{name}", pools, demands)
    versions = {name: site.kubernetes_version for name, site in settings.sites.items()}
    problems += image_volume_problems(settings, versions, CONFIG_KEY)
    for problem in duplicate_problems({settings.name: settings}):
        problems.append(replace(problem, path=problem.path.replace(settings.name, CONFIG_KEY, 1)))
    problems += name_problems({settings.name: settings}, lambda _: CONFIG_KEY, settings.sites)
    return problems
