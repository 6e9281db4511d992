"""Gateways and Bastion hosts on Azure: amounts by hand, and what has no price."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.plan import UNKNOWN

from .azure_lines import HOURS, RATIO, lines, usd, without_price
from .plans import urn

APPLICATION, NETWORK, TUNNEL, BASTION = (
    f"azure-native:network:{kind}"
    for kind in ("ApplicationGateway", "VirtualNetworkGateway", "VirtualNetworkGatewayConnection", "BastionHost")
)
CONTROLLER, FRONTEND, ASSOCIATION, POLICY = (
    f"azure-native:servicenetworking:{kind}Interface"
    for kind in ("TrafficController", "Frontends", "Associations", "SecurityPolicies")
)
PLAIN, WAF = (Decimal("0.2"), Decimal("0.008")), (Decimal("0.36"), Decimal("0.0144"))
"""USD an hour of a gateway and of a capacity unit."""


def tier(name: object, capacity: object = None) -> dict[str, Any]:
    return {"sku": {"name": name, "tier": name} | ({} if capacity is None else {"capacity": capacity})}


def scaled(least: object, most: object = None) -> dict[str, Any]:
    bounds = {"minCapacity": least} | ({} if most is None else {"maxCapacity": most})
    return {"autoscaleConfiguration": bounds}


def gateway(kind: object, name: object, **more: Any) -> dict[str, Any]:
    return {"gatewayType": kind, "sku": {"name": name, "tier": name}} | more


UNITS = {"autoScaleConfiguration": {"bounds": {"min": 2, "max": 10}}}


@pytest.mark.parametrize(
    ("kind", "props", "an_hour"),
    [
        # Microsoft's examples: eight instances reserve eighty units, one of a firewall ten.
        (APPLICATION, tier("Standard_v2", 8), PLAIN[0] + 80 * PLAIN[1]),
        (APPLICATION, tier("WAF_v2", 1), WAF[0] + 10 * WAF[1]),
        (APPLICATION, tier("WAF_v2") | scaled(0, 5), WAF[0] + 50 * WAF[1]),
        (APPLICATION, tier("WAF_v2") | scaled(2), WAF[0] + 100 * WAF[1]),
        (APPLICATION, tier("WAF_v2") | scaled(20), WAF[0] + 200 * WAF[1]),
        (APPLICATION, {"sku": {"name": "Basic"}} | scaled(0, 2), Decimal("0.0225") + 20 * Decimal("0.008")),
        (CONTROLLER, {}, Decimal("0.017")),
        (FRONTEND, {"trafficControllerName": "agc"}, Decimal("0.01")),
        (ASSOCIATION, {"trafficControllerName": "agc"}, Decimal("0.12")),
        (NETWORK, gateway("Vpn", "VpnGw2AZ", activeActive=True), Decimal("0.54")),
        (NETWORK, gateway("Vpn", "VpnGw1"), Decimal("0.19")),
        (NETWORK, gateway("Vpn", "Basic"), Decimal("0.036")),
        (NETWORK, gateway("ExpressRoute", "Standard"), Decimal("0.19")),
        (NETWORK, gateway("ExpressRoute", "HighPerformance"), Decimal("0.49")),
        (NETWORK, gateway("ExpressRoute", "UltraPerformance"), Decimal("1.87")),
        (NETWORK, gateway("ExpressRoute", "ErGw1AZ"), Decimal("0.361")),
        (NETWORK, gateway("ExpressRoute", "ErGwScale") | UNITS, 10 * Decimal("0.21")),
        (BASTION, {}, Decimal("0.19")),
        (BASTION, {"sku": {"name": "Basic"}, "scaleUnits": 2}, Decimal("0.19")),
        (BASTION, {"sku": {"name": "Basic"}, "scaleUnits": 5}, Decimal("0.19")),  # Basic has two instances in any case
        (BASTION, {"sku": {"name": "Standard"}}, Decimal("0.29")),
        (BASTION, {"sku": {"name": "Standard"}, "scaleUnits": 5}, Decimal("0.29") + 3 * Decimal("0.14")),
        (BASTION, {"sku": {"name": "Premium"}, "scaleUnits": 3}, Decimal("0.45") + Decimal("0.22")),
    ],
)  # fmt: skip
def test_amounts(kind: str, props: dict[str, Any], an_hour: Decimal) -> None:
    assert usd(kind, props) == an_hour * HOURS * RATIO


def test_units_that_are_added_automatically_count_at_their_maximum() -> None:
    fixed, units = lines(APPLICATION, tier("WAF_v2") | scaled(1, 5))
    assert fixed.usd.min == fixed.usd.max
    assert (units.usd.min * 5, units.usd.expected) == (units.usd.max, units.usd.max)
    (gateways,) = lines(NETWORK, gateway("ExpressRoute", "ErGwScale") | UNITS)
    assert (gateways.usd.min * 5, gateways.usd.expected) == (gateways.usd.max, gateways.usd.max)


@pytest.mark.parametrize("name", ["agc", UNKNOWN])
def test_a_firewall_makes_an_application_gateway_for_containers_dearer(name: object) -> None:
    firewall = (POLICY, "policy", {"trafficControllerName": name, "wafPolicy": {"id": "waf"}})
    expected = {CONTROLLER: "0.031", FRONTEND: "0.018", ASSOCIATION: "0.216"}
    for kind, an_hour in expected.items():
        assert usd(kind, {"trafficControllerName": "agc"}, firewall) == Decimal(an_hour) * HOURS * RATIO
    other = (POLICY, "policy", {"trafficControllerName": "other", "wafPolicy": {"id": "waf"}})
    for policy in (other, (POLICY, "policy", {"trafficControllerName": "agc"})):
        assert usd(FRONTEND, {"trafficControllerName": "agc"}, policy) == Decimal("0.01") * HOURS * RATIO


def test_ten_tunnels_are_in_the_price_of_a_gateway() -> None:
    def tunnel(number: int, of: str = "vpn", kind: object = "IPsec") -> tuple[str, str, dict[str, Any]]:
        of_gateway = f"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways/{of}"
        return TUNNEL, f"t{number:02}", {"connectionType": kind, "virtualNetworkGateway1": {"id": of_gateway}}

    props = tunnel(0)[2]
    assert lines(TUNNEL, props) == []
    assert lines(TUNNEL, props, *map(tunnel, range(9))) == []
    assert usd(TUNNEL, props, *map(tunnel, range(10))) == Decimal("0.015") * HOURS * RATIO
    assert lines(TUNNEL, props, *(tunnel(number, "other") for number in range(10))) == []
    assert lines(TUNNEL, props, *(tunnel(number, kind="ExpressRoute") for number in range(10))) == []
    assert lines(TUNNEL, props | {"connectionType": "ExpressRoute"}, *map(tunnel, range(10))) == []
    linked = {"dependencies": {"virtualNetworkGateway1": [urn(NETWORK, "vpn")]}}
    unnamed = {"connectionType": "IPsec", "virtualNetworkGateway1": {"id": UNKNOWN}}
    others = [(TUNNEL, f"t{number}", unnamed, linked) for number in range(10)]
    vpn = (NETWORK, "vpn", gateway("Vpn", "VpnGw1"))
    assert usd(TUNNEL, unnamed, vpn, *others, **linked) == Decimal("0.015") * HOURS * RATIO
    assert lines(TUNNEL, unnamed, vpn, *others) == []


def test_a_bastion_for_developers_is_free() -> None:
    assert lines(BASTION, {"sku": {"name": "Developer"}}) == []


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (APPLICATION, {}),
        *((APPLICATION, tier(name, 2)) for name in ("Standard", "WAF", "Ultra_v2", UNKNOWN)),
        (APPLICATION, tier("WAF_v2")),
        (APPLICATION, tier("WAF_v2", UNKNOWN)),
        (APPLICATION, tier("WAF_v2") | {"autoscaleConfiguration": UNKNOWN}),
        (APPLICATION, tier("WAF_v2") | scaled(UNKNOWN, 5)),
        (APPLICATION, tier("WAF_v2") | scaled(0, UNKNOWN)),
        (NETWORK, {}),
        (NETWORK, gateway("Vpn", "VpnGw9")),
        (NETWORK, gateway("Vpn", "Standard")),
        (NETWORK, gateway("Vpn", UNKNOWN)),
        (NETWORK, gateway(UNKNOWN, "Standard")),
        (NETWORK, gateway("LocalGateway", "Standard")),
        (NETWORK, gateway("ExpressRoute", "VpnGw1")),
        (NETWORK, gateway("ExpressRoute", "ErGwScale")),
        (NETWORK, gateway("ExpressRoute", "ErGwScale", autoScaleConfiguration={"bounds": {"min": 2, "max": UNKNOWN}})),
        (NETWORK, gateway("ExpressRoute", "ErGwScale", autoScaleConfiguration=UNKNOWN)),
        (BASTION, {"sku": {"name": UNKNOWN}}),
        (BASTION, {"sku": {"name": "Ultra"}}),
        (BASTION, {"sku": {"name": "Standard"}, "scaleUnits": UNKNOWN}),
    ],
)
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert without_price(kind, props)


@pytest.mark.parametrize("props", [gateway("ExpressRoute", "VpnGw1"), gateway("LocalGateway", "Standard")])
def test_a_size_of_another_type_of_gateway_is_named(props: dict[str, Any]) -> None:
    (line,) = lines(NETWORK, props)
    assert f"a gateway of type {props['gatewayType'].lower()} has no price" in line.price.source


def test_tunnels_of_an_unknown_type_count_as_such() -> None:
    unknown = {"connectionType": UNKNOWN, "virtualNetworkGateway1": {"id": "a/vpn"}}
    others = [(TUNNEL, f"t{number}", unknown) for number in range(10)]
    assert usd(TUNNEL, unknown, *others) == Decimal("0.015") * HOURS * RATIO
