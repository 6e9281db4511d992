"""The pod template of a training run, for Jobs and JobSets, with field names in Kubernetes' spelling."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pulumi

from falaj.components.core.node_pools.profiles import taints
from falaj.components.core.site.rules import node_traits
from falaj.components.core.storage.shared_files import FOLDER as SHARED_FOLDER
from falaj.components.core.tenancy.topology import PREFERRED
from falaj.components.core.training.contract import FILE, FOLDER, SCRATCH, TORCHRUN_PREFIX
from falaj.components.core.training.datasets import FOLDER as DATASET_FOLDER
from falaj.components.core.training.run_forms import RunForm
from falaj.components.core.training.training_args import NamedRun
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.quantities import amount, gibibytes
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.cluster.camel_case import camel_case
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.labels import (
    CAPACITY_LABEL,
    CONTRACT_ANNOTATION,
    DEADLINE_ANNOTATION,
    POOL_LABEL,
    PROFILE_LABEL,
    RUN_LABEL,
    TENANT_LABEL,
)

CONTAINER = "training"
DATASETS = "datasets"
"""Name of the volume with the datasets."""
SHARED = "shared"
"""Name of the volume with the shared files."""
WORKERS = "workers"
"""Name of the replicated job in a JobSet."""

INDEX = "metadata.annotations['batch.kubernetes.io/job-completion-index']"
"""Downward API field with the index of the pod in its job."""

DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt"
"""Annotation of pods that Karpenter never evicts, whatever the reason."""

UNREACHABLE_SECONDS = 60
"""Seconds until a pod is evicted from an unreachable node. With Kubernetes' default of 300, machines would idle
longer."""

SPOT_LABELS: Mapping[str, str] = {
    CAPACITY_LABEL: "spot",
    "karpenter.sh/capacity-type": "spot",
    **{
        label: value
        for cloud in CLOUDS
        for label, value in node_traits(cloud).group_labels.get(Capacity.SPOT, {}).items()
    },
}
"""Labels of spot nodes by all provisioners. Anti-affinity to them also makes Kueue skip spot flavors."""


@dataclass(frozen=True)
class Contract:
    """The contract that a run passes to its program."""

    variables: Mapping[str, Input[str]]
    """Environment variables. All names are known before the deployment; some values are Outputs."""
    document: pulumi.Output[str]
    """The contract as JSON."""


def run_labels(run: NamedRun) -> dict[str, str]:
    """Returns the labels of all objects of the run."""
    return {**with_tags(run.tags), **_pod_labels(run)}


def _pod_labels(run: NamedRun) -> dict[str, str]:
    """Returns the labels of the pods: without the cost tags, because a changed template starts the run again."""
    of_run = {"app.kubernetes.io/name": CONTAINER, RUN_LABEL: run.name}
    return {**of_run, **({TENANT_LABEL: run.tenant} if run.tenant else {})}


def pod_template(run: NamedRun, account: Input[str], contract: Contract) -> dict[str, Any]:
    """Returns the pod template. An annotation contains a hash of the contract, so that a changed contract restarts the
    run."""
    labels = _pod_labels(run) | dict(node_traits(run.cloud).pod_labels)
    return {
        "metadata": {
            "labels": labels,
            "annotations": {
                # Scaling down evicts, which loses the time of a restart; the node is free at the end of the run anyway.
                "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
                **_protection(run),
                **_deadline(run),
                # Two pods of a run may overlap briefly, because they write the same checkpoints atomically.
                "kueue.x-k8s.io/safe-to-forcefully-delete": "true",
                **({PREFERRED: run.topology} if run.nodes > 1 and run.topology is not None else {}),
                CONTRACT_ANNOTATION: contract.document.apply(lambda text: sha256(text.encode()).hexdigest()[:16]),
            },
        },
        "spec": _spec(run, account, contract),
    }


def _protection(run: NamedRun) -> dict[str, str]:
    """Returns the annotation that keeps Karpenter from evicting a run that must not be interrupted.

    On a spot machine it would also keep Karpenter from evicting the run after the notice of an interruption: the
    program would not be asked to save a checkpoint (karpenter.sh, Disruption, "Pod-Level Controls", 2026-11-27).
    """
    return {} if run.interruptible else {DO_NOT_DISRUPT: "true"}


def _deadline(run: NamedRun) -> dict[str, str]:
    """Returns the annotation that the controller of runs with a deadline reads. Kueue copies it to the workload."""
    annotation = run.deadline_annotation(run.checkpoint_interval)
    return {} if annotation is None else {DEADLINE_ANNOTATION: annotation}


def _spec(run: NamedRun, account: Input[str], contract: Contract) -> dict[str, Any]:
    shared = run.shared_memory_gib or run.memory_gib / 4
    spec: dict[str, Any] = {
        "serviceAccountName": account,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        # The Job creates a new pod: a restart in place would hide the exit code.
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": node_traits(run.cloud).grace_seconds,
        **({} if run.queue is not None else {"nodeSelector": _node_labels(run)}),
        "tolerations": _tolerations(run),
        "securityContext": camel_case(restricted_pod(run.user)),
        **({"imagePullSecrets": run.pull_secret_references} if run.pull_secrets else {}),
        "containers": [_container(run, contract)],
        "volumes": [
            *_dataset_volumes(run),
            *_shared_volumes(run),
            {"name": "contract", "configMap": {"name": run.name}},
            {"name": "scratch", "emptyDir": {"sizeLimit": gibibytes(run.scratch_gib)}},
            # The default of 64 MiB is too small for a data loader with several workers.
            {"name": "shared-memory", "emptyDir": {"medium": "Memory", "sizeLimit": gibibytes(shared)}},
        ],
    }
    affinity = _affinity(run)
    return (
        spec
        | ({"affinity": affinity} if affinity else {})
        | ({"priorityClassName": run.priority_class} if run.priority_class is not None else {})
    )


def _dataset_volumes(run: NamedRun) -> list[dict[str, Any]]:
    if run.dataset_claim is None:
        return []
    return [{"name": DATASETS, "persistentVolumeClaim": {"claimName": run.dataset_claim, "readOnly": True}}]


def _dataset_mounts(run: NamedRun) -> list[dict[str, Any]]:
    return [{"name": volume["name"], "mountPath": DATASET_FOLDER, "readOnly": True} for volume in _dataset_volumes(run)]


def _shared_volumes(run: NamedRun) -> list[dict[str, Any]]:
    if run.shared_claim is None:
        return []
    return [{"name": SHARED, "persistentVolumeClaim": {"claimName": run.shared_claim}}]


def _shared_mounts(run: NamedRun) -> list[dict[str, Any]]:
    """Mounts the folder of the namespace only: all tenants of a site have the same files."""
    return [
        {"name": volume["name"], "mountPath": SHARED_FOLDER, "subPath": run.namespace}
        for volume in _shared_volumes(run)
    ]


def container_name(run: NamedRun) -> str:
    """Returns the name of the container that trains. Trainer requires its own (kubeflow/trainer v2.2.0,
    pkg/webhooks/trainingruntime_webhook.go)."""
    return "node" if run.form is RunForm.TRAIN_JOB else CONTAINER


def _container(run: NamedRun, contract: Contract) -> dict[str, Any]:
    return {
        "name": container_name(run),
        "image": run.image,
        **({"command": list(run.command)} if run.command else {}),
        "env": _environment(run, contract.variables),
        "resources": _resources(run),
        "securityContext": camel_case(restricted_container()),
        "volumeMounts": [
            *_dataset_mounts(run),
            *_shared_mounts(run),
            {"name": "contract", "mountPath": FOLDER, "readOnly": True},
            {"name": "scratch", "mountPath": SCRATCH},
            {"name": "scratch", "mountPath": "/tmp", "subPath": "tmp"},  # noqa: S108 - an emptyDir volume of the pod
            {"name": "shared-memory", "mountPath": "/dev/shm"},  # noqa: S108
        ],
    }


def _environment(run: NamedRun, variables: Mapping[str, Input[str]]) -> list[Any]:
    has_index = run.nodes > 1 and not run.kind.is_ray
    rank = {"valueFrom": {"fieldRef": {"fieldPath": INDEX}}} if has_index else {"value": "0"}
    torchrun_rank = [] if run.kind.is_ray else [{"name": f"{TORCHRUN_PREFIX}NODE_RANK", **rank}]
    # Huge pages are disabled because the platform's nodes do not reserve any.
    efa_variables = {"FI_PROVIDER": "efa", "FI_EFA_USE_HUGE_PAGE": "0"} if run.efa_interfaces else {}
    values = {"FALAJ_CONTRACT": FILE, "HOME": SCRATCH, **efa_variables, **variables}
    store_variables = run.store.variables if run.store else []
    return [
        *({"name": key, "value": value} for key, value in values.items()),
        {"name": "FALAJ_NODE_RANK", **rank},
        *torchrun_rank,
        *store_variables,
        *run.secret_variables,
    ]


def _resources(run: NamedRun) -> dict[str, Any]:
    """Returns equal requests and limits, so that a run costs what it requests."""
    amounts = {
        "cpu": amount(run.cpu),
        "memory": gibibytes(run.memory_gib),
        **({"nvidia.com/gpu": str(run.gpus)} if run.gpus else {}),
        **({"vpc.amazonaws.com/efa": str(run.efa_interfaces)} if run.efa_interfaces else {}),
    }
    return {"requests": amounts, "limits": amounts}


def _tolerations(run: NamedRun) -> list[dict[str, Any]]:
    spot_taints = node_traits(run.cloud).spot_taints if run.interruptible else ()
    node_tolerations = [
        {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
        for taint in (*taints(run.profile, run.gpus, run.tenant), *spot_taints)
    ]
    unreachable_tolerations = [
        {"key": f"node.kubernetes.io/{state}", "operator": "Exists", "effect": "NoExecute"}
        | {"tolerationSeconds": UNREACHABLE_SECONDS}
        for state in ("not-ready", "unreachable")
    ]
    return [*node_tolerations, *unreachable_tolerations]


def _node_labels(run: NamedRun) -> dict[str, Any]:
    """Returns the labels of the run's nodes."""
    pool = {} if run.pool is None else {POOL_LABEL: run.pool}
    return {PROFILE_LABEL: run.profile.value, **pool, **run.architecture_selector, **run.machine_selector}


def _required_nodes(run: NamedRun) -> list[dict[str, Any]]:
    """Returns the conditions on the labels of nodes beside the node selector.

    Kueue writes the labels of a flavor into the node selector of a run that it admits. That field of a pod has one
    owner: a run in a queue that stated it too could not be updated any more, not even its cost tags (conflict of
    server-side apply). So its labels are conditions.
    """
    queued = {} if run.queue is None else _node_labels(run)
    not_spot: Mapping[str, str] = {} if run.interruptible else SPOT_LABELS
    return [
        {"key": key, "operator": operator, "values": [value]}
        for operator, labels in (("In", queued), ("NotIn", not_spot))
        for key, value in labels.items()
    ]


def _affinity(run: NamedRun) -> dict[str, Any]:
    affinity: dict[str, Any] = {}
    if required := _required_nodes(run):
        terms = {"nodeSelectorTerms": [{"matchExpressions": required}]}
        affinity["nodeAffinity"] = {"requiredDuringSchedulingIgnoredDuringExecution": terms}
    if run.dataset_zone is not None:
        # Reading from another zone works and is billed, so a zone without capacity does not stop the run.
        near = {"key": node_traits(run.cloud).zone_label, "operator": "In", "values": [run.dataset_zone]}
        preference = {"weight": 100, "preference": {"matchExpressions": [near]}}
        affinity.setdefault("nodeAffinity", {})["preferredDuringSchedulingIgnoredDuringExecution"] = [preference]
    if run.nodes > 1:
        affinity["podAffinity"] = _same_zone(run)
    return affinity


def _same_zone(run: NamedRun) -> dict[str, Any]:
    """Returns the affinity of a run's pods to each other's zone.

    All machines exchange gradients at every step, which is fast and free of charge within one zone. On premises the
    affinity is a preference: nodes need not have the label of a zone, without which none would ever be scheduled.
    """
    term = {"topologyKey": "topology.kubernetes.io/zone", "labelSelector": {"matchLabels": _run_selector(run)}}
    if run.cloud is Cloud.ONPREM:
        return {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": term}]}
    return {"requiredDuringSchedulingIgnoredDuringExecution": [term]}


def _run_selector(run: NamedRun) -> dict[str, str]:
    return {RUN_LABEL: run.name}
