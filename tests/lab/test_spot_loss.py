"""A machine is lost: the run is back, nothing was retried, and a bug still ends it."""

import os
import time

import pytest

from falaj.sandbox.lab.api import wait_for
from tests.lab.objects import Place, container, job, label, pod_spec, pool

TIMES = int(os.environ.get("FALAJ_LAB_TIMES", "1"))
"""How often in a row the loss is tried."""

PATIENCE_SECONDS = 180
"""Kubernetes looks for pods of lost nodes every 20 s, and lets 40 s go by before it believes what it sees."""


@pytest.mark.parametrize("attempt", range(TIMES))
def test_a_run_is_back_after_its_machine_vanished(place: Place, attempt: int, record_property) -> None:
    run = job(place, "run", pod_spec(place.name, container("3", "12Gi", gpus=1)))
    place.apply(pool(place.name), run)
    (before,) = place.wait_running(1)
    node = before["spec"]["nodeName"]
    lost = place.lose(node)
    after = wait_for(
        lambda: [one for one in place.running() if one["metadata"]["uid"] != before["metadata"]["uid"]],
        PATIENCE_SECONDS,
        "the run on another machine",
    )
    seconds = time.monotonic() - lost
    record_property("seconds from loss to running", round(seconds, 1))
    if file := os.environ.get("FALAJ_LAB_LOSSES"):
        with open(file, "a") as out:
            out.write(f"{seconds:.1f}\n")
    assert [one["spec"]["nodeName"] for one in after] != [node]
    (machine,) = place.nodes(place.name)
    assert label(machine, "karpenter.sh/capacity-type") == "spot"
    assert not _failures(place, run), "the lost machine was counted as a retry"
    place.api.merge(after[0], {"metadata": {"annotations": {"lab.falaj/runs-for": "1s"}}})
    wait_for(lambda: "Complete" in _conditions(place, run), 30, "the run to end well")


def test_a_run_is_back_soon_when_its_machine_was_given_notice(place: Place) -> None:
    run = job(place, "run", pod_spec(place.name, container("3", "12Gi", gpus=1)))
    place.apply(pool(place.name), run)
    (before,) = place.wait_running(1)
    (claim,) = place.api.list("karpenter.sh/v1", "NodeClaim", labels=f"karpenter.sh/nodepool={place.name}")
    place.api.delete(claim)  # what Karpenter does itself when the cloud tells it of an interruption
    wait_for(
        lambda: [one for one in place.running() if one["metadata"]["uid"] != before["metadata"]["uid"]],
        60,
        "the run on another machine",
    )
    assert not _failures(place, run), "the drained machine was counted as a retry"


def test_a_bug_ends_a_run_at_once(place: Place) -> None:
    spec = pod_spec(place.name, container("3", "12Gi", gpus=1))
    run = job(place, "run", spec)
    run["spec"]["template"]["metadata"]["annotations"] = {"lab.falaj/runs-for": "1s", "lab.falaj/exits": "3"}
    place.apply(pool(place.name), run)
    wait_for(lambda: "Failed" in _conditions(place, run), 60, "the run to fail")
    assert _failures(place, run) == 1


def _conditions(place: Place, run: dict) -> set[str]:
    found = (place.api.get(run) or {}).get("status", {}).get("conditions", ())
    return {one["type"] for one in found if one["status"] == "True"}


def _failures(place: Place, run: dict) -> int:
    """Failures that counted against the limit: those that the rules did not let pass."""
    status = (place.api.get(run) or {}).get("status", {})
    return status.get("failed", 0)
