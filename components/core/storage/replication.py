"""Replication of vaults between AWS and Azure in the UAE: names, and the configuration of rclone. Pure.

The identity of the replication pod on either cloud depends on names only, so that a bucket policy can allow it before
the pod, its cluster or its role exists.

Options were read in the source of rclone 1.76.0 and tested with that version, 2026-11-24.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from falaj.components.core.accounts.aws_accounts import AwsIamSpec
from falaj.components.core.validation.enums import Purpose
from falaj.facts.labels import REPLICATES_LABEL

NAMESPACE = "falaj-replication"
"""Kubernetes namespace of the replication pods."""

AWS_AUDIENCE = "sts.amazonaws.com"
AZURE_AUDIENCE = "api://AzureADTokenExchange"
"""Audiences of the pod's tokens: each cloud rejects tokens that were issued for the other one."""

TOKENS = "/var/run/secrets/falaj"
"""Folder of the pod's two token files, `aws` and `azure`."""

SCRATCH = "/scratch"
"""The pod's only writable folder."""

ROLE_PATH = "/falaj/replication/"
"""Path of the roles on AWS, so that a policy can exclude them from a general right to create roles."""

ROLE_NAME_LIMIT = 64
"""Longest name of an IAM role, in characters."""

IMAGE = "ghcr.io/rclone/rclone:1.76.0"
"""The official rclone image, from a registry that does not limit anonymous pulls by address, as Docker Hub does.
Workload identity for Azure Blob needs 1.63 or later (rclone#7001)."""

PARALLEL_FILES, PARALLEL_PARTS, PART_MIB = 4, 4, 64
"""Parallel files, parallel parts per file, and part size in MiB: at most 1 GiB is in memory. S3 allows 10,000 parts per
object, so parts of 64 MiB suffice for 640 GB; rclone uses larger parts for larger objects."""

MEMORY_LIMIT_MIB = 2048
"""Memory limit of the pod in MiB: twice the data in transfer, because listings and rclone itself need memory too."""


class Direction(Enum):
    """Direction of replication."""

    TO_AZURE = "to-azure"
    """From a bucket on AWS to a container on Azure."""
    TO_AWS = "to-aws"
    """From a container on Azure to a bucket on AWS."""


@dataclass(frozen=True)
class ReplicationEndpoints:
    """The source and target vaults of a replication, and the identity of the replication pod on each cloud."""

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
    """Returns the name of the Kubernetes service account that replicates a purpose."""
    return f"replicate-{purpose.value}"


def subject(purpose: Purpose) -> str:
    """Returns the `sub` claim of the service account's tokens."""
    return f"system:serviceaccount:{NAMESPACE}:{service_account(purpose)}"


def role_name(stack: str, name: str, purpose: Purpose) -> str:
    """Returns the name of the IAM role that replicates a purpose, for the replication `name` of a stack."""
    full = f"{stack}-{name}-{purpose.value}"
    if len(full) <= ROLE_NAME_LIMIT:
        return full
    return f"{full[: ROLE_NAME_LIMIT - 9]}-{hashlib.sha256(full.encode()).hexdigest()[:8]}"


def role_path(iam: AwsIamSpec | None) -> str:
    """Returns the path of the roles: `ROLE_PATH`, below the path that the account demands, if any."""
    return ROLE_PATH if iam is None or iam.path is None else f"{iam.path}{ROLE_PATH.removeprefix('/')}"


def role_arn(account: str, stack: str, name: str, purpose: Purpose, iam: AwsIamSpec | None = None) -> str:
    """Returns the ARN of that role, for the condition key `aws:PrincipalArn` in a bucket policy."""
    return f"arn:aws:iam::{account}:role{role_path(iam)}{role_name(stack, name, purpose)}"


def environment(purpose: Purpose, endpoints: ReplicationEndpoints) -> dict[str, str]:
    """Returns the complete configuration of rclone as environment variables.

    It contains no secrets: both tokens are files that Kubernetes renews. There is no configuration file that rclone
    could write to.
    """
    remotes = {"BUCKET": _bucket(endpoints), "CONTAINER": _container(endpoints)}
    remote_options = {
        f"RCLONE_CONFIG_{remote}_{option}": value
        for remote, options in remotes.items()
        for option, value in options.items()
    }
    return {
        "RCLONE_CONFIG": "",
        "RCLONE_CACHE_DIR": SCRATCH,
        **remote_options,
        "AWS_REGION": endpoints.bucket_region,
        "AWS_ROLE_ARN": endpoints.role_arn,
        "AWS_ROLE_SESSION_NAME": service_account(purpose),
        "AWS_WEB_IDENTITY_TOKEN_FILE": f"{TOKENS}/aws",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/",
        "AZURE_CLIENT_ID": endpoints.client_id,
        "AZURE_TENANT_ID": endpoints.tenant_id,
        "AZURE_FEDERATED_TOKEN_FILE": f"{TOKENS}/azure",
        # Prevents the use of any other identity, such as the node's (Azure Identity for Go, 1.10 and later).
        "AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential",
    }


def _bucket(endpoints: ReplicationEndpoints) -> dict[str, str]:
    """Returns the rclone options of the bucket.

    The KMS key is set explicitly for two reasons: it tells rclone that ETags are not MD5 checksums, and without it S3
    would use the account's default KMS key.
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
    """Returns the rclone options of the container; disables checks of account and container that the role cannot do."""
    return {
        "TYPE": "azureblob",
        "ACCOUNT": endpoints.account,
        "ENV_AUTH": "true",
        "NO_CHECK_CONTAINER": "true",
        "HNS": "false",
    }


def command(endpoints: ReplicationEndpoints, mib_per_second: int, is_immutable: bool) -> list[str]:
    """Returns the arguments of rclone, which copies new and changed files and never deletes files at the target.

    A file counts as changed if its size or modification time differs. Copies keep the modification time of the source,
    so that a file rewritten with the same size during a copy is copied again by the next run. Comparing upload times
    would save one S3 request per object and run, but would miss such a file. With `is_immutable`, a changed file is an
    error.
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


def late_copy_expression(purpose: Purpose, hours: int) -> str:
    """Returns a PromQL expression that is true if a purpose was not copied for `hours` hours, by kube-state-metrics."""
    labels = f'{{namespace="{NAMESPACE}",cronjob="{service_account(purpose)}"}}'
    last = f"kube_cronjob_status_last_successful_time{labels}"
    # A CronJob without a success has no such metric, so its age counts instead.
    return f"time() - ({last} or kube_cronjob_created{labels}) > {hours * 3600}"


def pod_labels(purpose: Purpose, tags: Mapping[str, str]) -> dict[str, str]:
    """Returns the labels of all replication objects of a purpose: the cost tags and the purpose."""
    return {**tags, "app.kubernetes.io/name": "replication", REPLICATES_LABEL: purpose.value}
