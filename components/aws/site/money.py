"""Budgets and alarms of a site on AWS."""

from collections.abc import Mapping

from falaj.components.aws.money.budget_actions import BudgetStop, BudgetStopArgs
from falaj.components.aws.money.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from falaj.components.aws.money.burn_rate import BurnRate, BurnRateArgs
from falaj.components.aws.money.burn_rate_pod import AWS_CLI
from falaj.components.aws.nodes.karpenter.karpenter import Karpenter
from falaj.components.aws.site.args import SiteBuild
from falaj.components.aws.site.compute import Compute
from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.site.specs import BudgetActionSpec


def budgets(build: SiteBuild, compute: Compute) -> None:
    """Creates a budget for the site, with its automated cost control, and a budget for each tenant that has pools in
    the site."""
    site_budget = _budget(build, f"{build.name}-budget", build.name, build.args.budget, {"site": build.name})
    if (action := build.args.options.budget_stop) and compute.karpenter:
        _budget_stop(build, compute.karpenter, site_budget, action)
    for tenant, budget in build.args.tenant_budgets.items():
        scope_tags = {"site": build.name, "tenant": tenant}
        _budget(build, f"{build.name}-budget-{tenant}", f"{build.name}-{tenant}", budget, scope_tags)


def _budget(build: SiteBuild, name: str, scope: str, budget: BudgetSpec, scope_tags: Mapping[str, str]) -> BudgetAlarm:
    return BudgetAlarm(
        name,
        BudgetAlarmArgs(
            scope=scope,
            aed_per_usd=build.args.aed_per_usd,
            cost_filter={"project": build.tags["project"], "environment": build.tags["environment"], **scope_tags},
            topic_arn=build.args.alarm_topic,
            email_only=build.args.email_only,
            tags=build.tags,
            **dict(budget),
        ),
        build.after(),
    )


def _budget_stop(build: SiteBuild, karpenter: Karpenter, alarm: BudgetAlarm, action: BudgetActionSpec) -> BudgetStop:
    return BudgetStop(
        f"{build.name}-brake",
        BudgetStopArgs(
            budget_name=alarm.budget_name,
            role_arns={"karpenter": karpenter.controller_role_arn},
            stops=action.stops,
            percent=action.percent,
            automatic=action.automatic,
            notify=build.args.budget.notify,
            tags=build.tags,
        ),
        build.after(),
    )


def burn_rate(build: SiteBuild, compute: Compute) -> BurnRate | None:
    """Creates the alarm that does not wait for billing data. It needs the account's alarm topic, to which CloudWatch
    may publish; returns None without one."""
    if build.args.alarm_topic is None:
        return None
    machines = {machine for pool in build.args.pools.values() for machine in pool.machines}
    return BurnRate(
        f"{build.name}-burn-rate",
        BurnRateArgs(
            region=build.args.region,
            site=build.name,
            cluster_name=compute.cluster.cluster_name,
            machines=sorted(machines),
            aed_per_usd=build.args.aed_per_usd,
            aed_per_month=build.args.budget.aed_per_month,
            topic_arn=build.args.alarm_topic,
            image=mirrored_input(AWS_CLI, build.args.network.image_mirror),
            tags=build.tags,
        ),
        build.after(provider=compute.kubernetes),
    )
