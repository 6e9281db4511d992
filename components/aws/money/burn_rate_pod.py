"""CronJob that counts a site's machines."""

from collections.abc import Mapping
from typing import Protocol

import pulumi
from pulumi_kubernetes.batch.v1 import CronJobSpecArgsDict
from pulumi_kubernetes.core.v1 import ContainerArgsDict, PodSpecArgsDict

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.facts.labels import PROFILE_LABEL

AWS_CLI = "public.ecr.aws/aws-cli/aws-cli:2.36.44"
"""AWS's image of the AWS CLI, for both CPU architectures. A mirror may pin it by digest."""

SCHEDULE = "*/10 * * * *"
DEADLINE_SECONDS = 240
"""Deadline of a run in seconds, so that it ends before the next run begins."""

MOUNT = "/etc/burn-rate"
SCRIPT_FILE, PRICES_FILE = "burn_rate.sh", "prices.txt"
USER = 65534
"""User ID of `nobody`, which no user of a node has."""


class JobSettings(Protocol):
    """Arguments of a `BurnRate` that the job uses."""

    @property
    def region(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def cluster_name(self) -> pulumi.Input[str]: ...
    @property
    def image(self) -> pulumi.Input[str]: ...


def burn_rate_job(
    account: str, files: pulumi.Input[str], settings: JobSettings, labels: Mapping[str, str]
) -> CronJobSpecArgsDict:
    """Returns the spec of the CronJob: a run every ten minutes, one at a time, retried once. `account` is the name of
    the service account, and `files` that of the ConfigMap."""
    return {
        "schedule": SCHEDULE,
        "concurrency_policy": "Forbid",
        "starting_deadline_seconds": 120,
        "successful_jobs_history_limit": 1,
        "failed_jobs_history_limit": 3,
        "job_template": {
            "metadata": {"labels": labels},
            "spec": {
                "backoff_limit": 1,
                "active_deadline_seconds": DEADLINE_SECONDS,
                "template": {"metadata": {"labels": labels}, "spec": _pod(account, files, settings)},
            },
        },
    }


def _pod(account: str, files: pulumi.Input[str], settings: JobSettings) -> PodSpecArgsDict:
    return {
        "service_account_name": account,
        # Pod Identity mounts its own token; the default token would give access to the Kubernetes API.
        "automount_service_account_token": False,
        "restart_policy": "Never",
        "enable_service_links": False,
        "node_selector": {PROFILE_LABEL: Profile.SYSTEM.value},
        "tolerations": [
            {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
            for taint in TRAITS[Profile.SYSTEM].taints
        ],
        "security_context": restricted_pod(USER),
        "containers": [_container(settings)],
        "volumes": [
            {"name": "files", "config_map": {"name": files}},
            # The CLI keeps its cache in its home directory, and the shell writes here-documents to temporary files.
            {"name": "home", "empty_dir": {"size_limit": "16Mi"}},
        ],
    }


def _container(settings: JobSettings) -> ContainerArgsDict:
    environment = {
        "REGION": settings.region,
        "SITE": settings.site,
        "CLUSTER": settings.cluster_name,
        "PRICES": f"{MOUNT}/{PRICES_FILE}",
        "HOME": "/tmp",  # noqa: S108 - the pod's own
        "AWS_PAGER": "",
        # Without an identity of its own the pod must fail instead of using the node's credentials.
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    return {
        "name": "count",
        "image": settings.image,
        "command": ["/bin/sh", f"{MOUNT}/{SCRIPT_FILE}"],
        "env": [{"name": key, "value": value} for key, value in environment.items()],
        "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"cpu": "500m", "memory": "256Mi"}},
        "security_context": restricted_container(),
        "volume_mounts": [
            {"name": "files", "mount_path": MOUNT, "read_only": True},
            {"name": "home", "mount_path": "/tmp"},  # noqa: S108 - the pod's own
        ],
    }
