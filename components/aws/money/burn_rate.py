"""Early cost alarm for a site on AWS, based on the machines that run now: billing data is hours late."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import pulumi
import pulumi_aws as aws
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import ConfigMap, Namespace, ServiceAccount
from pydantic import Field

from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.aws.identity.pod_identity import ServiceAccountPods, confined_role, grant_to_pods
from falaj.components.aws.money.burn_rate_alarms import Limits, alarms
from falaj.components.aws.money.burn_rate_pod import AWS_CLI, PRICES_FILE, SCRIPT_FILE, burn_rate_job
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.money.amounts import WatchedAed
from falaj.components.core.money.burn_rate import aed_per_hour, price_table
from falaj.components.core.validation.args import Accepts, Args, Input, default
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.kubernetes.cluster.egress_only import egress_only
from falaj.components.kubernetes.cluster.pod_identity_egress import pod_identity_egress
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace

NAMESPACE = "falaj-burn-rate"
NAME = "burn-rate"
SCRIPT = Path(__file__).with_name(SCRIPT_FILE)
METRICS = "Falaj"
"""CloudWatch namespace of the metrics."""


SiteDimension = Annotated[
    str,
    TextForm(r"^[a-z0-9][a-z0-9-]{0,39}$", "at most 40 lower-case letters, digits and dashes, first no dash", "awsuae"),
]


class BurnRateArgs(Args):
    """Burn-rate measurement of a site, and the limits of its alarms."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    site: SiteDimension
    """Name of the site: value of the metric dimension `Site`."""
    cluster_name: Input[str]
    """Name of the EKS cluster whose machines are counted. The counting job runs in it."""
    machines: Sequence[str] = Field(min_length=1)
    """Instance types that the site's pools may use, at least one. A running machine of any other type is reported as
    unpriced."""
    aed_per_usd: Accepts[Decimal, Decimal | float] = set_once("aed_per_usd", gt=0, lt=100)
    """Exchange rate: dirhams (AED) per US dollar."""
    aed_per_month: Accepts[WatchedAed, WatchedAed | float]
    """The site's budget in dirhams (AED) per month, without VAT: 100 or more. Machines usually account for most of
    it."""
    fast_factor: Accepts[Decimal, Decimal | float] = default(Decimal(3), gt=1, le=100)
    """Multiple of the budget's average hourly rate: an alarm is sent after half an hour above it. Default: 3."""
    slow_factor: Accepts[Decimal, Decimal | float] = default(Decimal("1.25"), gt=1, le=100)
    """Multiple of the budget's average hourly rate: an alarm is sent after six hours above it. Default: 1.25."""
    topic_arn: Input[str]
    """ARN of an SNS topic that this account's CloudWatch alarms may publish to: output `topic_arn` of `FinOps`."""
    image: Input[PinnedImage] = AWS_CLI
    """Image with a shell and the AWS CLI. If the network has no egress, use an image in your own registry."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags, and as labels to objects in the cluster."""

    @property
    def limits(self) -> Limits:
        """Returns the limits of the alarms in dirhams (AED) per hour."""
        average = aed_per_hour(self.aed_per_month)
        return Limits(average * self.fast_factor, average * self.slow_factor)


class BurnRate(RegionalComponent):
    """Job that sums the hourly prices of the running machines every ten minutes, with CloudWatch alarms on the sum.

    Only machines are counted, at list prices without discounts: no disks, traffic or managed services. The component
    uses the `kubernetes` provider of the cluster from its options and needs nodes of profile `system`. Without egress
    the network needs endpoints for EC2 and CloudWatch (`ec2`, `monitoring`).
    """

    namespace: pulumi.Output[str]
    """Namespace of the job."""
    role_arn: pulumi.Output[str]
    """ARN of the job's role."""
    alarm_arns: pulumi.Output[Mapping[str, str]]
    """ARN of each alarm by kind: `fast`, `slow`, `unpriced` and `silent`."""

    def __init__(self, name: str, args: BurnRateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = BurnRateArgs.of(name, args)
        super().__init__("falaj:aws:BurnRate", name, args.region, opts)
        role, association = self._identity(name, args)
        self._job(name, args, association)
        metric_alarms = alarms(name, args.site, args.limits, args.topic_arn, args.tags, self)
        self.namespace = pulumi.Output.from_input(NAMESPACE)
        self.role_arn = role.arn
        self.alarm_arns = pulumi.Output.all(**{kind: alarm.arn for kind, alarm in metric_alarms.items()})
        self.register_outputs({"namespace": self.namespace, "role_arn": self.role_arn, "alarm_arns": self.alarm_arns})

    def _identity(self, name: str, args: BurnRateArgs) -> tuple[aws.iam.Role, pulumi.Resource]:
        pods = ServiceAccountPods(args.cluster_name, NAMESPACE, NAME)
        role = confined_role(name, pods, args.tags, self)
        return role, grant_to_pods(name, role, ("use", job_policy(args.region)), pods, args.tags, self)

    def _job(self, name: str, args: BurnRateArgs, association: pulumi.Resource) -> None:
        labels = {**args.tags, "app.kubernetes.io/name": NAME}
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(labels)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        in_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        network_policies = [
            egress_only(f"{name}-https-only", NAMESPACE, labels, in_namespace),
            pod_identity_egress(f"{name}-pod-identity", NAMESPACE, labels, in_namespace),
        ]
        account = ServiceAccount(
            f"{name}-account",
            metadata={"name": NAME, "namespace": NAMESPACE, "labels": labels},
            automount_service_account_token=False,
            opts=in_namespace,
        )
        files = self._files(name, args, labels, in_namespace)
        CronJob(
            f"{name}-job",
            metadata={"name": NAME, "namespace": NAMESPACE, "labels": labels},
            spec=burn_rate_job(NAME, files.metadata.name, args, labels),
            # A pod gets its identity when it starts, and the network policies must apply from then on.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[*network_policies, account, association]),
        )

    def _files(
        self, name: str, args: BurnRateArgs, labels: Mapping[str, str], in_namespace: pulumi.ResourceOptions
    ) -> ConfigMap:
        prices = price_table(args.region, args.machines, args.aed_per_usd)
        data = {SCRIPT_FILE: SCRIPT.read_text(encoding="utf-8"), PRICES_FILE: prices}
        # The name depends on the content: the job switches to new files at once, and no pod reads a mix of both.
        digest = hashlib.sha256("\0".join(data.values()).encode()).hexdigest()[:8]
        return ConfigMap(
            f"{name}-files",
            metadata={"name": f"{NAME}-{digest}", "namespace": NAMESPACE, "labels": labels},
            data=data,
            opts=in_namespace,
        )


def job_policy(region: str) -> str:
    """Returns the IAM policy of the job: describe machines in the region, and publish metrics in this project's
    namespace. Neither action supports resource-level permissions (Service Authorization Reference, EC2 and CloudWatch),
    so conditions restrict them."""
    return document(
        Statement(
            "CountMachines", ("ec2:DescribeInstances",), conditions={"StringEquals": {"aws:RequestedRegion": region}}
        ),
        Statement(
            "PublishMetrics",
            ("cloudwatch:PutMetricData",),
            conditions={"StringEquals": {"cloudwatch:namespace": METRICS, "aws:RequestedRegion": region}},
        ),
    )
