"""A model on GPUs follows its waiting requests, from Prometheus through KEDA's metrics server to the autoscaler of
pods, keeps its replicas while the metric is unknown, and has more of them in office hours."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from falaj.components.core.serving.runtimes import RUNTIMES, RuntimeName
from falaj.components.core.serving.scaling_specs import OfficeReplicasSpec
from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.sandbox.lab.api import Json, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.lab.engine import lab_project
from tests.lab.objects import LabNamespace, platform_pool
from tests.lab.prometheus import SimulatedServers, running_prometheus, scrape_config, serving
from tests.unit.components.serving_samples import LARGE

VLLM = RUNTIMES[RuntimeName.VLLM]
TARGET: int = LARGE["load"]["target"]

SCRAPE_SECONDS = 5
"""Seconds between two scrapes, instead of 15."""
SCALE_DOWN_SECONDS = 15
"""Seconds for which the load must be low before replicas are removed, instead of 300."""
SYNC_SECONDS = 5
"""Seconds between two reads of the autoscaler of pods, instead of 15."""
PATIENCE = 60


@dataclass(frozen=True)
class Deployed:
    """The deployed service and the servers in its pods."""

    namespace: LabNamespace
    servers: SimulatedServers

    def object(self, version: str, kind: str, name: str = "assistant") -> Json:
        """Returns an object of the service."""
        found = self.namespace.api.get(
            {"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": self.namespace.name}}
        )
        assert found is not None, f"{kind} {name}"
        return found

    def replicas(self) -> int:
        """Returns the number of replicas that the Deployment asks for."""
        return self.object("apps/v1", "Deployment")["spec"]["replicas"]

    def is_fallback(self) -> bool:
        """Returns whether KEDA scales by the fallback."""
        conditions = self.object("keda.sh/v1alpha1", "ScaledObject").get("status", {}).get("conditions", ())
        return {"type": "Fallback", "status": "True"}.items() <= _by_type(conditions).get("Fallback", {}).items()


def _by_type(conditions: Any) -> dict[str, Any]:
    return {condition["type"]: condition for condition in conditions}


def _seconds_until(condition: Callable[[], object], what: str) -> float:
    started = time.monotonic()
    wait_for(condition, PATIENCE, what)
    return round(time.monotonic() - started, 1)


@pytest.fixture
def deployed(lab: Lab, namespace: LabNamespace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """The deployed service, whose pods Prometheus scrapes as its PodMonitor says."""
    priority = {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": namespace.name}}
    machines = platform_pool(namespace.name, Profile.INFERENCE_GPU, Capacity.ON_DEMAND, ["g5.48xlarge"], 8)
    namespace.apply({**priority, "value": 1000}, machines)
    folder = tmp_path_factory.mktemp("project")
    project = lab_project(lab, "gpu_program.py", folder)
    metric, port, path = VLLM.queue_metric, VLLM.port, VLLM.metrics_path
    assert metric is not None
    with (
        running_prometheus(tmp_path_factory.mktemp("prometheus") / "server") as prometheus,
        serving(SimulatedServers(metric, port, path, namespace.running)) as servers,
    ):
        (folder / "settings").write_text(namespace.name)
        (folder / "prometheus").write_text(prometheus.address)
        service = Deployed(namespace, servers)
        try:
            up = project.run("up", "dev")
            assert up.status == 0, up.output
            monitor = service.object("monitoring.coreos.com/v1", "PodMonitor")
            interval = f"{SCRAPE_SECONDS}s"
            prometheus.configure(scrape_config(monitor, lab.kubeconfig, servers.address, interval))
            _shorten(service)
            yield service
        finally:
            down = project.run("destroy", "dev")
        assert down.status == 0, down.output


def _shorten(service: Deployed) -> None:
    """Lets the autoscaler remove replicas after seconds."""
    planned = service.object("keda.sh/v1alpha1", "ScaledObject")
    behaviour = {"scaleDown": {"stabilizationWindowSeconds": SCALE_DOWN_SECONDS}}
    change = {"spec": {"advanced": {"horizontalPodAutoscalerConfig": {"behavior": behaviour}}}}
    service.namespace.api.merge(planned, change)


def test_replicas_follow_the_queue_and_stay_while_it_is_unknown(
    deployed: Deployed, record_property: Callable[[str, object], None]
) -> None:
    servers, namespace = deployed.servers, deployed.namespace
    wait_for(lambda: not deployed.is_fallback() and deployed.replicas() == 1, PATIENCE, "one replica, by the metric")

    servers.waiting = 3 * TARGET
    record_property("seconds to three replicas", _seconds_until(lambda: deployed.replicas() == 3, "three replicas"))
    namespace.wait_running(3)

    servers.answering = False
    record_property("seconds to the fallback", _seconds_until(deployed.is_fallback, "the fallback"))
    ends = time.monotonic() + SCALE_DOWN_SECONDS + 2 * SYNC_SECONDS  # a metric of zero would have removed replicas
    while time.monotonic() < ends:
        assert deployed.replicas() == 3
        time.sleep(0.5)

    servers.answering = True
    servers.waiting = 4 * TARGET
    record_property("seconds to follow again", _seconds_until(lambda: deployed.replicas() == 4, "four replicas"))
    assert not deployed.is_fallback()

    servers.waiting = 0
    record_property("seconds to one replica", _seconds_until(lambda: deployed.replicas() == 1, "one replica"))


def _office_hours(opens: int, closes: int) -> dict[str, Any]:
    """Returns the planned trigger, with hours that begin and end so many hours from now."""
    trigger, now = OfficeReplicasSpec(min=3).trigger(), datetime.now(DUBAI)
    metadata: Any = trigger["metadata"]
    moments = {"start": now + timedelta(hours=opens), "end": now + timedelta(hours=closes)}
    fields = {key: moment.strftime("%-M %-H * * %a").lower() for key, moment in moments.items()}
    return {**trigger, "metadata": {**metadata, **fields}}


def test_more_replicas_are_kept_in_office_hours_whatever_the_metric_says(
    deployed: Deployed, record_property: Callable[[str, object], None]
) -> None:
    servers, api = deployed.servers, deployed.namespace.api
    wait_for(lambda: not deployed.is_fallback() and deployed.replicas() == 1, PATIENCE, "one replica, by the metric")
    planned = deployed.object("keda.sh/v1alpha1", "ScaledObject")
    (load,) = planned["spec"]["triggers"]

    def keep(opens: int, closes: int) -> None:
        api.merge(planned, {"spec": {"triggers": [load, _office_hours(opens, closes)]}})

    keep(-1, 1)
    record_property("seconds to three replicas", _seconds_until(lambda: deployed.replicas() == 3, "office hours"))
    servers.waiting = 4 * TARGET
    wait_for(lambda: deployed.replicas() == 4, PATIENCE, "four replicas, by the metric")

    servers.waiting = 0
    keep(1, 2)
    record_property("seconds to one replica", _seconds_until(lambda: deployed.replicas() == 1, "the end of the hours"))

    servers.answering = False
    wait_for(deployed.is_fallback, PATIENCE, "the fallback")
    keep(-1, 1)
    wait_for(lambda: deployed.replicas() == 3, PATIENCE, "office hours without the metric")
