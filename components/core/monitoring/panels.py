"""Panels of the Grafana dashboard, in rows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from falaj.components.core.monitoring.tenant_series import NAMESPACE_COST, POD_START, TENANT_BUDGET

POOL = "label_falaj_pool"
"""Label `falaj/pool` of nodes in the metric `kube_node_labels`."""

_BY_POOL = f"on (node) group_left ({POOL}) max by (node, {POOL}) (kube_node_labels)"
_SERVICE = "destination_service_namespace, destination_service_name"


@dataclass(frozen=True)
class Panel:
    """A panel: PromQL expressions by the legend of their series, in Grafana's `unit`."""

    title: str
    queries: Mapping[str, str]
    unit: str = "none"


ROWS: Mapping[str, tuple[Panel, ...]] = {
    "GPUs": (
        Panel("GPU activity by tenant", {"{{namespace}}": "avg by (namespace) (falaj:gpu_busy:ratio)"}, "percentunit"),
        Panel(
            "GPU activity by pool",
            {f"{{{{{POOL}}}}}": f"avg by ({POOL}) (falaj:gpu_busy:ratio * {_BY_POOL})"},
            "percentunit",
        ),
        Panel(
            "GPUs held by tenant, and free",
            {"{{namespace}}": "falaj:gpus_held:count", "free": "falaj:gpus_free:count"},
        ),
        Panel(
            "Idle GPUs by tenant, AED per hour",
            {"{{namespace}}": "sum by (namespace) (falaj:gpus_idle:aed_per_hour)",
             "held by nobody": "falaj:gpus_free:aed_per_hour"},
        ),
        Panel(
            "Idle GPUs by pool, AED per hour",
            {f"{{{{{POOL}}}}}": f"sum by ({POOL}) (falaj:gpus_idle:aed_per_hour * {_BY_POOL})"},
        ),
        Panel(
            "Interruption messages per hour (Karpenter)",
            {"{{message_type}}":
             "sum by (message_type) (increase(karpenter_interruption_received_messages_total[1h]))"},
        ),
    ),
    "Cost": (
        Panel("Cost by namespace, AED per hour", {"{{namespace}}": NAMESPACE_COST}),
        Panel(
            "Monthly rate of spending, share of the budget",
            {"{{namespace}}": f"avg_over_time({NAMESPACE_COST}[1d]) * 730 / on (namespace) {TENANT_BUDGET}"},
            "percentunit",
        ),
    ),
    "Queues": (
        Panel(
            "Pending workloads",
            {"{{cluster_queue}} {{status}}": "max by (cluster_queue, status) (kueue_pending_workloads)"},
        ),
        Panel(
            "Wait until admission, 95th percentile",
            {"{{cluster_queue}}": "histogram_quantile(0.95, sum by (cluster_queue, le) "
             "(rate(kueue_admission_wait_time_seconds_bucket[6h])))"},
            "s",
        ),
        Panel(
            "Evicted workloads per hour",
            {"{{cluster_queue}} {{reason}}":
             "sum by (cluster_queue, reason) (increase(kueue_evicted_workloads_total[1h]))"},
        ),
        Panel(
            "From admission to ready, 95th percentile",
            {"{{cluster_queue}}": "histogram_quantile(0.95, sum by (cluster_queue, le) "
             "(rate(kueue_admitted_until_ready_wait_time_seconds_bucket[6h])))"},
            "s",
        ),
    ),
    "Served models": (
        Panel(
            "Requests per second",
            {"{{destination_service_namespace}}/{{destination_service_name}}":
             f'sum by ({_SERVICE}) (rate(istio_requests_total{{reporter="source"}}[5m]))'},
            "reqps",
        ),
        Panel(
            "Duration of requests, 95th percentile",
            {"{{destination_service_namespace}}/{{destination_service_name}}":
             f"histogram_quantile(0.95, sum by ({_SERVICE}, le) "
             '(rate(istio_request_duration_milliseconds_bucket{reporter="source"}[5m])))'},
            "ms",
        ),
        Panel(
            "Failed requests",
            {"{{destination_service_namespace}}/{{destination_service_name}}":
             f'sum by ({_SERVICE}) (rate(istio_requests_total{{reporter="source",response_code=~"5.."}}[5m]))'},
            "reqps",
        ),
        Panel(
            "Requests waiting at vLLM",
            {"{{namespace}} {{model_name}}": "sum by (namespace, model_name) (vllm:num_requests_waiting)"},
        ),
        Panel(
            "Start of pods in tenants' namespaces",
            {"{{namespace}}/{{pod}}": f'{POD_START}{{namespace=~"tenant-.+"}}'},
            "s",
        ),
        Panel(
            "Ready replicas",
            {"{{namespace}}/{{deployment}}":
             'sum by (namespace, deployment) (kube_deployment_status_replicas_ready{namespace=~"tenant-.+"})',
             "{{namespace}}/{{statefulset}}":
             'sum by (namespace, statefulset) (kube_statefulset_status_replicas_ready{namespace=~"tenant-.+"})'},
        ),
    ),
    "Alerts": (
        Panel(
            "Firing alerts",
            {"{{alertname}} {{namespace}} {{cluster_queue}} {{pod}}":
             'ALERTS{alertstate="firing",alertname=~"Falaj.+"}'},
        ),
    ),
}  # fmt: skip
"""Title of a row -> its panels."""
