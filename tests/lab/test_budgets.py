"""A tenant's month in accelerated time: the quota follows the spend, stops at the budget, and refills at the turn.

Kueue, the API server with its permissions, and the provider are real. Prometheus is a server on the loopback interface
that charges the GPUs which Kueue says are in use.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.components.kubernetes.queues import budget_controller
from falaj.components.kubernetes.queues.budget_controller import Cluster
from falaj.components.kubernetes.queues.controlled_queue import FORCED_ANNOTATION, Tenant
from falaj.components.kubernetes.queues.month_spend import Prometheus
from falaj.sandbox.lab.api import Api, ApiError, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.objects import Object, container, pod_spec

KUEUE, TENANT, NAMESPACE = "kueue.x-k8s.io/v1beta2", "spender", "tenant-spender"
QUEUE: Object = {"apiVersion": KUEUE, "kind": "ClusterQueue", "metadata": {"name": TENANT}}
FILES: Object = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "queue-budgets", "namespace": "falaj-queue-budgets"},
}
TOKEN = "/api/v1/namespaces/falaj-queue-budgets/serviceaccounts/queue-budgets/token"
GPU = "nvidia.com/gpu"


@dataclass
class Month:
    """The controller with the rights of its account, a clock, and a Prometheus."""

    api: Api
    cluster: Cluster
    prometheus: str
    charged: dict[str, float]
    settings: Mapping[str, Any]

    def at(self, days: float, spent: float = 0) -> None:
        """Runs the controller at a moment of November 2026, after `spent` AED since the last run."""
        self.charged["aed"] = spent
        tenants = {name: Tenant.of(row) for name, row in self.settings["tenants"].items()}
        now = datetime(2026, 11, 1, tzinfo=DUBAI) + timedelta(days=days)
        assert budget_controller.run(tenants, self.cluster, Prometheus(self.prometheus), now) == []

    @property
    def quota(self) -> tuple[str, str]:
        """Stop policy and quota of GPUs; the queue's other flavor is for services, and has none."""
        spec = _read(self.api, QUEUE)["spec"]
        [flavor] = [row for row in spec["resourceGroups"][0]["flavors"] if row["name"] == "spent-spot"]
        [gpus] = [row["nominalQuota"] for row in flavor["resources"] if row["name"] == GPU]
        return spec["stopPolicy"], str(gpus)

    def admitted(self) -> set[str]:
        """Names of the admitted jobs."""
        return {
            workload["metadata"]["ownerReferences"][0]["name"]
            for workload in self.api.list(KUEUE, "Workload", NAMESPACE)
            if any(
                (condition["type"], condition["status"]) == ("Admitted", "True")
                for condition in workload.get("status", {}).get("conditions", ())
            )
        }

    def wait_admitted(self, *jobs: str) -> None:
        """Waits until exactly these jobs are admitted, and Kueue has counted their GPUs."""
        wait_for(lambda: self.admitted() == {*jobs}, 30, f"{jobs} to be admitted")
        wait_for(lambda: self._gpus_in_use() == 4 * len(jobs), 30, "Kueue to count their GPUs")

    def apply(self, spec: Object) -> None:
        """Applies fields of the queue as another owner than the controller, without force."""
        path = f"{self.api.path(QUEUE)}?fieldManager=stack&force=false"
        self.api.request("PATCH", path, QUEUE | {"spec": spec}, "application/apply-patch+yaml")

    def _gpus_in_use(self) -> int:
        reservations = _read(self.api, QUEUE)["status"].get("flavorsReservation", ())
        rows = [row for flavor in reservations for row in flavor["resources"] if row["name"] == GPU]
        return sum(int(row["total"]) for row in rows)


@pytest.fixture(scope="module")
def project(lab: Lab, api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    created = lab_project(lab, "budgets_program.py", tmp_path_factory.mktemp("budgets project"))
    up = created.run("up", "dev")
    try:
        assert up.status == 0, up.output
        yield created
    finally:
        down = created.run("destroy", "dev")
    assert down.status == 0, down.output


@pytest.fixture
def prometheus() -> Iterator[tuple[str, dict[str, float]]]:
    """An address, and what the next query of a cost returns."""
    charged: dict[str, float] = {}

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            [query] = parse_qs(urlsplit(self.path).query)["query"]
            hours = float(query.split("[")[1].split("s]")[0]) / 3600
            value = hours if "falaj:spend:measured" in query else charged["aed"]
            body = json.dumps({"data": {"result": [{"value": [0, str(value)]}]}}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", charged
    server.shutdown()
    server.server_close()


@pytest.fixture
def month(
    project: Project, lab: Lab, api: Api, prometheus: tuple[str, dict[str, float]], tmp_path: Path
) -> Iterator[Month]:
    token = api.request("POST", TOKEN, {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}})
    (tmp_path / "token").write_text(token["status"]["token"])
    [entry] = yaml.safe_load(lab.kubeconfig.read_text())["clusters"]
    (tmp_path / "ca.crt").write_bytes(base64.b64decode(entry["cluster"]["certificate-authority-data"]))
    jobs = [_job(name) for name in ("first", "second")]
    settings = json.loads(_read(api, FILES)["data"]["budgets.json"])
    yield Month(api, Cluster(entry["cluster"]["server"], tmp_path), *prometheus, settings)
    for job in jobs:
        api.delete(job, grace=0)
    wait_for(lambda: not api.list(KUEUE, "Workload", NAMESPACE), 30, "the workloads to go")


def _read(api: Api, manifest: Object) -> Any:
    found = api.get(manifest)
    assert found is not None, manifest
    return found


def _job(name: str) -> Object:
    template: Object = {
        "spec": {
            **pod_spec(None, container(cpu="4", memory="8Gi", gpus=4)),
            "nodeSelector": {"falaj/profile": "training"},
            "tolerations": [
                {"key": "falaj/profile", "value": "training"},
                {"key": "nvidia.com/gpu", "operator": "Exists"},
            ],
            # The pods are never scheduled: what they would cost is what the test says.
            "schedulingGates": [{"name": "lab.falaj/never"}],
        }
    }
    metadata = {"name": name, "namespace": NAMESPACE, "labels": {"kueue.x-k8s.io/queue-name": "default"}}
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": metadata,
        "spec": {"suspend": True, "template": template},
    }


def _notified(api: Api) -> list[str]:
    events = api.list("v1", "Event", NAMESPACE)
    return sorted(event["message"] for event in events if event["reason"] == "BudgetReached")


def test_a_month_in_accelerated_time(month: Month, project: Project) -> None:
    """11,000 AED in a month of 720 hours, at 1.92 AED for a GPU of g5.12xlarge on spot: 7 GPUs."""
    api = month.api
    month.at(0)
    assert month.quota == ("None", "7")
    api.create(_job("first"))
    month.wait_admitted("first")
    api.create(_job("second"))
    month.at(10, spent=5500)  # three times the expected price: what runs keeps its quota, and nothing starts
    assert month.quota == ("None", "4")
    month.wait_admitted("first")
    month.at(12, spent=5600)
    assert month.quota[0] == "HoldAndDrain"
    month.wait_admitted()
    assert _read(api, _job("first"))["spec"]["suspend"] is True
    assert [message.rpartition("(")[2] for message in _notified(api)] == ["100 %)", "50 %)"]

    _the_stack_leaves_the_quota_alone(month, project)

    month.at(30 + 1 / 288)
    assert month.quota[0] == "None"
    wait_for(month.admitted, 30, "work to be admitted in the new month")


def _the_stack_leaves_the_quota_alone(month: Month, project: Project) -> None:
    quota = month.quota
    for command in ("preview", "refresh"):
        ran = project.run(command, "dev")
        assert ran.status == 0, ran.output
        assert set(ran.changes) == {"unchanged"}, ran.output
    (project.session.paths.project / "owner").write_text("another-team")
    up = project.run("up", "dev")
    assert up.status == 0, up.output
    assert up.changes.get("update"), up.output
    assert month.quota == quota
    assert _read(month.api, QUEUE)["metadata"]["labels"]["owner"] == "another-team"


def test_the_account_may_do_no_more_than_it_needs(month: Month) -> None:
    month.at(0)
    for method, path, body in (
        ("GET", "/apis/kueue.x-k8s.io/v1beta2/clusterqueues", None),
        ("PATCH", "/apis/kueue.x-k8s.io/v1beta2/clusterqueues/another", {}),
        ("DELETE", "/apis/kueue.x-k8s.io/v1beta2/clusterqueues/spender", None),
        ("GET", "/api/v1/namespaces/tenant-spender/secrets", None),
        ("POST", "/api/v1/namespaces/default/events", {"metadata": {"generateName": "x-"}, "involvedObject": {}}),
    ):
        with pytest.raises(OSError, match="HTTP Error 403"):
            month.cluster.call(method, path, body)


def test_a_queue_that_becomes_static_is_the_stacks_again(month: Month, project: Project) -> None:
    """It is open again, although the API server protects the controller's fields from other owners."""
    month.at(0)
    month.at(12, spent=12000)
    assert month.quota == ("HoldAndDrain", "0")
    spec = _read(month.api, QUEUE)["spec"]
    for fields in ({"stopPolicy": "None"}, {"resourceGroups": _doubled(spec["resourceGroups"])}):
        with pytest.raises(ApiError, match=budget_controller.MANAGER):
            month.apply(fields)
    basis = project.session.paths.project / "static"
    basis.touch()
    up = project.run("up", "dev")
    assert up.status == 0, up.output
    assert month.quota == ("None", "7")
    assert FORCED_ANNOTATION in _read(month.api, QUEUE)["metadata"]["annotations"]
    basis.unlink()
    up = project.run("up", "dev")
    assert up.status == 0, up.output
    assert FORCED_ANNOTATION not in _read(month.api, QUEUE)["metadata"]["annotations"]


def _doubled(groups: list[Object]) -> list[Object]:
    return json.loads(json.dumps(groups).replace('"nominalQuota": "0"', '"nominalQuota": "8"'))
