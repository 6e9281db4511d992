"""Checkpoints and models that exist on both clouds of the country: copied between an AWS and an Azure site.

The pods that copy run in the Azure site's cluster, because its storage has no public network: they reach Blob through
the private endpoint, and S3 in me-central-1 as the internet does, over TLS 1.2 or later (a vault's policy on AWS
refuses less). Both ends are in the UAE. What lies between is the internet's own way from Azure's NAT address to AWS's:
encrypted, but promised by nobody to stay in the country. So data classified `secret` is copied over a private line only
(ExpressRoute to Direct Connect, ending at an S3 interface endpoint of yours), which `private_line` names.

Bytes that leave a cloud are paid for by its rate to the internet, those that arrive are free: a purpose costs its size
once, then what changes, beside what Azure's NAT takes for each GB either way. No source of this project has either
cloud's rate for these regions, so no estimate holds it: ask for it before `mib_per_second` is raised.

Nothing is deleted at a target: each vault's own lifecycle does that. Nothing is stored that could be stolen: either
cloud trusts the cluster's issuer, and takes a token of an hour for one service account.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, NotRequired, Self, TypedDict

import pulumi
from pydantic import Field, StringConstraints, model_validator

from falaj.components.aws.identity.replica_access import BucketFlow
from falaj.components.aws.identity.replica_access import ReplicaAccess as AwsAccess
from falaj.components.aws.identity.replica_access import ReplicaAccessArgs as AwsAccessArgs
from falaj.components.azure.identity.replica_access import ContainerFlow
from falaj.components.azure.identity.replica_access import ReplicaAccess as AzureAccess
from falaj.components.azure.identity.replica_access import ReplicaAccessArgs as AzureAccessArgs
from falaj.components.core.storage.replication import Direction, role_arn
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import AwsRegion, AzureRegion
from falaj.components.kubernetes.copies.copy_job import CopyFlow, Replicator, ReplicatorArgs
from falaj.components.kubernetes.copies.copy_pod import CheckedRuns, CheckedTimes

SECRET = "secret"  # noqa: S105 - the word of the UAE's data classification
"""The classification that may not cross the internet."""

_ACCESS = "-access"
"""End of the name of what AWS's side is made of, after which its roles are called."""


class FlowSpec(TypedDict):
    """One purpose that is copied from a vault to the vault of the same purpose on the other cloud."""

    direction: Direction
    """`to-azure` or `to-aws`: from where the purpose is written to where it is kept as well."""
    bucket_name: pulumi.Input[str]
    """Name of the vault on AWS."""
    bucket_key: pulumi.Input[str]
    """ARN of its KMS key."""
    container_id: pulumi.Input[str]
    """Id of the container of the vault on Azure."""
    schedule: NotRequired[str]
    """Cron of the starts, in Dubai's time; every hour if absent."""
    late_hours: NotRequired[int]
    """Hours without a finished copy after which `alerts` says so; 6 if absent."""
    immutable: NotRequired[bool]
    """Whether a file that changes after it was copied is a failure and not a new version. No if absent."""


class PrivateLine(TypedDict):
    """A line between the two sites that is not the internet."""

    circuit: str
    """How the line is known to those who run it, such as the id of an ExpressRoute circuit."""
    s3_endpoint: pulumi.Input[str]
    """Address of the S3 interface endpoint at its end, `https://bucket.vpce-….s3.me-central-1.vpce.amazonaws.com`."""


class ReplicationArgs(TypedDict):
    """Arguments of a `Replication`."""

    aws_region: str
    """Region of the vaults on AWS, in the UAE."""
    azure_region: str
    """Region of the vaults and of the cluster on Azure, in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group of the Azure site."""
    resource_group_id: pulumi.Input[str]
    """Its id."""
    issuer_url: pulumi.Input[str]
    """Issuer of the tokens of the Azure site's cluster."""
    flows: Mapping[str, FlowSpec]
    """What is copied, by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""
    mib_per_second: int
    """MiB a second at most, for each purpose."""
    private_line: NotRequired[PrivateLine]
    """The line that is used in place of the internet; data classified `secret` needs one."""
    deadline_hours: NotRequired[int]
    """Hours after which a run is ended, to be taken up by the next; 12 if absent."""
    image: NotRequired[str]
    """Image of rclone with its version, and its digest if wanted; from a registry of your own where the cluster cannot
    reach the public one."""
    profile: NotRequired[Profile]
    """Workload profile of the nodes that copy; `system` if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Flow(CheckedTimes):
    direction: Direction
    bucket_name: Passed[str]
    bucket_key: Passed[str]
    container_id: Passed[str]


class _Line(Checked):
    circuit: Annotated[str, StringConstraints(min_length=1)]
    s3_endpoint: Passed[str]


class _Checked(CheckedRuns):
    aws_region: AwsRegion
    azure_region: AzureRegion
    resource_group_name: Passed[str]
    resource_group_id: Passed[str]
    issuer_url: Passed[str]
    flows: Annotated[dict[Purpose, _Flow], Field(min_length=1)]
    private_line: _Line | None = None

    @model_validator(mode="after")
    def _secrets_keep_off_the_internet(self) -> Self:
        if self.tags["data-classification"] == SECRET and self.private_line is None:
            allowed = "the private line between the two sites, because data-classification is secret"
            raise refusal(allowed, "name the line, or do not replicate", "private_line")
        return self


class Replication(pulumi.ComponentResource):
    """Vaults of both clouds kept alike, one way for each purpose.

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
        settings = _Checked.of(name, args)
        super().__init__("falaj:replication:Replication", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        access = _access(name, settings, child)
        identities = _identities(name, settings, child)
        jobs = self._jobs(name, settings, access, identities)
        self.role_arns, self.client_ids = access.role_arns, identities.client_ids
        self.namespace, self.alerts = jobs.namespace, jobs.alerts
        self.register_outputs({output: getattr(self, output) for output in Replication.__annotations__})

    def _jobs(self, name: str, settings: _Checked, access: AwsAccess, identities: AzureAccess) -> Replicator:
        given: ReplicatorArgs = {
            "bucket_region": settings.aws_region,
            "tenant_id": identities.tenant_id,
            "flows": {
                purpose.value: _copy(purpose, flow, access, identities) for purpose, flow in settings.flows.items()
            },
            "mib_per_second": settings.mib_per_second,
            "deadline_hours": settings.deadline_hours,
            "image": settings.image,
            "profile": settings.profile,
            "tags": settings.tags,
        }
        if settings.private_line is not None:
            given["s3_endpoint"] = settings.private_line.s3_endpoint
        # A run that started before its rights would only fail.
        return Replicator(f"{name}-jobs", given, pulumi.ResourceOptions(parent=self, depends_on=[access, identities]))


def role_arns(account: str, name: str, purposes: Iterable[Purpose]) -> list[str]:
    """ARNs of the roles that the replication called `name` will have in an account, before it is made.

    For the policies of its buckets: a condition may name a role that does not exist yet, a principal may not.
    """
    return [role_arn(account, pulumi.get_stack(), f"{name}{_ACCESS}", purpose) for purpose in purposes]


def _access(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> AwsAccess:
    return AwsAccess(
        f"{name}{_ACCESS}",
        AwsAccessArgs(
            region=settings.aws_region,
            issuer_url=settings.issuer_url,
            flows={
                purpose: BucketFlow(direction=flow.direction, bucket_name=flow.bucket_name, bucket_key=flow.bucket_key)
                for purpose, flow in settings.flows.items()
            },
            tags=settings.tags,
        ),
        opts,
    )


def _identities(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> AzureAccess:
    return AzureAccess(
        f"{name}-identities",
        AzureAccessArgs(
            region=settings.azure_region,
            resource_group_name=settings.resource_group_name,
            resource_group_id=settings.resource_group_id,
            issuer_url=settings.issuer_url,
            flows={
                purpose: ContainerFlow(direction=flow.direction, container_id=flow.container_id)
                for purpose, flow in settings.flows.items()
            },
            tags=settings.tags,
        ),
        opts,
    )


def _copy(purpose: Purpose, flow: _Flow, access: AwsAccess, identities: AzureAccess) -> CopyFlow:
    return {
        "direction": flow.direction,
        "bucket_name": flow.bucket_name,
        "bucket_key": flow.bucket_key,
        "container_id": flow.container_id,
        "role_arn": access.role_arns.apply(lambda arns: arns[purpose.value]),
        "client_id": identities.client_ids.apply(lambda ids: ids[purpose.value]),
        "schedule": flow.schedule,
        "late_hours": flow.late_hours,
        "immutable": flow.immutable,
    }
