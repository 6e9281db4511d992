"""The bill of an AWS account as a whole: what is unusual, whose it is, and where it is kept. Once an account."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.money.alarm_topic import ALARMS, ANOMALIES, BUDGETS, alarm_topic, mail_alarms
from falaj.components.aws.money.anomalies import service_monitor, subscriptions, unusual
from falaj.components.aws.money.cost_categories import TENANT_TAG, BusinessUnits, business_units
from falaj.components.aws.money.cost_export import CostExport
from falaj.components.core.money.budgets import Address
from falaj.components.core.money.conversion import usd_of
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags
from falaj.facts.tags import MANDATORY_KEYS

SITE_TAG = "site"

ALLOCATION_TAGS = (*MANDATORY_KEYS, SITE_TAG, TENANT_TAG)
"""Tags that split the bill."""


class FinOpsArgs(TypedDict):
    """What is watched and kept of an account's bill."""

    region: str
    """A region of AWS in the UAE, of the topic and the exported bill."""
    aed_per_usd: float
    """Dirhams for one US dollar."""
    anomaly_aed: float
    """Dirhams above the usual from which a spending anomaly is told."""
    anomaly_percent: NotRequired[int]
    """Percent above the usual that it must also be; 40 if absent, as AWS's own monitor has it."""
    monitor_arn: NotRequired[str]
    """ARN of the monitor of services that the account has already: AWS allows one, and makes it by itself where Cost
    Explorer is opened for the first time. One is made if absent."""
    notify: Sequence[str]
    """E-mail addresses of those who hear of anomalies once a day and, once they have confirmed the first mail of the
    topic, of CloudWatch alarms at once: ten at most."""
    business_units: NotRequired[Mapping[str, Sequence[str]]]
    """Business unit -> values of the tag `tenant` whose charges it pays; no cost category if absent or empty."""
    activate_tags: NotRequired[bool]
    """Whether the cost tags, `site` and `tenant` are activated for the bill; not if absent. AWS refuses a tag that
    its bill has not seen yet, for up to a day after its first use: turn it on a day after the first deployment, and
    only in the account that pays."""
    export: NotRequired[bool]
    """Whether the bill is exported; exported if absent."""
    protect: NotRequired[bool]
    """Whether the exported bill and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags."""


class _Checked(Checked):
    region: AwsRegion
    aed_per_usd: Annotated[Decimal, Field(gt=0, lt=100)]
    anomaly_aed: Annotated[Decimal, Field(ge=1)]
    anomaly_percent: Annotated[int, Field(ge=1, le=1000)] = 40
    monitor_arn: Annotated[str, Field(pattern=r"^arn:aws:ce::[0-9]{12}:anomalymonitor/[0-9a-f-]+$")] | None = None
    notify: Annotated[tuple[Address, ...], Field(min_length=1, max_length=10)]
    business_units: BusinessUnits = Field(default={})
    activate_tags: bool = False
    export: bool = True
    protect: bool = False
    tags: CostTags


class FinOps(pulumi.ComponentResource):
    """One topic for alarms about money, anomaly detection, and, where asked for, cost categories and the bill's export.

    Cost Explorer and Data Exports are served from us-east-1: money data, which holds names of resources and tags and
    none of what they process. The topic and the files are in the country.
    """

    topic_arn: pulumi.Output[str]
    """ARN of the topic, which budgets, anomaly detection and alarms of this account publish to."""
    monitor_arn: pulumi.Output[str]
    """ARN of the anomaly monitor."""
    export_uri: pulumi.Output[str]
    """Where the exported bill lies, `s3://...`; `none` where it is not exported."""

    def __init__(self, name: str, args: FinOpsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:FinOps", name, {}, opts)
        tags = settings.tags
        publishers = (BUDGETS, ANOMALIES, ALARMS)
        self.topic_arn = alarm_topic(name, f"Encrypts alarms about money of {name}", publishers, tags, self)
        mail_alarms(name, self.topic_arn, settings.notify, self)
        self.monitor_arn = self._monitor(name, settings)
        threshold = unusual(usd_of(settings.anomaly_aed, settings.aed_per_usd), settings.anomaly_percent)
        subscriptions(name, self.monitor_arn, settings.notify, self.topic_arn, threshold, tags, self)
        if settings.business_units:
            business_units(name, settings.business_units, tags, self)
        if settings.activate_tags:
            self._activate(name)
        self.export_uri = self._export(name, settings)
        self.register_outputs(
            {"topic_arn": self.topic_arn, "monitor_arn": self.monitor_arn, "export_uri": self.export_uri}
        )

    def _monitor(self, name: str, settings: _Checked) -> pulumi.Output[str]:
        if settings.monitor_arn is not None:
            return pulumi.Output.from_input(settings.monitor_arn)
        return service_monitor(name, settings.tags, self)

    def _activate(self, name: str) -> None:
        for key in ALLOCATION_TAGS:
            aws.costexplorer.CostAllocationTag(
                f"{name}-tag-{key}", tag_key=key, status="Active", opts=pulumi.ResourceOptions(parent=self)
            )

    def _export(self, name: str, settings: _Checked) -> pulumi.Output[str]:
        if not settings.export:
            return pulumi.Output.from_input("none")
        return CostExport(
            f"{name}-export",
            {"region": settings.region, "protect": settings.protect, "tags": settings.tags},
            pulumi.ResourceOptions(parent=self),
        ).uri
