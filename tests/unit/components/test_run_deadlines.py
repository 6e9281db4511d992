"""Runs with a deadline: what their pods say, the job that moves them, its permissions and what it writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

import pytest

from falaj.components.core.training.deadline import Machine
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.queues.api_server import ApiServer
from falaj.components.kubernetes.queues.deadline_controller import Workload, run
from tests.unit.components import training_sample
from tests.unit.components.mocks import Recording
from tests.unit.components.queueing_sample import RETAIL, queueing

CRON, RBAC = "kubernetes:batch/v1:CronJob", "kubernetes:rbac.authorization.k8s.io/v1:"
DEADLINE: dict[str, Any] = {"deadline": "2026-12-24T08:00:00+04:00", "estimated_hours": 48, "queue": "default"}


def moved() -> Recording:
    return queueing(deadlines=True)


def files() -> Mapping[str, str]:
    return moved().one("kubernetes:core/v1:ConfigMap", "uae-deadlines-files").inputs["data"]


def test_it_has_exactly_these_children() -> None:
    assert moved().names() - queueing().names() == {
        ("kubernetes:core/v1:Namespace", "uae-deadlines-namespace"),
        ("kubernetes:networking.k8s.io/v1:NetworkPolicy", "uae-deadlines-policy"),
        ("kubernetes:core/v1:ConfigMap", "uae-deadlines-files"),
        ("kubernetes:core/v1:ServiceAccount", "uae-deadlines-account"),
        *((RBAC + "Role", f"uae-deadlines-{tenant}-role") for tenant in ("retail", "sme")),
        *((RBAC + "RoleBinding", f"uae-deadlines-{tenant}-binding") for tenant in ("retail", "sme")),
        (CRON, "uae-deadlines-job"),
    }


def test_it_has_an_alert_where_there_is_a_prometheus() -> None:
    metering = {"prometheus": "http://prometheus.monitoring:9090", "rule_labels": {"release": "x"}}
    made = queueing(deadlines=True, metering=metering)
    rule = made.one("kubernetes:monitoring.coreos.com/v1:PrometheusRule", "uae-deadlines-rules").inputs
    [group] = rule["spec"]["groups"]
    [alert] = group["rules"]
    assert alert["alert"] == "FalajRunDeadlinesLate"
    assert 'namespace="falaj-run-deadlines"' in alert["expr"]
    assert rule["metadata"]["labels"]["release"] == "x"


def test_it_may_change_workloads_of_tenants_with_a_queue_and_nothing_else() -> None:
    roles = {role.inputs["metadata"]["namespace"]: role.inputs["rules"] for role in moved().of(RBAC + "Role")}
    workloads = [{"apiGroups": ["kueue.x-k8s.io"], "resources": ["workloads"], "verbs": ["list", "patch"]}]
    assert roles == {"tenant-retail": workloads, "tenant-sme": workloads}
    for binding in moved().of(RBAC + "RoleBinding"):
        assert binding.inputs["roleRef"] == {
            "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "run-deadlines"
        }  # fmt: skip
        subject = {"kind": "ServiceAccount", "name": "run-deadlines", "namespace": "falaj-run-deadlines"}
        assert binding.inputs["subjects"] == [subject]
    policy = moved().one("kubernetes:networking.k8s.io/v1:NetworkPolicy", "uae-deadlines-policy").inputs["spec"]
    assert policy["ingress"] == []
    ports = [sorted(port["port"] for port in rule.get("ports", ())) for rule in policy["egress"]]
    assert ports == [[53, 53], [443, 4443, 6443]]


def test_it_knows_the_capacity_types_that_are_paid_by_the_hour() -> None:
    assert json.loads(files()["deadlines.json"]) == {
        "namespaces": ["tenant-retail", "tenant-sme"],
        "capacities": {"gpuspot-spot": "spot", "cpuspot-spot": "spot", "gpu-on-demand": "on-demand"},
    }


def test_own_machines_are_prepaid_whatever_their_capacity_type() -> None:
    own = {"dgx": {"vcpu": 224, "memory_gib": 2048, "gpus": 8}}
    rack = {"rack": {"profile": "training", "machines": ["dgx"], "capacity": "on-demand", "max": 2}}
    made = queueing(deadlines=True, own_machines=own, pools=rack, tenants={"retail": RETAIL})
    data = made.one("kubernetes:core/v1:ConfigMap", "uae-deadlines-files").inputs["data"]
    assert json.loads(data["deadlines.json"])["capacities"] == {}


def test_the_program_in_the_pod_is_the_one_that_the_simulation_runs(tmp_path: Path) -> None:
    """Its files are laid out as in the pod, without this project; it then fails for want of an API server."""
    spec = moved().one(CRON).inputs["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    items = [item for volume in spec["volumes"] for item in volume["configMap"]["items"]]
    assert files().keys() == {item["key"] for item in items}
    for item in items:
        (tmp_path / item["path"]).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / item["path"]).write_text(files()[item["key"]])
    [container] = spec["containers"]
    command = [sys.executable, "-S", *container["command"][1:], str(tmp_path / "deadlines.json"), str(tmp_path)]
    variables = {"PYTHONPATH": str(tmp_path), "KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": "1"}
    ran = subprocess.run(command, cwd=tmp_path, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert "create_default_context(cafile=" in ran.stderr
    assert "FileNotFoundError" in ran.stderr
    assert moved().one(CRON).inputs["spec"]["schedule"] == "*/5 * * * *"


@pytest.mark.parametrize("changed", [{}, {"nodes": 2, "gpus": 4}])
def test_the_pods_of_a_run_say_its_deadline(changed: dict[str, Any]) -> None:
    annotations = training_sample.job(**DEADLINE, **changed)["template"]["metadata"]["annotations"]
    interval = training_sample.outputs(**DEADLINE, **changed)["checkpoint_interval_seconds"]
    assert json.loads(annotations["falaj/deadline"]) == {
        "deadline": "2026-12-24T08:00:00+04:00",
        "work_seconds": 172800,
        "restart_seconds": 300,
        "checkpoint_seconds": interval,
    }
    assert "falaj/deadline" not in training_sample.job(**changed)["template"]["metadata"]["annotations"]


def test_a_deadline_needs_a_queue() -> None:
    with pytest.raises(BadArguments, match="only with a queue"):
        training_sample.run(**{**DEADLINE, "queue": None})


START = datetime(2026, 12, 1, tzinfo=UTC)
CAPACITIES = {"s": "spot", "f": "spot-first", "d": "on-demand"}


class FakeServer(ApiServer):
    """Workloads in memory."""

    def __init__(self, *items: dict[str, Any]) -> None:
        self.items, self.refuses = list(items), 0

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        if method == "GET":
            assert path == "/apis/kueue.x-k8s.io/v1beta2/namespaces/tenant-a/workloads"
            return {"items": self.items}
        if self.refuses:
            raise HTTPError(path, self.refuses, "no", Message(), None)
        [item] = [item for item in self.items if path.endswith(f"/workloads/{item['metadata']['name']}")]
        assert body is not None
        assert body["metadata"]["resourceVersion"] == "7"
        annotations = {**item["metadata"].get("annotations", {}), **body["metadata"]["annotations"]}
        item["metadata"]["annotations"] = {key: text for key, text in annotations.items() if text is not None}
        item["spec"] |= body.get("spec", {})
        return item


def workload(flavor: str | None, ready: bool, since: float = 0, name: str = "run", **spec: Any) -> dict[str, Any]:
    """A workload with 48 hours of work in 72, and hours since its last change."""
    moment = (START + timedelta(hours=since)).isoformat()
    states = {"QuotaReserved": bool(flavor), "Admitted": bool(flavor), "PodsReady": ready}
    conditions = [
        {"type": kind, "status": str(is_true), "lastTransitionTime": moment} for kind, is_true in states.items()
    ]
    terms = {"deadline": (START + timedelta(hours=72)).isoformat(), "work_seconds": 48 * 3600,
             "restart_seconds": 300, "checkpoint_seconds": 1450}  # fmt: skip
    template = {"metadata": {"annotations": {"falaj/deadline": json.dumps(terms)}}, "spec": {"containers": [], **spec}}
    assigned = [{"name": "main", "flavors": {"cpu": flavor, "nvidia.com/gpu": flavor}}] if flavor else []
    return {
        "metadata": {
            "name": name,
            "namespace": "tenant-a",
            "creationTimestamp": START.isoformat(),
            "resourceVersion": "7",
        },
        "spec": {"podSets": [{"name": "main", "template": template}]},
        "status": {"conditions": conditions, "admission": {"podSetAssignments": assigned}},
    }


def turn(server: FakeServer, hours: float) -> tuple[list[str], list[str]]:
    return run(["tenant-a"], CAPACITIES, server, START + timedelta(hours=hours))


def excluded(item: dict[str, Any]) -> list[str]:
    [pods] = item["spec"]["podSets"]
    nodes = pods["template"]["spec"]["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    [term] = nodes["nodeSelectorTerms"]
    [expression] = term["matchExpressions"]
    assert (expression["key"], expression["operator"]) == ("falaj/capacity", "NotIn")
    return expression["values"]


def evicted(item: dict[str, Any], hours: float) -> None:
    """What Kueue does once the pods of a deactivated workload have ended."""
    moment = (START + timedelta(hours=hours)).isoformat()
    ended = {"status": "False", "lastTransitionTime": moment}
    item["status"] = {"conditions": [{**condition, **ended} for condition in item["status"]["conditions"]]}


@pytest.mark.parametrize("flavor", ["s", "f"])
def test_a_run_without_a_machine_is_evicted_and_then_admitted_on_demand(flavor: str) -> None:
    near = {"podAffinity": {"x": "y"}, "nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": ["zone"]}}
    item = workload(flavor, ready=False, affinity=near)
    server = FakeServer(item)
    assert turn(server, 0.1) == ([], [])  # a machine may be starting
    assert "active" not in item["spec"]
    moving, failed = turn(server, 0.2)
    assert (len(moving), failed, item["spec"]["active"]) == (1, [], False)
    assert item["metadata"]["annotations"]["falaj/moves-to"] == "on-demand"
    before = json.dumps(item["spec"])
    assert len(turn(server, 0.21)[0]) == 1  # its pods are ending: Kueue would refuse a change of them
    assert json.dumps(item["spec"]) == before
    evicted(item, 0.22)
    assert turn(server, 0.22) == ([], [])
    assert (item["spec"]["active"], excluded(item)) == (True, ["spot", "spot-first"])
    assert "falaj/moves-to" not in item["metadata"]["annotations"]
    affinity = item["spec"]["podSets"][0]["template"]["spec"]["affinity"]
    assert affinity["podAffinity"] == near["podAffinity"]
    assert affinity["nodeAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"] == ["zone"]
    for hours in (0.23, 0.3, 4):  # it waits for on-demand machines, which are not given up
        assert turn(server, hours) == ([], [])
        assert (item["spec"]["active"], excluded(item)) == (True, ["spot", "spot-first"])


def test_a_run_that_waits_with_slack_left_does_not_move() -> None:
    item = workload("s", ready=False, since=30)
    item["metadata"]["annotations"] = {"falaj/progress": json.dumps({"done": 25 * 3600})}
    assert turn(FakeServer(item), 36) == ([], [])
    assert "active" not in item["spec"]
    assert len(turn(FakeServer(item), 38)[0]) == 1


def test_a_run_on_demand_returns_only_when_it_is_ahead() -> None:
    item = workload("d", ready=True, since=1)
    server = FakeServer(item)
    assert turn(server, 4) == ([], [])
    assert "active" not in item["spec"]
    assert len(turn(server, 12)[0]) == 1
    evicted(item, 12.1)
    turn(server, 12.1)
    assert excluded(item) == ["on-demand"]
    assert json.loads(item["metadata"]["annotations"]["falaj/progress"])["done"] == 11 * 3600 - 300


@pytest.mark.parametrize("hours", [0.2, 30, 71, 90])
def test_a_run_on_prepaid_machines_stays(hours: float) -> None:
    for ready in (True, False):
        item = workload("own", ready)
        turn(FakeServer(item), hours)
        assert "active" not in item["spec"]


def test_what_has_ended_and_what_somebody_else_has_stopped_is_left_alone() -> None:
    ended = workload("s", ready=False, name="ended")
    ended["status"]["conditions"].append({"type": "Finished", "status": "True"})
    stopped = workload(None, ready=False, name="stopped")
    stopped["spec"]["active"] = False
    other = workload(None, ready=False, name="other")
    other["spec"]["podSets"][0]["template"]["metadata"] = {}
    before = json.dumps([ended, stopped, other])
    assert turn(FakeServer(ended, stopped, other), 50) == ([], [])
    assert json.dumps([ended, stopped, other]) == before


def test_a_failure_is_told_and_stops_no_other_run() -> None:
    server = FakeServer(workload("s", ready=True))
    server.refuses = 409
    assert turn(server, 1) == (
        ["/apis/kueue.x-k8s.io/v1beta2/namespaces/tenant-a/workloads/run: HTTP Error 409: no"],
        [],
    )
    server.refuses = 500
    assert [len(found) for found in turn(server, 1)] == [0, 1]
    good, bad = workload("s", ready=False, name="good"), workload("s", ready=False, name="bad")
    bad["spec"]["podSets"][0]["template"]["metadata"]["annotations"]["falaj/deadline"] = "{}"
    moving, failed = turn(FakeServer(bad, good), 1)
    assert (len(moving), len(failed)) == (1, 1)

    class Silent(FakeServer):
        def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
            raise URLError("silent")

    assert turn(Silent(), 1) == ([], ["tenant-a: <urlopen error silent>"])


def test_the_conditions_of_a_run_on_its_nodes_stay_through_all_moves() -> None:
    """A queued run has its profile, pool and architecture there (`training_pod`)."""
    own = {"key": "falaj/profile", "operator": "In", "values": ["training"]}
    required = {"nodeSelectorTerms": [{"matchExpressions": [own]}]}
    item = workload(
        "s", ready=False, affinity={"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": required}}
    )
    moved_run = Workload(item)
    for machines, values in ((Machine.ON_DEMAND, ["spot", "spot-first"]), (Machine.SPOT, ["on-demand"])):
        item["spec"]["podSets"] = moved_run.pods_on(machines)
        nodes = item["spec"]["podSets"][0]["template"]["spec"]["affinity"]["nodeAffinity"]
        other = {"key": "falaj/capacity", "operator": "NotIn", "values": values}
        assert nodes["requiredDuringSchedulingIgnoredDuringExecution"] == {
            "nodeSelectorTerms": [{"matchExpressions": [own, other]}]
        }
        assert [one for one in Machine if one is not Machine.NONE and moved_run.is_bound_to(one)] == [machines]
