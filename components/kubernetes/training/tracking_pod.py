"""The pod of a tracking server: the server, what readies its database, and what copies that to the vault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.training.tracking import (
    COPIES,
    DATA,
    DATABASE_FILE,
    NAME,
    PORT,
    SCRATCH,
    UPGRADE,
    URI_KEY,
    CheckedDatabase,
    copying,
    environment,
    server_command,
)
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.quantities import gibibytes
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.cluster.priorities import INFERENCE
from falaj.facts.labels import PROFILE_LABEL

USER = 65532
"""A user of no name: the image's files are root's, which all may read."""

STARTING_SECONDS, PROBE_SECONDS = 300, 10

GRACE_SECONDS = 60
"""For uploads under way, and the last copy of the database."""


@dataclass(frozen=True)
class TrackingPlace:
    """Where the server runs, what it is made of, and where in the vault it keeps what: `artifacts` and `copies`."""

    artifacts: pulumi.Output[str]
    copies: pulumi.Output[str]
    image: str
    profile: Profile
    hosts: Sequence[str]
    region: str | None
    identified: bool
    """Whether Azure's webhook gives the pod a token of its identity."""
    upload_gib: int
    database: CheckedDatabase | None


def pod_template(place: TrackingPlace, labels: Mapping[str, str]) -> Any:
    identity = {"azure.workload.identity/use": "true"} if place.identified else {}
    has_file = place.database is None
    ready = [_container("restore", copying("restore"), place, _little())] if has_file else []
    beside = [_container("copies", copying("follow"), place, _little())] if has_file else []
    disk = [{"name": "data", "persistent_volume_claim": {"claim_name": NAME}}] if has_file else []
    return {
        "metadata": {"labels": {**labels, **identity}},
        "spec": {
            "service_account_name": NAME,
            "automount_service_account_token": False,
            "enable_service_links": False,
            "priority_class_name": INFERENCE.name,
            "termination_grace_period_seconds": GRACE_SECONDS,
            "node_selector": {PROFILE_LABEL: place.profile.value},
            "tolerations": tolerations(place.profile),
            "security_context": restricted_pod(USER),
            "init_containers": [*ready, _container("schema", UPGRADE, place, _little())],
            "containers": [_server(place), *beside],
            "volumes": [*disk, {"name": "scratch", "empty_dir": {"size_limit": gibibytes(place.upload_gib)}}],
        },
    }


def tolerations(profile: Profile) -> list[Any]:
    """Of the taints of a profile's nodes."""
    return [
        {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
        for taint in TRAITS[profile].taints
    ]


def _server(place: TrackingPlace) -> Any:
    resources = {
        "requests": {"cpu": "250m", "memory": "1Gi", "ephemeral-storage": "1Gi"},
        # A process took 250 MiB before its first request (3.16.1).
        "limits": {"memory": "2Gi", "ephemeral-storage": gibibytes(place.upload_gib + 1)},
    }
    return {
        **_container("server", server_command(place.hosts, place.database is None), place, resources),
        "ports": [{"name": "http", "container_port": PORT}],
        "startup_probe": _probe(STARTING_SECONDS // PROBE_SECONDS),
        "readiness_probe": _probe(2),
        "liveness_probe": _probe(6),
    }


def _container(name: str, command: Sequence[str], place: TrackingPlace, resources: Mapping[str, Any]) -> Any:
    disk = [{"name": "data", "mount_path": DATA}] if place.database is None else []
    return {
        "name": name,
        "image": place.image,
        "command": [*command],
        "env": _variables(place),
        "resources": resources,
        "security_context": restricted_container(),
        "volume_mounts": [*disk, {"name": "scratch", "mount_path": SCRATCH}],
    }


def _variables(place: TrackingPlace) -> list[Any]:
    given = {
        **environment(place.region),
        "MLFLOW_ARTIFACTS_DESTINATION": place.artifacts,
        **({COPIES: place.copies} if place.database is None else {}),
    }
    plain = [{"name": key, "value": value} for key, value in given.items()]
    return [*plain, {"name": "MLFLOW_BACKEND_STORE_URI", **_database(place.database)}]


def _database(database: CheckedDatabase | None) -> dict[str, Any]:
    if database is None:
        return {"value": f"sqlite:///{DATABASE_FILE}"}
    return {"value_from": {"secret_key_ref": {"name": database.secret, "key": URI_KEY}}}


def _little() -> dict[str, Any]:
    return {"requests": {"cpu": "50m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}}


def _probe(failures: int) -> Any:
    """`/health` answers whatever host was asked for; nothing else does."""
    return {
        "http_get": {"path": "/health", "port": "http"},
        "period_seconds": PROBE_SECONDS,
        "timeout_seconds": 5,
        "failure_threshold": failures,
    }
