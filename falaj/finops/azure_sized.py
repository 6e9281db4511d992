"""Charges on Azure of what is charged by use, unless it has capacity of its own."""

from collections.abc import Iterable, Mapping

from falaj.finops.free import by_use, without_model
from falaj.finops.lines import Charge
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_str, unknown_at
from falaj.finops.sized_types import sized


def _model_deployment(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charge of a deployment of a model: by tokens, or of provisioned throughput units by the hour."""
    name = get_str(item.props, "sku", "name").lower()
    is_by_use = "provisioned" not in name and not unknown_at(item.props, "sku.name")
    yield by_use(item.type) if is_by_use else without_model(item.type, "provisioned throughput has no price")


METERS: Mapping[str, MeterFunction] = {
    "azure-native:app:ContainerApp": sized("template.scale.minReplicas"),
    "azure-native:cognitiveservices:Deployment": _model_deployment,
    # Without a cluster of its own, a fleet only lists clusters (MicrosoftDocs/azure-aks-docs fb060abe, articles/
    # kubernetes-fleet/concepts-choosing-fleet.md, read 2026-11-30).
    "azure-native:containerservice:Fleet": sized("hubProfile"),
    # Machines of the runtime for packages of SSIS are charged while they run; others by activity (MicrosoftDocs/
    # azure-docs 017654d1, articles/data-factory/pricing-concepts.md, read 2026-11-30).
    "azure-native:datafactory:IntegrationRuntime": sized("properties.ssisProperties"),
    "azure-native:machinelearningservices:CapacityReservationGroup": sized(
        "capacityReservationGroupProperties.reservedCapacity"
    ),
}
