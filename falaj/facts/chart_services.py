"""The Services of type LoadBalancer that Helm charts create by default."""

from collections.abc import Mapping

CHART_SERVICES: Mapping[str, tuple[tuple[str, ...], int]] = {
    "ingress-nginx": (("controller", "service"), 2),
    "nginx-ingress": (("controller", "service"), 2),
    "traefik": (("service",), 2),
    "kong": (("proxy",), 2),
    "gateway": (("service",), 3),
    "contour": (("envoy", "service"), 2),
    "weaviate": (("service",), 1),
    "jupyterhub": (("proxy", "service"), 1),
    "dask-gateway": (("traefik", "service"), 1),
}
"""Chart of an ingress controller or of Istio's gateway -> where its values describe its Service, and the ports that it
has by default, of type LoadBalancer (traefik/traefik-helm-chart@00374755, Kong/charts@006c5ad7, the chart's parameters
in nginx/kubernetes-ingress, ingress-nginx from a fork of its chart, Istio's gateway; values read 2026-11-27;
weaviate/weaviate-helm@4213da5, jupyterhub/zero-to-jupyterhub-k8s@48ea50e3 and dask/dask-gateway@99f3ef0b, read
2026-11-29)."""

SERVICE_SWITCHES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "ingress-nginx": (("enabled",), ("external", "enabled")),
    "nginx-ingress": (("create",),),
    "traefik": (("enabled",),),
    "kong": (("enabled",),),
    "gateway": (),
    "contour": (("enabled",),),
    "weaviate": (),
    "jupyterhub": (),
    "dask-gateway": (),
}
"""Chart -> paths in the values of its Service that turn it off. Others turn nothing off (the charts' templates of the
Service: kubernetes/ingress-nginx@dbb11b92, nginx/kubernetes-ingress@0eb3072d, traefik/traefik-helm-chart@a8a66d00,
Kong/charts@e76b8003, istio/istio@1471fbad; read 2026-11-29)."""
