"""Arguments of experiments, built from a stack's settings, for the deployment and for the checks before it. Pure."""

from collections.abc import Mapping

from falaj.components.core.serving.experiment_args import ExperimentArgs
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.promotion_args import ModelPromotionArgs
from falaj.components.core.validation.args import Input
from falaj.components.settings.arguments import Workload, serving_spec
from falaj.components.settings.workloads import ExperimentSettings


def experiment_args(
    workload: Workload,
    service: str,
    settings: ExperimentSettings,
    gateway: GatewaySpec,
    client_ids: Mapping[Variant, Input[str]],
) -> ExperimentArgs:
    """Builds the arguments of an experiment. Raises `BadArguments`."""
    cluster = workload.cluster
    return ExperimentArgs(
        namespace=workload.namespace,
        service=service,
        tenant=workload.tenant,
        a=serving_spec(workload, settings.a),
        b=serving_spec(workload, settings.b),
        weights=settings.weights,
        winner=settings.winner,
        starts=settings.starts,
        ends=settings.ends,
        measure=settings.measure,
        gateway=gateway,
        host=settings.host,
        region=cluster.region,
        pools=cluster.pools,
        wait_for_pods=cluster.waits_for(settings.a, settings.b),
        client_ids=client_ids,
        prometheus_namespace=cluster.prometheus_namespace,
        monitor_labels=cluster.shared.monitor_labels,
        image_mirror=cluster.image_mirror,
        tags=workload.tags,
    )


def promotion_args(
    workload: Workload, settings: ExperimentSettings, models: Mapping[Variant, str], tracking_url: Input[str]
) -> ModelPromotionArgs:
    """Builds the arguments of the promotion of an experiment's winner. Raises `BadArguments`."""
    return ModelPromotionArgs(
        namespace=workload.namespace,
        tenant=workload.tenant,
        tracking_url=tracking_url,
        models=models,
        winner=settings.winner,
        image_mirror=workload.cluster.image_mirror,
        tags=workload.tags,
    )
