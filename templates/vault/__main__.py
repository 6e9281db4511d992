"""An encrypted bucket for models, and a monthly budget whose alarms go to one address."""

import pulumi

from falaj.components import aws
from falaj.facts.currency import PEG
from falaj.facts.tags import MANDATORY_KEYS

config = pulumi.Config("falaj")
region = config.require("region")
tags = {key: config.require(key) for key in MANDATORY_KEYS if key != "project"} | {"project": pulumi.get_project()}
account = pulumi.ResourceOptions(providers=[aws.site_provider("uae", region)])

vault = aws.Vault("models", aws.VaultArgs(region=region, purpose=aws.Purpose.MODELS, tags=tags), account)
budget = aws.BudgetAlarm(
    "budget",
    aws.BudgetAlarmArgs(
        region=region,
        scope=pulumi.get_project(),
        aed_per_month=config.require_float("budget"),
        aed_per_usd=PEG.aed_per_usd,
        start=config.require("budget-start"),
        notify=[config.require("notify")],
        tags=tags,
    ),
    account,
)

pulumi.export("vault", vault.uri)
pulumi.export("budget", budget.budget_name)
