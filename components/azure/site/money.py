"""Budgets of a site on Azure and of its tenants."""

from falaj.components.azure.money.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from falaj.components.azure.site.args import SiteBuild
from falaj.components.azure.site.compute import Compute
from falaj.components.core.money.budget_spec import BudgetSpec


def budgets(build: SiteBuild, compute: Compute) -> None:
    """Creates a budget of the whole site, and one of each tenant with a budget on the site."""
    _budget(build, compute, f"{build.name}-budget", build.name, build.args.budget)
    for tenant, budget in build.args.tenant_budgets.items():
        _budget(build, compute, f"{build.name}-budget-{tenant}", f"{build.name}-{tenant}", budget, tenant)


def _budget(
    build: SiteBuild, compute: Compute, name: str, scope: str, budget: BudgetSpec, tenant: str | None = None
) -> BudgetAlarm:
    return BudgetAlarm(
        name,
        BudgetAlarmArgs(
            region=build.args.region,
            resource_group_name=build.group_name,
            resource_group_id=build.group_id,
            scope=scope,
            cost_groups=[build.group_name, compute.cluster.node_resource_group],
            cost_filter=None if tenant is None else {"tenant": tenant},
            aed_per_usd=build.args.aed_per_usd,
            topic=build.args.alarm_topic,
            tags=build.tags,
            **dict(budget),
        ),
        build.after(),
    )
