"""Charges of networks on Azure: Virtual WAN, circuits of ExpressRoute, private resolvers and firewalls. Traffic is
charged by use, and so are clients of a gateway for users."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from falaj.finops.free import without_model
from falaj.finops.lines import Charge, Range, fixed
from falaj.finops.meters import USAGE, MeterFunction, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_count, get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on, is_stated

_WAN = "virtual-wan"
_ROUTER_UNITS = 2
"""Units of a hub's router in the price of the hub (MicrosoftDocs/azure-docs 01694356 articles/virtual-wan/
hub-settings.md: the default capacity; `code-68367829277`: further ones have a price; read 2026-12-02)."""


def _hub(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the base fee of a hub, and further units of its router. A Basic WAN has no fee (MicrosoftDocs/azure-docs
    04fae135 articles/virtual-wan/pricing-concepts.md, read 2026-12-02). A hub without a WAN is a Route Server."""
    scaling = "virtualRouterAutoScaleConfiguration.minCapacity"
    if unknown := unknown_at(item.props, "sku", scaling):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    if not is_stated(item.props, "virtualWan"):
        yield without_model(item.type, "a Route Server has no price")
        return
    if get_str(item.props, "sku").lower() == "basic" and not _is_in_standard_wan(context, item):
        return
    units = get_count(get_path(item.props, *scaling.split(".")), _ROUTER_UNITS)
    yield Charge(_WAN, "hub", fixed(context.hours))
    if units is None:
        yield without_model(item.type, "the capacity of its router is not in the plan")
    elif units > _ROUTER_UNITS:
        yield Charge(_WAN, "router-unit", fixed((units - _ROUTER_UNITS) * context.hours))


def _is_in_standard_wan(context: PricingContext, item: Planned) -> bool:
    """Returns whether the hub's WAN is in the plan and not Basic. One that cannot be told from others counts."""
    wans = tuple(context.plan.sources(item, "virtualWan")) or context.plan.of_type("azure-native:network:VirtualWan")
    return any(get_str(wan.props, "type", default="Standard").lower() != "basic" for wan in wans)


def _gateway(sku: str) -> MeterFunction:
    """Returns the function of a gateway of VPN in a hub: its scale units, one by default, and the connections that it
    states itself (pricing-concepts.md; infracost 95ba4f49, internal/resources/azure/vpn_gateway.go)."""

    def charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
        unknown = unknown_at(item.props, "vpnGatewayScaleUnit", "connections")
        units = get_count(get_path(item.props, "vpnGatewayScaleUnit"), 1)
        if unknown or units is None:
            yield without_model(item.type, f"{(*unknown, 'vpnGatewayScaleUnit')[0]} is not in the plan")
            return
        yield Charge(_WAN, sku, fixed(max(Decimal(1), units) * context.hours))
        yield from _connections(context, sum(map(_links, get_list(item.props, "connections"))))

    return charges


def _links(connection: object) -> int:
    """Returns the links of a connection to a branch. Each counts, which is the most that they can cost."""
    return max(1, len(get_list(connection, "vpnLinkConnections")))


def _branch(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if unknown := unknown_at(item.props, "vpnLinkConnections"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
    else:
        yield from _connections(context, _links(item.props))


def _connections(context: PricingContext, number: int) -> Iterable[Charge]:
    if number:
        yield Charge(_WAN, "connection", fixed(number * context.hours))


_BOUNDS = "autoScaleConfiguration.bounds"
_DEARER_UNITS = Decimal(5)
"""Scale units at the first price; those from the sixth on cost less (pricing-concepts.md)."""


def _circuit_gateway(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the scale units of a gateway of circuits in a hub, between its bounds; one if it states none."""
    paths = (f"{_BOUNDS}.min", f"{_BOUNDS}.max")
    unknown = unknown_at(item.props, *paths, "expressRouteConnections")
    least, most = (get_count(get_path(item.props, *path.split(".")), 1) for path in paths)
    if unknown or least is None or most is None:
        yield without_model(item.type, f"{(*unknown, _BOUNDS)[0]} is not in the plan")
        return
    least = max(Decimal(1), least)
    most = max(least, most)
    first, most_first = min(least, _DEARER_UNITS), min(most, _DEARER_UNITS)
    yield Charge(_WAN, "expressroute-unit", _hours(context, first, most_first))
    if most > most_first:
        yield Charge(_WAN, "expressroute-unit-further", _hours(context, least - first, most - most_first))
    yield from _connections(context, len(get_list(item.props, "expressRouteConnections")))


def _hours(context: PricingContext, least: Decimal | int, most: Decimal | int) -> Range:
    return Range(*(count * context.hours for count in (least, most, most)))


def _hourly(service: str, sku: str) -> MeterFunction:
    """Returns the function of what is charged by the hour for its existence."""
    return lambda context, _: (Charge(service, sku, fixed(context.hours)),)


def _monthly(service: str, sku: str) -> MeterFunction:
    """Returns the function of what is charged by the month for its existence."""
    return lambda _, __: (Charge(service, sku, fixed(1)),)


_CIRCUITS = (50, 100, 200, 500, 1000, 2000, 5000, 10000)
"""Mbps of circuits whose price is known."""


def _circuit(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the month of a metered circuit of the tier Standard, which is charged whether its provider has connected
    it or not (MicrosoftDocs/azure-docs 00349682 articles/expressroute/expressroute-locations-providers.md: places in
    the Emirates are in zone 3)."""
    deciding = ("sku.tier", "sku.family", "serviceProviderProperties.bandwidthInMbps", "globalReachEnabled")
    if unknown := unknown_at(item.props, *deciding):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    tier, family = (get_str(item.props, "sku", key).lower() for key in ("tier", "family"))
    mbps = int(get_number(get_path(item.props, "serviceProviderProperties", "bandwidthInMbps"), 0))
    if is_stated(item.props, "expressRoutePort"):
        yield without_model(item.type, "a circuit of a port of the bank's own has no price")
    elif (tier, family) == ("standard", "metereddata") and mbps in _CIRCUITS:
        yield Charge("expressroute", f"standard-metered-{mbps}", fixed(1))
    else:
        yield without_model(item.type, f"a circuit {tier} {family} of {mbps} Mbps has no price")
    if is_on(item.props, "globalReachEnabled"):
        yield without_model(item.type, "Global Reach has no price")


_SCALED = ("standard", "premium")
_FIREWALL_UNITS = 2
"""Capacity units in the price of a firewall (MicrosoftDocs/azure-docs 6ff66d94 articles/firewall/prescaling.md, read
2026-12-02)."""


def _firewall(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the hours of a firewall, also of one in a hub, whose meters have the same prices; and the units that it
    provisions beforehand (prescaling.md). Without such bounds it scales at no price of its own."""
    tier = get_str(item.props, "sku", "tier", default="Standard").lower()
    yield Charge("firewall", tier, fixed(context.hours))
    processed = "basic-processed" if tier == "basic" else "processed"
    yield Charge("firewall", processed, usage_range(context.quantity(item, "nat_gb")), USAGE)
    if not is_stated(item.props, "autoscaleConfiguration"):
        return
    least, most = (get_count(get_path(item.props, "autoscaleConfiguration", key), default)
                   for key, default in (("minCapacity", _FIREWALL_UNITS), ("maxCapacity", -1)))  # fmt: skip
    if tier not in _SCALED or least is None or most is None:
        yield without_model(item.type, "the capacity units of its autoscaleConfiguration have no price")
        return
    units = (max(Decimal(0), count - _FIREWALL_UNITS) for count in (least, max(least, most)))
    yield Charge("firewall", f"{tier}-units", _hours(context, *units))


FIREWALL_DECIDES = ("sku.tier", "autoscaleConfiguration.minCapacity", "autoscaleConfiguration.maxCapacity")

METERS: Mapping[str, MeterFunction] = {
    "azure-native:network:VirtualHub": _hub,
    "azure-native:network:VpnGateway": _gateway("s2s-unit"),
    "azure-native:network:P2sVpnGateway": _gateway("p2s-unit"),
    "azure-native:network:VpnConnection": _branch,
    "azure-native:network:ExpressRouteGateway": _circuit_gateway,
    "azure-native:network:ExpressRouteConnection": _hourly(_WAN, "connection"),
    "azure-native:network:ExpressRouteCircuit": _circuit,
    "azure-native:dnsresolver:InboundEndpoint": _monthly("private-resolver", "endpoint"),
    "azure-native:dnsresolver:OutboundEndpoint": _monthly("private-resolver", "endpoint"),
    "azure-native:dnsresolver:DnsForwardingRuleset": _monthly("private-resolver", "ruleset"),
    "azure-native:network:AzureFirewall": _firewall,
}
