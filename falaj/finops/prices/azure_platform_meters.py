"""Mapping from the catalogue's App Service plans, gateways, API Management, SignalR, Web PubSub, Managed Grafana and
container groups to Azure's retail prices.

Names and units are those of the recorded answers that `azure_database_meters.py` names. Those of what the recordings
lack are the names that public code states: of Azure Bastion `code-53685130406` and `code-57936331529`, of Managed
Grafana `code-53364099679`. Units of Web PubSub are named as those of SignalR, as known.
"""

from collections.abc import Iterator
from decimal import Decimal

from falaj.finops.prices.azure_meter import Meter

_APPS, _GATEWAY, _VPN, _EXPRESS, _API, _CONTAINERS = (
    "Azure App Service", "Application Gateway", "VPN Gateway", "ExpressRoute", "API Management", "Container Instances",
)  # fmt: skip
_GRAFANA = "Azure Grafana Service"
_HOUR, _PER_HOUR = "1 Hour", "1/Hour"

_NEWER = "P0{0},P1{0},P1m{0},P2{0},P2m{0},P3{0},P3m{0},P4m{0},P5m{0}"
_ISOLATED = "I1{0},I2{0},I3{0},I4{0},I5{0},I6{0},I1m{1},I2m{1},I3m{1},I4m{1},I5m{1}"
_PLANS = (
    ("Basic", "B1,B2,B3", " App", ""),
    ("Standard", "S1,S2,S3", " App", " App"),
    ("Premium v2", "P1 v2,P2 v2,P3 v2", " App", " App"),
    ("Premium v3", "P0v3,P1 v3,P1mv3,P2 v3,P2mv3,P3 v3,P3mv3,P4mv3,P5mv3", " App", " App"),
    ("Premium v4", _NEWER.format("v4"), "", ""),
    ("Isolated v2", _ISOLATED.format(" v2", "v2"), " App", " App"),
    ("Isolated v4", _ISOLATED.format("v4", "v4"), "", ""),
)
"""Tier of App Service plans, names of its sizes, and the ends of the meters' names on Windows and on Linux."""

_VPN_SIZES = "VpnGw1 VpnGw1AZ VpnGw2 VpnGw2AZ VpnGw3 VpnGw3AZ VpnGw4 VpnGw4AZ VpnGw5 VpnGw5AZ"

_API_TIERS = (
    "Developer", "Basic", "Standard", "Premium", "Basic v2", "Standard v2", "Premium v2", "Workspace Gateway Premium",
    "Workspace Gateway Standard",
)  # fmt: skip
"""Tiers of API Management whose units have a price; those of the second version have one for each further unit."""

_OTHERS = (
    Meter("functions", "premium-vcpu", "Functions", "Premium Functions", "Premium vCPU Duration", _HOUR),
    Meter("functions", "premium-memory", "Functions", "Premium Functions", "Premium Memory Duration", "1 GiB Hour"),
    Meter("logic-apps", "standard-vcpu", "Logic Apps", "Logic Apps", "Standard vCPU Duration", _HOUR),
    Meter("logic-apps", "standard-memory", "Logic Apps", "Logic Apps", "Standard Memory Duration", "1 GiB Hour"),
    Meter("vpn-gateway", "basic", _VPN, _VPN, "Basic Gateway", _HOUR),
    Meter("vpn-gateway", "tunnel", _VPN, _VPN, "S2S Connection", _HOUR, "VpnGw1"),
    Meter("expressroute-gateway", "standard", _EXPRESS, "ExpressRoute Standard Gateway", "Standard Gateway", _HOUR),
    Meter("expressroute-gateway", "highperformance", _EXPRESS, "ExpressRoute High Performance Gateway",
          "High Performance Gateway", _HOUR),
    Meter("expressroute-gateway", "ultraperformance", _EXPRESS, "ExpressRoute Ultra High Performance Gateway",
          "Ultra High Performance Gateway", _HOUR),
    Meter("expressroute-gateway", "ergwscale", _EXPRESS, "ExpressRoute Gateway", "ErGwScale Unit", _HOUR),
    Meter("api-management", "premium-further", _API, _API, "Secondary Unit", _HOUR, "Secondary"),
    Meter("signalr", "standard", "SignalR", "SignalR", "Standard Unit", "1/Day"),
    Meter("signalr", "premium", "SignalR", "SignalR", "Premium Unit", "1/Day"),
    Meter("web-pubsub", "standard", "Web PubSub", "", "Standard Unit", "1/Day"),
    Meter("web-pubsub", "premium", "Web PubSub", "", "Premium Unit", "1/Day"),
    Meter("managed-grafana", "standard-node", _GRAFANA, "Azure Managed Grafana", "Standard Node", _PER_HOUR),
    Meter("managed-grafana", "standard-zones", _GRAFANA, "Azure Managed Grafana", "Standard Zone Redundancy",
          _PER_HOUR),
    Meter("container-instances", "windows", _CONTAINERS, _CONTAINERS, "Standard Windows Software Duration", "1 Second",
          times=Decimal(3600)),
)  # fmt: skip


def _plans() -> Iterator[Meter]:
    for tier, sizes, *ends in _PLANS:
        for (system, suffix), end in zip((("windows", ""), ("linux", " - Linux")), ends, strict=True):
            for size in sizes.split(","):
                sku = f"{size.replace(' ', '').lower()}-{system}"
                yield Meter("app-service", sku, _APPS, f"{_APPS} {tier} Plan{suffix}", f"{size}{end}", _HOUR)


def _gateways() -> Iterator[Meter]:
    for sku, product, word in (("standard_v2", "Standard v2", "Standard"), ("waf_v2", "WAF v2", "Standard"),
                               ("basic", "Basic v2", "Basic")):  # fmt: skip
        for end, meter in (("", "Fixed Cost"), ("-units", "Capacity Units")):
            yield Meter("application-gateway", f"{sku}{end}", _GATEWAY, f"{_GATEWAY} {product}", f"{word} {meter}",
                        _PER_HOUR)  # fmt: skip
    for end, product in (("", "for Containers"), ("-waf", "for Containers WAF")):
        for part, meter in (("controller", "AGC"), ("frontend", "Frontend"), ("association", "Association")):
            yield Meter("gateway-for-containers", f"{part}{end}", _GATEWAY, f"{_GATEWAY} {product}",
                        f"Standard {meter}", _HOUR)  # fmt: skip
    for size in _VPN_SIZES.split():
        yield Meter("vpn-gateway", size.lower(), _VPN, _VPN, size, _HOUR, size)
    for size in ("ErGw1AZ", "ErGw2AZ", "ErGw3AZ"):
        yield Meter("expressroute-gateway", size.lower(), _EXPRESS, "ExpressRoute Gateway", f"{size} Gateway", _HOUR)
    for tier in ("Basic", "Standard", "Premium"):
        yield Meter("bastion", tier.lower(), "Azure Bastion", "", f"{tier} Gateway", _HOUR)
    for tier in ("Standard", "Premium"):
        yield Meter("bastion", f"{tier.lower()}-further", "Azure Bastion", "", f"{tier} Additional Gateway", _HOUR)


def _interfaces() -> Iterator[Meter]:
    for tier in _API_TIERS:
        sku = tier.replace(" ", "").lower()
        yield Meter("api-management", sku, _API, _API, f"{tier} Unit", _HOUR)
        if tier.endswith("v2"):
            yield Meter("api-management", f"{sku}-further", _API, _API, f"{tier} Secondary Unit", _HOUR)


def _containers() -> Iterator[Meter]:
    for sku, name in (("standard", "Standard"), ("spot", "Standard Spot"),
                      ("confidential", "Confidential containers ACI")):  # fmt: skip
        for part, meter, unit in (("vcpu", "vCPU", _HOUR), ("memory", "Memory", "1 GB Hour")):
            yield Meter("container-instances", f"{sku}-{part}", _CONTAINERS, _CONTAINERS, f"{name} {meter} Duration",
                        unit)  # fmt: skip


PLATFORM_METERS = (*_OTHERS, *_plans(), *_gateways(), *_interfaces(), *_containers())
