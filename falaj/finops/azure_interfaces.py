"""Charges of interfaces on Azure: units of API Management and of SignalR. Calls and messages are charged by use, and so
are self-hosted gateways."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from falaj.facts.regions import normalise_azure
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_number, get_path, get_str, unknown_at

_DAYS_PER_MONTH = Decimal(365) / 12

_SIZE = ("sku.name", "sku.capacity")
_TIERS = ("developer", "basic", "standard", "premium", "basicv2", "standardv2", "premiumv2")
_CHEAPER = ("premium", "basicv2", "standardv2", "premiumv2")
"""Tiers whose further units have a price of their own, a half of the first one in Premium (`code-59338343971`, of
2026-08, which quotes the vendor: further units of the same instance; read 2026-12-02)."""


def _service(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the units of a service in each of its locations (infracost/infracost 95ba4f49, internal/resources/azure/
    api_management.go; MicrosoftDocs/azure-docs 02ef1b6d articles/api-management/api-management-howto-deploy-multi-
    region.md; read 2026-12-02). Each location counts as an instance, with a first unit, which is the most it can cost.
    Zones have no price: they share the units."""
    places = get_list(item.props, "additionalLocations")
    of_places = (path for place in places for path in unknown_at(place, "location", *_SIZE[1:]))
    if unknown := (*unknown_at(item.props, *_SIZE, "additionalLocations"), *of_places):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    tier = get_str(item.props, "sku", "name").lower()
    if tier == "consumption":
        yield by_use(item.type)
    elif tier not in _TIERS:
        yield without_model(item.type, f"the tier {tier or '(not stated)'} has no price")
    else:
        yield from _units(context, tier, item.props, "")
        for place in places:
            yield from _units(context, tier, place, normalise_azure(get_str(place, "location")))


def _units(context: PricingContext, tier: str, place: object, region: str) -> Iterator[Charge]:
    units = max(Decimal(1), get_number(get_path(place, "sku", "capacity"), 1))
    first = Decimal(1) if tier in _CHEAPER else units
    yield Charge("api-management", tier, fixed(first * context.hours), region=region)
    yield Charge("api-management", f"{tier}-further", fixed((units - first) * context.hours), region=region)


_GATEWAYS = ("workspacegatewaystandard", "workspacegatewaypremium")


def _workspace_gateway(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the units of a gateway of workspaces."""
    if unknown := unknown_at(item.props, *_SIZE):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    name = get_str(item.props, "sku", "name").lower()
    units = max(Decimal(1), get_number(get_path(item.props, "sku", "capacity"), 1))
    if name in _GATEWAYS:
        yield Charge("api-management", name, fixed(units * context.hours))
    else:
        yield without_model(item.type, f"the tier {name or '(not stated)'} has no price")


_DEFAULT_UNITS = {"premium_p2": 100}
"""Units of a size that states none, if they are not one (ResourceSku of pulumi-azure-native 3.29.0)."""


def _signalr(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the units of a service or of its replica, which are charged by the day (infracost 95ba4f49, internal/
    resources/azure/signalr_service.go, read 2026-12-02). The tier Free costs nothing."""
    if unknown := unknown_at(item.props, *_SIZE):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    name = get_str(item.props, "sku", "name").lower()
    tier = name.partition("_")[0]
    units = get_number(get_path(item.props, "sku", "capacity"), _DEFAULT_UNITS.get(name, 1))
    if tier in ("standard", "premium"):
        yield Charge("signalr", tier, fixed(units * _DAYS_PER_MONTH))
    elif tier != "free":
        yield without_model(item.type, f"the size {name or '(not stated)'} has no price")


METERS: Mapping[str, MeterFunction] = {
    "azure-native:apimanagement:ApiManagementService": _service,
    "azure-native:apimanagement:ApiGateway": _workspace_gateway,
    "azure-native:signalrservice:SignalR": _signalr,
    "azure-native:signalrservice:SignalRReplica": _signalr,
}
