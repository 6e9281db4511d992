"""Failures that restart a training run, and failures that end it: on one machine and on several."""

import re

import pytest

from falaj.components.core.training.contract import PEER_WAIT_SECONDS, RETRYABLE_EXIT_CODES
from tests.unit.components.training_sample import SEVERAL, job, started


def test_alone_a_lost_machine_costs_no_retry_and_a_bug_ends_it() -> None:
    spec = job()
    lost, bug = spec["podFailurePolicy"]["rules"]
    # A program that is terminated may end with any code, so this rule comes first.
    assert lost == {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}
    assert bug == {
        "action": "FailJob",
        "onExitCodes": {"containerName": "training", "operator": "NotIn", "values": [75, 137, 143]},
    }
    assert (spec["backoffLimit"], spec["podReplacementPolicy"]) == (3, "Failed")
    assert spec["template"]["spec"]["restartPolicy"] == "Never"
    assert "ttlSecondsAfterFinished" not in spec
    assert job(retries=0)["backoffLimit"] == 0


KUBERNETES_SAYS = (
    "Container training for pod t/uae-workers-0-1-x failed with exit code {code} matching FailJob rule at index {rule}"
)
KUBERNETES_SAYS_LOST = "Pod t/uae-workers-0-1-x has condition DisruptionTarget matching FailJob rule at index 0"


@pytest.mark.parametrize(
    ("reason", "message", "action"),
    [
        ("PodFailurePolicy", KUBERNETES_SAYS_LOST, "RestartJobSetAndIgnoreMaxRestarts"),
        ("PodFailurePolicy", KUBERNETES_SAYS.format(code=75, rule=1), "RestartJobSetAndIgnoreMaxRestarts"),
        ("PodFailurePolicy", KUBERNETES_SAYS.format(code=1, rule=2), "FailJobSet"),
        ("DeadlineExceeded", "Job was active longer than specified deadline", "FailJobSet"),
        ("BackoffLimitExceeded", "Job has reached the specified backoff limit", None),
        ("PodFailurePolicy", "worded otherwise", None),
    ],
)
def test_together_the_jobset_tells_a_loss_from_a_bug(reason: str, message: str, action: str | None) -> None:
    """None is JobSet's default if no rule matches: it restarts the run, and counts the restart."""
    policy = started(**SEVERAL).inputs["spec"]["failurePolicy"]
    assert (policy["maxRestarts"], policy["restartStrategy"]) == (3, "BlockingRecreate")
    fitting = [
        rule["action"]
        for rule in policy["rules"]
        if reason in rule["onJobFailureReasons"]
        and any(re.search(item, message) for item in rule.get("onJobFailureMessagePatterns", [""]))
    ]
    assert (fitting or [None])[0] == action


def test_together_any_pod_that_ends_takes_the_job_with_it() -> None:
    spec = job(**SEVERAL)
    assert (spec["completionMode"], spec["completions"], spec["parallelism"], spec["backoffLimit"]) == (
        "Indexed", 2, 2, 0,
    )  # fmt: skip
    rules = spec["podFailurePolicy"]["rules"]
    assert [rule["action"] for rule in rules] == ["FailJob"] * 3
    assert rules[0]["onPodConditions"] == [{"type": "DisruptionTarget", "status": "True"}]
    assert (rules[1]["onExitCodes"]["operator"], rules[1]["onExitCodes"]["values"]) == ("In", [75, 143])
    assert (rules[2]["onExitCodes"]["operator"], rules[2]["onExitCodes"]["values"]) == ("NotIn", [75, 137, 143])


def test_the_rules_hold_for_the_codes_of_the_contract() -> None:
    assert list(RETRYABLE_EXIT_CODES) == sorted(RETRYABLE_EXIT_CODES)  # Kubernetes refuses others
    assert 5 < PEER_WAIT_SECONDS < 25  # longer than a failed pod takes to be seen, shorter than Azure's grace


def test_kueue_hears_of_it_where_there_is_a_queue() -> None:
    labels = {"kueue.x-k8s.io/queue-name": "retail", "kueue.x-k8s.io/max-exec-time-seconds": "259200"}
    for changed in ({}, SEVERAL):
        queued = started(queue="retail", **changed).inputs
        assert labels.items() <= queued["metadata"]["labels"].items()
        assert not any("kueue" in label for label in started(**changed).inputs["metadata"]["labels"])
        assert "suspend" not in queued["spec"]  # Kueue owns the field and changes it
        assert job(deadline_hours=5, **changed)["activeDeadlineSeconds"] == 18_000


def test_a_deployment_waits_for_it_to_be_accepted_and_not_for_its_end() -> None:
    for changed in ({}, SEVERAL):
        annotations = started(**changed).inputs["metadata"]["annotations"]
        assert annotations == {"pulumi.com/waitFor": "jsonpath={.metadata.uid}"}
