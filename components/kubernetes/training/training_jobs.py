"""A training run as a Job, or over several machines as a JobSet: what ends it and what starts it again.

| what happens | one machine (Job) | several (JobSet) |
| --- | --- | --- |
| a machine goes, with notice or without | another pod, no retry | all start again, no retry |
| the program exits with 75, or 143 | another pod, a retry | all start again, no retry: they lost the one that went |
| killed (137): memory, or a machine that restarted | another pod, a retry | all start again, a retry |
| any other exit code: a bug | fails at once | fails at once |
| out of time | fails | fails |

A JobSet sees of a failed job no more than a reason and a message, in which Kubernetes says which rule it was.
"""

from typing import Any

from falaj.components.core.training.contract import NO_BUG, TERMINATED, TRY_AGAIN
from falaj.components.core.training.training_args import CheckedRun
from falaj.components.kubernetes.training.training_pod import CONTAINER, WORKERS

QUEUE_LABEL = "kueue.x-k8s.io/queue-name"
LONGEST_LABEL = "kueue.x-k8s.io/max-exec-time-seconds"
"""Kueue counts the time of all starts together, where a job's own deadline begins anew with each."""

JOBSET_VERSION = "jobset.x-k8s.io/v1alpha2"

_GONE: dict[str, Any] = {"onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}
_STOPPED = {"onExitCodes": {"containerName": CONTAINER, "operator": "In", "values": [TRY_AGAIN, TERMINATED]}}
_BUG = {"onExitCodes": {"containerName": CONTAINER, "operator": "NotIn", "values": list(NO_BUG)}}

RULES_ALONE = [{"action": "Ignore", **_GONE}, {"action": "FailJob", **_BUG}]
"""In this order: a program that is asked to leave a node may well end with an error, which is no bug then."""

RULES_TOGETHER = [{"action": "FailJob", **rule} for rule in (_GONE, _STOPPED, _BUG)]
"""The job fails whatever it is, because the others cannot go on; the JobSet knows by the number of the rule."""


def queue_labels(run: CheckedRun) -> dict[str, str]:
    """What Kueue reads."""
    return {QUEUE_LABEL: run.queue, LONGEST_LABEL: str(run.deadline_hours * 3600)} if run.queue else {}


def job(run: CheckedRun, template: dict[str, Any]) -> dict[str, Any]:
    """The spec of a Job with one pod."""
    return {
        "backoffLimit": run.retries,
        "activeDeadlineSeconds": run.deadline_hours * 3600,
        # Not while the former one is leaving: two would train the same.
        "podReplacementPolicy": "Failed",
        "podFailurePolicy": {"rules": RULES_ALONE},
        "template": template,
    }


def job_set(run: CheckedRun, template: dict[str, Any]) -> dict[str, Any]:
    """The spec of a JobSet with one job, of a pod a machine, that find each other by name."""
    return {
        "network": {"enableDNSHostnames": True, "publishNotReadyAddresses": True},
        "successPolicy": {"operator": "All"},
        "failurePolicy": {
            "maxRestarts": run.retries,
            # All of them are gone before the first comes back.
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
    """As Kubernetes words it (pkg/controller/job/pod_failure_policy.go, 1.34). Were it to change its words, every loss
    would be a retry, and no more than that."""
    return {
        "onJobFailureReasons": ["PodFailurePolicy"],
        "onJobFailureMessagePatterns": [f"matching FailJob rule at index {index}$"],
    }


def master(run: CheckedRun) -> str:
    """Where the first process of the run is found."""
    return f"{run.name}-{WORKERS}-0-0.{run.name}" if run.nodes > 1 else "127.0.0.1"
