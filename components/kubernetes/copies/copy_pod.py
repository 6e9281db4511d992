"""The pod that copies one purpose between the clouds, and the arguments it needs."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import pulumi
from pulumi_kubernetes.batch.v1 import JobSpecArgsDict
from pulumi_kubernetes.core.v1 import ContainerArgsDict, EnvVarArgsDict, PodSpecArgsDict, VolumeArgsDict
from pydantic import Field

from falaj.components.core.node_pools.profiles import TRAITS
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
from falaj.components.core.validation.tags import CostTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.facts.labels import PROFILE_LABEL

USER = 1009
"""The user of rclone's image (its Dockerfile, 1.76.0)."""

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
"""A schedule of five fields, as cron takes it."""

Image = Annotated[
    str,
    TextForm(
        r"^\S+:v?[0-9][A-Za-z0-9_.-]*(@sha256:[0-9a-f]{64})?$",
        "an image with its version, and its digest if wanted",
        "rclone/rclone:1.76.0",
    ),
]
"""An image with its version, and its digest if wanted."""


class CopySchedule(Spec):
    """When one purpose is copied, and when its copy is late."""

    schedule: Cron = "17 * * * *"
    """Cron schedule in Dubai's time; hourly if absent. A start is skipped while the last run goes on."""
    late_hours: int = Field(default=6, ge=1, le=168)
    """Hours without a finished copy after which the expression in `alerts` holds."""
    immutable: bool = False
    """Whether a file that changes after it was copied is a failure and not a new version."""


class CopyFlow(CopySchedule):
    """One purpose that is copied, and the identities of the pod that copies it."""

    direction: Choice[Direction]
    """`to-azure` or `to-aws`."""
    bucket_name: Input[str]
    """The vault on AWS."""
    bucket_key: Input[str]
    """ARN of its KMS key."""
    role_arn: Input[str]
    """The role on AWS that the copying pod assumes."""
    container_id: Input[str]
    """Id of the container of the vault on Azure."""
    client_id: Input[str]
    """Client id of the managed identity on Azure that the copying pod uses."""


class CopyRunArgs(Args):
    """How every purpose is copied."""

    mib_per_second: int = Field(ge=1, le=10_000)
    """MiB per second at most, for each purpose."""
    deadline_hours: int = Field(default=12, ge=1, le=72)
    """Hours after which a run is stopped; the next one continues."""
    image: Image = IMAGE
    """Image of rclone with its version, and its digest if wanted; from a registry of your own where the cluster cannot
    reach the public one."""
    profile: Choice[Profile] = default(Profile.SYSTEM)
    """Workload profile of the nodes that copy; `system`, which every site has, if absent."""
    tags: CostTags
    """The mandatory cost tags; labels here."""


class ReplicatorArgs(CopyRunArgs):
    """Jobs that copy vaults between the clouds."""

    bucket_region: AwsRegion
    """Region of the buckets, in the UAE."""
    tenant_id: Input[str]
    """Entra tenant of the identities on Azure."""
    flows: Mapping[Purpose, CopyFlow] = Field(min_length=1)
    """What is copied, by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""
    s3_endpoint: Input[str] | None = None
    """Address of S3 on a private line; the region's public one if absent."""


def copying_job(purpose: Purpose, flow: CopyFlow, args: ReplicatorArgs) -> JobSpecArgsDict:
    """The job that copies a purpose."""
    return {
        "backoff_limit": 2,
        "active_deadline_seconds": args.deadline_hours * 3600,
        "template": {
            "metadata": {
                "labels": pod_labels(purpose, args.tags),
                # An eviction by the autoscaler would restart a file of hundreds of GiB.
                "annotations": {
                    "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
                    "karpenter.sh/do-not-disrupt": "true",
                },
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
        "args": endpoints.apply(lambda both: command(both, args.mib_per_second, flow.immutable)),
        "env": endpoints.apply(lambda both: _variables(environment(purpose, both))),
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
    parts = container_id.split("/")
    return ReplicationEndpoints(
        direction=direction,
        bucket=bucket,
        bucket_region=region,
        bucket_key=key,
        role_arn=role,
        account=parts[parts.index("storageAccounts") + 1],
        container=parts[-1],
        client_id=client,
        tenant_id=tenant,
        s3_endpoint=s3_endpoint,
    )


def _tokens() -> VolumeArgsDict:
    """Two tokens of the pod's service account, each with the audience of one cloud.

    Projected explicitly rather than by AKS's webhook: a pod that the webhook missed would run without an identity.
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
