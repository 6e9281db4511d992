"""Charts that a cluster gets from the settings of a stack, for the checks before the deployment
(`build.cluster_addons` and `build.cluster_parts` install them). Pure."""

from collections.abc import Mapping

from falaj.components.core.charts.charts import (
    CERT_MANAGER,
    GATEWAY_API,
    GPU_OPERATOR,
    ISTIO_BASE,
    ISTIOD,
    JOBSET,
    KEDA,
    KEDA_HTTP,
    KUEUE,
    OPENCOST,
    PROMETHEUS,
    Chart,
)
from falaj.components.core.validation.enums import ClusterPart
from falaj.components.settings.addon_arguments import queues
from falaj.components.settings.arguments import scales
from falaj.components.settings.stack import Settings
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.clouds import Cloud

CHARTS_OF_PART: Mapping[ClusterPart, tuple[Chart, ...]] = {
    ClusterPart.GATEWAY_API: (GATEWAY_API,),
    ClusterPart.GATEWAY_CONTROLLER: (ISTIO_BASE, ISTIOD),
    ClusterPart.CERT_MANAGER: (CERT_MANAGER,),
    ClusterPart.PROMETHEUS_OPERATOR: (PROMETHEUS,),
}
"""Part of a cluster -> its charts. The site installs the load balancer controller."""


def cluster_charts(name: str, cloud: Cloud, shared: ClusterSettings, settings: Settings, has_gpus: bool) -> list[Chart]:
    """Returns the charts that tenants, machines and settings require on a cluster."""
    charts: list[Chart] = []
    if queues(name, settings.tenants):
        charts += (KUEUE, JOBSET)
    if shared.keda or scales(name, settings.tenants):
        charts += (KEDA, KEDA_HTTP)
    if has_gpus:
        charts.append(GPU_OPERATOR)
    if shared.observability is not None:
        charts.append(OPENCOST)
    needed = shared.parts(cloud)
    return charts + [chart for part, installed in CHARTS_OF_PART.items() if part in needed for chart in installed]
