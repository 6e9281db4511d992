"""What is measured of GPUs, and what is told about them: rules of Prometheus, and a dashboard. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from falaj.components.core.node_pools.gpu_resources import GPU, SLICES

BUSY = "DCGM_FI_PROF_GR_ENGINE_ACTIVE"
"""Share of the time in which the graphics engine worked, 0 to 1, also of a MIG slice, for which the plain utilisation
is not there (DCGM exporter, profiling metrics)."""

RUNNING = 'on(namespace, pod) group_left() (kube_pod_status_phase{phase="Running"} == 1)'
GPUS = 'resource=~"nvidia_com_(gpu|gpu_shared|mig_.*)"'
"""As kube-state-metrics writes names of resources."""

IDLE_SHARE = 0.05
"""Below this a GPU that somebody holds does nothing."""

PARTS: Mapping[int, str] = {
    count: "|".join(re.sub("[./-]", "_", name) for name, part in {GPU: 1, **SLICES}.items() if part == count)
    for count in sorted({*SLICES.values()})
}
"""How many make a GPU -> names of resources. One that is taken in turns is not among them: nobody can tell how many
do."""


def _in_gpus(metric: str, factor: str = "") -> str:
    """The sum of a series with a label `resource`, slices as the part of a GPU that they are."""
    terms = (f'(sum({metric}{{resource=~"{names}"}}{factor}) / {count} or vector(0))' for count, names in PARTS.items())
    return " + ".join(terms)


RECORDED: Mapping[str, str] = {
    "falaj:gpu_busy:ratio": f"avg by (namespace, pod) ({BUSY})",
    "falaj:gpus_held:count": f"sum by (namespace) (kube_pod_container_resource_requests{{{GPUS}}} * {RUNNING})",
    "falaj:gpus_there:count": _in_gpus("kube_node_status_allocatable"),
    "falaj:gpus_held:sum": _in_gpus("kube_pod_container_resource_requests", f" * {RUNNING}"),
    "falaj:gpus_free:count": "falaj:gpus_there:count - falaj:gpus_held:sum",
}
"""Series by their expression. By tenant, slices and turns count for one each; in sums and money, for their part."""


def groups(gpu_aed_per_hour: Decimal) -> list[dict[str, Any]]:
    """`spec.groups` of a PrometheusRule: what is recorded, then what is told."""
    wasted = f"falaj:gpus_free:count * {gpu_aed_per_hour:.4f}"
    recorded = {**RECORDED, "falaj:gpus_free:aed_per_hour": wasted}
    return [
        {
            "name": "falaj-gpus",
            "interval": "60s",
            "rules": [{"record": name, "expr": expression} for name, expression in recorded.items()],
        },
        {"name": "falaj-gpus-told", "rules": [_told(*row) for row in _TOLD]},
    ]


_TOLD: Sequence[tuple[str, str, str, str, str]] = (
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
        f"(falaj:gpus_there:count > 0) unless on() (count({BUSY}) > 0)",
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
"""Name, expression, for how long, severity, summary."""


def _told(name: str, expression: str, lasting: str, severity: str, summary: str) -> dict[str, Any]:
    return {
        "alert": name,
        "expr": expression,
        "for": lasting,
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
    """A Grafana dashboard as JSON: two panels in a row."""
    panels = [
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
    board = {
        "uid": "falaj-gpus",
        "title": "Falaj: GPUs and what they cost",
        "schemaVersion": 39,
        "timezone": "Asia/Dubai",
        "time": {"from": "now-24h", "to": "now"},
        "templating": {"list": [source]},
        "panels": panels,
    }
    return json.dumps(board, indent=1, sort_keys=True)
