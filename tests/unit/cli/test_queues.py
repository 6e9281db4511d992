"""`falaj queues`: the state of queued workloads, from Kueue's objects."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.queue_states import State, workloads

CREATED = "2026-11-27T01:00:00Z"


def condition(kind: str, status: str, message: str = "", at: str = "2026-11-27T02:00:00Z") -> dict[str, str]:
    return {"type": kind, "status": status, "message": message, "lastTransitionTime": at}


def workload(*conditions: dict[str, str], name: str = "train", **spec: Any) -> dict[str, Any]:
    owner = {"kind": "Job", "name": name}
    return {
        "metadata": {
            "namespace": "tenant-retail",
            "name": f"job-{name}",
            "creationTimestamp": CREATED,
            "ownerReferences": [owner],
        },
        "spec": {"queueName": "default", **spec},
        "status": {"conditions": list(conditions)},
    }


RUNNING = workload(condition("QuotaReserved", "True"), condition("Admitted", "True"), condition("PodsReady", "True"))
STARTING = workload(condition("Admitted", "True"), condition("PodsReady", "False", "Not all pods are ready"))
EVICTED = workload(
    condition("QuotaReserved", "False", "Exceeded the PodsReady timeout"),
    condition("Admitted", "False"),
    condition("Evicted", "True", "Exceeded the PodsReady timeout job-train"),
)
PENDING = workload(condition("QuotaReserved", "False", "couldn't assign flavors"))
DEACTIVATED = workload(condition("Evicted", "True", "requeuing limit"), active=False)


@pytest.mark.parametrize(
    ("item", "state", "reason"),
    [
        (RUNNING, State.RUNNING, ""),
        (STARTING, State.STARTING, "Not all pods are ready"),
        (EVICTED, State.EVICTED, "Exceeded the PodsReady timeout job-train"),
        (PENDING, State.PENDING, "couldn't assign flavors"),
        (DEACTIVATED, State.DEACTIVATED, "requeuing limit"),
        (workload(), State.PENDING, ""),
    ],
)
def test_the_state_of_a_workload(item: dict[str, Any], state: State, reason: str) -> None:
    (found,) = workloads({"items": [item]})
    assert (found.state, found.reason, found.owner) == (state, reason, "Job/train")


def test_what_needs_attention_comes_first_and_what_has_finished_is_left_out() -> None:
    finished = workload(condition("Finished", "True"), condition("Admitted", "True"))
    items = [RUNNING, finished, PENDING, STARTING, EVICTED, DEACTIVATED]
    assert [one.state for one in workloads({"items": items})] == list(State)


def test_evictions_of_all_reasons_are_counted() -> None:
    item = workload(condition("QuotaReserved", "False"))
    item["status"]["schedulingStats"] = {
        "evictions": [
            {"reason": "PodsReadyTimeout", "underlyingCause": "", "count": 3},
            {"reason": "Preempted", "underlyingCause": "", "count": 1},
        ]
    }
    (found,) = workloads({"items": [item]})
    assert (found.evictions, found.since) == (4, "2026-11-27T02:00:00Z")


def test_the_command_reads_what_kubectl_prints() -> None:
    given = json.dumps({"kind": "List", "items": [DEACTIVATED, RUNNING]})
    table = CliRunner().invoke(app, ["queues", "-"], input=given)
    assert table.exit_code == 0
    assert table.output.index("deactivated") < table.output.index("running")
    listed = json.loads(CliRunner().invoke(app, ["queues", "-", "--json"], input=given).output)
    assert [one["state"] for one in listed] == ["deactivated", "running"]
    assert "no queued workloads" in CliRunner().invoke(app, ["queues", "-"], input='{"items": []}').output


@pytest.mark.parametrize("given", ["", "[]", '{"kind": "Status"}', '{"items": [{"metadata": {}}]}'])
def test_anything_else_is_refused_with_the_command_to_run(given: str) -> None:
    refused = CliRunner().invoke(app, ["queues", "-"], input=given)
    assert refused.exit_code != 0
    assert "kubectl get workloads.kueue.x-k8s.io" in str(refused.exception)
