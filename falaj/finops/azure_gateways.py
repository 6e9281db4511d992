"""Charges of gateways on Azure: Application Gateways, also those for containers, virtual network gateways with their
tunnels, and Bastion hosts. Traffic is charged by use."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from falaj.finops.free import without_model
from falaj.finops.lines import Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_stated

_SECOND_VERSION = ("standard_v2", "waf_v2", "basic")
_UNITS = 10
"""Capacity units that each instance reserves, which are charged whether they are used or not; an instance may be able
to do more (MicrosoftDocs/azure-docs 08de399f articles/application-gateway/understanding-pricing.md, read 2026-12-02).
"""

_DEFAULT_MOST = 10
"""Instances up to which a gateway scales that states no maximum (Microsoft Learn, "Scaling Application Gateway v2 and
WAF v2", read 2026-12-02)."""

_SCALING = "autoscaleConfiguration"


def _application_gateway(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the fixed hours of a gateway, which include its address, and its capacity units (understanding-pricing.md;
    the meters: infracost/infracost 95ba4f49, internal/resources/azure/application_gateway.go, read 2026-12-02)."""
    sizes = ("sku.capacity", f"{_SCALING}.minCapacity", f"{_SCALING}.maxCapacity")
    if unknown := unknown_at(item.props, "sku.name", "sku.tier", *sizes):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    tier = (get_str(item.props, "sku", "tier") or get_str(item.props, "sku", "name")).lower()
    capacity, least, most = (get_path(item.props, *path.split(".")) for path in sizes)
    if tier not in _SECOND_VERSION:
        yield without_model(item.type, f"the tier {tier or '(not stated)'} has no price")
        return
    yield Charge("application-gateway", tier, fixed(context.hours))
    if not is_stated(item.props, _SCALING):
        least = most = capacity
    if least is None:
        yield without_model(item.type, "the number of its instances is not in the plan")
        return
    least = get_number(least, 0)
    most = max(least, get_number(most, _DEFAULT_MOST))
    units = Range(*(count * _UNITS * context.hours for count in (least, most, most)))
    yield Charge("application-gateway", f"{tier}-units", units)


_POLICY = "azure-native:servicenetworking:SecurityPoliciesInterface"


def _for_containers(part: str) -> MeterFunction:
    """Returns the function of a part of an Application Gateway for Containers: each is charged by the hour, and
    capacity units by use (MicrosoftDocs/azure-docs 174d63e4 articles/application-gateway/for-containers/
    understanding-pricing.md, read 2026-12-02, whose prices are those of the list). With a web application firewall the
    list has prices of its own, which come to more than the firewall of that page."""

    def charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
        sku = f"{part}-waf" if any(_guards(policy, item) for policy in context.plan.of_type(_POLICY)) else part
        yield Charge("gateway-for-containers", sku, fixed(context.hours))

    return charges


def _guards(policy: Planned, item: Planned) -> bool:
    """Returns whether a policy with a firewall is of the gateway of a part, or may be."""
    own, other = (each.props.get("trafficControllerName", UNKNOWN) for each in (item, policy))
    return is_stated(policy.props, "wafPolicy") and (UNKNOWN in (own, other) or own == other)


_SCALE_UNIT = "ergwscale"
_SIZES = {
    "vpn": ("vpn-gateway", ("basic", *(f"vpngw{size}{zones}" for size in range(1, 6) for zones in ("", "az")))),
    "expressroute": ("expressroute-gateway", ("standard", "highperformance", "ultraperformance", "ergw1az", "ergw2az",
                                              "ergw3az", _SCALE_UNIT)),
}  # fmt: skip
"""Type of a virtual network gateway -> service and SKUs of the price list."""

_BOUNDS = "autoScaleConfiguration.bounds"


def _network_gateway(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the hours of a gateway by its size. Two active instances cost no more than one, but an address of their
    own (MicrosoftDocs/azure-docs 00140bff articles/vpn-gateway/vpn-gateway-vpn-faq.md, read 2026-12-02)."""
    if unknown := unknown_at(item.props, "gatewayType", "sku.name", f"{_BOUNDS}.min", f"{_BOUNDS}.max"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    kind, size = get_str(item.props, "gatewayType").lower(), get_str(item.props, "sku", "name").lower()
    service, sizes = _SIZES.get(kind, ("", ()))
    if size not in sizes:
        yield without_model(item.type, f"the size {size or '(not stated)'} of a gateway of type {kind} has no price")
        return
    least = most = Decimal(1)
    if size == _SCALE_UNIT:
        # Scales between its bounds (025ba8a2 articles/expressroute/expressroute-about-virtual-network-gateways.md).
        least, most = (get_number(get_path(item.props, *_BOUNDS.split("."), key), 0) for key in ("min", "max"))
        if not most:
            yield without_model(item.type, "the maximum of its scale units is not in the plan")
            return
    least = max(Decimal(1), min(least, most))
    yield Charge(service, size, Range(*(count * context.hours for count in (least, most, most))))


_TUNNEL, _OF_GATEWAY = "azure-native:network:VirtualNetworkGatewayConnection", "virtualNetworkGateway1"
_INCLUDED_TUNNELS = 10
"""Tunnels in the price of a gateway (`code-53228120175`, read 2026-12-02); Infracost 95ba4f49 prices each as if it were
a further one (internal/providers/terraform/azure/virtual_network_gateway_connection.go)."""


def _connection(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a tunnel beyond those that its gateway includes. Connections to a circuit have no meter: the circuit is
    charged, which is a resource of its own."""
    if not _is_tunnel(item):
        return
    tunnels = (other for other in context.plan.of_type(_TUNNEL) if _is_tunnel(other))
    of_gateway = [other.urn for other in tunnels if _gateway(context, other) == _gateway(context, item)]
    if of_gateway.index(item.urn) >= _INCLUDED_TUNNELS:
        yield Charge("vpn-gateway", "tunnel", fixed(context.hours))


def _is_tunnel(connection: Planned) -> bool:
    return get_str(connection.props, "connectionType") != "ExpressRoute"


def _gateway(context: PricingContext, connection: Planned) -> str:
    """Returns what identifies the gateway of a connection; all of those that are not known count as one."""
    sources = tuple(source.urn for source in context.plan.sources(connection, _OF_GATEWAY))
    return next(iter(sources), get_str(connection.props, _OF_GATEWAY, "id").lower())


_HOSTS = 2
"""Instances in the price of a Bastion host (MicrosoftDocs/azure-docs 0089f187 articles/bastion/
configuration-settings.md: Basic has two; `code-53685130406`: further ones have a meter; read 2026-12-02)."""


def _bastion(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the hours of a host from its deployment on, whether it is used or not, and of further instances
    (001e5456 articles/bastion/bastion-faq.md). The tier Developer is free, and Basic is the default."""
    if unknown := unknown_at(item.props, "sku.name", "scaleUnits"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    tier = get_str(item.props, "sku", "name", default="Basic").lower()
    if tier == "developer":
        return
    yield Charge("bastion", tier, fixed(context.hours))
    further = get_number(get_path(item.props, "scaleUnits"), _HOSTS) - _HOSTS
    if further > 0 and tier != "basic":
        yield Charge("bastion", f"{tier}-further", fixed(further * context.hours))


METERS: Mapping[str, MeterFunction] = {
    "azure-native:network:ApplicationGateway": _application_gateway,
    "azure-native:servicenetworking:TrafficControllerInterface": _for_containers("controller"),
    "azure-native:servicenetworking:FrontendsInterface": _for_containers("frontend"),
    "azure-native:servicenetworking:AssociationsInterface": _for_containers("association"),
    "azure-native:network:VirtualNetworkGateway": _network_gateway,
    _TUNNEL: _connection,
    "azure-native:network:BastionHost": _bastion,
}
