"""Runs with a deadline in accelerated time: spot machines while there is slack, on-demand machines when there is none.

Kueue, Karpenter, the API server with its permissions, and the provider are real. The controller decides every second
with a patience of four, and the runs take minutes instead of days.
"""

import base64
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.core.training import run_capacity
from falaj.components.core.training.run_capacity import Terms
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.kubernetes.queues import deadline_controller
from falaj.components.kubernetes.queues.api_server import ApiServer
from falaj.components.kubernetes.queues.deadline_controller import Workload
from falaj.facts.labels import DEADLINE_ANNOTATION, MOVES_TO_ANNOTATION
from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.objects import Object, container, platform_pool, pod_spec

KUEUE, NAMESPACE = "kueue.x-k8s.io/v1beta2", "tenant-hurried"
FILES: Object = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "run-deadlines", "namespace": "falaj-run-deadlines"},
}
TOKEN = "/api/v1/namespaces/falaj-run-deadlines/serviceaccounts/run-deadlines/token"
WITH_SPOT, WITHOUT_SPOT = "g5.12xlarge", "g6.12xlarge"
"""Machines of me-central-1 with and without a spot price: the laboratory offers the second on-demand only."""
WORK, LENGTH = 150.0, 300.0
"""Seconds of computation, and from the start to the deadline."""
PATIENCE, CHECKPOINT = 4, 1
CHANGE = PATIENCE + CHECKPOINT
"""Seconds that a change of machines costs at most; the programs restart at once."""


@dataclass
class Clock:
    """A run with a deadline, its controller with the rights of its account, and what it did."""

    api: Api
    server: ApiServer
    settings: dict[str, Any]
    moves: list[tuple[str, float, float]] = field(default_factory=list[tuple[str, float, float]])
    """Each move with the share of the time until the deadline that has passed, or with spot machines will have passed
    after two changes, and the seconds of computation."""
    log: list[object] = field(default_factory=list[object])

    def tick(self) -> str:
        """Runs the controller once. Returns the capacity type of the run, with `!` while not all its pods are ready."""
        now = datetime.now(UTC)
        _, failed = deadline_controller.run(self.settings["namespaces"], self.settings["capacities"], self.server, now)
        assert failed == []
        workload = self.workload()
        seen = workload.seen(self.settings["capacities"])
        if MOVES_TO_ANNOTATION in workload.annotations:
            move = workload.annotations[MOVES_TO_ANNOTATION]
            if not self.moves or self.moves[-1][0] != move:
                # The API server truncates the creation to a second, so the time until the deadline is not `LENGTH`.
                length = (datetime.fromisoformat(workload.terms.deadline) - seen.created).total_seconds()
                ahead = 2 * CHANGE if move == "spot" else 0
                share = ((now - seen.created).total_seconds() + ahead) / length
                self.moves.append((move, share, workload.record.done))
        self.log.append((now.time(), seen.on.value, seen.is_ready, workload.is_active, workload.record.done))
        return ("" if seen.is_ready else "!") + seen.on.value

    def until(self, state: str, seconds: float) -> None:
        """Runs the controller every second until the run is in a state."""
        end = time.monotonic() + seconds
        while self.tick() != state:
            assert time.monotonic() < end, (state, self.moves, self.log[-30:])
            time.sleep(1)

    def workload(self) -> Workload:
        """The workload of the run."""
        [manifest] = self.api.list(KUEUE, "Workload", NAMESPACE)
        return Workload(manifest)

    def offer(self, machine: str) -> None:
        """Lets the spot pool have machines of this type only."""
        self.api.apply(platform_pool("hurriedspot", Profile.TRAINING, Capacity.SPOT, [machine], 4, 5))

    def nodes(self) -> set[str]:
        """Capacity types of the nodes with running pods of the run."""
        pods = [pod for pod in self.api.list("v1", "Pod", NAMESPACE) if pod["status"].get("phase") == "Running"]
        labels = {node["metadata"]["name"]: node["metadata"]["labels"] for node in self.api.list("v1", "Node")}
        return {labels[pod["spec"]["nodeName"]]["karpenter.sh/capacity-type"] for pod in pods}


@pytest.fixture(scope="module")
def project(lab: Lab, api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    created = lab_project(lab, "deadlines_program.py", tmp_path_factory.mktemp("deadlines project"))
    up = created.run("up", "dev")
    try:
        assert up.status == 0, up.output
        yield created
    finally:
        down = created.run("destroy", "dev")
    assert down.status == 0, down.output


@pytest.fixture
def clock(project: Project, lab: Lab, api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    monkeypatch.setattr(run_capacity, "PATIENCE_SECONDS", PATIENCE)
    monkeypatch.setattr(run_capacity, "INTERVAL_SECONDS", 1)
    token = api.request("POST", TOKEN, {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}})
    (tmp_path / "token").write_text(token["status"]["token"])
    [entry] = yaml.safe_load(lab.kubeconfig.read_text())["clusters"]
    (tmp_path / "ca.crt").write_bytes(base64.b64decode(entry["cluster"]["certificate-authority-data"]))
    files = api.get(FILES)
    assert files is not None
    settings = json.loads(files["data"]["deadlines.json"])
    firm = platform_pool("hurriedfirm", Profile.TRAINING, Capacity.ON_DEMAND, [WITH_SPOT], 4, 5)
    api.apply(firm)
    created = Clock(api, ApiServer(entry["cluster"]["server"], tmp_path), settings)
    created.offer(WITHOUT_SPOT)
    yield created
    for kind in ("Job", "JobSet"):
        api.delete(_run(kind, datetime.now(UTC)), grace=0)
    wait_for(lambda: not api.list(KUEUE, "Workload", NAMESPACE), 60, "the workloads to go")
    for pool in ("hurriedspot", "hurriedfirm"):
        api.delete({"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": {"name": pool}})


def _run(kind: str, now: datetime) -> Object:
    """A run on one machine, or on two as a JobSet."""
    terms = Terms((now + timedelta(seconds=LENGTH)).isoformat(), WORK, restart_seconds=0, checkpoint_seconds=CHECKPOINT)
    template: Object = {
        "metadata": {"annotations": {DEADLINE_ANNOTATION: json.dumps(asdict(terms))}},
        "spec": {
            **pod_spec(None, container(cpu="4", memory="8Gi", gpus=4)),
            "nodeSelector": {"falaj/profile": "training"},
            "tolerations": [
                {"key": "falaj/profile", "value": "training"},
                {"key": "nvidia.com/gpu", "operator": "Exists"},
            ],
            "terminationGracePeriodSeconds": 1,
        },
    }
    ignored = {"rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]}
    job: Object = {"podReplacementPolicy": "Failed", "podFailurePolicy": ignored, "template": template}
    metadata = {"name": "hurried", "namespace": NAMESPACE, "labels": {"kueue.x-k8s.io/queue-name": "default"}}
    if kind == "Job":
        return {"apiVersion": "batch/v1", "kind": kind, "metadata": metadata, "spec": {**job, "suspend": True}}
    workers = {"completionMode": "Indexed", "parallelism": 2, "completions": 2, **job}
    replicated = [{"name": "workers", "replicas": 1, "template": {"spec": workers}}]
    spec = {"suspend": True, "replicatedJobs": replicated, "failurePolicy": {"maxRestarts": 9}}
    return {"apiVersion": "jobset.x-k8s.io/v1alpha2", "kind": kind, "metadata": metadata, "spec": spec}


@pytest.mark.parametrize("kind", ["Job", "JobSet"])
def test_a_run_moves_when_its_slack_is_used_up_and_not_before(clock: Clock, kind: str) -> None:
    clock.api.create(_run(kind, datetime.now(UTC)))
    wait_for(lambda: clock.api.list(KUEUE, "Workload", NAMESPACE), 30, "the workload")
    clock.until("on-demand", 90)
    assert clock.nodes() == {"on-demand"}
    clock.offer(WITH_SPOT)
    clock.until("spot", 150)
    assert clock.nodes() == {"spot"}
    clock.offer(WITHOUT_SPOT)
    for claim in clock.api.list("karpenter.sh/v1", "NodeClaim", labels="karpenter.sh/nodepool=hurriedspot"):
        clock.api.delete(claim)
    clock.until("on-demand", 150)
    assert [move for move, _, _ in clock.moves] == ["on-demand", "spot", "on-demand"]
    for move, share, done in clock.moves:
        assert (done >= share * WORK) is (move == "spot"), clock.moves


def test_the_account_may_do_no_more_than_it_needs(clock: Clock) -> None:
    workloads = f"/apis/kueue.x-k8s.io/v1beta2/namespaces/{NAMESPACE}/workloads"
    assert clock.server.call("GET", workloads)["items"] == []
    for method, path in (
        ("GET", "/apis/kueue.x-k8s.io/v1beta2/namespaces/default/workloads"),
        ("GET", "/apis/kueue.x-k8s.io/v1beta2/workloads"),
        ("DELETE", f"{workloads}/any"),
        ("PATCH", f"{workloads}/any/status"),
        ("GET", f"/apis/batch/v1/namespaces/{NAMESPACE}/jobs"),
        ("GET", f"/api/v1/namespaces/{NAMESPACE}/secrets"),
        ("GET", f"/api/v1/namespaces/{NAMESPACE}/pods"),
    ):
        with pytest.raises(OSError, match="HTTP Error 403"):
            clock.server.call(method, path, {} if method == "PATCH" else None)
