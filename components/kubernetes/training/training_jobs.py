"""The Job of a training run, or its JobSet on several machines, with their handling of failures.

A TrainJob becomes the same JobSet (`train_job.py`); a RayJob differs (`ray_job.py`).

| event | one machine (Job) | several machines (JobSet) |
| --- | --- | --- |
| a machine is lost, with notice or without | new pod, no retry counted | all restart, no retry counted |
| the program exits with 75 or 143 | new pod, one retry | all restart, no retry counted: a machine was lost |
| killed (137): out of memory, or the machine restarted | new pod, one retry | all restart, one retry |
| a code of `retried_exit_codes` | new pod, one retry | all restart, one retry |
| any other exit code: a bug | fails at once | fails at once |
| deadline exceeded | fails | fails |

A JobSet sees only the reason and the message of a failed job; the message contains the index of the matched rule.
"""

from typing import Any

from falaj.components.core.training.contract import RETRYABLE_EXIT_CODES, TERMINATED, TRY_AGAIN
from falaj.components.core.training.training_args import NamedRun
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.training.training_pod import WORKERS, container_name

QUEUE_LABEL = "kueue.x-k8s.io/queue-name"
MAX_EXEC_TIME_LABEL = "kueue.x-k8s.io/max-exec-time-seconds"
"""Limits the total time of all attempts. The deadline of a job itself starts anew with each attempt."""

FIXED_LABELS = [f'metadata.labels["{label}"]' for label in (QUEUE_LABEL, MAX_EXEC_TIME_LABEL)]
"""Property paths of the labels that Kueue's webhooks let nobody change while a job runs (v0.17.0,
pkg/controller/jobframework/validation.go). A tenant that gets or loses its queue continues in a new job."""

JOBSET_VERSION = "jobset.x-k8s.io/v1alpha2"

_DISRUPTED: dict[str, Any] = {"onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}


def _job_failure_rules(run: NamedRun) -> list[dict[str, Any]]:
    """Returns the failure policy of a single Job.

    The order matters: an evicted program may exit with an error that is not a bug.
    """
    return [{"action": "Ignore", **_DISRUPTED}, {"action": "FailJob", **_bug(run)}]


def _job_set_failure_rules(run: NamedRun) -> list[dict[str, Any]]:
    """Returns the failure policy of the job in a JobSet.

    It fails in all cases, because the other pods cannot continue; the JobSet decides by the index of the rule. An exit
    code that matches none is a retry that counts.
    """
    retryable = _exit_codes(run, "In", [TRY_AGAIN, TERMINATED])
    return [{"action": "FailJob", **rule} for rule in (_DISRUPTED, retryable, _bug(run))]


def _bug(run: NamedRun) -> dict[str, Any]:
    return _exit_codes(run, "NotIn", sorted({*RETRYABLE_EXIT_CODES, *run.retried_exit_codes}))


def _exit_codes(run: NamedRun, operator: str, codes: list[int]) -> dict[str, Any]:
    return {"onExitCodes": {"containerName": container_name(run), "operator": operator, "values": codes}}


def queue_labels(run: NamedRun) -> dict[str, Input[str]]:
    """Returns the labels for Kueue; empty without a queue."""
    if run.queue is None:
        return {}
    return {QUEUE_LABEL: run.queue, MAX_EXEC_TIME_LABEL: str(run.deadline_hours * 3600)}


def job(run: NamedRun, template: dict[str, Any]) -> dict[str, Any]:
    """Returns the spec of a Job with one pod."""
    return {
        "backoffLimit": run.retries,
        "activeDeadlineSeconds": run.deadline_hours * 3600,
        # Prevents two pods of the same run while the previous one is terminating.
        "podReplacementPolicy": "Failed",
        "podFailurePolicy": {"rules": _job_failure_rules(run)},
        "template": template,
    }


def job_set(run: NamedRun, template: dict[str, Any]) -> dict[str, Any]:
    """Returns the spec of a JobSet with one job and one pod per machine. Pods find each other by DNS name."""
    return {
        "network": {"enableDNSHostnames": True, "publishNotReadyAddresses": True},
        "successPolicy": {"operator": "All"},
        "failurePolicy": {
            "maxRestarts": run.retries,
            # All pods are deleted before the first one is recreated.
            "restartStrategy": "BlockingRecreate",
            "rules": [
                {"name": "bug", "action": "FailJobSet", **_matching_rule("2")},
                {"name": "out_of_time", "action": "FailJobSet", "onJobFailureReasons": ["DeadlineExceeded"]},
                {"name": "machine_lost", "action": "RestartJobSetAndIgnoreMaxRestarts", **_matching_rule("[01]")},
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
                        "podFailurePolicy": {"rules": _job_set_failure_rules(run)},
                        "template": template,
                    }
                },
            }
        ],
    }


def _matching_rule(index: str) -> dict[str, Any]:
    """Matches the index of the rule in Kubernetes' message (pkg/controller/job/pod_failure_policy.go, 1.36).

    If the message changes, lost machines count as retries, with no other effect.
    """
    return {
        "onJobFailureReasons": ["PodFailurePolicy"],
        "onJobFailureMessagePatterns": [f"matching FailJob rule at index {index}$"],
    }


def master_address(run: NamedRun) -> str:
    """Returns the address of the first process of the run."""
    is_alone = run.nodes == 1 or run.kind.is_ray
    return "127.0.0.1" if is_alone else f"{run.name}-{WORKERS}-0-0.{run.name}"
