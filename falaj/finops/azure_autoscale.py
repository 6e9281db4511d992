"""Autoscale settings on Azure, which scale machines and App Service plans by rules."""

from collections.abc import Sequence

from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_number, get_path, get_str, unknown_at

_SETTING = "azure-native:monitor:AutoscaleSetting"


def settings_of(context: PricingContext, item: Planned, name: str) -> Sequence[Planned]:
    """Returns the autoscale settings of a resource, whose property `name` has its name."""
    end = f"/{get_str(item.props, name, default=item.name)}"
    return [
        each
        for each in context.plan.of_type(_SETTING)
        if any(source.urn == item.urn for source in context.plan.sources(each, "targetResourceUri"))
        or get_str(each.props, "targetResourceUri").endswith(end)
    ]


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
