"""An early alarm for a site on AWS: what its machines cost right now, while the bill is still hours behind."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import ConfigMap, Namespace, ServiceAccount
from pydantic import Field, StringConstraints

from falaj.components.aws.identity.assume_role_policies import pod_trust
from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.aws.identity.keys import account_id
from falaj.components.aws.money.burn_rate_alarms import Limits, alarms
from falaj.components.aws.money.burn_rate_pod import AWS_CLI, PRICES_FILE, SCRIPT_FILE, burn_rate_job
from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.money.burn_rate import aed_per_hour, price_table
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.egress_only import egress_only
from falaj.components.kubernetes.cluster.pod_identity_egress import pod_identity_egress
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace

NAMESPACE = "falaj-burn-rate"
NAME = "burn-rate"
SCRIPT = Path(__file__).with_name(SCRIPT_FILE)
METRICS = "Falaj"
"""Namespace of the metrics in CloudWatch."""


class BurnRateArgs(TypedDict):
    """What is watched of a site's spending, and what it may be."""

    region: str
    """A region of AWS in the UAE."""
    site: str
    """Name of the site, by which its metrics are told apart."""
    cluster_name: pulumi.Input[str]
    """Name of the cluster in EKS: its machines are counted, and count them."""
    machines: Sequence[str]
    """Machine types that its pools may have; any other that runs is reported as one without a price."""
    aed_per_usd: float
    """Dirhams for one US dollar."""
    aed_per_month: float
    """The site's budget, of which machines are usually most: dirhams a month, without VAT."""
    fast_factor: NotRequired[float]
    """Alarms in half an hour at so many times the budget's even pace; 3 if absent."""
    slow_factor: NotRequired[float]
    """Alarms after six hours at so many times the budget's even pace; 1.25 if absent."""
    topic_arn: pulumi.Input[str]
    """A topic that this account's CloudWatch alarms may publish to: that of `FinOps`."""
    image: NotRequired[str]
    """Image with a shell and the AWS CLI; from a registry of your own where there is no way out."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags, and labels inside the cluster."""


class _Checked(Checked):
    region: AwsRegion
    site: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    cluster_name: Passed[str]
    machines: Annotated[tuple[str, ...], Field(min_length=1)]
    aed_per_usd: Annotated[Decimal, Field(gt=0, lt=100)]
    aed_per_month: Annotated[Decimal, Field(ge=100)]
    fast_factor: Annotated[Decimal, Field(gt=1, le=100)] = Decimal(3)
    slow_factor: Annotated[Decimal, Field(gt=1, le=100)] = Decimal("1.25")
    topic_arn: Passed[str]
    image: PinnedImage = AWS_CLI
    tags: CostTags

    @property
    def limits(self) -> Limits:
        """Dirhams an hour from which the alarms sound."""
        even = aed_per_hour(self.aed_per_month)
        return Limits(even * self.fast_factor, even * self.slow_factor)


class BurnRate(pulumi.ComponentResource):
    """Every ten minutes a job multiplies the machines that run with what they cost, and CloudWatch compares.

    Only machines are counted, not disks, traffic or managed services; of the prices no discount is known. It takes the
    `kubernetes` provider of the cluster from its options; nodes of profile `system` must be there. Where the site has
    no way out, its network needs endpoints of EC2 and CloudWatch (`ec2`, `monitoring`).
    """

    namespace: pulumi.Output[str]
    """Where the job runs."""
    role_arn: pulumi.Output[str]
    """ARN of the job's role."""
    alarm_arns: pulumi.Output[Mapping[str, str]]
    """ARN of each alarm: `fast`, `slow`, `unpriced` and `silent`."""

    def __init__(self, name: str, args: BurnRateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:BurnRate", name, {}, opts)
        role, association = self._identity(name, settings)
        self._job(name, settings, association)
        sounded = alarms(name, settings.site, settings.limits, settings.topic_arn, settings.tags, self)
        self.namespace = pulumi.Output.from_input(NAMESPACE)
        self.role_arn = role.arn
        self.alarm_arns = pulumi.Output.all(**{kind: alarm.arn for kind, alarm in sounded.items()})
        self.register_outputs({"namespace": self.namespace, "role_arn": self.role_arn, "alarm_arns": self.alarm_arns})

    def _identity(self, name: str, settings: _Checked) -> tuple[aws.iam.Role, pulumi.Resource]:
        child = pulumi.ResourceOptions(parent=self)
        trust = pulumi.Output.all(account_id(self), settings.cluster_name).apply(
            lambda both: pod_trust(both[0], both[1], NAMESPACE, NAME)
        )
        role = aws.iam.Role(f"{name}-role", assume_role_policy=trust, tags=dict(settings.tags), opts=child)
        use = aws.iam.RolePolicy(f"{name}-use", role=role.name, policy=count_and_publish(settings.region), opts=child)
        association = aws.eks.PodIdentityAssociation(
            f"{name}-identity",
            cluster_name=settings.cluster_name,
            namespace=NAMESPACE,
            service_account=NAME,
            role_arn=role.arn,
            tags=dict(settings.tags),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[use]),
        )
        return role, association

    def _job(self, name: str, settings: _Checked, association: pulumi.Resource) -> None:
        labels = {**settings.tags, "app.kubernetes.io/name": NAME}
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(labels)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = [
            egress_only(f"{name}-https-only", NAMESPACE, labels, inside),
            pod_identity_egress(f"{name}-pod-identity", NAMESPACE, labels, inside),
        ]
        account = ServiceAccount(
            f"{name}-account",
            metadata={"name": NAME, "namespace": NAMESPACE, "labels": labels},
            automount_service_account_token=False,
            opts=inside,
        )
        files = self._files(name, settings, labels, inside)
        CronJob(
            f"{name}-job",
            metadata={"name": NAME, "namespace": NAMESPACE, "labels": labels},
            spec=burn_rate_job(NAME, files.metadata.name, settings, labels),
            # A pod starts with its identity, and inside the policies that keep it in.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[*closed, account, association]),
        )

    def _files(
        self, name: str, settings: _Checked, labels: Mapping[str, str], inside: pulumi.ResourceOptions
    ) -> ConfigMap:
        prices = price_table(settings.region, settings.machines, settings.aed_per_usd)
        data = {SCRIPT_FILE: SCRIPT.read_text(encoding="utf-8"), PRICES_FILE: prices}
        # A new name for new content: the job changes over to it, and no pod ever reads half of each.
        digest = hashlib.sha256("\0".join(data.values()).encode()).hexdigest()[:8]
        return ConfigMap(
            f"{name}-files",
            metadata={"name": f"{NAME}-{digest}", "namespace": NAMESPACE, "labels": labels},
            data=data,
            opts=inside,
        )


def count_and_publish(region: str) -> str:
    """What the job may do: look at machines of the region, and publish metrics of ours. Neither call knows resources
    (Service Authorization Reference, EC2 and CloudWatch), so both are narrowed by condition."""
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
