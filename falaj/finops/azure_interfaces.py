"""Charges of interfaces on Azure: units of API Management, of SignalR and Web PubSub, and of Managed Grafana. Calls,
messages and active users are charged by use, and so are self-hosted gateways."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from falaj.facts.regions import normalise_azure
from falaj.finops.azure_autoscale import AT_LEAST, is_unknown, most_by_rules, settings_of
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_count, get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_stated

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
        rules = settings_of(context, item)
        if is_unknown(rules, *AT_LEAST):
            yield without_model(item.type, "the capacity of its autoscale setting is known only after the update")
        yield from _units(context, tier, item.props, "", most_by_rules(rules, *AT_LEAST))
        for place in places:
            yield from _units(context, tier, place, normalise_azure(get_str(place, "location")))


def _units(context: PricingContext, tier: str, place: object, region: str, kept: int = 1) -> Iterator[Charge]:
    """Yields the units of a place, at least those that an autoscale setting keeps, which scales the first place only
    (Azure API Management, "Automatically scale", as known)."""
    units = max(Decimal(1), Decimal(kept), get_number(get_path(place, "sku", "capacity"), 1))
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


def _messaging(service: str) -> MeterFunction:
    """Returns the function of SignalR, Web PubSub and their replicas: their units are charged by the day (infracost
    95ba4f49, internal/resources/azure/signalr_service.go; "Billing model for Azure Web PubSub service", Microsoft
    Learn; read 2026-12-02). The tier Free costs nothing."""

    def charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
        if unknown := unknown_at(item.props, *_SIZE):
            yield without_model(item.type, f"{unknown[0]} is known only after the update")
            return
        name = get_str(item.props, "sku", "name").lower()
        tier = name.partition("_")[0]
        units = get_count(get_path(item.props, "sku", "capacity"), _DEFAULT_UNITS.get(name, 1))
        if tier in ("standard", "premium") and units is not None:
            yield Charge(service, tier, fixed(units * _DAYS_PER_MONTH))
        elif tier != "free":
            yield without_model(item.type, f"the size {name or '(not stated)'} has no price")

    return charges


_NODES = {"x1": 2, "x2": 4}
"""Size of an instance of Grafana -> its units, of which zone redundancy needs half as many (`code-53364099679`, which
asks the API for them; plancost f78805b4, internal/resources/azure/dashboard_grafana.go; read 2026-12-02)."""


def _grafana(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the units of an instance in the tier Standard, which is the default (MicrosoftDocs/azure-docs 039f96f9
    articles/managed-grafana/overview.md, read 2026-12-02). Of the tier Essential only users are charged."""
    zones = "properties.zoneRedundancy"
    if unknown := unknown_at(item.props, "sku.name", "sku.size", zones):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    tier = get_str(item.props, "sku", "name", default="Standard").lower()
    nodes = _NODES.get(get_str(item.props, "sku", "size", default="x1").lower())
    if tier == "essential":
        yield by_use(item.type)
    elif tier != "standard" or nodes is None:
        yield without_model(item.type, f"the tier {tier} has no price in this size")
    else:
        yield Charge("managed-grafana", "standard-node", fixed(nodes * context.hours))
        if get_str(item.props, *zones.split(".")) == "Enabled":
            yield Charge("managed-grafana", "standard-zones", fixed(Decimal(nodes) / 2 * context.hours))
    if is_stated(item.props, "properties.enterpriseConfigurations.marketplacePlanId"):
        yield without_model(item.type, "licences of Grafana Enterprise have no price")


METERS: Mapping[str, MeterFunction] = {
    "azure-native:apimanagement:ApiManagementService": _service,
    "azure-native:apimanagement:ApiGateway": _workspace_gateway,
    "azure-native:signalrservice:SignalR": _messaging("signalr"),
    "azure-native:signalrservice:SignalRReplica": _messaging("signalr"),
    "azure-native:webpubsub:WebPubSub": _messaging("web-pubsub"),
    "azure-native:webpubsub:WebPubSubReplica": _messaging("web-pubsub"),
    "azure-native:dashboard:Grafana": _grafana,
}
