"""Specs of custom resources in the values of charts that create them.

prometheus-community/helm-charts charts/kube-prometheus-stack/values.yaml (prometheusSpec, alertmanagerSpec,
thanosRulerSpec), read 2026-11-29.
"""

from collections.abc import Iterator

from ..engine.reading import Plain, Resource
from .helm_values import RELEASES

_KINDS = {
    "prometheusSpec": "kubernetes:monitoring.coreos.com/v1:Prometheus",
    "alertmanagerSpec": "kubernetes:monitoring.coreos.com/v1:Alertmanager",
    "thanosRulerSpec": "kubernetes:monitoring.coreos.com/v1:ThanosRuler",
}
"""Value of a chart -> the kind whose spec it is."""


def chart_specs(resource: Resource) -> Iterator[tuple[str, str, Plain]]:
    """Yields the specs in the values of a release as (path, token of the kind, spec)."""
    if resource.type in RELEASES:
        yield from _specs(resource.props.get("values"), "values")


def _specs(value: Plain, path: str) -> Iterator[tuple[str, str, Plain]]:
    for key, item in value.items() if isinstance(value, dict) else ():
        if key in _KINDS:
            yield f"{path}.{key}", _KINDS[key], item
        else:
            yield from _specs(item, f"{path}.{key}")
