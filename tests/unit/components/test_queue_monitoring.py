"""Monitoring of queues: what Prometheus scrapes, and alerts on work that does not run."""

from typing import Any

from falaj.components.core.charts.queue_rules import groups
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler
from tests.unit.components.mocks import Recording
from tests.unit.components.queueing_sample import POOLS, queueing

MONITOR = "kubernetes:monitoring.coreos.com/v1:ServiceMonitor"
RULES = "kubernetes:monitoring.coreos.com/v1:PrometheusRule"


def monitored(**changed: Any) -> Recording:
    return queueing(rule_labels={"release": "prometheus"}, **changed)


def rules(*pools: str) -> dict[str, dict[str, Any]]:
    (group,) = groups(pools)
    return {rule["alert"]: rule for rule in group["rules"]}


def test_without_the_operator_nothing_of_it_is_created() -> None:
    recording = queueing()
    assert recording.of(MONITOR) == recording.of(RULES) == []


def test_kueue_and_karpenter_are_scraped() -> None:
    monitors = {item.name: item.inputs for item in monitored().of(MONITOR)}
    assert set(monitors) == {"uae-kueue-monitor", "uae-karpenter-monitor"}
    kueue, karpenter = monitors["uae-kueue-monitor"], monitors["uae-karpenter-monitor"]
    assert (kueue["metadata"]["namespace"], karpenter["metadata"]["namespace"]) == ("kueue-system", "kube-system")
    assert all(monitor["metadata"]["labels"]["release"] == "prometheus" for monitor in monitors.values())
    (endpoint,) = kueue["spec"]["endpoints"]
    assert (endpoint["scheme"], endpoint["port"]) == ("https", "https")
    # By file: a token in the object would be a secret in the state.
    assert set(endpoint) == {"port", "scheme", "path", "bearerTokenFile", "tlsConfig"}


def test_only_what_is_installed_is_scraped() -> None:
    assert [item.name for item in monitored(install=False).of(MONITOR)] == ["uae-karpenter-monitor"]
    grouped = monitored(node_autoscaler=NodeAutoscaler.CLUSTER_AUTOSCALER)
    assert [item.name for item in grouped.of(MONITOR)] == ["uae-kueue-monitor"]


def test_work_that_waits_is_evicted_or_given_up_raises_an_alert() -> None:
    assert {name: (rule["for"], rule["labels"]["severity"]) for name, rule in rules().items()} == {
        "FalajWorkloadsPending": ("6h", "warning"),
        "FalajWorkloadsEvicted": ("0m", "warning"),
        "FalajWorkloadDeactivated": ("0m", "critical"),
    }
    series = 'kueue_evicted_workloads_total{reason="Deactivated"}'
    total = f"sum by (cluster_queue) ({series})"
    before = f"sum by (cluster_queue) ({series} offset 1h)"
    assert rules()["FalajWorkloadDeactivated"]["expr"] == f"{total} - ({before} or {total} * 0) > 0"


def test_on_demand_machines_of_spot_first_pools_raise_an_alert() -> None:
    expression = rules("train", "batch")["FalajNoSpotMachines"]["expr"]
    assert 'capacity_type="on-demand"' in expression
    assert 'nodepool=~"batch|train"' in expression
    pools = {**POOLS, "gpuspot": {**POOLS["gpuspot"], "capacity": Capacity.SPOT_FIRST}}
    (created,) = monitored(pools=pools).of(RULES)
    assert created.inputs["spec"]["groups"] == groups(["gpuspot"])
    assert "FalajNoSpotMachines" not in rules()
