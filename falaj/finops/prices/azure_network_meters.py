"""Mapping from the catalogue's gateways of Virtual WAN, circuits, resolvers and further firewalls to Azure's retail
prices.

Names of firewalls are those of the recorded answers that `azure_database_meters.py` names, which lack the others. Those
of Virtual WAN and resolvers are the names that Infracost 95ba4f49 and other public code query (internal/resources/
azure/virtual_hub.go, vpn_gateway.go, express_route_gateway.go, private_dns_resolver_inbound_endpoint.go;
`code-53406866073`), and those of circuits `code-53520492667`.
"""

from collections.abc import Iterator

from falaj.finops.prices.azure_meter import Meter

_WAN, _DNS, _EXPRESS, _FIREWALL = "Virtual WAN", "Azure DNS", "ExpressRoute", "Azure Firewall"
_HOUR, _MONTH = "1 Hour", "1/Month"

_UNITS = {
    "hub": ("Standard Hub Unit",),
    "router-unit": ("Routing Infrastructure Unit",),
    "s2s-unit": ("VPN S2S Scale Unit",),
    "p2s-unit": ("VPN P2S Scale Unit",),
    "connection": ("VPN S2S Connection Unit", "ExpressRoute Connection Unit"),
    "expressroute-unit": ("ExpressRoute Scale Unit",),
    "expressroute-unit-further": ("ExpressRoute Additional Scale Unit",),
}
"""SKU of Virtual WAN -> its meters. Connections to branches and to circuits cost the same."""

_RESOLVERS = {
    "endpoint": ("Private Resolver Inbound Endpoint", "Private Resolver Outbound Endpoint"),
    "ruleset": ("Private Resolver DNS Forwarding Ruleset",),
}

_OF_RESOLVERS, _OF_CIRCUITS = "Zone 1", "Zone 3"
"""Zones under which the list has resolvers of commercial regions (Infracost 95ba4f49, internal/resources/azure/util.go)
and circuits that end in the Emirates (MicrosoftDocs/azure-docs 00349682 articles/expressroute/
expressroute-locations-providers.md), read 2026-12-02."""

_BANDWIDTHS = {
    50: "50 Mbps", 100: "100 Mbps", 200: "200 Mbps", 500: "500 Mbps", 1000: "1 Gbps", 2000: "2 Gbps", 5000: "5 Gbps",
    10000: "10 Gbps",
}  # fmt: skip


def _network() -> Iterator[Meter]:
    for sku, meters in _UNITS.items():
        for meter in meters:
            yield Meter("virtual-wan", sku, _WAN, "", meter, _HOUR)
    for sku, meters in _RESOLVERS.items():
        for meter in meters:
            yield Meter("private-resolver", sku, _DNS, "", meter, _MONTH, place=_OF_RESOLVERS)
    for mbps, name in _BANDWIDTHS.items():
        meter = f"Standard Metered Data {name} Circuit"
        yield Meter("expressroute", f"standard-metered-{mbps}", _EXPRESS, _EXPRESS, meter, _MONTH, place=_OF_CIRCUITS)
    yield Meter("firewall", "basic", _FIREWALL, "", "Basic Deployment", _HOUR)
    yield Meter("firewall", "basic-processed", _FIREWALL, "", "Basic Data Processed", "1 GB")
    for tier in ("Standard", "Premium"):
        yield Meter("firewall", f"{tier.lower()}-units", _FIREWALL, "", f"{tier} Capacity Unit", _HOUR)


NETWORK_METERS = tuple(_network())
