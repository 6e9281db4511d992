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
    KUBERAY,
    KUEUE,
    LWS,
    OPENCOST,
    PROMETHEUS,
    TRAINER,
    Chart,
)
from falaj.components.core.training.run_forms import RunForm
from falaj.components.core.validation.enums import ClusterPart
from falaj.components.settings.arguments import scales, serves_on_nodes
from falaj.components.settings.queue_arguments import queues
from falaj.components.settings.run_arguments import run_forms
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

CHART_OF_FORM: Mapping[RunForm, Chart] = {RunForm.TRAIN_JOB: TRAINER, RunForm.RAY_JOB: KUBERAY}
"""Form of a training run -> the chart of its controller, if it needs one besides JobSet."""


def cluster_charts(name: str, cloud: Cloud, shared: ClusterSettings, settings: Settings, has_gpus: bool) -> list[Chart]:
    """Returns the charts that tenants, machines and settings require on a cluster."""
    charts: list[Chart] = []
    if queues(name, settings.tenants):
        charts += (KUEUE, JOBSET)
    charts += [CHART_OF_FORM[form] for form in run_forms(name, shared, settings.tenants) if form in CHART_OF_FORM]
    if shared.keda or scales(name, settings.tenants):
        charts += (KEDA, KEDA_HTTP)
    if shared.multi_node_serving or serves_on_nodes(name, settings.tenants):
        charts.append(LWS)
    if has_gpus:
        charts.append(GPU_OPERATOR)
    if shared.observability is not None:
        charts.append(OPENCOST)
    needed = shared.parts(cloud)
    return charts + [chart for part, installed in CHARTS_OF_PART.items() if part in needed for chart in installed]
