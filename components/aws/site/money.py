"""What a site on AWS may cost, and who hears."""

from collections.abc import Mapping

from falaj.components.aws.money.budget_actions import BudgetStop, BudgetStopArgs
from falaj.components.aws.money.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from falaj.components.aws.money.burn_rate import BurnRate, BurnRateArgs
from falaj.components.aws.money.burn_rate_pod import AWS_CLI
from falaj.components.aws.site.args import Placed
from falaj.components.aws.site.compute import Compute
from falaj.components.core.charts.images import mirrored
from falaj.components.core.site.specs import BudgetSpec, BudgetStopSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.problems import Problem


def budgets(place: Placed, compute: Compute) -> None:
    """A budget of the whole site, with its brake, and a budget of each tenant that has pools here."""
    whole = _budget(place, f"{place.name}-budget", place.name, place.args["budget"], {"site": place.name})
    if brake := place.args.get("budget_stop"):
        _brake(place, compute, whole, brake)
    for tenant, money in place.args.get("tenant_budgets", {}).items():
        whose = {"site": place.name, "tenant": tenant}
        _budget(place, f"{place.name}-budget-{tenant}", f"{place.name}-{tenant}", money, whose)


def _budget(place: Placed, name: str, scope: str, money: BudgetSpec, whose: Mapping[str, str]) -> BudgetAlarm:
    return BudgetAlarm(
        name,
        BudgetAlarmArgs(
            scope=scope,
            aed_per_month=money["aed_per_month"],
            aed_per_usd=place.settings.aed_per_usd,
            actual_percent=money["actual_percent"],
            forecast_percent=money["forecast_percent"],
            notify=money["notify"],
            start=money["start"],
            cost_filter={"project": place.tags["project"], "environment": place.tags["environment"], **whose},
            topic_arn=place.settings.alarm_topic,
            tags=place.tags,
        ),
        place.after(),
    )


def _brake(place: Placed, compute: Compute, budget: BudgetAlarm, brake: BudgetStopSpec) -> BudgetStop:
    if compute.karpenter is None:
        raise BadArguments(place.name, [Problem("budget_stop", dict(brake), "where Karpenter has pools", "remove it")])
    return BudgetStop(
        f"{place.name}-brake",
        BudgetStopArgs(
            budget_name=budget.budget_name,
            role_arns={"karpenter": compute.karpenter.controller_role_arn},
            stops=brake["stops"],
            percent=brake["percent"],
            automatic=brake["automatic"],
            notify=place.args["budget"]["notify"],
            tags=place.tags,
        ),
        place.after(),
    )


def burn_rate(place: Placed, compute: Compute) -> BurnRate | None:
    """The alarm that does not wait for the bill; needs the account's own topic, which CloudWatch may publish to."""
    if place.settings.alarm_topic is None:
        return None
    machines = {machine for pool in place.args["pools"].values() for machine in pool["machines"]}
    return BurnRate(
        f"{place.name}-burn-rate",
        BurnRateArgs(
            region=place.settings.region,
            site=place.name,
            cluster_name=compute.cluster.cluster_name,
            machines=sorted(machines),
            aed_per_usd=place.settings.aed_per_usd,
            aed_per_month=place.args["budget"]["aed_per_month"],
            topic_arn=place.settings.alarm_topic,
            image=mirrored(AWS_CLI, place.settings.image_mirror),
            tags=place.tags,
        ),
        place.after(provider=compute.kubernetes),
    )
