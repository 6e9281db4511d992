"""Virtual WAN, circuits, resolvers and firewalls on Azure: amounts by hand, and what has no price."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Basis
from falaj.finops.plan import UNKNOWN

from .azure_lines import HOURS, RATIO, lines, without_price

HUB, WAN, VPN, USERS, EXPRESS, CIRCUIT, BRANCH, LINK, FIREWALL = (
    f"azure-native:network:{kind}"
    for kind in ("VirtualHub", "VirtualWan", "VpnGateway", "P2sVpnGateway", "ExpressRouteGateway",
                 "ExpressRouteCircuit", "VpnConnection", "ExpressRouteConnection", "AzureFirewall")
)  # fmt: skip
INBOUND, OUTBOUND, RULES = (
    f"azure-native:dnsresolver:{kind}" for kind in ("InboundEndpoint", "OutboundEndpoint", "DnsForwardingRuleset")
)
OF_WAN = {"virtualWan": {"id": "/virtualWans/wan"}}


def month(kind: str, props: dict[str, Any], *others: Any) -> Decimal:
    """Returns the expected cost of what exists, all of which has a price."""
    found = [line for line in lines(kind, props, *others) if line.charge.basis is Basis.BASELINE]
    assert all(line.priced for line in found), [line.price.source for line in found]
    return sum((line.usd.expected for line in found), Decimal(0))


def bounds(least: object, most: object) -> dict[str, Any]:
    return {"autoScaleConfiguration": {"bounds": {"min": least, "max": most}}}


@pytest.mark.parametrize(
    ("kind", "props", "an_hour"),
    [
        # Microsoft's examples ("About Virtual WAN pricing"): 0.25 of a hub, 0.361 of 500 Mbps, 0.42 of 2 Gbps.
        (HUB, OF_WAN, "0.25"),
        (HUB, OF_WAN | {"sku": "Standard", "virtualRouterAutoScaleConfiguration": {"minCapacity": 2}}, "0.25"),
        (HUB, OF_WAN | {"virtualRouterAutoScaleConfiguration": {"minCapacity": 50}}, "5.05"),
        (HUB, OF_WAN | {"sku": "Basic"}, "0"),
        (VPN, {}, "0.361"),
        (VPN, {"vpnGatewayScaleUnit": 3}, "1.083"),
        (VPN, {"vpnGatewayScaleUnit": 1, "connections": [{"name": "a"}, {"name": "b"}]}, "0.461"),
        (USERS, {"vpnGatewayScaleUnit": 5}, "1.805"),
        (EXPRESS, bounds(4, 4), "1.68"),
        (EXPRESS, bounds(1, 10), "3.35"),
        (EXPRESS, {}, "0.42"),
        (BRANCH, {}, "0.05"),
        (BRANCH, {"vpnLinkConnections": [{"name": "a"}, {"name": "b"}]}, "0.1"),
        (LINK, {}, "0.05"),
    ],
)
def test_virtual_wan(kind: str, props: dict[str, Any], an_hour: str) -> None:
    assert month(kind, props) == Decimal(an_hour) * HOURS


def test_units_of_a_gateway_of_circuits_scale_between_their_bounds() -> None:
    units, further = lines(EXPRESS, bounds(2, 10))
    assert (units.usd.min, units.usd.max) == (2 * Decimal("0.42") * HOURS, 5 * Decimal("0.42") * HOURS)
    assert (further.usd.min, further.usd.max) == (0, 5 * Decimal("0.25") * HOURS)


def test_a_hub_is_basic_only_in_a_basic_wan() -> None:
    for kind, hours in (("Standard", 1), ("Basic", 0)):
        wan = (WAN, "wan", {"type": kind, "virtualWANName": "wan"})
        assert month(HUB, OF_WAN | {"sku": "Basic"}, wan) == hours * Decimal("0.25") * HOURS


def circuit(tier: object, family: object, mbps: object, **more: Any) -> dict[str, Any]:
    place = {"serviceProviderName": "Etisalat UAE", "peeringLocation": "Dubai", "bandwidthInMbps": mbps}
    return {"sku": {"tier": tier, "family": family}, "serviceProviderProperties": place} | more


@pytest.mark.parametrize(
    ("mbps", "a_month"),
    [(50, 55), (100, 100), (200, 145), (500, 290), (1000, 436), (2000, 872), (5000, 2180), (10000, 3400)],
)
def test_metered_circuits_have_a_price_by_their_bandwidth(mbps: int, a_month: int) -> None:
    assert month(CIRCUIT, circuit("Standard", "MeteredData", mbps)) == a_month


@pytest.mark.parametrize(("kind", "a_month"), [(INBOUND, "180"), (OUTBOUND, "180"), (RULES, "2.5")])
def test_endpoints_and_rules_of_resolvers_cost_the_same_each_month(kind: str, a_month: str) -> None:
    assert month(kind, {}) == Decimal(a_month)


def firewall(tier: str, least: object = None, most: object = None) -> dict[str, Any]:
    scale = {} if least is None else {"autoscaleConfiguration": {"minCapacity": least, "maxCapacity": most}}
    return {"sku": {"name": "AZFW_VNet", "tier": tier}} | scale


@pytest.mark.parametrize(
    ("props", "an_hour"),
    [
        (firewall("Basic"), "0.395"),
        (firewall("Standard"), "1.25"),
        (firewall("Premium"), "1.75"),
        (firewall("Standard", 2, 2), "1.25"),
        # Two units are in the price; Microsoft's example pays for eight of ten ("Azure Firewall prescaling").
        (firewall("Standard", 4, 10), "1.81"),
        (firewall("Premium", 10, 10), "2.63"),
    ],
)
def test_firewalls(props: dict[str, Any], an_hour: str) -> None:
    assert month(FIREWALL, props) == Decimal(an_hour) * HOURS * RATIO


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        # Without a WAN it is a Route Server.
        (HUB, {"sku": "Standard"}),
        (HUB, OF_WAN | {"sku": UNKNOWN}),
        (HUB, OF_WAN | {"virtualRouterAutoScaleConfiguration": {"minCapacity": UNKNOWN}}),
        (VPN, {"vpnGatewayScaleUnit": UNKNOWN}),
        (VPN, {"vpnGatewayScaleUnit": 1, "connections": UNKNOWN}),
        (USERS, {"vpnGatewayScaleUnit": UNKNOWN}),
        (EXPRESS, bounds(1, UNKNOWN)),
        (EXPRESS, bounds(1, 10**12)),
        (BRANCH, {"vpnLinkConnections": UNKNOWN}),
        (CIRCUIT, {}),
        (CIRCUIT, circuit("Standard", "UnlimitedData", 1000)),
        (CIRCUIT, circuit("Premium", "MeteredData", 1000)),
        (CIRCUIT, circuit("Local", "UnlimitedData", 1000)),
        (CIRCUIT, circuit("Standard", "MeteredData", 750)),
        (CIRCUIT, circuit("Standard", "MeteredData", UNKNOWN)),
        (CIRCUIT, circuit(UNKNOWN, "MeteredData", 1000)),
        (CIRCUIT, circuit("Standard", "MeteredData", 1000, globalReachEnabled=True)),
        (CIRCUIT, {"sku": {"tier": "Standard", "family": "MeteredData"}, "expressRoutePort": {"id": "port"},
                   "bandwidthInGbps": 10}),
        (FIREWALL, firewall("Ultra")),
        (FIREWALL, firewall("Standard", 4, UNKNOWN)),
        (FIREWALL, firewall("Standard", 4)),
        (FIREWALL, firewall("Basic", 4, 10)),
    ],
)  # fmt: skip
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert without_price(kind, props)
