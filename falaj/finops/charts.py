"""Helm releases: their charts, and the Services of type LoadBalancer that charts have by default."""

from collections.abc import Mapping
from typing import Any

from falaj.finops.plan import Planned
from falaj.finops.properties import get_dict, get_path, get_str

RELEASE = "kubernetes:helm.sh/v3:Release"

_SERVICES: Mapping[str, tuple[tuple[str, ...], int]] = {
    "ingress-nginx": (("controller", "service"), 2),
    "nginx-ingress": (("controller", "service"), 2),
    "traefik": (("service",), 2),
    "kong": (("proxy",), 2),
    "gateway": (("service",), 3),
}
"""Chart of an ingress controller or of Istio's gateway -> where its values describe its Service, and the ports that it
has by default, of type LoadBalancer (traefik/traefik-helm-chart@00374755, Kong/charts@006c5ad7, the chart's parameters
in nginx/kubernetes-ingress, ingress-nginx from a fork of its chart, Istio's gateway; values read 2026-11-27)."""

_SWITCHES = (("enabled",), ("create",), ("external", "enabled"))
"""Paths in the values of a Service that turn it off: `create` is that of F5's nginx-ingress (the same sources)."""


def chart_of(item: Planned) -> str:
    """Returns the name of the chart of a Helm release, without its registry."""
    return get_str(item.props, "chart").rpartition("/")[2]


def balanced_ports(item: Planned) -> int:
    """Returns the number of ports of a release's Service of type LoadBalancer; 0 if it has none."""
    if item.type != RELEASE or chart_of(item) not in _SERVICES:
        return 0
    service = service_of(item)
    is_off = any(get_path(service, *path) is False for path in _SWITCHES)
    is_balanced = get_str(service, "type", default="LoadBalancer") == "LoadBalancer" and not is_off
    return _SERVICES[chart_of(item)][1] if is_balanced else 0


def service_of(item: Planned) -> Mapping[str, Any]:
    """Returns what the values of a release say about the Service of its chart."""
    path, _ = _SERVICES.get(chart_of(item), ((), 0))
    return get_dict(item.props, "values", *path) if path else {}
