"""Parts that a cluster needs for its gateway and its monitoring, and those that the platform installs. Pure."""

from collections.abc import Collection, Iterator

from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.serving.gateways import ISTIO, GatewayConfig
from falaj.components.core.validation.enums import ClusterPart
from falaj.components.core.validation.problems import Problem
from falaj.facts.clouds import CLOUDS, Cloud

GATEWAY_PODS_PART = "istio-gateway"
"""Name of the pods that Istio creates for each gateway, in `falaj.facts.system_pods`."""

MONITORING = "monitoring"
"""Namespace of the Prometheus that the platform installs."""

PROMETHEUS_NAME, PROMETHEUS_PORT = "prometheus", 9090
PROMETHEUS_ADDRESS = f"http://{PROMETHEUS_NAME}.{MONITORING}:{PROMETHEUS_PORT}"
"""Address of the Prometheus that the platform installs."""


def needed_parts(
    cloud: Cloud, gateway: GatewayConfig | None, prometheus: PrometheusSpec | None
) -> frozenset[ClusterPart]:
    """Returns the parts that a cluster with this gateway and this monitoring needs."""
    needs = {
        ClusterPart.GATEWAY_API: gateway is not None,
        ClusterPart.GATEWAY_CONTROLLER: gateway is not None,
        ClusterPart.CERT_MANAGER: gateway is not None and (gateway.issuer is not None or gateway.is_encrypted),
        ClusterPart.LOAD_BALANCER_CONTROLLER: gateway is not None
        and cloud in CLOUDS
        and CLOUDS[cloud].has_load_balancer_controller,
        ClusterPart.PROMETHEUS_OPERATOR: prometheus is not None,
    }
    return frozenset(part for part, is_needed in needs.items() if is_needed)


def part_problems(
    installed: Collection[ClusterPart], gateway: GatewayConfig | None, prometheus: PrometheusSpec | None
) -> Iterator[Problem]:
    """Yields the parts that a cluster needs, that it is not said to have, and that the platform cannot install."""
    if gateway is not None and gateway.gateway_class != ISTIO and ClusterPart.GATEWAY_CONTROLLER not in installed:
        yield Problem(
            "gateway.gateway_class",
            gateway.gateway_class,
            f"{ISTIO}, whose controller the platform installs, or a class whose controller the cluster has",
            f"use {ISTIO}, or add {ClusterPart.GATEWAY_CONTROLLER.value} to `installed`",
        )
    if prometheus is None or ClusterPart.PROMETHEUS_OPERATOR in installed:
        return
    address = prometheus.prometheus
    if address.rstrip("/") != PROMETHEUS_ADDRESS:
        yield Problem(
            "observability.prometheus",
            address,
            f"{PROMETHEUS_ADDRESS}, the Prometheus that the platform installs, or one that the cluster has",
            f"use this address, or add {ClusterPart.PROMETHEUS_OPERATOR.value} to `installed`",
        )
