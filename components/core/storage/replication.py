"""Copies of what vaults hold between the two clouds of the country: words, names, and what the copying program is told.

Pure. Which identity the copying pod has on either side depends on names alone, so that a bucket's policy can let it in
before the pod, its cluster or its role exist.

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
"""Whom a pod's token is for: either cloud refuses a token made for the other."""

TOKENS = "/var/run/secrets/falaj"
"""Folder of the pod's two tokens, `aws` and `azure`."""

SCRATCH = "/scratch"
"""The pod's only folder that can be written."""

ROLE_PATH = "/falaj/replication/"
"""Path of the roles on AWS: who may create roles in general need not be able to create these."""

ROLE_NAME_LIMIT = 64
"""Letters of an IAM role's name at most."""

IMAGE = "docker.io/rclone/rclone:1.76.0"
"""rclone's own image. Workload identity for Blob needs 1.63 or later (rclone#7001)."""

PARALLEL_FILES, PARALLEL_PARTS, PART_MIB = 4, 4, 64
"""How many files, parts of each and MiB of each part are on their way: at most 1 GiB is in memory. S3 takes 10 000
parts of an object, so parts of 64 MiB do for 640 GB; rclone makes larger ones for larger objects."""

MEMORY_LIMIT_MIB = 2048
"""Twice what is on its way: listings and the program itself."""


class Direction(Enum):
    """Which way a purpose is copied."""

    TO_AZURE = "to-azure"
    TO_AWS = "to-aws"


@dataclass(frozen=True)
class Ends:
    """The two vaults of a flow and who the copying pod is on either side."""

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


def environment(purpose: Purpose, ends: Ends) -> dict[str, str]:
    """The copying program's whole configuration. It holds no secret: both tokens are files that Kubernetes renews.

    There is no configuration file, and so nothing that the program would want to write back.
    """
    remotes = {"BUCKET": _bucket(ends), "CONTAINER": _container(ends)}
    configured = {
        f"RCLONE_CONFIG_{remote}_{option}": value for remote, has in remotes.items() for option, value in has.items()
    }
    return {
        "RCLONE_CONFIG": "",
        "RCLONE_CACHE_DIR": SCRATCH,
        **configured,
        "AWS_REGION": ends.bucket_region,
        "AWS_ROLE_ARN": ends.role_arn,
        "AWS_ROLE_SESSION_NAME": service_account(purpose),
        "AWS_WEB_IDENTITY_TOKEN_FILE": f"{TOKENS}/aws",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/",
        "AZURE_CLIENT_ID": ends.client_id,
        "AZURE_TENANT_ID": ends.tenant_id,
        "AZURE_FEDERATED_TOKEN_FILE": f"{TOKENS}/azure",
        # Nothing else is tried, above all not the identity of the node (Azure Identity for Go, 1.10 and later).
        "AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential",
    }


def _bucket(ends: Ends) -> dict[str, str]:
    """The bucket's side.

    The key is named because its name tells rclone that an ETag is no MD5 sum, and because S3 would otherwise take the
    account's own key for a request that asks for KMS.
    """
    endpoint = {"ENDPOINT": ends.s3_endpoint} if ends.s3_endpoint else {}
    return {
        "TYPE": "s3",
        "PROVIDER": "AWS",
        "ENV_AUTH": "true",
        "REGION": ends.bucket_region,
        "SERVER_SIDE_ENCRYPTION": "aws:kms",
        "SSE_KMS_KEY_ID": ends.bucket_key,
        "NO_CHECK_BUCKET": "true",
        **endpoint,
    }


def _container(ends: Ends) -> dict[str, str]:
    """The container's side; without the questions about account and container that its role does not answer."""
    return {
        "TYPE": "azureblob",
        "ACCOUNT": ends.account,
        "ENV_AUTH": "true",
        "NO_CHECK_CONTAINER": "true",
        "HNS": "false",
    }


def command(ends: Ends, mib_per_second: int, is_immutable: bool) -> list[str]:
    """Arguments of the copying program: what is new or changed is copied, and nothing at the target is ever deleted.

    Changed means another size or another time: the source's time is kept with each copy, so that a file that is written
    again while it is copied, with the same size, is copied again by the next run. Comparing when each side got the
    object would save a request to S3 for every object and run, and miss that. With `is_immutable`, a change is a
    failure.
    """
    there = {Direction.TO_AZURE: ("bucket", "container"), Direction.TO_AWS: ("container", "bucket")}
    places = {"bucket": f"bucket:{ends.bucket}", "container": f"container:{ends.container}"}
    source, target = there[ends.direction]
    sizes = [
        f"--{backend}-{option}"
        for backend in ("s3", "azureblob")
        for option in (f"chunk-size={PART_MIB}Mi", f"upload-concurrency={PARALLEL_PARTS}")
    ]
    return [
        "copy",
        places[source],
        places[target],
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
    """PromQL that holds when a purpose was not copied for so many hours; the metric is kube-state-metrics'."""
    labels = f'{{namespace="{NAMESPACE}",cronjob="{service_account(purpose)}"}}'
    last = f"kube_cronjob_status_last_successful_time{labels}"
    # A job that never succeeded has no such time: then its age counts.
    return f"time() - ({last} or kube_cronjob_created{labels}) > {hours * 3600}"


def pod_labels(purpose: Purpose, tags: Mapping[str, str]) -> dict[str, str]:
    """Labels of everything that copies a purpose: the cost tags, and what is copied."""
    return {**tags, "app.kubernetes.io/name": "replication", REPLICATES_LABEL: purpose.value}
