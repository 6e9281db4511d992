"""Autoscale settings on Azure, which scale machines, App Service plans and units of other services by rules.

What they keep at least is charged whatever a resource states itself, and what they keep of resources that no charge of
the plan counts has no price.
"""

from collections.abc import Iterable, Mapping, Sequence

from falaj.finops.free import without_model
from falaj.finops.lines import Charge
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_number, get_path, get_str, unknown_at

_SETTING = "azure-native:monitor:AutoscaleSetting"
AT_LEAST = ("minimum", "default")
"""Capacities that a setting keeps: the second where its measurements are missing (pulumi-azure-native 3.29.0,
ScaleCapacity)."""

_COUNTED: Mapping[str, str] = {
    "azure-native:compute:VirtualMachineScaleSet": "vmScaleSetName",
    "azure-native:web:AppServicePlan": "name",
    "azure-native:servicebus:Namespace": "namespaceName",
    "azure-native:apimanagement:ApiManagementService": "serviceName",
}
"""Type whose charges count the capacity of its settings -> property that names it. Others that settings may scale are
in MicrosoftDocs/azure-docs, articles/azure-monitor/autoscale/autoscale-overview.md, as known."""
_FEW = 3
"""Units of a resource of another stack that are too few to ask for their price. Judged, not read: what that stack
itself counts may be as many."""


def settings_of(context: PricingContext, item: Planned) -> Sequence[Planned]:
    """Returns the autoscale settings of a resource of a type that is counted."""
    return [each for each in context.plan.of_type(_SETTING) if _is_of(context, each, item)]


def _is_of(context: PricingContext, setting: Planned, item: Planned) -> bool:
    """Returns whether a setting may be of a resource: by dependencies, or by the name at the end of the ID, in which
    Azure does not tell upper from lower case. One whose target is known only after the update may be of any."""
    sources = list(context.plan.sources(setting, "targetResourceUri"))
    if linked := [found for found in sources if found.type in _COUNTED]:
        return item in linked
    if not sources and unknown_at(setting.props, "targetResourceUri"):
        return True
    name = get_str(item.props, _COUNTED[item.type], default=item.name).lower()
    return get_str(setting.props, "targetResourceUri").lower().endswith(f"/{name}")


def most_by_rules(settings: Sequence[Planned], *keys: str) -> int:
    """Returns the highest of these capacities in any profile of the settings, zero without any."""
    capacities = (
        get_path(profile, "capacity", key)
        for each in settings
        for profile in get_list(each.props, "profiles")
        for key in keys
    )
    return max((int(get_number(capacity, 0)) for capacity in capacities), default=0)


def is_unknown(settings: Sequence[Planned], *keys: str) -> bool:
    """Returns whether any of these capacities is known only after the update."""
    return any(
        unknown_at(each.props, "profiles")
        or any(unknown_at(profile, f"capacity.{key}") for profile in get_list(each.props, "profiles") for key in keys)
        for each in settings
    )


def _elsewhere(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a charge without a price for a capacity that is kept of a resource that no charge of the plan counts."""
    if any(_is_of(context, item, each) for each in context.plan.of_type(*_COUNTED)):
        return
    if is_unknown([item], *AT_LEAST):
        yield without_model(item.type, "the capacity that it keeps is known only after the update")
    elif (least := most_by_rules([item], *AT_LEAST)) > _FEW:
        yield without_model(item.type, f"it keeps {least} units of a resource that the plan has no price of")


METERS: Mapping[str, MeterFunction] = {_SETTING: _elsewhere}
