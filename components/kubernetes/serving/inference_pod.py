"""The pods of a served model."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_kubernetes.core.v1 import VolumeArgsDict

from falaj.components.core.charts.images import mirrored
from falaj.components.core.serving.contract import (
    HEALTHY,
    METRICS,
    MODELS,
    PORT,
    READY,
    SCRATCH,
    fetch_command,
    fetch_environment,
    server_environment,
)
from falaj.components.core.serving.serving import CheckedServing
from falaj.components.core.storage.replication import IMAGE as RCLONE
from falaj.components.core.validation.enums import Capacity
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.cluster.priorities import INFERENCE
from falaj.facts.labels import CAPACITY_LABEL, POOL_LABEL, PROFILE_LABEL, TENANT_LABEL

USER = 65532
"""The user `nonroot` of distroless images; the image's files must be readable by everyone."""

LEAVING_SECONDS = 5
"""Between the pod's leaving the service and SIGTERM, so that no gateway still sends to it."""

GRACE_SECONDS = 60
"""For answers under way. On Azure's spot machines 30 s or less remain, whatever is said here."""

STARTING_SECONDS = 1800
"""A model of hundreds of GiB is read in this; a server that takes longer is broken."""

PROBE_SECONDS = 5


@dataclass(frozen=True)
class PodPlace:
    """Where the pods are and who they are."""

    tenant: str
    pool: str | None
    region: str | None
    mirror: str | None
    account: str
    identified: bool
    """Whether Azure's webhook gives the pods a token of their identity."""


def pod_template(serving: CheckedServing, place: PodPlace, own: Mapping[str, str], labels: Mapping[str, str]) -> Any:
    """`own` are the labels that select these pods, `labels` all of theirs."""
    identity = {"azure.workload.identity/use": "true"} if place.identified else {}
    return {
        "metadata": {
            "labels": {**labels, **identity},
            "annotations": {
                "prometheus.io/scrape": "true",
                "prometheus.io/port": str(PORT),
                "prometheus.io/path": METRICS,
            },
        },
        "spec": {
            "service_account_name": place.account,
            "automount_service_account_token": False,
            "enable_service_links": False,
            "priority_class_name": serving.priority_class or INFERENCE.name,
            "termination_grace_period_seconds": GRACE_SECONDS,
            "node_selector": _nodes(serving, place),
            "tolerations": [
                {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
                for taint in serving.tolerated
            ],
            "security_context": restricted_pod(USER),
            "init_containers": _fetching(serving, place),
            "containers": [_server(serving)],
            "volumes": [_model_volume(serving), {"name": "scratch", "empty_dir": {"size_limit": "1Gi"}}],
            **({} if serving.interruptible else {"affinity": _not_on_spot()}),
            **({"topology_spread_constraints": _spread(own)} if serving.max > 1 else {}),
        },
    }


def _nodes(serving: CheckedServing, place: PodPlace) -> dict[str, str]:
    pool = {POOL_LABEL: place.pool} if place.pool else {}
    arch = {"kubernetes.io/arch": serving.architectures[0]} if len(serving.architectures) == 1 else {}
    # Turns on one GPU are taken within a tenant only: they share its memory and its faults.
    own = {TENANT_LABEL: place.tenant} if serving.gpu and serving.gpu.time_sliced else {}
    return {PROFILE_LABEL: serving.profile.value, **pool, **arch, **own}


def _not_on_spot() -> Mapping[str, Any]:
    """A node without these labels will do: Karpenter's says it node by node, ours for a pool."""
    kinds = {CAPACITY_LABEL: Capacity.SPOT.value, "karpenter.sh/capacity-type": "spot"}
    expressions = [{"key": key, "operator": "NotIn", "values": [value]} for key, value in kinds.items()]
    terms = {"node_selector_terms": [{"match_expressions": expressions}]}
    return {"node_affinity": {"required_during_scheduling_ignored_during_execution": terms}}


def _spread(own: Mapping[str, str]) -> Sequence[Any]:
    """Over zones, then machines, as far as there are any: GPUs in one zone are better than a pod that waits."""
    return [
        {
            "max_skew": 1,
            "topology_key": key,
            "when_unsatisfiable": "ScheduleAnyway",
            "label_selector": {"match_labels": own},
            "match_label_keys": ["pod-template-hash"],
        }
        for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
    ]


def _fetching(serving: CheckedServing, place: PodPlace) -> list[Any]:
    if serving.model.uri is None:
        return []
    store = serving.model.store
    environment = fetch_environment(serving.model.uri, place.region, store)
    told: list[Any] = [{"name": key, "value": value} for key, value in environment.items()]
    return [
        {
            "name": "model",
            "image": mirrored(RCLONE, place.mirror),
            "args": fetch_command(serving.model.uri),
            "env": [*told, *(store.variables if store else [])],
            "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"cpu": "2", "memory": "1Gi"}},
            "security_context": restricted_container(),
            "volume_mounts": [
                {"name": "model", "mount_path": MODELS},
                {"name": "scratch", "mount_path": SCRATCH},
            ],
        }
    ]


def _server(serving: CheckedServing) -> Any:
    return {
        "name": "server",
        "image": serving.image,
        "env": [{"name": key, "value": value} for key, value in server_environment(serving).items()],
        "ports": [{"name": "http", "container_port": PORT}],
        "resources": _resources(serving),
        "security_context": restricted_container(),
        "volume_mounts": [
            {"name": "model", "mount_path": MODELS, "read_only": True},
            {"name": "scratch", "mount_path": SCRATCH},
        ],
        "startup_probe": _probe(READY, STARTING_SECONDS // PROBE_SECONDS),
        "readiness_probe": _probe(READY, 2),
        "liveness_probe": _probe(HEALTHY, 6),
        "lifecycle": {"pre_stop": {"sleep": {"seconds": LEAVING_SECONDS}}},
    }


def _resources(serving: CheckedServing) -> Mapping[str, Any]:
    """The limit is what is asked for: a node then never promises the same processor or page twice."""
    amounts = {"cpu": f"{round(serving.cpu * 1000)}m", "memory": f"{math.ceil(serving.memory_gib * 1024)}Mi"}
    gpus = {serving.gpu.resource: str(serving.gpu.count)} if serving.gpu else {}
    return {"requests": {**amounts, **gpus}, "limits": {**amounts, **gpus}}


def _probe(path: str, failures: int) -> Any:
    return {
        "http_get": {"path": path, "port": "http"},
        "period_seconds": PROBE_SECONDS,
        "timeout_seconds": 3,
        "failure_threshold": failures,
    }


def _model_volume(serving: CheckedServing) -> VolumeArgsDict:
    if serving.model.claim:
        return {
            "name": "model",
            "persistent_volume_claim": {"claim_name": serving.model.claim, "read_only": True},
        }
    return {"name": "model", "empty_dir": {"size_limit": f"{math.ceil(serving.model.gib * 1.2 * 1024)}Mi"}}
