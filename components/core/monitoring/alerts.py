"""Alerts of a cluster. Pure. `docs/monitoring.md` says for each what it means and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from falaj.components.core.charts.scraping import KUBE_STATE_METRICS
from falaj.components.core.monitoring.gpu_series import GPU_ACTIVE_METRIC, IDLE_SHARE
from falaj.components.core.monitoring.tenant_series import (
    COLD_START_LIMIT,
    NAMESPACE_COST,
    POD_START,
    TENANT_BUDGET,
)

HOURS_PER_MONTH = 730
QUEUE_HOURS = 4
"""Hours in a queue that are reported: less than a working day."""


class Severity(StrEnum):
    """How soon somebody must act: `critical` at once, `warning` within a working day."""

    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Alert:
    """An alerting rule. `held_for`: how long the expression must hold, as Prometheus writes durations."""

    name: str
    expression: str
    held_for: str
    severity: Severity
    summary: str


_QUEUE_PENDING = "sum by (cluster_queue) (max by (cluster_queue, status) (kueue_pending_workloads))"
_QUEUE_WAIT = "sum by (cluster_queue, le) (rate(kueue_admission_wait_time_seconds_bucket[6h]))"
_SPOT_FIRST_ON_DEMAND = (
    'kube_node_labels{label_falaj_capacity="spot-first",label_karpenter_sh_capacity_type="on-demand",'
    f"{KUBE_STATE_METRICS}}}"
)


def _evicted(matchers: str) -> str:
    """Returns the PromQL of a queue's evictions of the last hour. `increase` would not count the first eviction, with
    which the series begins."""
    series = f"kueue_evicted_workloads_total{{{matchers}}}"
    total, before = (f"sum by (cluster_queue) ({selected})" for selected in (series, f"{series} offset 1h"))
    return f"{total} - ({before} or {total} * 0)"


_NOT_READY = 'reason="PodsReadyTimeout"'
_STOPPED_BY_KUEUE = 'reason="Deactivated", underlying_cause!=""'
"""Somebody who sets `spec.active` of a workload to false, as to move a run with a deadline, gives no cause (kueue
v0.17.0, pkg/controller/core/workload_controller.go)."""

_SCALER_ERRORS = (
    # KEDA's own label is renamed by a scrape that sets the pod's namespace, and kept by one with `honorLabels`.
    'label_replace(rate(keda_scaled_object_errors_total[10m]), "namespace", "$1", "exported_namespace", "(.+)")'
)
_STARTED = f'label_replace({POD_START}, "deployment", "$1", "pod", "(.+)-[a-z0-9]+-[a-z0-9]+")'

ALERTS: tuple[Alert, ...] = (
    Alert(
        "FalajGpuHeldIdle",
        f"falaj:pod_gpus:aed_per_hour and on (namespace, pod) avg_over_time(falaj:gpu_busy:ratio[1h]) < {IDLE_SHARE}",
        "1h",
        Severity.WARNING,
        "{{ $labels.namespace }}/{{ $labels.pod }} has held a GPU for an hour and used less than 5 % of it"
        '{{ if gt $value 0.0 }}, at AED {{ $value | printf "%.2f" }} an hour{{ end }}',
    ),
    Alert(
        "FalajGpusFree",
        "falaj:gpus_free:aed_per_hour > 0",
        "45m",
        Severity.WARNING,
        'GPUs worth AED {{ $value | printf "%.2f" }} an hour are paid for and held by nobody: a pool does not shrink, '
        "or its minimum is too high",
    ),
    Alert(
        "FalajGpuMetricsLost",
        f"(falaj:gpus_there:count > 0) unless on () (count({GPU_ACTIVE_METRIC}) > 0)",
        "15m",
        Severity.CRITICAL,
        "There are GPUs and nobody measures them: idle ones would not be found",
    ),
    Alert(
        "FalajScalingBlind",
        f"sum by (namespace, scaledObject) ({_SCALER_ERRORS}) > 0",
        "10m",
        Severity.CRITICAL,
        "{{ $labels.namespace }}/{{ $labels.scaledObject }} cannot read what its replicas follow: they stay as many",
    ),
    Alert(
        "FalajTenantOverBudget",
        f"avg_over_time({NAMESPACE_COST}[1d]) * {HOURS_PER_MONTH} > on (namespace) {TENANT_BUDGET}",
        "1h",
        Severity.WARNING,
        '{{ $labels.namespace }} spends at a rate of AED {{ $value | printf "%.0f" }} a month, more than its budget',
    ),
    Alert(
        "FalajCostMetricsLost",
        f"({TENANT_BUDGET} > 0) unless on () (count({NAMESPACE_COST}) > 0)",
        "15m",
        Severity.CRITICAL,
        "{{ $labels.namespace }} has a budget and nobody measures what it costs",
    ),
    Alert(
        "FalajQueueStuck",
        f"{_QUEUE_PENDING} > 0 unless on (cluster_queue)"
        " sum by (cluster_queue) (increase(kueue_admitted_workloads_total[15m])) > 0",
        f"{QUEUE_HOURS}h",
        Severity.WARNING,
        "{{ $value }} workloads wait in the queue {{ $labels.cluster_queue }}, and none was admitted in "
        f"{QUEUE_HOURS} hours",
    ),
    Alert(
        "FalajQueueSlow",
        f"histogram_quantile(0.95, {_QUEUE_WAIT}) > {QUEUE_HOURS * 3600}",
        "15m",
        Severity.WARNING,
        "One in twenty workloads of the queue {{ $labels.cluster_queue }} waited {{ $value | humanizeDuration }} or "
        "longer until it was admitted",
    ),
    Alert(
        "FalajWorkloadsEvicted",
        f"{_evicted(_NOT_READY)} >= 2",
        "0m",
        Severity.WARNING,
        "Workloads of the queue {{ $labels.cluster_queue }} did not start in time {{ $value }} times in an hour: no "
        "machines, or a quota of the namespace",
    ),
    Alert(
        "FalajWorkloadDeactivated",
        f"{_evicted(_STOPPED_BY_KUEUE)} > 0",
        "0m",
        Severity.CRITICAL,
        "{{ $value }} workloads of the queue {{ $labels.cluster_queue }} were stopped and are not tried again",
    ),
    Alert(
        "FalajNoSpotMachines",
        f"count by (label_falaj_pool) ({_SPOT_FIRST_ON_DEMAND}) > 0",
        "1h",
        Severity.WARNING,
        "{{ $value }} machines of the pool {{ $labels.label_falaj_pool }} are on-demand: no spot machine has replaced "
        "them in an hour",
    ),
    Alert(
        "FalajColdStartSlow",
        f"{_STARTED} > on (namespace, deployment) group_left () {COLD_START_LIMIT}",
        "1m",
        Severity.WARNING,
        "{{ $labels.namespace }}/{{ $labels.pod }} needed {{ $value | humanizeDuration }} to become ready, longer than "
        "its service promises for the first answer",
    ),
)
