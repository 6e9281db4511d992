"""Pods of a planned Deployment as processes behind a gateway: created, replaced and deleted in Kubernetes' order.

When a pod is deleted, two things happen at the same time and do not wait for each other: gateways hear that it is not
an endpoint any more, and the kubelet runs its stop hook and then sends SIGTERM (kubernetes.io/docs/concepts/workloads/
pods/pod-lifecycle, Termination of Pods; read 2026-11-27).
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from falaj.sandbox.lab.api import wait_for
from tests.workloads.container import HERE, Container, End, Image
from tests.workloads.gateway import Endpoint, Gateway

START_SECONDS = 120
SCHEDULED_SECONDS = 4
"""Seconds that a new pod takes at least: longer than a gateway takes to hear that an old one is gone."""


class Pods:
    """The pods of one Service. Leaving the context kills what still runs."""

    def __init__(self, service: str, gateway: Gateway, image: Image, model: Path, folder: Path) -> None:
        self.service, self.gateway, self.image, self.model, self.folder = service, gateway, image, model, folder
        self.created = 0
        self.ready: list[tuple[Container, Endpoint]] = []
        self._ending: list[Future[End]] = []
        self._workers = ThreadPoolExecutor(8)
        self._processes: list[Container] = []
        self._endpoints: list[Endpoint] = []
        self._relays: list[subprocess.Popen[bytes]] = []

    def create(self, template: Mapping[str, Any]) -> None:
        """Creates a pod, and routes to it once its probes succeed."""
        self.created += 1
        container = Container(
            template["spec"], self.image, {"model": self.model}, self.folder / f"{self.service}-{self.created}"
        )
        self._processes.append(container)
        container.wait_until_started(START_SECONDS)
        status, body = container.probe("readinessProbe")
        assert status == 200, body
        endpoint = Endpoint(self.service, self._relay(container))
        self._endpoints.append(endpoint)
        self.gateway.add(endpoint)
        self.ready.append((container, endpoint))

    def delete_oldest(self) -> None:
        """Deletes the pod that has been ready for longest; it ends in the background."""
        container, endpoint = self.ready.pop(0)
        self.gateway.remove_soon(endpoint)
        self._ending.append(self._workers.submit(container.end))

    def roll_out(self, deployment: Mapping[str, Any]) -> None:
        """Replaces all pods by those of a changed Deployment, as many at a time as its strategy allows."""
        limits = deployment["strategy"]["rollingUpdate"]
        replicas, old = len(self.ready), len(self.ready)
        while old:
            # Pods that are being deleted do not count.
            while len(self.ready) < replicas + limits["maxSurge"] and len(self.ready) - old < replicas:
                self._replace(deployment)
            while old and len(self.ready) > replicas - limits["maxUnavailable"]:
                self.delete_oldest()
                old -= 1
        while len(self.ready) < replicas:
            self._replace(deployment)

    def _replace(self, deployment: Mapping[str, Any]) -> None:
        if not deployment["strategy"]["rollingUpdate"]["maxSurge"]:
            self.ends()  # nodes have no room for more pods
        time.sleep(SCHEDULED_SECONDS)
        self.create(deployment["template"])

    def ends(self) -> list[End]:
        """Returns how the deleted pods ended, once they have."""
        return [end.result(timeout=120) for end in self._ending]

    def _relay(self, container: Container) -> Path:
        path = self.folder / f"{self.service}-{self.created}.socket"
        inside = ["nsenter", "-t", str(container.process.pid), "-U", "-n", "--preserve-credentials"]
        command = [*inside, sys.executable, "-I", HERE / "relay.py", path, str(container.port)]
        self._relays.append(subprocess.Popen(command))
        wait_for(path.exists, 20, "the relay into the container's network")
        return path

    def close(self) -> None:
        """Kills what still runs."""
        self._workers.shutdown()
        for endpoint in self._endpoints:
            endpoint.close()
        for container in self._processes:
            container.__exit__(None, None, None)
        for relay in self._relays:
            relay.kill()
            relay.wait()


@contextmanager
def running(*pods: Pods) -> Iterator[None]:
    """Kills what still runs of these pods when the context is left."""
    try:
        yield
    finally:
        for one in pods:
            one.close()
