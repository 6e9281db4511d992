"""What a site on Azure may cost, and who hears."""

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
    args: BudgetAlarmArgs = {
        **money,
        **place.grouped_by_id,
        "scope": scope,
        "cost_groups": [place.group_name, compute.cluster.node_resource_group],
        "aed_per_usd": place.settings.aed_per_usd,
    }
    if tenant is not None:
        args["cost_filter"] = {"tenant": tenant}
    if place.settings.alarm_topic is not None:
        args["topic"] = place.settings.alarm_topic
    return BudgetAlarm(name, args, place.after())
