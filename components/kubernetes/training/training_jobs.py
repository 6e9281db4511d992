"""A training run as a Job, or on several machines as a JobSet: what ends it and what restarts it.

| event | one machine (Job) | several machines (JobSet) |
| --- | --- | --- |
| a machine is lost, with notice or without | new pod, no retry counted | all restart, no retry counted |
| the program exits with 75, or 143 | new pod, one retry | all restart, no retry counted: they lost a machine |
| killed (137): memory, or a machine that restarted | new pod, one retry | all restart, one retry |
| any other exit code: a bug | fails at once | fails at once |
| deadline exceeded | fails | fails |

A JobSet sees only the reason and message of a failed job; the message names the rule that matched.
"""

from typing import Any

from falaj.components.core.training.contract import RETRYABLE_EXIT_CODES, TERMINATED, TRY_AGAIN
from falaj.components.core.training.training_args import NamedRun
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.training.training_pod import CONTAINER, WORKERS

QUEUE_LABEL = "kueue.x-k8s.io/queue-name"
LONGEST_LABEL = "kueue.x-k8s.io/max-exec-time-seconds"
"""Kueue counts the time of all starts together, whereas a job's own deadline restarts with each."""

JOBSET_VERSION = "jobset.x-k8s.io/v1alpha2"

_GONE: dict[str, Any] = {"onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}
_STOPPED = {"onExitCodes": {"containerName": CONTAINER, "operator": "In", "values": [TRY_AGAIN, TERMINATED]}}
_BUG = {"onExitCodes": {"containerName": CONTAINER, "operator": "NotIn", "values": list(RETRYABLE_EXIT_CODES)}}

RULES_ALONE = [{"action": "Ignore", **_GONE}, {"action": "FailJob", **_BUG}]
"""In this order: a program that is evicted may exit with an error, which is then no bug."""

RULES_TOGETHER = [{"action": "FailJob", **rule} for rule in (_GONE, _STOPPED, _BUG)]
"""The job fails in every case, because the others cannot go on; the JobSet decides by the index of the rule."""


def queue_labels(run: NamedRun) -> dict[str, Input[str]]:
    """Labels that Kueue reads."""
    if run.queue is None:
        return {}
    return {QUEUE_LABEL: run.queue, LONGEST_LABEL: str(run.deadline_hours * 3600)}


def job(run: NamedRun, template: dict[str, Any]) -> dict[str, Any]:
    """Spec of a Job with one pod."""
    return {
        "backoffLimit": run.retries,
        "activeDeadlineSeconds": run.deadline_hours * 3600,
        # Not while the former pod is terminating: two would train the same run.
        "podReplacementPolicy": "Failed",
        "podFailurePolicy": {"rules": RULES_ALONE},
        "template": template,
    }


def job_set(run: NamedRun, template: dict[str, Any]) -> dict[str, Any]:
    """Spec of a JobSet with one job of one pod per machine; the pods find each other by DNS name."""
    return {
        "network": {"enableDNSHostnames": True, "publishNotReadyAddresses": True},
        "successPolicy": {"operator": "All"},
        "failurePolicy": {
            "maxRestarts": run.retries,
            # All pods are gone before the first is recreated.
            "restartStrategy": "BlockingRecreate",
            "rules": [
                {"name": "bug", "action": "FailJobSet", **_by_rule("2")},
                {"name": "out_of_time", "action": "FailJobSet", "onJobFailureReasons": ["DeadlineExceeded"]},
                {"name": "machine_lost", "action": "RestartJobSetAndIgnoreMaxRestarts", **_by_rule("[01]")},
            ],
        },
        "replicatedJobs": [
            {
                "name": WORKERS,
                "replicas": 1,
                "template": {
                    "spec": {
                        "completionMode": "Indexed",
                        "completions": run.nodes,
                        "parallelism": run.nodes,
                        "backoffLimit": 0,
                        "activeDeadlineSeconds": run.deadline_hours * 3600,
                        "podReplacementPolicy": "Failed",
                        "podFailurePolicy": {"rules": RULES_TOGETHER},
                        "template": template,
                    }
                },
            }
        ],
    }


def _by_rule(index: str) -> dict[str, Any]:
    """Matches Kubernetes' message (pkg/controller/job/pod_failure_policy.go, 1.34). If the message changed, every loss
    would count as a retry, and nothing worse."""
    return {
        "onJobFailureReasons": ["PodFailurePolicy"],
        "onJobFailureMessagePatterns": [f"matching FailJob rule at index {index}$"],
    }


def master(run: NamedRun) -> str:
    """Address of the first process of the run."""
    return f"{run.name}-{WORKERS}-0-0.{run.name}" if run.nodes > 1 else "127.0.0.1"
