"""Arguments of a cluster's add-ons, built from a stack's settings, for the deployment and for the checks before it.
Pure."""

from falaj.components.core.charts.observability_args import ObservabilityArgs
from falaj.components.settings.arguments import DeclaredCluster
from falaj.components.settings.workloads import ObservabilitySettings


def observability_args(
    cluster: DeclaredCluster, settings: ObservabilitySettings, aed_per_usd: float
) -> ObservabilityArgs:
    """Builds the arguments of a cluster's monitoring. Raises `BadArguments`."""
    uses_list_prices = cluster.prices is None
    return ObservabilityArgs(
        prometheus=settings.prometheus,
        rule_labels=settings.rule_labels,
        prices=cluster.prices,
        region=cluster.region if uses_list_prices else None,
        machines=cluster.machines if uses_list_prices else None,
        aed_per_usd=aed_per_usd if uses_list_prices else None,
        chart_repository=cluster.shared.chart_repository,
        image_mirror=cluster.image_mirror,
        tags=cluster.tags,
    )
