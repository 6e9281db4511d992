"""The pod of a training run, the same in a Job and in a JobSet, in Kubernetes' spelling."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeGuard

import pulumi

from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL, taints
from falaj.components.core.site.rules import node_traits
from falaj.components.core.training.contract import FILE, FOLDER, SCRATCH
from falaj.components.core.training.training_args import NamedRun
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.quantities import amount, gibibytes
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.facts.labels import CAPACITY_LABEL, CONTRACT_ANNOTATION, POOL_LABEL, PROFILE_LABEL, RUN_LABEL, TENANT_LABEL

CONTAINER = "training"
WORKERS = "workers"
"""Name of the replicated job in a JobSet."""

INDEX = "metadata.annotations['batch.kubernetes.io/job-completion-index']"
"""Field with the index of the pod in its job."""

UNREACHABLE_SECONDS = 60
"""Seconds that a pod stays bound to an unreachable node. Kubernetes' default of 300 would be paid waiting."""

SPOT_LABELS: Mapping[str, str] = {
    CAPACITY_LABEL: "spot",
    "karpenter.sh/capacity-type": "spot",
    "eks.amazonaws.com/capacityType": "SPOT",
    AKS_SPOT_LABEL: "spot",
}
"""Labels of spot nodes, whatever created them. Kueue skips flavors with one of them too."""


@dataclass(frozen=True)
class Contract:
    """What a run passes to its program."""

    variables: Mapping[str, Input[str]]
    """Environment variables. Their names are known before a deployment, some values are not."""
    document: pulumi.Output[str]
    """The same as JSON."""


def run_labels(run: NamedRun) -> dict[str, str]:
    """Labels of every object and pod of the run."""
    of_run = {"app.kubernetes.io/name": CONTAINER, RUN_LABEL: run.name}
    return {**with_tags(run.tags), **of_run, **({TENANT_LABEL: run.tenant} if run.tenant else {})}


def pod_template(run: NamedRun, account: Input[str], contract: Contract) -> dict[str, Any]:
    """Metadata and spec. An annotation holds the hash of the contract: a changed contract is a new run."""
    labels = run_labels(run) | dict(node_traits(run.cloud).pod_labels)
    return {
        "metadata": {
            "labels": labels,
            "annotations": {
                # Evicting a run loses the work since its last checkpoint, and saves nothing that its end would not.
                "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
                "karpenter.sh/do-not-disrupt": "true",
                # Two pods of a run may overlap briefly: they write the same checkpoints, each atomically.
                "kueue.x-k8s.io/safe-to-forcefully-delete": "true",
                CONTRACT_ANNOTATION: contract.document.apply(lambda text: sha256(text.encode()).hexdigest()[:16]),
            },
        },
        "spec": _spec(run, account, contract),
    }


def _spec(run: NamedRun, account: Input[str], contract: Contract) -> dict[str, Any]:
    shared = run.shared_memory_gib or run.memory_gib / 4
    spec: dict[str, Any] = {
        "serviceAccountName": account,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        # The job starts another pod: a restart in place would hide the exit code.
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": node_traits(run.cloud).grace_seconds,
        "nodeSelector": {PROFILE_LABEL: run.profile.value} | ({} if run.pool is None else {POOL_LABEL: run.pool}),
        "tolerations": _tolerations(run),
        "securityContext": camel(restricted_pod(run.user)),
        "containers": [_container(run, contract)],
        "volumes": [
            {"name": "contract", "configMap": {"name": run.name}},
            {"name": "scratch", "emptyDir": {"sizeLimit": gibibytes(run.scratch_gib)}},
            # The default of 64 MiB is too small for a data loader with workers.
            {"name": "shared-memory", "emptyDir": {"medium": "Memory", "sizeLimit": gibibytes(shared)}},
        ],
    }
    affinity = _affinity(run)
    return (
        spec
        | ({"affinity": affinity} if affinity else {})
        | ({"priorityClassName": run.priority_class} if run.priority_class is not None else {})
    )


def _container(run: NamedRun, contract: Contract) -> dict[str, Any]:
    return {
        "name": CONTAINER,
        "image": run.image,
        **({"command": list(run.command)} if run.command else {}),
        "env": _environment(run, contract.variables),
        "resources": _resources(run),
        "securityContext": camel(restricted_container()),
        "volumeMounts": [
            {"name": "contract", "mountPath": FOLDER, "readOnly": True},
            {"name": "scratch", "mountPath": SCRATCH},
            {"name": "scratch", "mountPath": "/tmp", "subPath": "tmp"},  # noqa: S108 - the pod's own
            {"name": "shared-memory", "mountPath": "/dev/shm"},  # noqa: S108
        ],
    }


def _environment(run: NamedRun, variables: Mapping[str, Input[str]]) -> list[Any]:
    rank = {"valueFrom": {"fieldRef": {"fieldPath": INDEX}}} if run.nodes > 1 else {"value": "0"}
    # Without huge pages, which our nodes do not reserve.
    fabric = {"FI_PROVIDER": "efa", "FI_EFA_USE_HUGE_PAGE": "0"} if run.efa_interfaces else {}
    plain = {"FALAJ_CONTRACT": FILE, "HOME": SCRATCH, **fabric, **variables}
    store = run.store.variables if run.store else []
    return [
        *({"name": key, "value": value} for key, value in plain.items()),
        {"name": "FALAJ_NODE_RANK", **rank},
        *store,
    ]


def _resources(run: NamedRun) -> dict[str, Any]:
    """Requests equal limits: a run costs what it requests."""
    amounts = {
        "cpu": amount(run.cpu),
        "memory": gibibytes(run.memory_gib),
        **({"nvidia.com/gpu": str(run.gpus)} if run.gpus else {}),
        **({"vpc.amazonaws.com/efa": str(run.efa_interfaces)} if run.efa_interfaces else {}),
    }
    return {"requests": amounts, "limits": amounts}


def _tolerations(run: NamedRun) -> list[dict[str, Any]]:
    spot = node_traits(run.cloud).spot_taints if run.interruptible else ()
    of_nodes = [
        {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
        for taint in (*taints(run.profile, run.gpus), *spot)
    ]
    of_unreachable = [
        {"key": f"node.kubernetes.io/{state}", "operator": "Exists", "effect": "NoExecute"}
        | {"tolerationSeconds": UNREACHABLE_SECONDS}
        for state in ("not-ready", "unreachable")
    ]
    return [*of_nodes, *of_unreachable]


def _affinity(run: NamedRun) -> dict[str, Any]:
    affinity: dict[str, Any] = {}
    if not run.interruptible:
        not_spot = [{"key": key, "operator": "NotIn", "values": [value]} for key, value in SPOT_LABELS.items()]
        terms = {"nodeSelectorTerms": [{"matchExpressions": not_spot}]}
        affinity["nodeAffinity"] = {"requiredDuringSchedulingIgnoredDuringExecution": terms}
    if run.nodes > 1:
        # Gradients are exchanged between all machines at every step: within one zone that is fast, and free.
        same_zone = {"topologyKey": "topology.kubernetes.io/zone", "labelSelector": {"matchLabels": _same(run)}}
        affinity["podAffinity"] = {"requiredDuringSchedulingIgnoredDuringExecution": [same_zone]}
    return affinity


def _same(run: NamedRun) -> dict[str, str]:
    return {RUN_LABEL: run.name}


def camel(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields with their names in Kubernetes' spelling instead of Python's."""
    return {
        re.sub(r"_([a-z])", lambda match: match[1].upper(), key): camel(value) if _has_fields(value) else value
        for key, value in fields.items()
    }


def _has_fields(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)
