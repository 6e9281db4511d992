"""Scale to zero: KEDA starts a small model at a request, adds replicas by concurrent requests, and removes all when
idle. Karpenter adds a node and removes it.
"""

import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.sandbox.lab.api import wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.lab.engine import lab_project
from tests.lab.objects import LabNamespace, label, platform_pool

IDLE_SECONDS = 30
"""Idle time in seconds after which the program's model scales to zero: the minimum that its settings allow."""


CONCURRENT = 9
"""Concurrent requests: three replicas, at four requests each."""
ANSWER_SECONDS = 20


def _request(lab: Lab, host: str, seconds: int = 0) -> tuple[int, dict[str, Any]]:
    """Sends a request to a host, which is answered after some seconds; returns the status and the body."""
    headers = {"Host": host, "X-Answer-Seconds": str(seconds)}
    request = urllib.request.Request(lab.interceptor, headers=headers)  # noqa: S310 (our own)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def _replicas(namespace: LabNamespace) -> int:
    name = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "asleep", "namespace": namespace.name}}
    return (namespace.api.get(name) or {}).get("spec", {}).get("replicas", 0)


def test_a_model_sleeps_wakes_on_a_request_grows_and_sleeps_again(
    lab: Lab, namespace: LabNamespace, tmp_path: Path, record_property
) -> None:
    priority = {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": namespace.name}}
    machines = platform_pool(namespace.name, Profile.INFERENCE_CPU, Capacity.ON_DEMAND, ["c7i.4xlarge"], idle_seconds=2)
    namespace.apply({**priority, "value": 1000}, machines)
    project = lab_project(lab, "serving_program.py", tmp_path)
    (tmp_path / "settings").write_text(namespace.name)
    try:
        up = project.run("up", "dev")
        assert up.status == 0, up.output
        wait_for(lambda: _replicas(namespace) == 0 and not namespace.pods(), 90, "the model to sleep from the start")
        assert _request(lab, "nobody.example.ae")[0] == 404
        assert not namespace.pods()

        status, first = _request(lab, f"{namespace.name}.example.ae")
        assert status == 200, first
        record_property("seconds of the first request", first["held_seconds"])
        [pod] = namespace.wait_running(1)
        assert first["pod"] == pod["status"]["podIP"]
        [node] = namespace.nodes(namespace.name)
        assert (pod["spec"]["nodeName"], label(node, "falaj/profile")) == (node["metadata"]["name"], "inference-cpu")
        assert _request(lab, f"{namespace.name}.example.ae")[1]["held_seconds"] < 1
        with ThreadPoolExecutor(CONCURRENT) as clients:
            started = time.monotonic()
            host = f"{namespace.name}.example.ae"
            answers = [clients.submit(_request, lab, host, ANSWER_SECONDS) for _ in range(CONCURRENT)]
            wait_for(lambda: _replicas(namespace) == 3, ANSWER_SECONDS, "three replicas")
            record_property("seconds to three replicas", round(time.monotonic() - started, 1))
        assert {answer.result()[0] for answer in answers} == {200}
        quiet = time.monotonic()
        again = project.run("up", "dev")  # the number of replicas that KEDA sets is not changed
        assert set(again.changes) == {"unchanged"}, again.output

        wait_for(lambda: not namespace.pods(), IDLE_SECONDS + 60, "the model to sleep again")
        record_property("seconds from the last request to sleep", round(time.monotonic() - quiet, 1))
        assert _replicas(namespace) == 0
        wait_for(lambda: not namespace.nodes(namespace.name), 60, "its machine to go")
    finally:
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output
