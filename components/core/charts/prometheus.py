"""Reference to the Prometheus that stores a cluster's GPU and cost metrics."""

from collections.abc import Mapping
from typing import ClassVar

from falaj.components.core.validation.args import Input, Spec, default
from falaj.components.core.validation.names import HttpAddress, Label, LabelKey, LabelValue


class PrometheusSpec(Spec):
    """An existing Prometheus, and the labels by which its operator selects rules."""

    prometheus: HttpAddress
    """Address of Prometheus, such as `http://prometheus.monitoring:9090`. It must scrape kube-state-metrics, the GPU
    exporter and OpenCost."""
    rule_labels: Mapping[LabelKey, Input[LabelValue]] = default({})
    """Labels by which the Prometheus operator selects rules and monitors, such as `release: prometheus`."""


class ScrapedSpec(Spec):
    """Pods whose metrics a Prometheus may scrape."""

    moved_keys: ClassVar[Mapping[str, str]] = {"scraped_from": "prometheus_namespace"}

    prometheus_namespace: Input[Label] | None = None
    """Namespace of the Prometheus that may scrape metrics; if absent, no namespace may."""
