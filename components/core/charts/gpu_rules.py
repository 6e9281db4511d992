"""GPU monitoring: Prometheus recording and alerting rules, and a Grafana dashboard. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from falaj.components.core.node_pools.gpu_resources import GPU, SLICES

GPU_ACTIVE_METRIC = "DCGM_FI_PROF_GR_ENGINE_ACTIVE"
"""Fraction of time in which the graphics engine was active, 0 to 1. Unlike GPU utilisation, it is also available for
MIG slices (DCGM exporter, profiling metrics)."""

ON_RUNNING = 'on(namespace, pod) group_left() (kube_pod_status_phase{phase="Running"} == 1)'
GPU_RESOURCES = 'resource=~"nvidia_com_(gpu|gpu_shared|mig_.*)"'
"""Label matcher of GPU resources, with their names as in kube-state-metrics."""

IDLE_SHARE = 0.05
"""Utilisation below which an allocated GPU counts as idle."""

RESOURCES_BY_SLICES_PER_GPU: Mapping[int, str] = {
    count: "|".join(re.sub("[./-]", "_", name) for name, slices in {GPU: 1, **SLICES}.items() if slices == count)
    for count in sorted({*SLICES.values()})
}
"""Slices per GPU -> regular expression of resource names. Excludes time-sliced GPUs, whose number per GPU is
unknown."""


def _in_gpus(metric: str, factor: str = "") -> str:
    """Returns the PromQL sum of a series with a label `resource` in GPUs; a slice counts as a fraction of a GPU."""
    terms = (
        f'(sum({metric}{{resource=~"{names}"}}{factor}) / {count} or vector(0))'
        for count, names in RESOURCES_BY_SLICES_PER_GPU.items()
    )
    return " + ".join(terms)


RECORDING_RULES: Mapping[str, str] = {
    "falaj:gpu_busy:ratio": f"avg by (namespace, pod) ({GPU_ACTIVE_METRIC})",
    "falaj:gpus_held:count": (
        f"sum by (namespace) (kube_pod_container_resource_requests{{{GPU_RESOURCES}}} * {ON_RUNNING})"
    ),
    "falaj:gpus_there:count": _in_gpus("kube_node_status_allocatable"),
    "falaj:gpus_held:sum": _in_gpus("kube_pod_container_resource_requests", f" * {ON_RUNNING}"),
    "falaj:gpus_free:count": "falaj:gpus_there:count - falaj:gpus_held:sum",
}
"""Recorded series -> PromQL expression. By tenant, each slice or time-sliced GPU counts as one; in totals and costs, a
slice counts as a fraction of a GPU."""


def groups(gpu_aed_per_hour: Decimal) -> list[dict[str, Any]]:
    """Returns `spec.groups` of a PrometheusRule: recording rules, then alerts. `gpu_aed_per_hour` is the price of a
    GPU."""
    free_cost = f"falaj:gpus_free:count * {gpu_aed_per_hour:.4f}"
    recording_rules = {**RECORDING_RULES, "falaj:gpus_free:aed_per_hour": free_cost}
    return [
        {
            "name": "falaj-gpus",
            "interval": "60s",
            "rules": [{"record": name, "expr": expression} for name, expression in recording_rules.items()],
        },
        {"name": "falaj-gpus-told", "rules": [_alert(*row) for row in _ALERTS]},
    ]


_ALERTS: Sequence[tuple[str, str, str, str, str]] = (
    (
        "FalajGpuHeldIdle",
        f"avg_over_time(falaj:gpu_busy:ratio[1h]) < {IDLE_SHARE}",
        "1h",
        "warning",
        "{{ $labels.namespace }}/{{ $labels.pod }} has held a GPU for an hour and used less than 5 % of it",
    ),
    (
        "FalajGpusFree",
        "falaj:gpus_free:count > 0",
        "45m",
        "warning",
        "{{ $value }} GPUs are paid for and held by nobody: a pool does not shrink, or its minimum is too high",
    ),
    (
        "FalajGpuMetricsLost",
        f"(falaj:gpus_there:count > 0) unless on() (count({GPU_ACTIVE_METRIC}) > 0)",
        "15m",
        "critical",
        "There are GPUs and nobody measures them: idle ones would not be found",
    ),
    (
        "FalajScalingBlind",
        "sum by (namespace, scaledObject) (rate(keda_scaled_object_errors_total[10m])) > 0",
        "10m",
        "critical",
        "{{ $labels.namespace }}/{{ $labels.scaledObject }} cannot read what its replicas follow: they stay as many",
    ),
)
"""Name, PromQL expression, duration, severity and summary of each alert."""


def _alert(name: str, expression: str, duration: str, severity: str, summary: str) -> dict[str, Any]:
    return {
        "alert": name,
        "expr": expression,
        "for": duration,
        "labels": {"severity": severity},
        "annotations": {"summary": summary},
    }


_PANELS: Sequence[tuple[str, str, str]] = (
    ("How busy GPUs are, by tenant", "avg by (namespace) (falaj:gpu_busy:ratio)", "percentunit"),
    ("GPUs held, by tenant", "falaj:gpus_held:count", "none"),
    ("GPUs that nobody holds", "falaj:gpus_free:count", "none"),
    ("What these cost, dirhams an hour", "falaj:gpus_free:aed_per_hour", "none"),
    ("Replicas of services", "sum by (namespace, deployment) (kube_deployment_status_replicas_ready)", "none"),
    (
        "Processors that tenants asked for, dirhams an hour",
        "sum by (namespace) (container_cpu_allocation * on(node) group_left() node_cpu_hourly_cost)",
        "none",
    ),
)


def dashboard() -> str:
    """Returns a Grafana dashboard as JSON, with two panels per row."""
    panels: list[dict[str, Any]] = [
        {
            "id": index + 1,
            "type": "timeseries",
            "title": title,
            "gridPos": {"h": 8, "w": 12, "x": 12 * (index % 2), "y": 8 * (index // 2)},
            "datasource": {"type": "prometheus", "uid": "${source}"},
            "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
            "targets": [{"refId": "A", "expr": expression}],
        }
        for index, (title, expression, unit) in enumerate(_PANELS)
    ]
    source = {"name": "source", "type": "datasource", "query": "prometheus"}
    dashboard_model: dict[str, Any] = {
        "uid": "falaj-gpus",
        "title": "Falaj: GPUs and what they cost",
        "schemaVersion": 39,
        "timezone": "Asia/Dubai",
        "time": {"from": "now-24h", "to": "now"},
        "templating": {"list": [source]},
        "panels": panels,
    }
    return json.dumps(dashboard_model, indent=1, sort_keys=True)
