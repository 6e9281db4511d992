"""Registries that a chart writes before the names of its images, when these have none of their own.

Which values a chart joins, only its templates say, and a chart beside it in the same release, such as `vector` in that
of VictoriaLogs, does not join them. So a table names the chart, the value with the registry, and the sections whose
images it is for; an image elsewhere is of Docker Hub, as the runtime reads it. Read 2026-11-30:
VictoriaMetrics/helm-charts 5823471a, charts/victoria-metrics-common/templates/_image.tpl and `vm.image` in each chart;
grafana-community/helm-charts 3386a115, charts/grafana/templates/_pod.tpl, charts/loki/templates/_helpers.tpl and
charts/tempo/templates/statefulset.yaml; kyverno/kyverno 111e07bb, charts/kyverno/templates/_helpers/_image.tpl;
prometheus-community/helm-charts 0288864b, charts/kube-state-metrics/templates/_helpers.tpl, and cf408a29, the templates
of its other charts;
kubernetes-sigs/azurefile-csi-driver 7b5ae18e and blob-csi-driver 0744a60b, charts, whose repositories begin with `/`.
"""

from dataclasses import dataclass

from falaj.facts.chart_names import chart_name

from ..engine.reading import UNKNOWN, Resource, walk
from ..readers.installed_charts import is_of_bitnami

NOT_KNOWN = "?"
"""Stands for a registry that no first preview shows, such as one of the plan. Its images are evaluated when it is."""
_IMAGE, _FLAT = "global.image.registry", "global.imageRegistry"


@dataclass(frozen=True)
class _Joined:
    """The values with the registry, the first that is set before the others, and the sections that get it."""

    values: tuple[str, ...]
    sections: tuple[str, ...]
    default: str = ""
    """What the chart's own values have there; such a registry is only for names that begin with `/`."""


_VICTORIA = {
    "victoria-logs-agent": ("image",),
    "victoria-logs-cluster": ("vlinsert", "vlselect", "vlstorage", "vmauth"),
    "victoria-logs-collector": ("image",),
    "victoria-logs-multilevel": ("vlselect", "vmauth"),
    "victoria-logs-single": ("server",),
    "victoria-metrics-agent": ("image",),
    "victoria-metrics-alert": ("alertmanager", "server"),
    "victoria-metrics-anomaly": ("image",),
    "victoria-metrics-auth": ("image",),
    "victoria-metrics-cluster": ("vmauth", "vminsert", "vmselect", "vmstorage"),
    "victoria-metrics-gateway": ("image",),
    "victoria-metrics-operator": ("image",),
    "victoria-metrics-single": ("server",),
    "victoria-traces-cluster": ("vmauth", "vtinsert", "vtselect", "vtstorage"),
    "victoria-traces-single": ("server",),
}
_JOINED: dict[str, _Joined] = {
    **{chart: _Joined((_IMAGE,), sections) for chart, sections in _VICTORIA.items()},
    **dict.fromkeys(("azurefile-csi-driver", "blob-csi-driver"),
                    _Joined(("image.baseRepo",), ("image", "snapshot.image"), "mcr.microsoft.com")),
    "grafana": _Joined((_FLAT,), ("downloadDashboardsImage", "image", "imageRenderer.image", "initChownData.image",
                                  "sidecar.image", "testFramework.image")),
    "kube-state-metrics": _Joined((_FLAT,), ("image", "kubeRBACProxy.image")),
    "kube-prometheus-stack": _Joined((_FLAT,), (
        "alertmanager.alertmanagerSpec.image", "crds.upgradeJob.image", "kube-state-metrics.image",
        "kube-state-metrics.kubeRBACProxy.image", "prometheus-node-exporter.image",
        "prometheus-node-exporter.kubeRBACProxy.image", "prometheus.prometheusSpec.image", "prometheusOperator",
        "thanosRuler.thanosRulerSpec.image")),
    **dict.fromkeys(("prometheus-blackbox-exporter", "prometheus-sql-exporter"),
                    _Joined((_FLAT,), ("configReloader.image", "image"))),
    **dict.fromkeys(("prometheus-elasticsearch-exporter", "prometheus-systemd-exporter", "prometheus-windows-exporter"),
                    _Joined((_FLAT,), ("image",))),
    "prometheus-node-exporter": _Joined((_FLAT,), ("image", "kubeRBACProxy.image")),
    "kyverno": _Joined((_IMAGE,), ("admissionController.container.image", "admissionController.initContainer.image",
                                   "backgroundController.image", "cleanupController.image", "crds.migration.image",
                                   "reportsController.image", "test.image", "webhooksCleanup.image")),
    "loki": _Joined((_FLAT, _IMAGE, "global.registry"), ("gateway.image", "gateway.metrics.image", "loki.image",
                                                         "lokiCanary.image", "memcached.image",
                                                         "memcachedExporter.image", "sidecar.image")),
    "tempo": _Joined((_FLAT,), ("tempo",)),
}  # fmt: skip
"""Chart -> what it joins. The charts write the whole name as REGISTRY/REPOSITORY."""
_OF_BITNAMI = frozenset(
    {"cassandra", "clickhouse", "elasticsearch", "etcd", "kafka", "keycloak", "mariadb", "mongodb", "mysql",
     "postgresql", "postgresql-ha", "rabbitmq", "redis", "valkey"}
)  # fmt: skip
"""Charts of Bitnami whose values were read (`data/reviewed_charts.csv`). All their images, also of charts that are
parts of them, have the global registry before all others (bitnami/charts 05cddae9, common/templates/_images.tpl,
`common.images.image`, read 2026-11-30). Other charts of these names do not have it, so the values must be Bitnami's."""


def _registry(resource: Resource, joined: _Joined) -> str:
    found = (
        value for path in joined.values for _, value in walk(resource.props, f"values?.{path.replace('.', '?.')}?")
    )
    texts = (NOT_KNOWN if value is UNKNOWN else value for value in found)
    return next((text for text in texts if isinstance(text, str) and text), joined.default).rstrip("/")


def joined_registries(resource: Resource) -> dict[str, str]:
    """Returns the registry of the images below each section of the values of a release: path -> registry, with a `/` at
    its end if it is only for names that begin with one."""
    name = chart_name(str(resource.get("chart")))
    joined = _JOINED.get(name)
    if joined is None and name in _OF_BITNAMI and is_of_bitnami(resource, "", name, ""):
        joined = _Joined((_FLAT,), ("",))
    registry = "" if joined is None else _registry(resource, joined)
    if joined is None or not registry:
        return {}
    sections = (f"values.{section}" if section else "values" for section in joined.sections)
    return dict.fromkeys(sections, f"{registry}/" if joined.default else registry)


def with_registry(name: str, path: str, registries: dict[str, str], default: str) -> str:
    """Returns the whole name of an image at a path of the values that names no registry."""
    found = (registry for section, registry in registries.items() if path == section or path.startswith(f"{section}."))
    registry = next(found, default)
    if registry.endswith("/") and not name.startswith("/"):
        registry = default
    return f"{registry.rstrip('/')}/{name.removeprefix('/')}"
