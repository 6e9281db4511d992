"""Checks of a tenant's own stack as a whole. Pure."""

from dataclasses import replace

from falaj.components.core.validation.problems import Problem
from falaj.components.settings.checks.workloads import of_cloud, repeated, tenant_work_problems
from falaj.components.settings.tenant_stack import CONFIG_KEY, TenantStackSettings


def tenant_stack_problems(settings: TenantStackSettings) -> list[Problem]:
    """Every problem across the parts of a tenant's stack."""
    sites = {name: of_cloud(site) for name, site in settings.sites.items()}
    work = tenant_work_problems(settings.name, settings, sites, dict.fromkeys(settings.sites))
    problems = [replace(problem, path=f"{CONFIG_KEY}.{problem.path}") for problem in work]
    for problem in repeated({settings.name: settings}):
        problems.append(replace(problem, path=problem.path.replace(settings.name, CONFIG_KEY, 1)))
    return problems
