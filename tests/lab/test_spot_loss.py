"""Loss of a machine: the run is started again, no retry is counted, and an error of the program still ends it."""

import os
import time

import pytest

from falaj.sandbox.lab.api import wait_for
from tests.lab.objects import LabNamespace, container, job, label, pod_spec, pool

ATTEMPTS = int(os.environ.get("FALAJ_LAB_TIMES", "1"))
"""Number of repetitions of the loss test."""

PATIENCE_SECONDS = 180
"""Timeout in seconds. Kubernetes looks for pods of lost nodes every 20 s, and waits another 40 s before it acts."""


@pytest.mark.parametrize("attempt", range(ATTEMPTS))
def test_a_run_is_back_after_its_machine_vanished(namespace: LabNamespace, attempt: int, record_property) -> None:
    run = job(namespace, "run", pod_spec(namespace.name, container("3", "12Gi", gpus=1)))
    namespace.apply(pool(namespace.name), run)
    (before,) = namespace.wait_running(1)
    node = before["spec"]["nodeName"]
    lost = namespace.lose(node)
    after = wait_for(
        lambda: [pod for pod in namespace.running() if pod["metadata"]["uid"] != before["metadata"]["uid"]],
        PATIENCE_SECONDS,
        "the run on another machine",
    )
    seconds = time.monotonic() - lost
    record_property("seconds from loss to running", round(seconds, 1))
    if file := os.environ.get("FALAJ_LAB_LOSSES"):
        with open(file, "a") as out:
            out.write(f"{seconds:.1f}\n")
    assert [pod["spec"]["nodeName"] for pod in after] != [node]
    (machine,) = namespace.nodes(namespace.name)
    assert label(machine, "karpenter.sh/capacity-type") == "spot"
    assert not _failures(namespace, run), "the lost machine was counted as a retry"
    namespace.api.merge(after[0], {"metadata": {"annotations": {"lab.falaj/runs-for": "1s"}}})
    wait_for(lambda: "Complete" in _conditions(namespace, run), 30, "the run to end well")


def test_a_run_is_back_soon_when_its_machine_was_given_notice(namespace: LabNamespace) -> None:
    run = job(namespace, "run", pod_spec(namespace.name, container("3", "12Gi", gpus=1)))
    namespace.apply(pool(namespace.name), run)
    (before,) = namespace.wait_running(1)
    (claim,) = namespace.api.list("karpenter.sh/v1", "NodeClaim", labels=f"karpenter.sh/nodepool={namespace.name}")
    namespace.api.delete(claim)  # as Karpenter does at an interruption notice of the cloud
    wait_for(
        lambda: [pod for pod in namespace.running() if pod["metadata"]["uid"] != before["metadata"]["uid"]],
        60,
        "the run on another machine",
    )
    assert not _failures(namespace, run), "the drained machine was counted as a retry"


def test_a_bug_ends_a_run_at_once(namespace: LabNamespace) -> None:
    spec = pod_spec(namespace.name, container("3", "12Gi", gpus=1))
    run = job(namespace, "run", spec)
    run["spec"]["template"]["metadata"]["annotations"] = {"lab.falaj/runs-for": "1s", "lab.falaj/exits": "3"}
    namespace.apply(pool(namespace.name), run)
    wait_for(lambda: "Failed" in _conditions(namespace, run), 60, "the run to fail")
    assert _failures(namespace, run) == 1


def _conditions(namespace: LabNamespace, run: dict) -> set[str]:
    conditions = (namespace.api.get(run) or {}).get("status", {}).get("conditions", ())
    return {condition["type"] for condition in conditions if condition["status"] == "True"}


def _failures(namespace: LabNamespace, run: dict) -> int:
    """Returns the number of failures that count towards the limit, without those that the rules ignore."""
    status = (namespace.api.get(run) or {}).get("status", {})
    return status.get("failed", 0)
