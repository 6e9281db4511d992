"""Reference to the Prometheus that stores a cluster's GPU and cost metrics."""

from collections.abc import Mapping

from falaj.components.core.validation.args import Input, Spec, default
from falaj.components.core.validation.names import HttpAddress


class PrometheusSpec(Spec):
    """An existing Prometheus, and the labels by which its operator selects rules."""

    prometheus: HttpAddress
    """Address of Prometheus, such as `http://prometheus.monitoring:9090`. It must scrape kube-state-metrics, the GPU
    exporter and OpenCost."""
    rule_labels: Mapping[str, Input[str]] = default({})
    """Labels by which the Prometheus operator selects rules and monitors, such as `release: prometheus`."""
