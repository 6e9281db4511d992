"""A real Prometheus that reads the metrics of simulated pods as a PodMonitor says.

Pods of the laboratory run nothing: Prometheus reaches their addresses through a proxy, which answers for their servers.
"""

import os
import subprocess
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from falaj.sandbox.lab.api import Json, wait_for
from falaj.sandbox.lab.certificates import ADDRESS
from falaj.sandbox.lab.ports import free_ports
from tests.monitoring.tools import prometheus
from tests.scan.tools import NoTools


class SimulatedServers(ThreadingHTTPServer):
    """Answers for the servers in simulated pods. `waiting`: requests that wait for all of them together. `answering`:
    whether they answer. `metric` is the metric of waiting requests, on the given port and path."""

    daemon_threads = True

    def __init__(self, metric: str, port: int, path: str, pods: Callable[[], Sequence[Json]]) -> None:
        super().__init__((ADDRESS, 0), _Scrape)
        self.metric, self.target, self.pods = metric, (port, path), pods
        self.waiting = 0
        self.answering = True

    @property
    def address(self) -> str:
        """URL of the proxy."""
        return f"http://{ADDRESS}:{self.server_address[1]}"

    def text(self, url: str) -> str | None:
        """Returns the metrics of the pod with this URL, of which each has the same share of the requests; None if
        nothing answers there."""
        asked = urlsplit(url)
        pods = self.pods()
        known = {pod["status"].get("podIP") for pod in pods}
        if not self.answering or (asked.port, asked.path) != self.target or asked.hostname not in known:
            return None
        return f"# TYPE {self.metric} gauge\n{self.metric} {self.waiting / len(pods)}\n"


class _Scrape(BaseHTTPRequestHandler):
    server: SimulatedServers  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        text = self.server.text(self.path)
        content = (text or "").encode()
        self.send_response(502 if text is None else 200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Writes nothing."""


def scrape_config(monitor: Json, kubeconfig: Path, proxy: str, interval: str | None) -> Mapping[str, Any]:
    """Returns the scrape configuration of a PodMonitor with one endpoint, as Prometheus' operator writes it
    (prometheus-operator v0.85.0, pkg/prometheus/promcfg.go, `generatePodMonitorConfig`). `interval` replaces the
    monitor's."""
    metadata, spec = monitor["metadata"], monitor["spec"]
    [endpoint] = spec["podMetricsEndpoints"]
    job = f"podMonitor/{metadata['namespace']}/{metadata['name']}/0"
    keeps = [
        {
            "action": "keep",
            "source_labels": [f"__meta_kubernetes_pod_{kind}_{_name(key)}" for kind in ("label", "labelpresent")],
            "regex": f"({value});true",
        }
        for key, value in spec["selector"]["matchLabels"].items()
    ]
    labels = {"namespace": "namespace", "container": "pod_container_name", "pod": "pod_name"}
    return {
        "job_name": job,
        "kubernetes_sd_configs": [
            {"role": "pod", "kubeconfig_file": str(kubeconfig), "namespaces": {"names": [metadata["namespace"]]}}
        ],
        "scrape_interval": interval or endpoint["interval"],
        "metrics_path": endpoint["path"],
        "proxy_url": proxy,
        "relabel_configs": [
            {"action": "drop", "source_labels": ["__meta_kubernetes_pod_phase"], "regex": "(Failed|Succeeded)"},
            *keeps,
            {
                "action": "keep",
                "source_labels": ["__meta_kubernetes_pod_container_port_name"],
                "regex": endpoint["port"],
            },
            *(
                {"source_labels": [f"__meta_kubernetes_{source}"], "target_label": label}
                for label, source in labels.items()
            ),
            {"target_label": "job", "replacement": f"{metadata['namespace']}/{metadata['name']}"},
            {"target_label": "endpoint", "replacement": endpoint["port"]},
            *(
                {"target_label": rule["targetLabel"], "replacement": rule["replacement"]}
                for rule in endpoint["relabelings"]
            ),
        ],
    }


def _name(label: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in label)


@dataclass(frozen=True)
class Prometheus:
    """A running Prometheus without targets at first."""

    folder: Path
    address: str

    def configure(self, *scrapes: Mapping[str, Any]) -> None:
        """Replaces the scrape configurations."""
        limit = {"global": {"scrape_timeout": "3s"}} if scrapes else {}
        (self.folder / "prometheus.yml").write_text(yaml.safe_dump({**limit, "scrape_configs": [*scrapes]}))
        urllib.request.urlopen(f"{self.address}/-/reload", data=b"", timeout=30).close()  # noqa: S310 (our own)


@contextmanager
def running_prometheus(folder: Path) -> Iterator[Prometheus]:
    """Runs Prometheus in an empty folder. Without it the test fails if it is required."""
    try:
        program = prometheus()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_LAB"):
            pytest.fail(f"Prometheus is required: {missing}")
        pytest.skip(str(missing))
    folder.mkdir()
    (folder / "prometheus.yml").write_text("scrape_configs: []\n")
    port = free_ports()["api"]
    server = Prometheus(folder, f"http://{ADDRESS}:{port}")
    options = ["config.file=prometheus.yml", "storage.tsdb.path=data", f"web.listen-address={ADDRESS}:{port}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, *(f"--{option}" for option in options), "--web.enable-lifecycle"],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(lambda: _is_ready(server.address), 60, "Prometheus to be ready")
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _is_ready(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/-/ready", timeout=2).close()  # noqa: S310 (our own)
    except OSError:
        return False
    return True


@contextmanager
def serving(servers: SimulatedServers) -> Iterator[SimulatedServers]:
    """Runs the simulated servers while the context is open."""
    Thread(target=servers.serve_forever, daemon=True).start()
    try:
        yield servers
    finally:
        servers.shutdown()
        servers.server_close()
