"""The bill of a whole account: who hears when it runs away, on each cloud that a stack has sites on.

Like the sites, these import a cloud's package only when it is needed.
"""

import pulumi

from falaj.components.settings.money import FinopsSettings
from falaj.components.settings.stack import Settings
from falaj.facts.regions import Cloud

NAME = "finops"


def watch(cloud: Cloud, region: str, platform: Settings) -> pulumi.Output[str] | None:
    """Watch the account's bill if the stack says so; returns where budgets and alarms of the cloud publish to."""
    money = platform.finops.get(cloud)
    if money is None:
        return None
    return _aws(region, platform, money) if cloud is Cloud.AWS else _azure(region, platform, money)


def _aws(region: str, platform: Settings, money: FinopsSettings) -> pulumi.Output[str]:
    from falaj.components import aws

    opts = pulumi.ResourceOptions(providers=[aws.site_provider(NAME, region)])
    finops = aws.FinOps(
        NAME,
        aws.FinOpsArgs(
            region=region,
            aed_per_usd=platform.currency.aed_per_usd,
            anomaly_aed=money.anomaly_aed,
            notify=money.budget.notify,
            business_units={tenant: [tenant] for tenant in platform.tenants},
            activate_tags=money.cost_allocation_tags,
            export=money.cost_export,
            protect=_protect(platform),
            tags=platform.tags,
        ),
        opts,
    )
    aws.BudgetAlarm(
        f"{NAME}-budget",
        aws.BudgetAlarmArgs(
            scope=platform.tags["project"],
            aed_per_month=money.budget.aed_per_month,
            aed_per_usd=platform.currency.aed_per_usd,
            actual_percent=money.budget.actual_percent,
            forecast_percent=money.budget.forecast_percent,
            notify=money.budget.notify,
            start=money.budget.start,
            cost_filter=_platform(platform),
            topic_arn=finops.topic_arn,
            tags=platform.tags,
        ),
        opts,
    )
    return finops.topic_arn


def _azure(region: str, platform: Settings, money: FinopsSettings) -> pulumi.Output[str]:
    from pulumi_azure_native import resources

    from falaj.components import azure

    provider = azure.site_provider(NAME, region)
    opts = pulumi.ResourceOptions(providers=[provider])
    group = resources.ResourceGroup(
        f"{NAME}-group", location=region, tags=platform.tags, opts=pulumi.ResourceOptions(provider=provider)
    )
    finops = azure.FinOps(
        f"{NAME}-azure",
        azure.FinOpsArgs(
            region=region,
            resource_group_name=group.name,
            resource_group_id=group.id,
            notify=money.budget.notify,
            start=money.budget.start,
            tags=platform.tags,
        ),
        opts,
    )
    azure.BudgetAlarm(
        f"{NAME}-azure-budget",
        azure.BudgetAlarmArgs(
            region=region,
            resource_group_name=group.name,
            resource_group_id=group.id,
            scope=platform.tags["project"],
            aed_per_month=money.budget.aed_per_month,
            aed_per_usd=platform.currency.aed_per_usd,
            actual_percent=money.budget.actual_percent,
            forecast_percent=money.budget.forecast_percent,
            notify=money.budget.notify,
            start=money.budget.start,
            cost_filter=_platform(platform),
            topic=finops.topic,
            tags=platform.tags,
        ),
        opts,
    )
    return finops.topic


def kept_from(platform: Settings) -> str | None:
    """The month from which a site on Azure keeps the subscription's bill; None where none does."""
    money = platform.finops.get(Cloud.AZURE)
    return money.budget.start if money is not None and money.cost_export else None


def _platform(platform: Settings) -> dict[str, str]:
    """Tags that every cost of the platform in this environment carries."""
    return {key: platform.tags[key] for key in ("project", "environment")}


def _protect(platform: Settings) -> bool:
    return any(site.protect for site in platform.sites.values())
