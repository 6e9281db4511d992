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


def test_attributes_and_metrics_of_a_collector_pass() -> None:
    actions = "".join(f"    - key: {name}\n      action: delete\n" for name in NAMES)
    assert refused(settings(f"processors:\n  attributes:\n    actions:\n{actions}")) == set()
    delete = 'delete_key(attributes, "service.instance.id")'
    statement = f"processors:\n  transform:\n    trace_statements:\n    - {delete}\n"
    assert refused(settings(statement)) == set()


@pytest.mark.parametrize("name", ["service.collector.name", "k8s.collector.name", "instance.id.collector.io"])
def test_another_name_in_their_namespaces_is_a_host(name: str) -> None:
    assert "FJ-RES-003" in refused(settings(f"sink: {name}\n"))


@pytest.mark.parametrize("place", ["https://service.instance.id/v1", "service.instance.id:4317"])
def test_a_name_of_theirs_with_a_port_or_a_scheme_is_a_host(place: str) -> None:
    assert Named(Kind.HOST, "service.instance.id") in named_in(place)


def test_names_are_sorted() -> None:
    assert sorted(set(NAMES)) == NAMES
