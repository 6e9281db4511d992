"""The pods of an inference service."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_kubernetes.core.v1 import VolumeArgsDict

from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.serving.contract import fetch_command, fetch_environment
from falaj.components.core.serving.draining import EXIT_SECONDS, grace_seconds, pre_stop_seconds
from falaj.components.core.serving.runtimes import MODELS, SCRATCH, Probes
from falaj.components.core.serving.server_command import Server, server_of
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.storage.replication import IMAGE as RCLONE
from falaj.components.core.storage.shared_files import CLAIM as SHARED_CLAIM
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Capacity
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.cluster.priorities import INFERENCE
from falaj.components.kubernetes.serving.tls_proxy import tls_proxy, tls_volume
from falaj.facts.labels import CAPACITY_LABEL, POOL_LABEL, PROFILE_LABEL, TENANT_LABEL

USER = 65532
"""Numeric ID of the user `nonroot` of distroless images. The image's files must be readable by all users."""

PROBE_SECONDS = 5

HTTP_PORT, METRICS_PORT = "http", "metrics"
"""Names of the server's ports. The second exists only if metrics have a port of their own."""

SHARED_MEMORY = "/dev/shm"  # noqa: S108  an emptyDir volume of the pod in memory


@dataclass(frozen=True)
class PodContext:
    """Placement and identity of the pods."""

    tenant: str
    service: str
    """Name by which requests name the model."""
    pool: str | None
    region: str | None
    mirror: Input[str] | None
    account: str
    namespace: Input[str]
    identity_labels: Mapping[str, str]
    """Labels of pods with a workload identity."""
    encrypted: bool
    """Whether the pods accept TLS."""


def pod_template(
    serving: ServingSpec, context: PodContext, selector: Mapping[str, str], labels: Mapping[str, str]
) -> Any:
    """Returns the pod template of a Deployment; `selector` are the selector labels, `labels` all labels of the
    pods."""
    server = server_of(serving, context.service)
    return machine_template(serving, server, context, labels, spread(serving, selector, "pod-template-hash"))


def machine_template(
    serving: ServingSpec, server: Server, context: PodContext, labels: Mapping[str, str], constraints: Sequence[Any]
) -> Any:
    """Returns the template of the pods that run `server`; `constraints` spread them over the nodes."""
    is_encrypted = context.encrypted and server.answers
    return {
        "metadata": {"labels": {**labels, **context.identity_labels}},
        "spec": {
            "service_account_name": context.account,
            "automount_service_account_token": False,
            "enable_service_links": False,
            "priority_class_name": INFERENCE.name if serving.priority_class is None else serving.priority_class,
            "termination_grace_period_seconds": grace_seconds(serving),
            **placement(serving, context),
            "security_context": restricted_pod(USER),
            **({"image_pull_secrets": serving.pull_secret_references} if serving.pull_secrets else {}),
            "init_containers": [
                *_fetch_containers(serving, context),
                *([tls_proxy(server.port, context.mirror)] if is_encrypted else []),
            ],
            "containers": [_container(serving, server, context)],
            "volumes": [
                _model_volume(serving),
                *_writable_volumes(server),
                *([tls_volume()] if is_encrypted else []),
            ],
            **({"topology_spread_constraints": constraints} if constraints else {}),
        },
    }


def placement(serving: ServingSpec, context: PodContext) -> Mapping[str, Any]:
    """Returns the fields of a pod that select its nodes."""
    return {
        "node_selector": _node_selector(serving, context),
        "tolerations": [
            {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
            for taint in serving.tolerated(context.tenant)
        ],
        **({} if serving.interruptible else {"affinity": _not_on_spot()}),
    }


def _node_selector(serving: ServingSpec, context: PodContext) -> dict[str, str]:
    pool = {POOL_LABEL: context.pool} if context.pool else {}
    # A GPU is time-sliced within one tenant only, because its pods share memory and faults.
    tenant = {TENANT_LABEL: context.tenant} if serving.gpu and serving.gpu.time_sliced else {}
    return {PROFILE_LABEL: serving.profile.value, **pool, **serving.architecture_selector, **tenant}


def _not_on_spot() -> Mapping[str, Any]:
    """Returns the affinity to nodes without spot labels: Karpenter's label is set per node, the platform's per pool."""
    spot_labels = {CAPACITY_LABEL: Capacity.SPOT.value, "karpenter.sh/capacity-type": "spot"}
    expressions = [{"key": key, "operator": "NotIn", "values": [value]} for key, value in spot_labels.items()]
    terms = {"node_selector_terms": [{"match_expressions": expressions}]}
    return {"node_affinity": {"required_during_scheduling_ignored_during_execution": terms}}


def spread(serving: ServingSpec, selector: Mapping[str, str], revision_label: str) -> Sequence[Any]:
    """Returns soft constraints to spread pods over zones and nodes; pods in one zone are better than pending pods.
    `revision_label`: label of the pods of one version of the template."""
    if serving.max == 1:
        return []
    return [
        {
            "max_skew": 1,
            "topology_key": key,
            "when_unsatisfiable": "ScheduleAnyway",
            "label_selector": {"match_labels": selector},
            "match_label_keys": [revision_label],
        }
        for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
    ]


def _fetch_containers(serving: ServingSpec, context: PodContext) -> list[Any]:
    if serving.model.uri is None:
        return []
    store = serving.model.store
    environment = fetch_environment(serving.model.uri, context.region, store)
    variables: list[Any] = [{"name": key, "value": value} for key, value in environment.items()]
    return [
        {
            "name": "model",
            "image": mirrored_input(RCLONE, context.mirror),
            "args": fetch_command(serving.model.uri),
            "env": [*variables, *(store.variables if store else [])],
            "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"cpu": "2", "memory": "1Gi"}},
            "security_context": restricted_container(),
            "volume_mounts": [
                {"name": "model", "mount_path": MODELS},
                {"name": "scratch", "mount_path": SCRATCH},
            ],
        }
    ]


def _model_mount(serving: ServingSpec, context: PodContext) -> Any:
    folder = {"sub_path": context.namespace} if serving.model.claim == SHARED_CLAIM else {}
    return {"name": "model", "mount_path": MODELS, "read_only": True, **folder}


def _container(serving: ServingSpec, server: Server, context: PodContext) -> Any:
    return {
        "name": "server",
        "image": serving.image,
        **({"command": list(server.command)} if server.command else {}),
        **({"args": list(server.args)} if server.args else {}),
        "env": [
            *_address_variables(server),
            *({"name": key, "value": value} for key, value in server.environment.items()),
            *serving.secret_variables,
        ],
        **({"ports": _ports(server)} if server.answers else {}),
        "resources": _resources(serving),
        "security_context": restricted_container(),
        "volume_mounts": [
            _model_mount(serving, context),
            {"name": "scratch", "mount_path": SCRATCH},
            *([{"name": "shm", "mount_path": SHARED_MEMORY}] if server.shared_memory_gib else []),
        ],
        **(_probes(server.probes) if server.answers else {}),
        "lifecycle": {"pre_stop": {"sleep": {"seconds": pre_stop_seconds(serving)}}},
    }


def _address_variables(server: Server) -> list[Any]:
    if server.address_variable is None:
        return []
    return [{"name": server.address_variable, "value_from": {"field_ref": {"field_path": "status.podIP"}}}]


def _probes(probes: Probes) -> dict[str, Any]:
    """Returns the probes. A server that hangs is not left running for its requests: the grace period of a probe is that
    of the restart, with the stop hook (kubelet, kuberuntime_container.go: setTerminationGracePeriod,
    executePreStopHook)."""
    restarts = {"termination_grace_period_seconds": EXIT_SECONDS}
    return {
        "startup_probe": {**_probe(probes.startup, probes.startup_seconds // PROBE_SECONDS), **restarts},
        "readiness_probe": _probe(probes.readiness, 2),
        "liveness_probe": {**_probe(probes.liveness, 6), **restarts},
    }


def _ports(server: Server) -> list[Any]:
    names = {HTTP_PORT: server.port}
    if server.metrics_port != server.port:
        names[METRICS_PORT] = server.metrics_port
    return [{"name": name, "container_port": port} for name, port in names.items()]


def _writable_volumes(server: Server) -> list[Any]:
    """Returns the scratch volume, and shared memory, which counts towards the memory limit of the container."""
    scratch = {"name": "scratch", "empty_dir": {"size_limit": f"{server.scratch_gib}Gi"}}
    if not server.shared_memory_gib:
        return [scratch]
    size = f"{math.ceil(server.shared_memory_gib * 1024)}Mi"
    return [scratch, {"name": "shm", "empty_dir": {"medium": "Memory", "size_limit": size}}]


def _resources(serving: ServingSpec) -> Mapping[str, Any]:
    """Returns equal requests and limits, so that nodes never overcommit CPU or memory."""
    amounts = {"cpu": f"{round(serving.cpu * 1000)}m", "memory": f"{math.ceil(serving.memory_gib * 1024)}Mi"}
    gpus = {serving.gpu.resource: str(serving.gpu.count)} if serving.gpu else {}
    return {"requests": {**amounts, **gpus}, "limits": {**amounts, **gpus}}


def _probe(path: str, failures: int) -> Any:
    return {
        "http_get": {"path": path, "port": HTTP_PORT},
        "period_seconds": PROBE_SECONDS,
        "timeout_seconds": 3,
        "failure_threshold": failures,
    }


def image_volume(name: str, image: Input[str]) -> VolumeArgsDict:
    """Returns a read-only volume with the content of an image, which the node pulls once for all pods."""
    return {"name": name, "image": {"reference": image, "pull_policy": "IfNotPresent"}}


def _model_volume(serving: ServingSpec) -> VolumeArgsDict:
    if serving.model.image is not None:
        return image_volume("model", serving.model.image)
    if serving.model.claim is not None:
        # The kubelet creates the folder of the namespace in shared files at the first mount.
        read_only = serving.model.claim != SHARED_CLAIM
        return {
            "name": "model",
            "persistent_volume_claim": {"claim_name": serving.model.claim, "read_only": read_only},
        }
    return {"name": "model", "empty_dir": {"size_limit": f"{math.ceil(serving.model.gib * 1.2 * 1024)}Mi"}}
