"""A training run as a RayJob of KubeRay, with a Ray cluster of its own: a head, and a worker on each further machine.

| event | handling |
| --- | --- |
| a worker's machine is lost | KubeRay replaces the worker; Ray, or the driver, continues |
| the driver exits with 75 or 143 | it is started again on the same head; no retry counted |
| the head's machine is lost, or the driver exits otherwise | a new Ray cluster, one retry |
| deadline exceeded | fails |

KubeRay knows no exit codes (ray-operator v1.6.0, controllers/ray/rayjob_controller.go): a bug of the driver is retried
like a lost head, up to `retries` times.
"""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from falaj.components.core.training.contract import PEER_WAIT_SECONDS, TERMINATED, TRY_AGAIN
from falaj.components.core.training.training_args import NamedRun
from falaj.components.core.validation.args import Input
from falaj.facts.labels import RUN_LABEL

VERSION = "ray.io/v1"

DASHBOARD_PORT = 8265
"""Port of the head at which KubeRay submits the driver and reads its state (Ray's default)."""

HEAD_SELECTOR: Mapping[str, str] = {"ray.io/node-type": "head"}
"""Label that KubeRay gives to the pod of a head (controllers/ray/utils/constant.go)."""


def ray_job(run: NamedRun, template: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the spec of the run's RayJob. All pods have the same template."""
    return {
        "entrypoint": pulumi.Output.all(*(run.command or ())).apply(_entrypoint),
        # KubeRay submits the driver itself: a submitting pod would need a quota, and violates level `restricted`.
        "submissionMode": "HTTPMode",
        "backoffLimit": run.retries,
        "activeDeadlineSeconds": run.deadline_hours * 3600,
        # Frees the machines, and Kueue requires it.
        "shutdownAfterJobFinishes": True,
        "rayClusterSpec": {
            "rayVersion": run.ray_version,
            "authOptions": {"mode": "token"},
            "headGroupSpec": {"rayStartParams": {}, "template": dict(template)},
            "workerGroupSpecs": _workers(run, template),
        },
    }


def _workers(run: NamedRun, template: Mapping[str, Any]) -> list[dict[str, Any]]:
    count = run.nodes - 1
    if count == 0:
        return []
    replicas = {"replicas": count, "minReplicas": count, "maxReplicas": count}
    return [{"groupName": "workers", **replicas, "rayStartParams": {}, "template": dict(template)}]


def _entrypoint(command: Sequence[str]) -> str:
    """Returns the driver's command for a shell, which repeats it as long as it asks for that."""
    again = f"{TRY_AGAIN}|{TERMINATED}"
    return (
        f"while :; do {shlex.join(command)}; code=$?; "
        f"case $code in {again}) sleep {PEER_WAIT_SECONDS};; *) exit $code;; esac; done"
    )


def submission_policy(run: NamedRun, operator_namespace: Input[str]) -> dict[str, Any]:
    """Returns the spec of the network policy that lets KubeRay reach the head of the run."""
    operator = {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": operator_namespace}}}
    return {
        "pod_selector": {"match_labels": {**HEAD_SELECTOR, RUN_LABEL: run.name}},
        "policy_types": ["Ingress"],
        "ingress": [{"from_": [operator], "ports": [{"port": DASHBOARD_PORT, "protocol": "TCP"}]}],
    }
