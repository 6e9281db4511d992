"""API Management, SignalR, Web PubSub and Managed Grafana: amounts by hand, and what has no price."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Basis
from falaj.finops.plan import UNKNOWN

from .azure_lines import DAYS, HOURS, RATIO, lines, usd, without_price

SERVICE, GATEWAY = "azure-native:apimanagement:ApiManagementService", "azure-native:apimanagement:ApiGateway"
SIGNALR, REPLICA = "azure-native:signalrservice:SignalR", "azure-native:signalrservice:SignalRReplica"
PUBSUB, PUBSUB_REPLICA = "azure-native:webpubsub:WebPubSub", "azure-native:webpubsub:WebPubSubReplica"
GRAFANA = "azure-native:dashboard:Grafana"
NODE, ZONES = Decimal("0.0342"), Decimal("0.0411")
FIRST, FURTHER = Decimal("3.829"), Decimal("1.9145")


def sku(name: object, capacity: object = None) -> dict[str, Any]:
    return {"sku": {"name": name} | ({} if capacity is None else {"capacity": capacity})}


def elsewhere(location: object, capacity: object) -> dict[str, Any]:
    return {"additionalLocations": [{"location": location} | sku("Premium", capacity)]}


@pytest.mark.parametrize(
    ("kind", "props", "an_hour"),
    [
        (SERVICE, sku("Developer", 1), Decimal("0.0658")),
        (SERVICE, sku("Basic", 2), 2 * Decimal("0.2016")),
        (SERVICE, sku("Standard", 4), 4 * Decimal("0.9407")),
        (SERVICE, sku("Premium", 1), FIRST),
        # Further units of an instance are half the price of the first; zones cost nothing beside their units.
        (SERVICE, sku("Premium", 3) | {"zones": ["1", "2", "3"]}, FIRST + 2 * FURTHER),
        (SERVICE, sku("Premium", 2) | elsewhere("UAE Central", 2), 2 * (FIRST + FURTHER)),
        (SERVICE, sku("BasicV2", 3), 3 * Decimal("0.20548")),
        (SERVICE, sku("StandardV2"), Decimal("0.9589")),
        (SERVICE, sku("StandardV2", 3), Decimal("0.9589") + 2 * Decimal("0.68493")),
        (SERVICE, sku("PremiumV2", 2), Decimal("3.83562") + Decimal("1.91781")),
        (GATEWAY, sku("WorkspaceGatewayPremium", 2), 2 * Decimal("1.91781")),
        (GATEWAY, sku("WorkspaceGatewayStandard"), Decimal("0.68493")),
        (SIGNALR, sku("Standard_S1", 5), 5 * Decimal("1.61") * DAYS / HOURS),
        (SIGNALR, sku("Standard_S1"), Decimal("1.61") * DAYS / HOURS),
        (SIGNALR, sku("Premium_P1", 2), 2 * Decimal(2) * DAYS / HOURS),
        (SIGNALR, sku("Premium_P2"), 100 * Decimal(2) * DAYS / HOURS),
        (REPLICA, sku("Premium_P1", 3), 3 * Decimal(2) * DAYS / HOURS),
        (PUBSUB, sku("Standard_S1", 2), 2 * Decimal("1.61") * DAYS / HOURS),
        (PUBSUB, sku("Premium_P1"), Decimal(2) * DAYS / HOURS),
        (PUBSUB, sku("Premium_P2"), 100 * Decimal(2) * DAYS / HOURS),
        (PUBSUB_REPLICA, sku("Premium_P1", 3), 3 * Decimal(2) * DAYS / HOURS),
        # An instance is two units, and zone redundancy one; those of the larger size are twice as many.
        (GRAFANA, sku("Standard"), 2 * NODE),
        (GRAFANA, {}, 2 * NODE),
        (GRAFANA, sku("Standard") | {"properties": {"zoneRedundancy": "Enabled"}}, 2 * NODE + ZONES),
        (
            GRAFANA,
            {"sku": {"name": "Standard", "size": "X2"}, "properties": {"zoneRedundancy": "Enabled"}},
            4 * NODE + 2 * ZONES,
        ),
    ],
)
def test_amounts(kind: str, props: dict[str, Any], an_hour: Decimal) -> None:
    assert abs(usd(kind, props) - an_hour * HOURS * RATIO) < Decimal("0.000001")


def test_the_tier_consumption_is_charged_by_use() -> None:
    (line,) = lines(SERVICE, sku("Consumption", 0))
    assert (line.priced, line.charge.basis) == (False, Basis.USAGE)


def test_an_essential_grafana_is_charged_by_its_users() -> None:
    (line,) = lines(GRAFANA, sku("Essential"))
    assert (line.priced, line.charge.basis) == (False, Basis.USAGE)


def test_units_abroad_have_no_price() -> None:
    found = lines(SERVICE, sku("Premium", 1) | elsewhere("westeurope", 1))
    assert [line.priced for line in found] == [True, False]


@pytest.mark.parametrize("kind", [SIGNALR, PUBSUB])
def test_the_tier_free_costs_nothing(kind: str) -> None:
    assert lines(kind, sku("Free_F1", 1)) == []


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (SERVICE, {}),
        *((SERVICE, sku(name, 1)) for name in ("Isolated", "Ultra", UNKNOWN)),
        (SERVICE, sku("Premium", UNKNOWN)),
        (SERVICE, sku("Premium", 1) | {"additionalLocations": UNKNOWN}),
        (SERVICE, sku("Premium", 1) | {"additionalLocations": [UNKNOWN]}),
        (SERVICE, sku("Premium", 1) | elsewhere(UNKNOWN, 1)),
        (SERVICE, sku("Premium", 1) | elsewhere("uaecentral", UNKNOWN)),
        (GATEWAY, {}),
        (GATEWAY, sku("Standard", 1)),
        (GATEWAY, sku("WorkspaceGatewayPremium", UNKNOWN)),
        (SIGNALR, {}),
        (PUBSUB, {}),
        (PUBSUB, sku("Standard_S1", UNKNOWN)),
        (GRAFANA, sku("Ultra")),
        (GRAFANA, sku(UNKNOWN)),
        (GRAFANA, sku("Standard") | {"properties": {"zoneRedundancy": UNKNOWN}}),
        (GRAFANA, {"sku": {"name": "Standard", "size": "X9"}}),
        (GRAFANA, sku("Standard") | {"properties": {"enterpriseConfigurations": {"marketplacePlanId": "gcaze0117"}}}),
        (SIGNALR, sku(UNKNOWN)),
        (SIGNALR, sku("Ultra_U1")),
        (SIGNALR, sku("Standard_S1", UNKNOWN)),
    ],
)
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert without_price(kind, props)
