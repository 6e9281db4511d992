"""Cross-field checks of a tenant's own stack. Pure."""

from dataclasses import replace

from falaj.components.core.validation.problems import Problem
from falaj.components.settings.checks.workloads import cloud_capacity, duplicate_problems, tenant_work_problems
from falaj.components.settings.tenant_stack import CONFIG_KEY, TenantStackSettings


def tenant_stack_problems(settings: TenantStackSettings) -> list[Problem]:
    """Returns the cross-field problems of a tenant's stack."""
    sites = {name: cloud_capacity(site) for name, site in settings.sites.items()}
    work_problems = tenant_work_problems(settings.name, settings, sites, dict.fromkeys(settings.sites))
    problems = [replace(problem, path=f"{CONFIG_KEY}.{problem.path}") for problem in work_problems]
    for problem in duplicate_problems({settings.name: settings}):
        problems.append(replace(problem, path=problem.path.replace(settings.name, CONFIG_KEY, 1)))
    return problems
