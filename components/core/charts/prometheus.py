"""The Prometheus of a cluster, which measures GPUs and costs."""

from collections.abc import Mapping

from falaj.components.core.validation.args import Input, Spec, default
from falaj.components.core.validation.names import HttpAddress


class PrometheusSpec(Spec):
    """An existing Prometheus, and the labels by which its operator finds rules."""

    prometheus: HttpAddress
    """Address of Prometheus, `http://...:9090`. It scrapes kube-state-metrics, the GPU exporter and OpenCost."""
    rule_labels: Mapping[str, Input[str]] = default({})
    """Labels by which Prometheus' operator finds rules and monitors, such as `release: prometheus`."""
