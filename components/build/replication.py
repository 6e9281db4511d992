"""Copies of vaults between an AWS and an Azure site, so that checkpoints and models exist on both clouds.

The pods that copy run in the Azure site's cluster, because its storage has no public network: they reach Blob through
the private endpoint, and S3 in me-central-1 as the internet does, over TLS 1.2 or later (a vault's policy on AWS
refuses less). Both ends are in the UAE. Between them traffic is routed over the internet from Azure's NAT address to
AWS: encrypted, but without a guarantee that it stays in the country. So data classified `secret` is copied over a
private line only (ExpressRoute to Direct Connect, ending at an S3 interface endpoint of yours), which `private_line`
names.

Outbound traffic is charged at the cloud's internet rate, inbound traffic is free: a purpose costs its size once, then
its changes, plus what Azure's NAT charges per GB in both directions. No source of this project has either cloud's rate
for these regions, so no estimate contains it: ask for it before `mib_per_second` is raised.

Nothing is deleted at a target: each vault's own lifecycle does that. No credential is stored: either cloud trusts the
cluster's issuer, and accepts a token of one hour for one service account.
"""

from collections.abc import Iterable, Mapping
from typing import Self

import pulumi
from pydantic import Field, model_validator

from falaj.components.aws.identity.replica_access import BucketFlow
from falaj.components.aws.identity.replica_access import ReplicaAccess as AwsAccess
from falaj.components.aws.identity.replica_access import ReplicaAccessArgs as AwsAccessArgs
from falaj.components.azure.identity.replica_access import ContainerFlow
from falaj.components.azure.identity.replica_access import ReplicaAccess as AzureAccess
from falaj.components.azure.identity.replica_access import ReplicaAccessArgs as AzureAccessArgs
from falaj.components.core.storage.replication import Direction, role_arn
from falaj.components.core.validation.args import Choice, Input, Spec
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.regions import AwsRegion, AzureRegion
from falaj.components.kubernetes.copies.copy_job import Replicator
from falaj.components.kubernetes.copies.copy_pod import CopyFlow, CopyRunArgs, CopySchedule, ReplicatorArgs

SECRET = "secret"  # noqa: S105 - the word of the UAE's data classification
"""The data classification that must not cross the internet."""

_ACCESS = "-access"
"""Suffix of the component on AWS's side, part of its roles' names."""


class FlowSpec(CopySchedule):
    """One purpose that is copied from a vault to the vault of the same purpose on the other cloud."""

    direction: Choice[Direction]
    """`to-azure` or `to-aws`: from where the purpose is written to where it is kept as well."""
    bucket_name: Input[str]
    """Name of the vault on AWS."""
    bucket_key: Input[str]
    """ARN of its KMS key."""
    container_id: Input[str]
    """Id of the container of the vault on Azure."""


class PrivateLine(Spec):
    """A line between the two sites that is not the internet."""

    circuit: str = Field(min_length=1)
    """Name of the line for those who operate it, such as the id of an ExpressRoute circuit."""
    s3_endpoint: Input[str]
    """Address of the S3 interface endpoint at its end, `https://bucket.vpce-….s3.me-central-1.vpce.amazonaws.com`."""


class ReplicationArgs(CopyRunArgs):
    """Copies of vaults between an AWS and an Azure site."""

    aws_region: AwsRegion
    """Region of the vaults on AWS, in the UAE."""
    azure_region: AzureRegion
    """Region of the vaults and of the cluster on Azure, in the UAE."""
    resource_group_name: Input[str]
    """Resource group of the Azure site."""
    resource_group_id: Input[str]
    """Id of that resource group."""
    issuer_url: Input[str]
    """Issuer of the tokens of the Azure site's cluster."""
    flows: Mapping[Purpose, FlowSpec] = Field(min_length=1)
    """What is copied, by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""
    private_line: PrivateLine | None = None
    """The line that is used instead of the internet; data classified `secret` needs one."""

    @model_validator(mode="after")
    def _secrets_keep_off_the_internet(self) -> Self:
        if self.tags["data-classification"] == SECRET and self.private_line is None:
            condition = "data-classification is secret: the copies would cross the internet"
            refuse_if([Problem.missing("private_line", condition, "name the line, or do not replicate")])
        return self


class Replication(pulumi.ComponentResource):
    """Replicates vaults between both clouds, in one direction for each purpose.

    Takes the `aws`, `azure-native` and `kubernetes` providers of the two sites from its options: `kubernetes` is the
    Azure site's. Buckets whose policy lets in only the network of their site need an exception for
    `role_arns` and the Azure site's NAT addresses, or the private line's endpoint.
    """

    role_arns: pulumi.Output[Mapping[str, str]]
    """ARN of the role on AWS by purpose."""
    client_ids: pulumi.Output[Mapping[str, str]]
    """Client id of the identity on Azure by purpose."""
    namespace: pulumi.Output[str]
    """Kubernetes namespace of the jobs."""
    alerts: pulumi.Output[Mapping[str, str]]
    """By purpose the PromQL expression, over the metrics of kube-state-metrics, that holds when its copy is late."""

    def __init__(self, name: str, args: ReplicationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ReplicationArgs.of(name, args)
        super().__init__("falaj:replication:Replication", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        access = _access(name, args, child)
        identities = _identities(name, args, child)
        jobs = self._jobs(name, args, access, identities)
        self.role_arns, self.client_ids = access.role_arns, identities.client_ids
        self.namespace, self.alerts = jobs.namespace, jobs.alerts
        self.register_outputs({output: getattr(self, output) for output in Replication.__annotations__})

    def _jobs(self, name: str, args: ReplicationArgs, access: AwsAccess, identities: AzureAccess) -> Replicator:
        copies = ReplicatorArgs(
            bucket_region=args.aws_region,
            tenant_id=identities.tenant_id,
            flows={purpose: _copy(purpose, flow, access, identities) for purpose, flow in args.flows.items()},
            mib_per_second=args.mib_per_second,
            deadline_hours=args.deadline_hours,
            image=args.image,
            profile=args.profile,
            s3_endpoint=args.private_line.s3_endpoint if args.private_line else None,
            tags=args.tags,
        )
        # A run that starts before its access is granted would only fail.
        return Replicator(f"{name}-jobs", copies, pulumi.ResourceOptions(parent=self, depends_on=[access, identities]))


def role_arns(account: str, name: str, purposes: Iterable[Purpose]) -> list[str]:
    """ARNs of the roles that the replication called `name` will have in an account, before it is made.

    For the policies of its buckets: a condition may name a role that does not exist yet, a principal may not.
    """
    return [role_arn(account, pulumi.get_stack(), f"{name}{_ACCESS}", purpose) for purpose in purposes]


def _access(name: str, args: ReplicationArgs, opts: pulumi.ResourceOptions) -> AwsAccess:
    return AwsAccess(
        f"{name}{_ACCESS}",
        AwsAccessArgs(
            region=args.aws_region,
            issuer_url=args.issuer_url,
            flows={
                purpose: BucketFlow(direction=flow.direction, bucket_name=flow.bucket_name, bucket_key=flow.bucket_key)
                for purpose, flow in args.flows.items()
            },
            tags=args.tags,
        ),
        opts,
    )


def _identities(name: str, args: ReplicationArgs, opts: pulumi.ResourceOptions) -> AzureAccess:
    return AzureAccess(
        f"{name}-identities",
        AzureAccessArgs(
            region=args.azure_region,
            resource_group_name=args.resource_group_name,
            resource_group_id=args.resource_group_id,
            issuer_url=args.issuer_url,
            flows={
                purpose: ContainerFlow(direction=flow.direction, container_id=flow.container_id)
                for purpose, flow in args.flows.items()
            },
            tags=args.tags,
        ),
        opts,
    )


def _copy(purpose: Purpose, flow: FlowSpec, access: AwsAccess, identities: AzureAccess) -> CopyFlow:
    return CopyFlow(
        direction=flow.direction,
        bucket_name=flow.bucket_name,
        bucket_key=flow.bucket_key,
        container_id=flow.container_id,
        role_arn=access.role_arns.apply(lambda arns: arns[purpose.value]),
        client_id=identities.client_ids.apply(lambda ids: ids[purpose.value]),
        schedule=flow.schedule,
        late_hours=flow.late_hours,
        immutable=flow.immutable,
    )
