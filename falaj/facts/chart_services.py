"""The Services of type LoadBalancer that Helm charts create by default."""

from collections.abc import Mapping

CHART_SERVICES: Mapping[str, tuple[tuple[str, ...], int]] = {
    "ingress-nginx": (("controller", "service"), 2),
    "nginx-ingress": (("controller", "service"), 2),
    "traefik": (("service",), 2),
    "kong": (("proxy",), 2),
    "gateway": (("service",), 3),
}
"""Chart of an ingress controller or of Istio's gateway -> where its values describe its Service, and the ports that it
has by default, of type LoadBalancer (traefik/traefik-helm-chart@00374755, Kong/charts@006c5ad7, the chart's parameters
in nginx/kubernetes-ingress, ingress-nginx from a fork of its chart, Istio's gateway; values read 2026-11-27)."""

SERVICE_SWITCHES: tuple[tuple[str, ...], ...] = (("enabled",), ("create",), ("external", "enabled"))
"""Paths in the values of a Service that turn it off: `create` is that of F5's nginx-ingress (the same sources)."""
