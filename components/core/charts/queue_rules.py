"""Alerts on queued work that does not run, and on a lack of spot machines. Pure.

Metrics and their labels: sigs.k8s.io/kueue v0.17.0, pkg/metrics/metrics.go; sigs.k8s.io/karpenter v1.15.0,
pkg/controllers/metrics/node/controller.go (read on 2026-11-27).
"""

from collections.abc import Sequence
from typing import Any

from falaj.components.core.charts.alert_rules import alert

PENDING = "sum by (cluster_queue) (kueue_pending_workloads)"
"""Workloads of a queue that wait for quota."""


def _evicted(reason: str) -> str:
    """Returns the PromQL of the evictions of the last hour for a reason, by queue.

    A series begins with the first eviction, which `increase` does not count, hence the difference to no series.
    """
    series = f'kueue_evicted_workloads_total{{reason="{reason}"}}'
    total, before = (f"sum by (cluster_queue) ({selected})" for selected in (series, f"{series} offset 1h"))
    return f"{total} - ({before} or {total} * 0)"


_ALERTS: Sequence[tuple[str, str, str, str, str]] = (
    (
        "FalajWorkloadsPending",
        f"{PENDING} > 0",
        "6h",
        "warning",
        "Work has waited in queue {{ $labels.cluster_queue }} for six hours: {{ $value }} workloads",
    ),
    (
        "FalajWorkloadsEvicted",
        f"{_evicted('PodsReadyTimeout')} >= 2",
        "0m",
        "warning",
        "Pods of queue {{ $labels.cluster_queue }} did not start in time {{ $value }} times in an hour: no machines, "
        "or a quota of the namespace",
    ),
    (
        "FalajWorkloadDeactivated",
        f"{_evicted('Deactivated')} > 0",
        "0m",
        "critical",
        "{{ $value }} workloads of queue {{ $labels.cluster_queue }} were stopped and are not tried again",
    ),
)
"""Name, PromQL expression, duration, severity and summary of each alert."""

DROUGHT = "1h"
"""Time on on-demand machines after which spot machines count as not available."""


def groups(spot_first_pools: Sequence[str]) -> list[dict[str, Any]]:
    """Returns `spec.groups` of a PrometheusRule, with an alert on these pools of capacity `spot-first`."""
    return [{"name": "falaj-queues", "rules": [alert(*row) for row in (*_ALERTS, *_drought(spot_first_pools))]}]


def _drought(pools: Sequence[str]) -> Sequence[tuple[str, str, str, str, str]]:
    if not pools:
        return ()
    nodes = (
        'karpenter_nodes_allocatable{resource_type="cpu", capacity_type="on-demand", '
        f'nodepool=~"{"|".join(sorted(pools))}"}}'
    )
    summary = "{{ $value }} machines of pool {{ $labels.nodepool }} are on-demand: no spot machine has replaced them"
    return (("FalajNoSpotMachines", f"count by (nodepool) ({nodes}) > 0", DROUGHT, "warning", summary),)
