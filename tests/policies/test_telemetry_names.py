"""Names of OpenTelemetry that have the form of a host (open-telemetry/semantic-conventions 384d6616)."""

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.readers.named_hosts import Kind, Named, named_in

from .blind import k8s, meta
from .harness import Given
from .test_default_destinations import refused

NAMES = (DATA / "telemetry_names.txt").read_text(encoding="utf-8").split()


def settings(text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"collector.yaml": text}})


def _pod(*args: str) -> Given:
    containers = [{"name": "a", "image": "registry.bank.ae/a", "args": list(args)}]
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": {"containers": containers}})


def test_attributes_and_metrics_of_a_collector_pass() -> None:
    actions = "".join(f"    - key: {name}\n      action: delete\n" for name in NAMES)
    assert refused(settings(f"processors:\n  attributes:\n    actions:\n{actions}")) == set()
    delete = 'delete_key(attributes, "service.instance.id")'
    statement = f"processors:\n  transform:\n    trace_statements:\n    - {delete}\n"
    assert refused(settings(statement)) == set()


@pytest.mark.parametrize("text", [
    "extract:\n  metadata: [k8s.pod.name, k8s.node.name]\n", "dimensions:\n- name: k8s.pod.name\n",
    "metrics:\n  include:\n    metric_names: [system.disk.io]\n", "keys: [service.instance.id]\n",
    "transforms:\n- include: system.disk.io\n  action: update\n", "resource_attributes: [service.instance.id]\n",
    "promote_resource_attributes:\n- service.instance.id\n", "from_attribute: service.instance.id\n",
    "metric:\n- name == \"system.disk.io\"\n", "span:\n- 'attributes[\"k8s.pod.name\"] == \"x\"'\n",
])  # fmt: skip
def test_settings_that_speak_of_telemetry_pass(text: str) -> None:
    assert refused(settings(text)) == set()


_PLACES = ("remote: {}\n", "upstream:\n  keys: [{}]\n", "endpoint:\n  name: {}\n", "server:\n  key: {}\n")


@pytest.mark.parametrize("name", ["nfs.server.io", "system.disk.io", "otel.sdk.span.live"])
def test_their_names_are_hosts_elsewhere(name: str) -> None:
    assert [text for text in _PLACES if "FJ-RES-003" not in refused(settings(text.format(name)))] == []
    assert "FJ-RES-003" in refused(_pod("--name", name))


@pytest.mark.parametrize("name", ["nfs.server.io", "system.disk.io"])
def test_their_names_are_hosts_in_commands_and_lines(name: str) -> None:
    assert "FJ-RES-003" in refused(settings(f"server {name}"))
    for args in (["sh", "-c", f"curl -T /data/x {name}"], ["nc", name, "443"], [f"--upstream={name}"]):
        assert "FJ-RES-003" in refused(_pod(*args)), args


@pytest.mark.parametrize("name", ["service.collector.name", "k8s.collector.name", "instance.id.collector.io"])
def test_another_name_in_their_namespaces_is_a_host(name: str) -> None:
    assert "FJ-RES-003" in refused(settings(f"sink: {name}\n"))


@pytest.mark.parametrize("place", ["https://service.instance.id/v1", "service.instance.id:4317"])
def test_a_name_of_theirs_with_a_port_or_a_scheme_is_a_host(place: str) -> None:
    assert Named(Kind.HOST, "service.instance.id") in named_in(place)


def test_names_are_sorted() -> None:
    assert sorted(set(NAMES)) == NAMES
