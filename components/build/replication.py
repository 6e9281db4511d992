"""Replication of vaults between an AWS and an Azure site, so that checkpoints and models exist on both clouds.

The copy jobs run in the Azure site's cluster, because its storage accounts have no public endpoint. They reach Blob
storage through the private endpoint, and S3 in me-central-1 through its public endpoint over TLS 1.2 or later (the
bucket policies on AWS deny older versions). Both sites are in the UAE. Between them, traffic is routed over the
internet from Azure's NAT address to AWS: encrypted, but without a guarantee that it stays in the country. Data
classified `secret` is therefore copied over a private line only (ExpressRoute to Direct Connect, ending at an S3
interface endpoint in your AWS network), which `private_line` declares.

Outbound traffic is charged at the cloud's internet rate; inbound traffic is free. A purpose costs its full size once
and its changes afterwards, plus the per-GB charge of Azure's NAT gateway in both directions. The project has no source
for either cloud's rate in these regions, so no estimate includes this cost: obtain the rates before raising
`mib_per_second`.

Nothing is deleted at the target; each vault's own lifecycle does that. No credential is stored: each cloud trusts the
OIDC issuer of the cluster and accepts a one-hour token for one service account.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

import pulumi
from pydantic import Field

from falaj.components.aws.identity.replica_access import BucketFlow
from falaj.components.aws.identity.replica_access import ReplicaAccess as AwsAccess
from falaj.components.aws.identity.replica_access import ReplicaAccessArgs as AwsAccessArgs
from falaj.components.azure.identity.replica_access import ContainerFlow
from falaj.components.azure.identity.replica_access import ReplicaAccess as AzureAccess
from falaj.components.azure.identity.replica_access import ReplicaAccessArgs as AzureAccessArgs
from falaj.components.core.accounts.aws_accounts import AwsIamSpec
from falaj.components.core.storage.private_line import PrivateLineSpec
from falaj.components.core.storage.replication import Direction, role_arn
from falaj.components.core.validation.args import Choice, Input
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.regions import AwsRegion, AzureRegion
from falaj.components.kubernetes.copies.copy_job import Replicator
from falaj.components.kubernetes.copies.copy_pod import CopyFlow, CopyRunArgs, CopySchedule, ReplicatorArgs

SECRET = "secret"  # noqa: S105 - a level of the UAE's data classification
"""The data classification that must not cross the internet."""

_ACCESS_SUFFIX = "-access"
"""Name suffix of the AWS access component, contained in the names of its roles."""


class FlowSpec(CopySchedule):
    """Replication of one purpose, from a vault to the vault of the same purpose on the other cloud."""

    direction: Choice[Direction]
    """Direction of the copy, `to-azure` or `to-aws`. Workloads write to the vault on the other cloud."""
    bucket_name: Input[str]
    """Name of the vault's bucket on AWS."""
    bucket_key: Input[str]
    """ARN of the bucket's KMS key."""
    container_id: Input[str]
    """Id of the vault's blob container on Azure."""


class ReplicationArgs(CopyRunArgs):
    """Arguments of `Replication`: the vaults to replicate between an AWS and an Azure site."""

    moved_keys: ClassVar[Mapping[str, str]] = {"issuer_url": "oidc_issuer_url"}

    aws_region: AwsRegion
    """AWS region of the vaults, in the UAE."""
    azure_region: AzureRegion
    """Azure region of the vaults and of the cluster, in the UAE."""
    resource_group_name: Input[str]
    """Name of the Azure site's resource group."""
    resource_group_id: Input[str]
    """Id of that resource group."""
    oidc_issuer_url: Input[str]
    """OIDC issuer URL of the Azure site's cluster."""
    flows: Mapping[Purpose, FlowSpec] = Field(min_length=1)
    """Vaults to copy, by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""
    iam: AwsIamSpec | None = None
    """Permissions boundary and path of the roles on AWS; none if absent."""
    private_line: PrivateLineSpec | None = None
    """Private line to use instead of the internet; required for data classified `secret`."""

    def _problems(self) -> Iterator[Problem]:
        if self.tags["data-classification"] == SECRET and self.private_line is None:
            condition = "data-classification is secret: the copies would cross the internet"
            yield Problem.missing("private_line", condition, "name the line, or do not replicate")


class Replication(pulumi.ComponentResource):
    """Replicates vaults between AWS and Azure, in one direction for each purpose.

    Requires the `aws`, `azure-native` and `kubernetes` providers of the two sites in its options; the `kubernetes`
    provider is the Azure site's. If a bucket policy allows only the network of the AWS site, it needs an exception for
    `role_arns` from the Azure site's NAT addresses, or from the private line's endpoint.
    """

    role_arns: pulumi.Output[Mapping[str, str]]
    """ARN of the IAM role of the copy job, by purpose."""
    client_ids: pulumi.Output[Mapping[str, str]]
    """Client id of the managed identity of the copy job, by purpose."""
    namespace: pulumi.Output[str]
    """Kubernetes namespace of the copy jobs."""
    alerts: pulumi.Output[Mapping[str, str]]
    """PromQL alert expression by purpose, on kube-state-metrics data, that is true if the copy is late."""

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
        # Jobs depend on the access grants: a run that starts earlier fails.
        return Replicator(f"{name}-jobs", copies, pulumi.ResourceOptions(parent=self, depends_on=[access, identities]))


def role_arns(account: str, name: str, purposes: Iterable[Purpose], iam: AwsIamSpec | None = None) -> list[str]:
    """Returns the ARNs that the roles of the replication `name` will have in an account, before they are created.

    Bucket policies use them in conditions: a condition may name a role that does not exist yet, a principal may not.
    """
    return [role_arn(account, pulumi.get_stack(), f"{name}{_ACCESS_SUFFIX}", purpose, iam) for purpose in purposes]


def _access(name: str, args: ReplicationArgs, opts: pulumi.ResourceOptions) -> AwsAccess:
    return AwsAccess(
        f"{name}{_ACCESS_SUFFIX}",
        AwsAccessArgs(
            region=args.aws_region,
            oidc_issuer_url=args.oidc_issuer_url,
            flows={
                purpose: BucketFlow(direction=flow.direction, bucket_name=flow.bucket_name, bucket_key=flow.bucket_key)
                for purpose, flow in args.flows.items()
            },
            iam=args.iam,
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
            oidc_issuer_url=args.oidc_issuer_url,
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
