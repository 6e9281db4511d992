"""Grafana, as values of the subchart of kube-prometheus-stack."""

from collections.abc import Mapping
from typing import Any

from falaj.components.core.charts.charts import PROMETHEUS
from falaj.components.core.serving.cluster_parts import MONITORING, PROMETHEUS_ADDRESS
from falaj.components.kubernetes.cluster.chart_release import ON_SYSTEM_NODES, resources_of

NAME = "grafana"
"""Name of its Service and of the Secret with the password, which the chart generates once."""

_SOURCE: Mapping[str, Any] = {
    "name": "Prometheus",
    "type": "prometheus",
    "uid": "prometheus",
    "url": PROMETHEUS_ADDRESS,
    "access": "proxy",
    "isDefault": True,
}


def grafana_values() -> dict[str, Any]:
    """Returns the values of the subchart `grafana` 12.11.1 (grafana-community/helm-charts, read 2026-11-27).

    Without a volume: its sidecar reads dashboards from ConfigMaps in its own namespace. By default the sidecar could
    read every Secret of the cluster, and whoever shares a dashboard could publish it at a portal of the vendor
    (grafana/grafana 6b6eaf7 conf/defaults.ini, snapshots; read 2026-11-30).
    """
    return {
        "fullnameOverride": NAME,
        "defaultDashboardsEnabled": False,
        "rbac": {"namespaced": True},
        "sidecar": {
            "dashboards": {"searchNamespace": MONITORING, "resource": "configmap"},
            "datasources": {"enabled": False},
        },
        "datasources": {"datasources.yaml": {"apiVersion": 1, "datasources": [_SOURCE]}},
        "serviceMonitor": {"enabled": False},
        "testFramework": {"enabled": False},
        "grafana.ini": {
            "analytics": {"reporting_enabled": False, "check_for_updates": False},
            "snapshots": {"external_enabled": False},
        },
        "resources": resources_of(PROMETHEUS.name, NAME),
        **ON_SYSTEM_NODES,
    }
