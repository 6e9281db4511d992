"""The pod that copies one purpose between the clouds."""

from collections.abc import Sequence
from typing import Annotated

import pulumi
from pulumi_kubernetes.batch.v1 import JobSpecArgsDict
from pulumi_kubernetes.core.v1 import ContainerArgsDict, EnvVarArgsDict, PodSpecArgsDict, VolumeArgsDict
from pydantic import Field, StringConstraints

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.storage.replication import (
    AWS_AUDIENCE,
    AZURE_AUDIENCE,
    IMAGE,
    MEMORY_LIMIT_MIB,
    SCRATCH,
    TOKENS,
    Direction,
    Ends,
    command,
    environment,
    pod_labels,
    service_account,
)
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.facts.labels import PROFILE_LABEL

USER = 1009
"""The user that rclone's image makes for itself (its Dockerfile, 1.76.0)."""

TOKEN_SECONDS = 3600
"""How long a token of the pod is good for; Kubernetes writes a new one at 80 % of it."""


Cron = Annotated[str, StringConstraints(pattern=r"^[0-9*/,-]+ [0-9*/,-]+ [0-9*/,-]+ [0-9*/,-]+ [0-9*/,a-z-]+$")]
Image = Annotated[str, StringConstraints(pattern=r"^\S+:v?[0-9][A-Za-z0-9_.-]*(@sha256:[0-9a-f]{64})?$")]


class CheckedTimes(Checked):
    """How often one purpose is copied."""

    schedule: Cron = "17 * * * *"
    late_hours: Annotated[int, Field(ge=1, le=168)] = 6
    immutable: bool = False


class CheckedFlow(CheckedTimes):
    """One purpose, and who the pod is that copies it."""

    direction: Direction
    bucket_name: Passed[str]
    bucket_key: Passed[str]
    role_arn: Passed[str]
    container_id: Passed[str]
    client_id: Passed[str]


class CheckedRuns(Checked):
    """How every purpose is copied."""

    mib_per_second: Annotated[int, Field(ge=1, le=10_000)]
    deadline_hours: Annotated[int, Field(ge=1, le=72)] = 12
    image: Image = IMAGE
    profile: Profile = Profile.SYSTEM
    tags: CostTags


class CheckedReplicator(CheckedRuns):
    """The validated form of `ReplicatorArgs`."""

    bucket_region: AwsRegion
    tenant_id: Passed[str]
    flows: Annotated[dict[Purpose, CheckedFlow], Field(min_length=1)]
    s3_endpoint: Passed[str] | None = None


def copying_job(purpose: Purpose, flow: CheckedFlow, settings: CheckedReplicator) -> JobSpecArgsDict:
    return {
        "backoff_limit": 2,
        "active_deadline_seconds": settings.deadline_hours * 3600,
        "template": {
            "metadata": {
                "labels": pod_labels(purpose, settings.tags),
                # An autoscaler that would move the pod would start a file of hundreds of GiB again.
                "annotations": {
                    "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
                    "karpenter.sh/do-not-disrupt": "true",
                },
            },
            "spec": _pod(purpose, flow, settings),
        },
    }


def _pod(purpose: Purpose, flow: CheckedFlow, settings: CheckedReplicator) -> PodSpecArgsDict:
    return {
        "service_account_name": service_account(purpose),
        "automount_service_account_token": False,
        "restart_policy": "Never",
        "enable_service_links": False,
        "node_selector": {PROFILE_LABEL: settings.profile.value},
        "tolerations": [
            {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
            for taint in TRAITS[settings.profile].taints
        ],
        "security_context": restricted_pod(USER),
        "containers": [_container(purpose, flow, settings)],
        "volumes": [_tokens(), {"name": "scratch", "empty_dir": {"size_limit": "64Mi"}}],
    }


def _container(purpose: Purpose, flow: CheckedFlow, settings: CheckedReplicator) -> ContainerArgsDict:
    ends = pulumi.Output.all(
        flow.bucket_name,
        flow.bucket_key,
        flow.role_arn,
        flow.container_id,
        flow.client_id,
        settings.tenant_id,
        settings.s3_endpoint,
    ).apply(lambda known: _ends(flow.direction, settings.bucket_region, known))
    return {
        "name": "rclone",
        "image": settings.image,
        "args": ends.apply(lambda of: command(of, settings.mib_per_second, flow.immutable)),
        "env": ends.apply(lambda of: _variables(environment(purpose, of))),
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


def _variables(of: dict[str, str]) -> Sequence[pulumi.Input[EnvVarArgsDict]]:
    return [{"name": key, "value": value} for key, value in of.items()]


def _ends(direction: Direction, region: str, known: list[str]) -> Ends:
    bucket, key, role, container_id, client, tenant, endpoint = known
    parts = container_id.split("/")
    return Ends(
        direction=direction,
        bucket=bucket,
        bucket_region=region,
        bucket_key=key,
        role_arn=role,
        account=parts[parts.index("storageAccounts") + 1],
        container=parts[-1],
        client_id=client,
        tenant_id=tenant,
        s3_endpoint=endpoint,
    )


def _tokens() -> VolumeArgsDict:
    """Two tokens of the pod's service account, each for one cloud and good for nothing else.

    Asked for by name, where AKS's own webhook would add Azure's: a pod that it missed would run without an identity.
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
