"""What a real Prometheus stores of the metrics of tenants' pods, as the platform configures it."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from falaj.components.core.charts.scraping import annotated_pods, scrape_class
from falaj.sandbox.lab.api import wait_for
from tests.lab.prometheus import running_prometheus
from tests.monitoring.test_metrics import read_metrics, recorded

OWN = {"vllm:num_requests_waiting", "nv_inference_pending_request_count", "my_nodes", "kubernetes_things"}
"""Metrics of a model server and of a tenant's own program."""

PLATFORM = {*read_metrics(), *recorded()} - OWN
"""Metrics that rules and panels read."""

TENANTS = "tenant-[^/;]+"
META = "__meta_kubernetes_pod"


class _Scrape(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        text = "".join(f'{name}{{namespace="tenant-b"}} 1\n' for name in sorted(PLATFORM | OWN)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        """Writes nothing."""


def _jobs(address: str) -> list[dict[str, Any]]:
    """The jobs of annotated pods, of a tenant's PodMonitor and of an exporter, with known targets."""
    host, port = address.split(":")
    pods = [
        {
            "targets": [address],
            "labels": {
                f"{META}_annotation_prometheus_io_scrape": "true",
                f"{META}_annotation_prometheus_io_port": port,
                f"{META}_ip": host,
                f"{META}_name": name,
                "__meta_kubernetes_namespace": namespace,
            },
        }
        for namespace, name in (("tenant-a", "evil"), ("keda", "keda-operator"))
    ]
    every = {"scrape_interval": "1s", "scrape_timeout": "1s"}
    annotated = {key: value for key, value in annotated_pods(TENANTS).items() if key != "kubernetes_sd_configs"}
    [rule] = scrape_class(TENANTS)["metricRelabelings"]
    of_class = [{re.sub("[A-Z]", lambda found: "_" + found[0].lower(), key): value for key, value in rule.items()}]
    monitors = [
        {
            "job_name": name,
            "honor_labels": honors,
            "metric_relabel_configs": of_class,
            "static_configs": [{"targets": [address], "labels": {"namespace": namespace}}],
        }
        for name, namespace, honors in (
            ("tenant-a/evil", "tenant-a", False),
            ("kube-state-metrics", "monitoring", True),
        )
    ]
    return [job | every for job in ({**annotated, "static_configs": pods}, *monitors)]


@pytest.fixture
def exposed() -> Iterator[str]:
    """Address of a server that exposes all these metrics."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Scrape)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_pods_of_tenants_export_no_metric_that_the_platform_reads(exposed: str, tmp_path: Path) -> None:
    with running_prometheus(tmp_path / "prometheus") as prometheus:
        prometheus.configure(*_jobs(exposed))
        stored = dict[tuple[str, str], set[str]]()

        def all_scraped() -> bool:
            query = urllib.parse.urlencode({"query": '{job!="",__name__!~"up|scrape_.*"}'})
            with urllib.request.urlopen(f"{prometheus.address}/api/v1/query?{query}", timeout=5) as answer:  # noqa: S310
                result = json.load(answer)["data"]["result"]
            for sample in result:
                labels = sample["metric"]
                stored.setdefault((labels["job"], labels["namespace"]), set()).add(labels["__name__"])
            return len(stored) == 4

        wait_for(all_scraped, 60, "all targets to be scraped")
    assert stored == {
        ("annotated-pods", "tenant-a"): OWN,
        ("tenant-a/evil", "tenant-a"): OWN,
        ("annotated-pods", "keda"): PLATFORM | OWN,
        ("kube-state-metrics", "tenant-b"): PLATFORM | OWN,
    }
