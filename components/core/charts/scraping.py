"""What Prometheus takes from pods, and which labels the series of exporters and of rules have. Pure.

A tenant's pods may expose any metric. Rules that measure money therefore select series by the label `job`, which the
scrape sets: pods of tenants have `annotated-pods`, or the namespace and the name of their PodMonitor.
"""

from typing import Any

KUBE_STATE_METRICS = 'job="kube-state-metrics"'
"""Label matcher of kube-state-metrics, whose ServiceMonitor takes the job from `app.kubernetes.io/name`
(prometheus-community/helm-charts, charts/kube-state-metrics/templates/servicemonitor.yaml; read 2026-11-27)."""

OPENCOST = 'job="opencost"'
"""Label matcher of OpenCost, whose job is its Service: the chart's release (opencost-helm-chart 2.5.29,
templates/servicemonitor.yaml has no `jobLabel`; read 2026-11-27)."""

RECORDED = 'job=""'
"""Label matcher of series that rules record. Every scraped series has a job."""

RESERVED = ("falaj:", "kube_", "kubecost_", "node_", "container_", "DCGM_", "kueue_", "keda_", "istio_", "karpenter_")
"""Prefixes of the metrics that rules and panels read. Pods of tenants export none of them."""

_POD = "__meta_kubernetes_pod"
_ANNOTATION = f"{_POD}_annotation_prometheus_io"
_RESERVED = f"(ALERTS|{'|'.join(RESERVED)}).*"


def annotated_pods(tenants: str) -> dict[str, Any]:
    """Returns the scrape job of pods with the annotations `prometheus.io/scrape`, `port` and `path`.

    The operator reads monitors only; served models and KEDA have these annotations instead. `tenants` is a regular
    expression of the namespaces whose pods may export no reserved metric.
    """
    relabel: list[dict[str, Any]] = [
        {"action": "keep", "source_labels": [f"{_ANNOTATION}_scrape"], "regex": "true"},
        {"action": "drop", "source_labels": [f"{_POD}_phase"], "regex": "Pending|Succeeded|Failed|Completed"},
        {"source_labels": [f"{_ANNOTATION}_path"], "regex": "(.+)", "target_label": "__metrics_path__"},
        {
            "source_labels": [f"{_POD}_ip", f"{_ANNOTATION}_port"],
            "regex": "(.+);([0-9]+)",
            "replacement": "$1:$2",
            "target_label": "__address__",
        },
        {"source_labels": ["__meta_kubernetes_namespace"], "target_label": "namespace"},
        {"source_labels": [f"{_POD}_name"], "target_label": "pod"},
        {"source_labels": [f"{_POD}_node_name"], "target_label": "node"},
    ]
    return {
        "job_name": "annotated-pods",
        "kubernetes_sd_configs": [{"role": "pod"}],
        "relabel_configs": relabel,
        "metric_relabel_configs": [
            {"action": "drop", "source_labels": ["namespace", "__name__"], "regex": f"{tenants};{_RESERVED}"}
        ],
    }


def scrape_class(tenants: str) -> dict[str, Any]:
    """Returns the operator's default scrape class, which applies to every PodMonitor and ServiceMonitor.

    It selects by the job, as series of exporters with `honorLabels` have the namespaces of tenants. `tenants` as above.
    """
    drop = {"action": "drop", "sourceLabels": ["job", "__name__"], "regex": f"{tenants}/[^;]*;{_RESERVED}"}
    return {"name": "default", "default": True, "metricRelabelings": [drop]}
