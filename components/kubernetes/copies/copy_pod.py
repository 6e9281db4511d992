"""The pod that replicates one purpose between the clouds, and its arguments."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import pulumi
from pulumi_kubernetes.batch.v1 import JobSpecArgsDict
from pulumi_kubernetes.core.v1 import ContainerArgsDict, EnvVarArgsDict, PodSpecArgsDict, VolumeArgsDict
from pydantic import Field

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.storage.private_line import S3Endpoint
from falaj.components.core.storage.replication import (
    AWS_AUDIENCE,
    AZURE_AUDIENCE,
    IMAGE,
    MEMORY_LIMIT_MIB,
    SCRATCH,
    TOKENS,
    Direction,
    ReplicationEndpoints,
    command,
    environment,
    pod_labels,
    service_account,
)
from falaj.components.core.validation.args import Args, Choice, Input, Spec, default
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.facts.labels import PROFILE_LABEL

USER = 1009
"""Numeric user ID of the rclone image (Dockerfile of 1.76.0)."""

TOKEN_SECONDS = 3600
"""Lifetime of the pod's tokens in seconds; Kubernetes renews them at 80 % of it."""


Cron = Annotated[
    str,
    TextForm(
        r"^[0-9*/,-]+ [0-9*/,-]+ [0-9*/,-]+ [0-9*/,-]+ [0-9*/,a-z-]+$",
        "a cron schedule: five fields with one space between them",
        "17 * * * *",
    ),
]
"""A cron schedule with five fields."""

Image = Annotated[
    str,
    TextForm(
        r"^\S+:v?[0-9][A-Za-z0-9_.-]*(@sha256:[0-9a-f]{64})?$",
        "an image with its version, and its digest if wanted",
        "rclone/rclone:1.76.0",
    ),
]
"""An image with a version tag and optionally a digest."""


class CopySchedule(Spec):
    """Schedule of the replication of a purpose, and when it counts as late."""

    schedule: Input[Cron] = "17 * * * *"
    """Cron schedule in Dubai time; hourly by default. A run is skipped while the previous one is still in progress."""
    late_hours: int = Field(default=6, ge=1, le=168)
    """Hours without a successful run after which the expression in the output `alerts` is true."""
    immutable: bool = False
    """Whether a file that changed after it was copied makes the run fail; by default it is copied again."""


class CopyFlow(CopySchedule):
    """The replication of one purpose, and the identities of its pod."""

    direction: Choice[Direction]
    """Direction of replication: `to-azure` or `to-aws`."""
    bucket_name: Input[str]
    """Name of the S3 bucket of the vault on AWS."""
    bucket_key: Input[str]
    """ARN of the bucket's KMS key."""
    role_arn: Input[str]
    """ARN of the IAM role that the pod assumes on AWS."""
    container_id: Input[str]
    """Resource ID of the vault's blob container on Azure."""
    client_id: Input[str]
    """Client ID of the managed identity that the pod uses on Azure."""


class CopyRunArgs(Args):
    """Replication arguments that apply to all purposes."""

    mib_per_second: int = Field(ge=1, le=10_000)
    """Bandwidth limit in MiB per second, for each purpose."""
    deadline_hours: int = Field(default=12, ge=1, le=72)
    """Maximum duration of a run in hours; the next run continues."""
    image: Input[Image] = IMAGE
    """rclone image with a version tag and optionally a digest; specify one in your own registry if the cluster cannot
    reach the public registry."""
    profile: Choice[Profile] = default(Profile.SYSTEM)
    """Workload profile of the nodes on which the jobs run; `system` by default, which all sites have."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""


class ReplicatorArgs(CopyRunArgs):
    """Arguments of `Replicator`."""

    bucket_region: AwsRegion
    """AWS region of the buckets, in the UAE."""
    tenant_id: Input[str]
    """ID of the Entra tenant of the managed identities."""
    flows: Mapping[Purpose, CopyFlow] = Field(min_length=1)
    """Replication by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""
    s3_endpoint: Input[S3Endpoint] | None = None
    """Address of an S3 endpoint on a private line; the public endpoint of the region if absent."""


def copy_job_spec(purpose: Purpose, flow: CopyFlow, args: ReplicatorArgs) -> JobSpecArgsDict:
    """Returns the spec of the job that replicates a purpose."""
    return {
        "backoff_limit": 2,
        # A drained machine uses up none of these attempts; the next pod skips the files that are already copied.
        "pod_failure_policy": {
            "rules": [
                {"action": "Ignore", "on_pod_conditions": [{"type": "DisruptionTarget", "status": "True"}]},
            ]
        },
        "active_deadline_seconds": args.deadline_hours * 3600,
        "template": {
            "metadata": {
                "labels": pod_labels(purpose, args.tags),
                # Scaling down would restart the copy of a file of hundreds of GiB. Karpenter may evict it: on a spot
                # machine, its annotation against that would also hide the notice of an interruption.
                "annotations": {"cluster-autoscaler.kubernetes.io/safe-to-evict": "false"},
            },
            "spec": _pod(purpose, flow, args),
        },
    }


def _pod(purpose: Purpose, flow: CopyFlow, args: ReplicatorArgs) -> PodSpecArgsDict:
    return {
        "service_account_name": service_account(purpose),
        "automount_service_account_token": False,
        "restart_policy": "Never",
        "enable_service_links": False,
        "node_selector": {PROFILE_LABEL: args.profile.value},
        "tolerations": [
            {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
            for taint in TRAITS[args.profile].taints
        ],
        "security_context": restricted_pod(USER),
        "containers": [_container(purpose, flow, args)],
        "volumes": [_tokens(), {"name": "scratch", "empty_dir": {"size_limit": "64Mi"}}],
    }


def _container(purpose: Purpose, flow: CopyFlow, args: ReplicatorArgs) -> ContainerArgsDict:
    endpoints = pulumi.Output.all(
        flow.bucket_name,
        flow.bucket_key,
        flow.role_arn,
        flow.container_id,
        flow.client_id,
        args.tenant_id,
        args.s3_endpoint,
    ).apply(lambda values: _endpoints(flow.direction, args.bucket_region, values))
    return {
        "name": "rclone",
        "image": args.image,
        "args": endpoints.apply(lambda resolved: command(resolved, args.mib_per_second, flow.immutable)),
        "env": endpoints.apply(lambda resolved: _variables(environment(purpose, resolved))),
        "resources": {
            "requests": {"cpu": "1", "memory": f"{MEMORY_LIMIT_MIB // 2}Mi"},
            "limits": {"memory": f"{MEMORY_LIMIT_MIB}Mi"},
        },
        "security_context": restricted_container(),
        "volume_mounts": [
            {"name": "tokens", "mount_path": TOKENS, "read_only": True},
            {"name": "scratch", "mount_path": SCRATCH},
        ],
    }


def _variables(values: Mapping[str, str]) -> Sequence[Input[EnvVarArgsDict]]:
    return [{"name": key, "value": value} for key, value in values.items()]


def _endpoints(direction: Direction, region: str, values: list[str]) -> ReplicationEndpoints:
    bucket, key, role, container_id, client, tenant, s3_endpoint = values
    id_segments = container_id.split("/")
    return ReplicationEndpoints(
        direction=direction,
        bucket=bucket,
        bucket_region=region,
        bucket_key=key,
        role_arn=role,
        account=id_segments[id_segments.index("storageAccounts") + 1],
        container=id_segments[-1],
        client_id=client,
        tenant_id=tenant,
        s3_endpoint=s3_endpoint,
    )


def _tokens() -> VolumeArgsDict:
    """Returns a projected volume with two tokens of the pod's service account, one for each cloud.

    The tokens are projected explicitly because the AKS webhook may miss a pod, which would then have no identity.
    """
    audiences = {"aws": AWS_AUDIENCE, "azure": AZURE_AUDIENCE}
    return {
        "name": "tokens",
        "projected": {
            "sources": [
                {"service_account_token": {"path": path, "audience": audience, "expiration_seconds": TOKEN_SECONDS}}
                for path, audience in audiences.items()
            ]
        },
    }
