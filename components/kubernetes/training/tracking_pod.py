"""The pod of a tracking server: the server, the setup of its database, and its copies to the vault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from falaj.components.core.node_pools.profiles import taints
from falaj.components.core.training.tracking import (
    COPIES_VARIABLE,
    DATA,
    DATABASE_FILE,
    NAME,
    PORT,
    SCRATCH,
    UPGRADE_COMMAND,
    URI_KEY,
    DatabaseSpec,
    allowed_hosts,
    database_copy_command,
    environment,
    server_command,
)
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.quantities import gibibytes
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.cluster.priorities import INFERENCE
from falaj.facts.labels import PROFILE_LABEL

USER = 65532
"""Numeric user ID without a name. The image's files are owned by root and readable by all users."""

STARTING_SECONDS, PROBE_SECONDS = 300, 10

GRACE_SECONDS = 60
"""Termination grace period in seconds, for uploads in progress and the last copy of the database."""


@dataclass(frozen=True)
class TrackingPod:
    """Parameters of the pod. `artifacts` and `copies` are addresses of folders in the vault."""

    artifacts: pulumi.Output[str]
    copies: pulumi.Output[str]
    image: Input[str]
    profile: Profile
    tenant: str
    namespace: Input[str]
    hosts: Sequence[Input[str]]
    region: str | None
    identity_labels: Mapping[str, str]
    """Labels of pods with a workload identity."""
    upload_gib: Input[int]
    database: DatabaseSpec | None


def pod_template(pod: TrackingPod, labels: Mapping[str, Input[str]]) -> Any:
    """Returns the pod template."""
    has_file = pod.database is None
    restore = [_container("restore", database_copy_command("restore"), pod, _small_resources())] if has_file else []
    copies = [_container("copies", database_copy_command("follow"), pod, _small_resources())] if has_file else []
    disk = [{"name": "data", "persistent_volume_claim": {"claim_name": NAME}}] if has_file else []
    return {
        "metadata": {"labels": {**labels, **pod.identity_labels}},
        "spec": {
            "service_account_name": NAME,
            "automount_service_account_token": False,
            "enable_service_links": False,
            "priority_class_name": INFERENCE.name,
            "termination_grace_period_seconds": GRACE_SECONDS,
            "node_selector": {PROFILE_LABEL: pod.profile.value},
            "tolerations": tolerations(pod.profile, pod.tenant),
            "security_context": restricted_pod(USER),
            "init_containers": [*restore, _container("schema", UPGRADE_COMMAND, pod, _small_resources())],
            "containers": [_server(pod), *copies],
            "volumes": [*disk, {"name": "scratch", "empty_dir": {"size_limit": map_inputs(gibibytes, pod.upload_gib)}}],
        },
    }


def tolerations(profile: Profile, tenant: str) -> list[Any]:
    """Returns tolerations for the taints of a profile's nodes without GPUs, those reserved for the tenant included."""
    return [
        {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
        for taint in taints(profile, 0, tenant)
    ]


def _server(pod: TrackingPod) -> Any:
    command = pulumi.Output.all(pod.namespace, *pod.hosts).apply(
        lambda known: server_command(allowed_hosts(known[0], known[1:]), pod.database is None)
    )
    resources = {
        "requests": {"cpu": "250m", "memory": "1Gi", "ephemeral-storage": "1Gi"},
        # An idle process uses 250 MiB (MLflow 3.16.1).
        "limits": {"memory": "2Gi", "ephemeral-storage": map_inputs(lambda gib: gibibytes(gib + 1), pod.upload_gib)},
    }
    return {
        **_container("server", command, pod, resources),
        "ports": [{"name": "http", "container_port": PORT}],
        "startup_probe": _probe(STARTING_SECONDS // PROBE_SECONDS),
        "readiness_probe": _probe(2),
        "liveness_probe": _probe(6),
    }


def _container(name: str, command: Input[Sequence[str]], pod: TrackingPod, resources: Mapping[str, Any]) -> Any:
    disk = [{"name": "data", "mount_path": DATA}] if pod.database is None else []
    return {
        "name": name,
        "image": pod.image,
        "command": command,
        "env": _variables(pod),
        "resources": resources,
        "security_context": restricted_container(),
        "volume_mounts": [*disk, {"name": "scratch", "mount_path": SCRATCH}],
    }


def _variables(pod: TrackingPod) -> list[Any]:
    values: dict[str, Input[str]] = {
        **environment(pod.region),
        "MLFLOW_ARTIFACTS_DESTINATION": pod.artifacts,
        **({COPIES_VARIABLE: pod.copies} if pod.database is None else {}),
    }
    variables = [{"name": key, "value": value} for key, value in values.items()]
    return [*variables, {"name": "MLFLOW_BACKEND_STORE_URI", **_database(pod.database)}]


def _database(database: DatabaseSpec | None) -> dict[str, Any]:
    if database is None:
        return {"value": f"sqlite:///{DATABASE_FILE}"}
    return {"value_from": {"secret_key_ref": {"name": database.secret, "key": URI_KEY}}}


def _small_resources() -> dict[str, Any]:
    return {"requests": {"cpu": "50m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}}


def _probe(failures: int) -> Any:
    """Returns a probe of `/health`, the only path that accepts any Host header."""
    return {
        "http_get": {"path": "/health", "port": "http"},
        "period_seconds": PROBE_SECONDS,
        "timeout_seconds": 5,
        "failure_threshold": failures,
    }
