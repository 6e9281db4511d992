"""The pod of a training run: the same in a Job and in a JobSet. In Kubernetes' own spelling, as both take it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pulumi

from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL, AKS_SPOT_TAINT, taints
from falaj.components.core.training.checkpointing import GRACE_SECONDS
from falaj.components.core.training.contract import FILE, FOLDER, SCRATCH
from falaj.components.core.training.training_args import CheckedRun
from falaj.components.core.validation.quantities import amount, gibibytes
from falaj.components.core.validation.tags import merged
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.facts.labels import CAPACITY_LABEL, CONTRACT_ANNOTATION, POOL_LABEL, PROFILE_LABEL, RUN_LABEL, TENANT_LABEL
from falaj.facts.regions import Cloud

CONTAINER = "training"
WORKERS = "workers"
"""Name of the pods' group in a JobSet."""

INDEX = "metadata.annotations['batch.kubernetes.io/job-completion-index']"
"""Which pod of the job it is."""

AWAY_SECONDS = 60
"""How long a pod stays bound to a node that does not answer. Kubernetes' own default is 300, of paid waiting."""

SPOT_LABELS: Mapping[str, str] = {
    CAPACITY_LABEL: "spot",
    "karpenter.sh/capacity-type": "spot",
    "eks.amazonaws.com/capacityType": "SPOT",
    AKS_SPOT_LABEL: "spot",
}
"""By which a spot node is known, whoever made it. Kueue passes over the flavors that carry one of them too."""


@dataclass(frozen=True)
class Contract:
    """What a run tells its program."""

    variables: Mapping[str, pulumi.Input[str]]
    """Which there are is known before a deployment; some values are not."""
    document: pulumi.Output[str]


def run_labels(run: CheckedRun) -> dict[str, str]:
    """Of every object and pod of the run."""
    own = {"app.kubernetes.io/name": CONTAINER, RUN_LABEL: run.name}
    return {**merged(run.tags), **own, **({TENANT_LABEL: run.tenant} if run.tenant else {})}


def pod_template(run: CheckedRun, account: pulumi.Input[str], contract: Contract) -> dict[str, Any]:
    """Metadata and spec. The contract's text is in an annotation as a hash: another one is another run."""
    labels = run_labels(run)
    if run.cloud is Cloud.AZURE:
        labels["azure.workload.identity/use"] = "true"
    return {
        "metadata": {
            "labels": labels,
            "annotations": {
                # Moving a run costs the work since its last checkpoint, and saves nothing that its end would not.
                "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
                "karpenter.sh/do-not-disrupt": "true",
                # Two of the same run for a moment write the same checkpoints, each whole or not at all.
                "kueue.x-k8s.io/safe-to-forcefully-delete": "true",
                CONTRACT_ANNOTATION: contract.document.apply(lambda text: sha256(text.encode()).hexdigest()[:16]),
            },
        },
        "spec": _spec(run, account, contract),
    }


def _spec(run: CheckedRun, account: pulumi.Input[str], contract: Contract) -> dict[str, Any]:
    shared = run.shared_memory_gib or run.memory_gib / 4
    spec: dict[str, Any] = {
        "serviceAccountName": account,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        # The job starts another pod: one that is started in place would hide why it ended.
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": GRACE_SECONDS[run.cloud],
        "nodeSelector": {PROFILE_LABEL: run.profile.value} | ({POOL_LABEL: run.pool} if run.pool else {}),
        "tolerations": _tolerations(run),
        "securityContext": camel(restricted_pod(run.user)),
        "containers": [_container(run, contract)],
        "volumes": [
            {"name": "contract", "configMap": {"name": run.name}},
            {"name": "scratch", "emptyDir": {"sizeLimit": gibibytes(run.scratch_gib)}},
            # 64 MiB otherwise, which a data loader with workers fills at once.
            {"name": "shared-memory", "emptyDir": {"medium": "Memory", "sizeLimit": gibibytes(shared)}},
        ],
    }
    affinity = _affinity(run)
    return (
        spec
        | ({"affinity": affinity} if affinity else {})
        | ({"priorityClassName": run.priority_class} if run.priority_class else {})
    )


def _container(run: CheckedRun, contract: Contract) -> dict[str, Any]:
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


def _environment(run: CheckedRun, variables: Mapping[str, pulumi.Input[str]]) -> list[dict[str, Any]]:
    rank = {"valueFrom": {"fieldRef": {"fieldPath": INDEX}}} if run.nodes > 1 else {"value": "0"}
    # Without huge pages, which nodes set aside for nothing else.
    fabric = {"FI_PROVIDER": "efa", "FI_EFA_USE_HUGE_PAGE": "0"} if run.efa_interfaces else {}
    plain = {"FALAJ_CONTRACT": FILE, "HOME": SCRATCH, **fabric, **variables}
    store = run.store.variables if run.store else []
    return [
        *({"name": key, "value": value} for key, value in plain.items()),
        {"name": "FALAJ_NODE_RANK", **rank},
        *store,
    ]


def _resources(run: CheckedRun) -> dict[str, Any]:
    """Asked for and limited alike: what a run was given is what it costs."""
    amounts = {
        "cpu": amount(run.cpu),
        "memory": gibibytes(run.memory_gib),
        **({"nvidia.com/gpu": str(run.gpus)} if run.gpus else {}),
        **({"vpc.amazonaws.com/efa": str(run.efa_interfaces)} if run.efa_interfaces else {}),
    }
    return {"requests": amounts, "limits": amounts}


def _tolerations(run: CheckedRun) -> list[dict[str, Any]]:
    spot = (AKS_SPOT_TAINT,) if run.interruptible and run.cloud is Cloud.AZURE else ()
    mine = [
        {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}
        for taint in (*taints(run.profile, run.gpus), *spot)
    ]
    away = [
        {"key": f"node.kubernetes.io/{state}", "operator": "Exists", "effect": "NoExecute"}
        | {"tolerationSeconds": AWAY_SECONDS}
        for state in ("not-ready", "unreachable")
    ]
    return [*mine, *away]


def _affinity(run: CheckedRun) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not run.interruptible:
        not_spot = [{"key": key, "operator": "NotIn", "values": [value]} for key, value in SPOT_LABELS.items()]
        terms = {"nodeSelectorTerms": [{"matchExpressions": not_spot}]}
        found["nodeAffinity"] = {"requiredDuringSchedulingIgnoredDuringExecution": terms}
    if run.nodes > 1:
        # Gradients cross between all machines at every step: in one zone that is quick, and free.
        together = {"topologyKey": "topology.kubernetes.io/zone", "labelSelector": {"matchLabels": _same(run)}}
        found["podAffinity"] = {"requiredDuringSchedulingIgnoredDuringExecution": [together]}
    return found


def _same(run: CheckedRun) -> dict[str, str]:
    return {RUN_LABEL: run.name}


def camel(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings whose names are in Python's spelling, in Kubernetes'."""
    return {
        re.sub(r"_([a-z])", lambda found: found[1].upper(), key): camel(value) if isinstance(value, Mapping) else value
        for key, value in settings.items()
    }
