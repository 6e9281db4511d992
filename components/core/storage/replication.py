"""Copies of vaults between the two clouds of the country: names, and the configuration of the copying program. Pure.

The identity of the copying pod on either side depends on names alone, so that a bucket's policy can admit it before the
pod, its cluster or its role exist.

Options were read in the source of rclone 1.76.0 and tried with that version, 2026-11-24.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from falaj.components.core.validation.enums import Purpose
from falaj.facts.labels import REPLICATES_LABEL

NAMESPACE = "falaj-replication"
"""Kubernetes namespace of the copying pods."""

AWS_AUDIENCE = "sts.amazonaws.com"
AZURE_AUDIENCE = "api://AzureADTokenExchange"
"""Audiences of the pod's tokens: either cloud refuses a token made for the other."""

TOKENS = "/var/run/secrets/falaj"
"""Folder of the pod's two token files, `aws` and `azure`."""

SCRATCH = "/scratch"
"""The pod's only writable folder."""

ROLE_PATH = "/falaj/replication/"
"""Path of the roles on AWS, so that a policy can exclude them from a general right to create roles."""

ROLE_NAME_LIMIT = 64
"""Longest name of an IAM role, in characters."""

IMAGE = "docker.io/rclone/rclone:1.76.0"
"""rclone's own image. Workload identity for Blob needs 1.63 or later (rclone#7001)."""

PARALLEL_FILES, PARALLEL_PARTS, PART_MIB = 4, 4, 64
"""Files in parallel, parts of each in parallel, and MiB of each part: at most 1 GiB is in memory. S3 takes 10,000 parts
of an object, so parts of 64 MiB suffice for 640 GB; rclone makes larger ones for larger objects."""

MEMORY_LIMIT_MIB = 2048
"""Memory limit of the pod, twice what is in transfer: listings and the program need the rest."""


class Direction(Enum):
    """The direction in which a purpose is copied."""

    TO_AZURE = "to-azure"
    TO_AWS = "to-aws"


@dataclass(frozen=True)
class ReplicationEndpoints:
    """The two vaults of a flow, and the identity of the copying pod on either side."""

    direction: Direction
    bucket: str
    bucket_region: str
    bucket_key: str
    role_arn: str
    account: str
    container: str
    client_id: str
    tenant_id: str
    s3_endpoint: str | None = None


def service_account(purpose: Purpose) -> str:
    """Name of the Kubernetes service account that copies a purpose."""
    return f"replicate-{purpose.value}"


def subject(purpose: Purpose) -> str:
    """The `sub` of its tokens."""
    return f"system:serviceaccount:{NAMESPACE}:{service_account(purpose)}"


def role_name(stack: str, name: str, purpose: Purpose) -> str:
    """Name of the role on AWS that copies a purpose for the replication `name` of a stack."""
    full = f"{stack}-{name}-{purpose.value}"
    if len(full) <= ROLE_NAME_LIMIT:
        return full
    return f"{full[: ROLE_NAME_LIMIT - 9]}-{hashlib.sha256(full.encode()).hexdigest()[:8]}"


def role_arn(account: str, stack: str, name: str, purpose: Purpose) -> str:
    """ARN of that role, as `aws:PrincipalArn` has it in the policy of a bucket."""
    return f"arn:aws:iam::{account}:role{ROLE_PATH}{role_name(stack, name, purpose)}"


def environment(purpose: Purpose, endpoints: ReplicationEndpoints) -> dict[str, str]:
    """The copying program's whole configuration. It holds no secret: both tokens are files that Kubernetes renews.

    There is no configuration file, and so nothing that the program would write back.
    """
    remotes = {"BUCKET": _bucket(endpoints), "CONTAINER": _container(endpoints)}
    configured = {
        f"RCLONE_CONFIG_{remote}_{option}": value
        for remote, options in remotes.items()
        for option, value in options.items()
    }
    return {
        "RCLONE_CONFIG": "",
        "RCLONE_CACHE_DIR": SCRATCH,
        **configured,
        "AWS_REGION": endpoints.bucket_region,
        "AWS_ROLE_ARN": endpoints.role_arn,
        "AWS_ROLE_SESSION_NAME": service_account(purpose),
        "AWS_WEB_IDENTITY_TOKEN_FILE": f"{TOKENS}/aws",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/",
        "AZURE_CLIENT_ID": endpoints.client_id,
        "AZURE_TENANT_ID": endpoints.tenant_id,
        "AZURE_FEDERATED_TOKEN_FILE": f"{TOKENS}/azure",
        # No other identity is tried, above all not the node's (Azure Identity for Go, 1.10 and later).
        "AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential",
    }


def _bucket(endpoints: ReplicationEndpoints) -> dict[str, str]:
    """The bucket's side.

    The key is named because its name tells rclone that an ETag is no MD5 sum, and because S3 would otherwise take the
    account's own key for a request that asks for KMS.
    """
    endpoint = {"ENDPOINT": endpoints.s3_endpoint} if endpoints.s3_endpoint else {}
    return {
        "TYPE": "s3",
        "PROVIDER": "AWS",
        "ENV_AUTH": "true",
        "REGION": endpoints.bucket_region,
        "SERVER_SIDE_ENCRYPTION": "aws:kms",
        "SSE_KMS_KEY_ID": endpoints.bucket_key,
        "NO_CHECK_BUCKET": "true",
        **endpoint,
    }


def _container(endpoints: ReplicationEndpoints) -> dict[str, str]:
    """The container's side; without the questions about account and container that its role does not answer."""
    return {
        "TYPE": "azureblob",
        "ACCOUNT": endpoints.account,
        "ENV_AUTH": "true",
        "NO_CHECK_CONTAINER": "true",
        "HNS": "false",
    }


def command(endpoints: ReplicationEndpoints, mib_per_second: int, is_immutable: bool) -> list[str]:
    """Arguments of the copying program: new and changed files are copied, and nothing at the target is ever deleted.

    A file is changed if its size or time differs. Each copy keeps the source's time, so that a file that is rewritten
    with the same size while it is copied is copied again by the next run. Comparing upload times instead would save a
    request to S3 for every object and run, and miss such a file. With `is_immutable`, a change is a failure.
    """
    bucket, container = f"bucket:{endpoints.bucket}", f"container:{endpoints.container}"
    source, target = (bucket, container) if endpoints.direction is Direction.TO_AZURE else (container, bucket)
    sizes = [
        f"--{backend}-{option}"
        for backend in ("s3", "azureblob")
        for option in (f"chunk-size={PART_MIB}Mi", f"upload-concurrency={PARALLEL_PARTS}")
    ]
    return [
        "copy",
        source,
        target,
        *(["--immutable"] if is_immutable else []),
        f"--bwlimit={mib_per_second}Mi",
        f"--transfers={PARALLEL_FILES}",
        f"--multi-thread-streams={PARALLEL_PARTS}",
        *sizes,
        "--use-json-log",
        "--log-level=INFO",
        "--stats=5m",
    ]


def late(purpose: Purpose, hours: int) -> str:
    """PromQL that holds when a purpose was not copied for `hours` hours; the metric is kube-state-metrics'."""
    labels = f'{{namespace="{NAMESPACE}",cronjob="{service_account(purpose)}"}}'
    last = f"kube_cronjob_status_last_successful_time{labels}"
    # A job that never succeeded has no such time: then its age counts.
    return f"time() - ({last} or kube_cronjob_created{labels}) > {hours * 3600}"


def pod_labels(purpose: Purpose, tags: Mapping[str, str]) -> dict[str, str]:
    """Labels of everything that copies a purpose: the cost tags, and the purpose."""
    return {**tags, "app.kubernetes.io/name": "replication", REPLICATES_LABEL: purpose.value}
