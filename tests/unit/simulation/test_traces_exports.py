"""Exports of the platform itself: Kueue's workloads and Prometheus' rates."""

import json
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from falaj.finops.errors import BadInput
from falaj.simulation.traces import TraceOptions, read_work
from falaj.simulation.work import Jobs
from tests.unit.simulation.trace_files import condition, kueue, matrix, workload, written

GPU = {"nvidia.com/gpu": "1", "cpu": "3500m", "memory": "14Gi"}
ADMITTED = condition("Admitted", "2026-11-01T09:00:00Z")
FINISHED = condition("Finished", "2026-11-01T12:00:00Z")
TIMES = (1793512800.0, 1793513100.0, 1793513400.0)


def job(tmp_path: Path, *workloads: dict[str, Any], options: TraceOptions | None = None) -> Jobs:
    jobs = read_work(written(tmp_path / "workloads.json", kueue(*workloads)), options=options).jobs
    assert jobs is not None
    return jobs


def test_a_finished_workload(tmp_path: Path) -> None:
    labels = {"falaj/tenant": "vision"}
    work = read_work(written(tmp_path / "w", kueue(workload("a", GPU, [ADMITTED, FINISHED], count=4, labels=labels))))
    jobs = work.jobs
    assert jobs is not None
    assert work.start == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert jobs.submit.tolist() == [0.0]
    assert jobs.run.tolist() == [3 * 3600.0]
    assert jobs.gpus.tolist() == [4.0]
    assert jobs.cpu.tolist() == [14.0]
    assert jobs.memory_gib.tolist() == [56.0]
    assert jobs.tenants == ("vision",)
    assert jobs.interruptible.tolist() == [True]
    assert jobs.deadline.tolist() == [inf]
    assert work.notes == ()


def test_computation_begins_when_the_pods_are_ready(tmp_path: Path) -> None:
    ready = condition("PodsReady", "2026-11-01T09:10:00Z")
    assert job(tmp_path, workload("a", GPU, [ADMITTED, ready, FINISHED])).run.tolist() == [10200.0]


def test_the_time_before_evictions_counts(tmp_path: Path) -> None:
    past = {"accumulatedPastExecutionTimeSeconds": 600}
    assert job(tmp_path, workload("a", GPU, [ADMITTED, FINISHED], status=past)).run.tolist() == [11400.0]


def test_a_running_workload_ends_with_the_export_and_one_that_waits_is_left_out(tmp_path: Path) -> None:
    waiting = workload("c", GPU, [condition("QuotaReserved", "2026-11-01T13:00:00Z", "False")])
    file = written(
        tmp_path / "w", kueue(workload("a", GPU, [ADMITTED, FINISHED]), workload("b", GPU, [ADMITTED]), waiting)
    )
    work = read_work(file)
    assert work.jobs is not None
    assert work.jobs.run.tolist() == [3 * 3600.0, 4 * 3600.0]
    assert work.notes[0].startswith("1 entries of the trace were left out: they were never admitted")


def test_the_namespace_is_the_tenant_without_a_label(tmp_path: Path) -> None:
    assert job(tmp_path, workload("a", GPU, [ADMITTED, FINISHED])).tenants == ("tenant-vision",)


@pytest.mark.parametrize(
    ("resource", "gpus"),
    [("nvidia.com/gpu", 2.0), ("nvidia.com/mig-1g.10gb", 2 / 7), ("nvidia.com/gpu.shared", 0.5), ("amd.com/gpu", 2.0)],
)
def test_parts_of_gpus(tmp_path: Path, resource: str, gpus: float) -> None:
    assert job(tmp_path, workload("a", {resource: "2"}, [ADMITTED, FINISHED])).gpus[0] == pytest.approx(gpus)


def affinity(key: str, operator: str, *values: str) -> dict[str, Any]:
    terms = [{"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}]
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}
    return {"affinity": {"nodeAffinity": required}}


@pytest.mark.parametrize(
    ("spec", "interruptible"),
    [
        (affinity("karpenter.sh/capacity-type", "NotIn", "spot"), False),
        (affinity("falaj/capacity", "In", "on-demand"), False),
        (affinity("falaj/capacity", "In", "spot"), True),
        (affinity("falaj/profile", "NotIn", "spot"), True),
        ({"nodeSelector": {"karpenter.sh/capacity-type": "on-demand"}}, False),
        ({"nodeSelector": {"karpenter.sh/capacity-type": "spot"}}, True),
    ],
)
def test_what_keeps_off_spot_nodes_is_not_interruptible(
    tmp_path: Path, spec: dict[str, Any], interruptible: bool
) -> None:
    assert job(tmp_path, workload("a", GPU, [ADMITTED, FINISHED], spec=spec)).interruptible.tolist() == [interruptible]


def late() -> dict[str, Any]:
    """Returns a workload that ends an hour after the others, at 13:00."""
    return workload("late", GPU, [ADMITTED, condition("Finished", "2026-11-01T13:00:00Z")])


def early() -> dict[str, str]:
    return condition("Admitted", "2026-11-01T11:00:00Z")


def test_a_deadline_and_its_work(tmp_path: Path) -> None:
    stated = {
        "deadline": "2026-11-02T08:00:00+00:00",
        "work_seconds": 7200.0,
        "restart_seconds": 1,
        "checkpoint_seconds": 1,
    }
    annotations = {"falaj/deadline": json.dumps(stated)}
    spec = affinity("falaj/capacity", "NotIn", "spot", "spot-first")  # it was moved to on-demand machines
    jobs = job(tmp_path, workload("a", GPU, [], annotations=annotations, spec=spec))
    assert jobs.deadline.tolist() == [86400.0]
    assert jobs.run.tolist() == [7200.0]
    assert jobs.interruptible.tolist() == [True]
    # What has computed for longer is expected to end now, and what has finished is known.
    assert job(tmp_path, workload("a", GPU, [ADMITTED], annotations=annotations), late()).run.tolist()[0] == 14400.0
    assert job(tmp_path, workload("a", GPU, [early(), FINISHED], annotations=annotations)).run.tolist() == [3600.0]


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("metadata", "creationTimestamp"), None, r"items\[0\]: metadata.creationTimestamp: None is not a time"),
        (("metadata",), 1, r"items\[0\]: metadata: 1 is not an object"),
        (("spec", "podSets"), None, r"items\[0\]: spec: podSets: None is not a list"),
        (("spec", "podSets", 0, "count"), -1, r"spec.podSets\[0\].count: -1 is not a number from 0"),
        (("status", "accumulatedPastExecutionTimeSeconds"), "x", "accumulatedPastExecutionTimeSeconds: 'x' is not"),
        (
            ("status", "conditions", 1, "lastTransitionTime"),
            "2026-11-01T08:30:00Z",
            "Finished is 1800 seconds before Adm",
        ),
        (("status", "conditions", 1, "lastTransitionTime"), "noon", "status.conditions: 'noon' is not a time"),
    ],
)
def test_workloads_that_are_wrong(tmp_path: Path, path: tuple[str | int, ...], value: object, sentence: str) -> None:
    document: Any = kueue(workload("a", GPU, [ADMITTED, FINISHED]))
    parent = document["items"][0]
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "w", document))


def test_a_text_that_is_too_large_is_not_loaded(tmp_path: Path) -> None:
    file = tmp_path / "workloads.json"
    with file.open("wb") as opened:
        opened.write(b'{"items": ["kueue.x-k8s.io"')
        opened.truncate(3 * 2**30)  # a file with a hole takes no space
    with pytest.raises(BadInput, match=r"has 3.0 GiB; at most 2 are read: cut it in parts"):
        read_work(file)


def test_a_deadline_that_is_no_json(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="falaj/deadline: 'soon' is not JSON"):
        job(tmp_path, workload("a", GPU, [], annotations={"falaj/deadline": "soon"}))


def test_rates_become_requests(tmp_path: Path) -> None:
    chat = {"service": "chat"}
    answer = matrix(
        (chat, [(TIMES[0], "10"), (TIMES[1], "0"), (TIMES[2], "20")]),
        ({**chat, "quantity": "prompt_tokens"}, [(time, "4000") for time in TIMES]),
        ({**chat, "quantity": "generated_tokens"}, [(time, "1000") for time in TIMES]),
        ({"destination_service_name": "vision"}, [(TIMES[0], "NaN"), (TIMES[2], "1.5")]),
    )
    work = read_work(written(tmp_path / "rates.json", answer), options=TraceOptions(seed=1))
    requests = work.requests
    assert requests is not None
    assert requests.services == ("chat", "vision")
    assert work.start == datetime.fromtimestamp(TIMES[0] - 300, UTC)
    assert work.length == 900.0
    chats = requests.at[requests.service == 0]
    assert len(chats) == pytest.approx(9000, rel=0.04)
    assert ((chats < 300) | (chats >= 600)).all()
    assert (chats < 300).sum() == pytest.approx(3000, rel=0.07)
    early = (requests.service == 0) & (requests.at < 300)
    assert requests.prompt[early].mean() == pytest.approx(400, rel=0.08)
    assert requests.generated[early].mean() == pytest.approx(100, rel=0.08)
    other = requests.service == 1
    assert other.sum() == pytest.approx(450, rel=0.2)
    assert (requests.at[other] >= 600).all()
    assert requests.prompt[other].tolist() == [0.0] * int(other.sum())
    assert np.isnan(requests.seconds).all()
    assert (np.diff(requests.at) >= 0).all()


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            {"status": "error", "error": "bad", "data": {"resultType": "x"}},
            "is no successful answer of Prometheus, but 'bad'",
        ),
        ({"status": "success", "data": {"resultType": "vector", "result": []}}, "'vector' is not 'matrix'"),
        (matrix(), "has no series of requests"),
        (matrix(({"quantity": "prompt_tokens"}, [(TIMES[0], "1")])), "has no series of requests"),
        (matrix(({"quantity": "bytes"}, [])), "'bytes' is not one of requests, prompt_tokens, generated_tokens"),
        (matrix(({}, [(TIMES[0], "1")])), "has fewer than two times"),
        (matrix(({}, [(TIMES[0], "0"), (TIMES[1], "0")])), "has no requests: every rate is 0"),
        (matrix(({}, [(TIMES[0], "1"), (TIMES[1], "-1")])), r"values\[1\]\[1\]: '-1' is not a number from 0"),
        (matrix(({}, [(TIMES[0], "+Inf"), (TIMES[1], "1")])), "'\\+Inf' is not a number from 0"),
        (matrix(({}, [(TIMES[1], "1"), (TIMES[0], "1")])), "is not after the time before it"),
        (matrix(({}, [(7.0, "1"), (TIMES[0], "1")])), r"values\[0\]\[0\]: 7.0 is not a number from"),
        (matrix(({}, [(TIMES[0], "1e9"), (TIMES[2], "1e9")])), "has more than 200000000 requests of ''"),
        (
            {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {}, "values": [3]}]}},
            "3 is not a time and",
        ),
    ],
)
def test_answers_that_are_no_rates(tmp_path: Path, document: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "rates.json", document))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"items": [], "x": "kueue.x-k8s.io"', "not JSON"),
        ('{"a": 1}', "does not begin as a trace does; name its form, one of kueue, prometheus, philly"),
        ("[" * 20_000, "does not begin as a trace does"),
        ('{"resultType": ' + "[" * 20_000, "not JSON: it is nested"),
    ],
)
def test_json_that_is_no_export(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_work(written(tmp_path / "x.json", content))
