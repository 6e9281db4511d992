"""FinOps of an AWS account: anomaly detection, cost categories and the exported bill. Deploy it once per account."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Self

import pulumi
import pulumi_aws as aws
from pydantic import Field, model_validator

from falaj.components.aws.money.alarm_topic import ALARMS, ANOMALIES, BUDGETS, alarm_topic, email_alarms
from falaj.components.aws.money.anomalies import anomaly_threshold, service_monitor, subscriptions
from falaj.components.aws.money.cost_categories import business_units
from falaj.components.aws.money.cost_export import CostExport, CostExportArgs
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.money.amounts import AnomalyAed
from falaj.components.core.money.anomaly_monitor import MonitorArn
from falaj.components.core.money.budgets import Address
from falaj.components.core.money.conversion import usd_of
from falaj.components.core.money.cost_categories import TENANT_TAG, BusinessUnits
from falaj.components.core.validation.args import Accepts, Args, Input, default
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.facts.tags import MANDATORY_KEYS

SITE_TAG = "site"

NO_MONITOR = "none"
"""Value of the output `monitor_arn` without a monitor."""

ALLOCATION_TAGS = (*MANDATORY_KEYS, SITE_TAG, TENANT_TAG)
"""Tags to activate as cost allocation tags."""


class FinOpsArgs(Args):
    """Cost monitoring and bill export of an AWS account."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE for the topic and the exported bill."""
    aed_per_usd: Accepts[Decimal, Decimal | float] = set_once("aed_per_usd", gt=0, lt=100)
    """Exchange rate: dirhams (AED) per US dollar."""
    anomaly_aed: Accepts[AnomalyAed, AnomalyAed | float]
    """Dirhams (AED) above the expected spend from which an anomaly is reported: 1 or more."""
    anomaly_percent: int = Field(default=40, ge=1, le=1000)
    """Percentage above the expected spend that an anomaly must also reach: 1 to 1000. Default: 40, as in AWS's own
    monitor."""
    monitor_arn: Input[MonitorArn] | None = None
    """ARN of the account's existing anomaly monitor of services (`aws ce get-anomaly-monitors`). AWS allows one per
    account, and creates it when Cost Explorer is opened for the first time. Default: no anomaly is reported, unless
    `create_monitor` is true."""
    create_monitor: bool = False
    """Whether the monitor is created. Only in an account that has none: AWS refuses a second one. Default: false."""
    email_only: bool = False
    """Whether anomalies are reported by e-mail only, and not to the topic: for accounts where the service cannot
    publish to a topic in an opt-in region such as `me-central-1`. Default: false."""
    notify: Sequence[Input[Address]] = set_once("notify", min_length=1, max_length=10)
    """E-mail addresses, 1 to 10, that receive a daily summary of anomalies and, after confirming the subscription in
    the topic's first e-mail, CloudWatch alarms immediately."""
    business_units: BusinessUnits = default({})
    """Business unit -> values of the tag `tenant` whose charges the unit pays. Default: none, and no cost category is
    created. A member account of an organisation cannot create one."""
    activate_tags: bool = False
    """Whether the cost tags, `site` and `tenant` are activated as cost allocation tags. AWS rejects a tag until up to a
    day after its first use: enable this a day after the first deployment, and only in the management account. Default:
    false."""
    export: bool = True
    """Whether the bill is exported to a bucket. Default: true."""
    protect: bool = False
    """Whether the exported bill and its key are protected from deletion."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""

    @model_validator(mode="after")
    def _one_monitor(self) -> Self:
        if self.create_monitor and self.monitor_arn is not None:
            raise refusal("only without `monitor_arn`", "remove one of the two", "create_monitor", True)
        return self


class FinOps(RegionalComponent):
    """SNS topic for cost alarms, anomaly detection and, optionally, cost categories and the exported bill.

    Cost Explorer and Data Exports are served from us-east-1: billing data contains names of resources and tags, but
    none of the data that the resources process. The topic and the exported files are in the UAE.
    """

    topic_arn: pulumi.Output[str]
    """ARN of the SNS topic that budgets, anomaly detection and CloudWatch alarms of this account publish to."""
    monitor_arn: pulumi.Output[str]
    """ARN of the anomaly monitor; `none` without one."""
    export_uri: pulumi.Output[str]
    """URI of the exported bill, `s3://...`; `none` if it is not exported."""

    def __init__(self, name: str, args: FinOpsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = FinOpsArgs.of(name, args)
        super().__init__("falaj:aws:FinOps", name, args.region, opts)
        tags = args.tags
        publishers = (BUDGETS, ANOMALIES, ALARMS)
        self.topic_arn = alarm_topic(name, f"Encrypts alarms about money of {name}", publishers, tags, self)
        email_alarms(name, self.topic_arn, args.notify, self)
        self.monitor_arn = self._monitor(name, args)
        if args.create_monitor or args.monitor_arn is not None:
            threshold = anomaly_threshold(usd_of(args.anomaly_aed, args.aed_per_usd), args.anomaly_percent)
            topic = None if args.email_only else self.topic_arn
            subscriptions(name, self.monitor_arn, args.notify, topic, threshold, tags, self)
        if args.business_units:
            business_units(name, args.business_units, tags, self)
        if args.activate_tags:
            self._activate(name)
        self.export_uri = self._export(name, args)
        self.register_outputs(
            {"topic_arn": self.topic_arn, "monitor_arn": self.monitor_arn, "export_uri": self.export_uri}
        )

    def _monitor(self, name: str, args: FinOpsArgs) -> pulumi.Output[str]:
        if args.monitor_arn is not None:
            return pulumi.Output.from_input(args.monitor_arn)
        return service_monitor(name, args.tags, self) if args.create_monitor else pulumi.Output.from_input(NO_MONITOR)

    def _activate(self, name: str) -> None:
        for key in ALLOCATION_TAGS:
            aws.costexplorer.CostAllocationTag(
                f"{name}-tag-{key}", tag_key=key, status="Active", opts=pulumi.ResourceOptions(parent=self)
            )

    def _export(self, name: str, args: FinOpsArgs) -> pulumi.Output[str]:
        if not args.export:
            return pulumi.Output.from_input("none")
        return CostExport(
            f"{name}-export",
            CostExportArgs(region=args.region, protect=args.protect, tags=args.tags),
            pulumi.ResourceOptions(parent=self),
        ).uri
