"""Budgets of a site on Azure."""

from falaj.components.azure.money.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from falaj.components.azure.site.args import Placed
from falaj.components.azure.site.compute import Compute
from falaj.components.core.site.specs import BudgetSpec


def budgets(place: Placed, compute: Compute) -> None:
    """A budget of the whole site, and one of each tenant that has pools here."""
    _budget(place, compute, f"{place.name}-budget", place.name, place.args["budget"])
    for tenant, money in place.args.get("tenant_budgets", {}).items():
        _budget(place, compute, f"{place.name}-budget-{tenant}", f"{place.name}-{tenant}", money, tenant)


def _budget(
    place: Placed, compute: Compute, name: str, scope: str, money: BudgetSpec, tenant: str | None = None
) -> BudgetAlarm:
    return BudgetAlarm(
        name,
        BudgetAlarmArgs(
            region=place.settings.region,
            resource_group_name=place.group_name,
            resource_group_id=place.group_id,
            scope=scope,
            cost_groups=[place.group_name, compute.cluster.node_resource_group],
            cost_filter=None if tenant is None else {"tenant": tenant},
            aed_per_month=money["aed_per_month"],
            aed_per_usd=place.settings.aed_per_usd,
            actual_percent=money["actual_percent"],
            forecast_percent=money["forecast_percent"],
            notify=money["notify"],
            start=money["start"],
            topic=place.settings.alarm_topic,
            tags=place.tags,
        ),
        place.after(),
    )
