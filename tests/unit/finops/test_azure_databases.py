"""Databases, caches, search services and brokers on Azure: amounts by hand, and what has no price."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from falaj.facts.prices import PriceKind, service_rows
from falaj.finops.lines import Basis
from falaj.finops.plan import UNKNOWN

from .plans import plan, priced, urn

HOURS, RATIO = Decimal(730), Decimal("1.2326")
"""Hours of a month, and the ratio of the UAE's prices to those of East US."""

POSTGRES, MYSQL = "azure-native:dbforpostgresql:Server", "azure-native:dbformysql:Server"
REDIS, MANAGED = "azure-native:redis:Redis", "azure-native:redisenterprise:RedisEnterprise"
SEARCH, BUS = "azure-native:search:Service", "azure-native:servicebus:Namespace"
HUBS, HUB, DEDICATED = (f"azure-native:eventhub:{kind}" for kind in ("Namespace", "EventHub", "Cluster"))
CONTAINER, ACCOUNT = "azure-native:cosmosdb:SqlResourceSqlContainer", "azure-native:cosmosdb:DatabaseAccount"
HERE = {"location": "uaenorth", "resourceGroupName": "rg"}
ORDERS = {"sku": {"name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}, "storage": {"storageSizeGB": 128}}
CARDS = {"sku": {"name": "Standard_D2ads_v5", "tier": "GeneralPurpose"}, "storage": {"storageSizeGB": 100}}
STORAGE = Decimal("0.115")
"""USD a GB of storage of a server in East US."""


def lines(kind: str, props: Mapping[str, Any], *others: Any, **more: Any) -> Any:
    result = priced(plan(*((kind, name, HERE | dict(own)) for kind, name, own in others),
                         (kind, "it", HERE | dict(props), more))).lines  # fmt: skip
    return [line for line in result if line.name == "it"]


def baseline(found: Any) -> Any:
    return [line for line in found if line.charge.basis is Basis.BASELINE]


def usd(kind: str, props: Mapping[str, Any], *others: Any, **more: Any) -> Decimal:
    found = baseline(lines(kind, props, *others, **more))
    assert found
    assert all(line.priced for line in found), [line.price.source for line in found]
    return sum((line.usd.expected for line in found), Decimal(0))


def _postgres(cores: str, gib: int) -> Decimal:
    return Decimal(cores) * HOURS + gib * STORAGE


@pytest.mark.parametrize(
    ("kind", "props", "in_east_us"),
    [
        (POSTGRES, ORDERS, _postgres("0.356", 128)),
        (POSTGRES, ORDERS | {"highAvailability": {"mode": "ZoneRedundant"}}, 2 * _postgres("0.356", 128)),
        (POSTGRES, ORDERS | {"highAvailability": {"mode": "SameZone"}}, 2 * _postgres("0.356", 128)),
        (POSTGRES, ORDERS | {"highAvailability": {"mode": "Disabled"}}, _postgres("0.356", 128)),
        (POSTGRES, ORDERS | {"cluster": {"clusterSize": 3}}, 3 * _postgres("0.356", 128)),
        (POSTGRES, {"sku": {"name": "Standard_E8ds_v4"}, "storage": {"storageSizeGB": 512, "tier": "P20"}},
         _postgres("1", 512)),
        (POSTGRES, {"sku": {"name": "Standard_B2s"}, "storage": {"storageSizeGB": 32, "type": "Premium_LRS"}},
         _postgres("0.068", 32)),
        (POSTGRES, {"sku": {"name": "standard_dc4ads_v6"}, "storage": {"storageSizeGB": 64}}, _postgres("0.448", 64)),
        # Disks of the second version include 3,000 IOPS and 125 MB/s below 400 GiB, and 12,000 and 500 from there on.
        (POSTGRES, ORDERS | {"storage": {"storageSizeGB": 128, "type": "PremiumV2_LRS"}}, _postgres("0.356", 128)),
        (POSTGRES, ORDERS | {"storage": {"storageSizeGB": 399, "type": "PremiumV2_LRS", "iops": 5000,
                                         "throughput": 200}},
         _postgres("0.356", 399) + 2000 * Decimal("0.02") + 75 * Decimal("0.08")),
        (POSTGRES, ORDERS | {"storage": {"storageSizeGB": 400, "type": "PremiumV2_LRS", "iops": 12_500,
                                         "throughput": 400}, "highAvailability": {"mode": "SameZone"}},
         2 * (_postgres("0.356", 400) + 500 * Decimal("0.02"))),
        (MYSQL, CARDS, _postgres("0.171", 100)),
        (MYSQL, CARDS | {"highAvailability": {"mode": "ZoneRedundant"}}, 2 * _postgres("0.171", 100)),
        (MYSQL, CARDS | {"storage": {"storageSizeGB": 100, "iops": 1000}},
         _postgres("0.171", 100) + 400 * Decimal("0.05")),
        (MYSQL, CARDS | {"storage": {"storageSizeGB": 100, "iops": 600}}, _postgres("0.171", 100)),
        (MYSQL, CARDS | {"storage": {"storageSizeGB": 100, "iops": 5000, "autoIoScaling": "Enabled"}},
         _postgres("0.171", 100)),
        (MYSQL, CARDS | {"sku": {"name": "Standard_D4ds_v4"}}, _postgres("0.342", 100)),
        (MYSQL, CARDS | {"sku": {"name": "Standard_E2ds_v4"}}, _postgres("0.2362", 100)),
        (MYSQL, {"sku": {"name": "Standard_B1ms"}, "storage": {"storageSizeGB": 20}}, _postgres("0.017", 20)),
        (REDIS, {"sku": {"name": "Basic", "family": "C", "capacity": 1}}, Decimal("0.055") * HOURS),
        (REDIS, {"sku": {"name": "Standard", "family": "C", "capacity": 3}}, 2 * Decimal("0.225") * HOURS),
        (REDIS, {"sku": {"name": "Premium", "family": "P", "capacity": 1}}, 2 * Decimal("0.277") * HOURS),
        (REDIS, {"sku": {"name": "Premium", "family": "P", "capacity": 2}, "shardCount": 3, "replicasPerMaster": 2},
         9 * Decimal("0.555") * HOURS),
        (REDIS, {"sku": {"name": "Premium", "family": "P", "capacity": 3}, "shardCount": 3, "replicasPerPrimary": 3},
         12 * Decimal("1.109") * HOURS),
        (MANAGED, {"sku": {"name": "Balanced_B3"}}, 2 * Decimal("0.065") * HOURS),
        (MANAGED, {"sku": {"name": "Balanced_B3"}, "highAvailability": "Disabled"}, Decimal("0.065") * HOURS),
        (MANAGED, {"sku": {"name": "MemoryOptimized_M10"}, "highAvailability": "Enabled"},
         2 * Decimal("0.216") * HOURS),
        (SEARCH, {"sku": {"name": "standard"}, "replicaCount": 3, "partitionCount": 2}, 6 * Decimal("0.336") * HOURS),
        (SEARCH, {"sku": {"name": "basic"}}, Decimal("0.101") * HOURS),
        (SEARCH, {"sku": {"name": "standard2"}, "computeType": "Confidential"}, Decimal("1.4784") * HOURS),
        (BUS, {"sku": {"name": "Premium", "tier": "Premium", "capacity": 2}}, 2 * Decimal("0.9275") * HOURS),
        (BUS, {"sku": {"name": "Premium", "capacity": 1}, "premiumMessagingPartitions": 4},
         4 * Decimal("0.9275") * HOURS),
        (BUS, {"sku": {"name": "Premium", "capacity": 1}, "geoDataReplication": {"locations": [
            {"locationName": "uaenorth"}, {"locationName": "uaecentral"}]}}, 2 * Decimal("0.9275") * HOURS),
        (BUS, {"sku": {"name": "Standard"}}, Decimal(10)),
        (HUBS, {"sku": {"name": "Standard", "capacity": 4}}, 4 * Decimal("0.03") * HOURS),
        (HUBS, {"sku": {"name": "Standard"}}, Decimal("0.03") * HOURS),
        (HUBS, {"sku": {"name": "Premium", "capacity": 8}}, 8 * Decimal("1.027") * HOURS),
        (HUBS, {"sku": {"name": "Standard", "capacity": 1}, "isAutoInflateEnabled": True, "maximumThroughputUnits": 20},
         20 * Decimal("0.03") * HOURS),
        (HUBS, {"sku": {"name": "Standard", "capacity": 2}, "isAutoInflateEnabled": False, "maximumThroughputUnits": 0},
         2 * Decimal("0.03") * HOURS),
        (DEDICATED, {"sku": {"name": "Dedicated", "capacity": 2}}, 2 * Decimal("6.849") * HOURS),
    ],
)  # fmt: skip
def test_amounts(kind: str, props: dict[str, Any], in_east_us: Decimal) -> None:
    assert usd(kind, props) == in_east_us * RATIO


@pytest.mark.parametrize("link", [{"dependencies": {"sourceServerResourceId": [urn(POSTGRES, "orders")]}}, {}])
def test_a_replica_has_the_size_of_its_source(link: dict[str, Any]) -> None:
    source = (POSTGRES, "orders", ORDERS | {"serverName": "psql-orders"})
    of_source = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-orders"
    replica = {"createMode": "Replica", "sourceServerResourceId": UNKNOWN if link else of_source}
    assert usd(POSTGRES, replica, source, **link) == _postgres("0.356", 128) * RATIO
    own = replica | {"sku": {"name": "Standard_D2ds_v5"}}
    assert usd(POSTGRES, own, source, **link) == _postgres("0.178", 128) * RATIO
    assert not any(line.priced for line in lines(POSTGRES, replica))


@pytest.mark.parametrize("link", [{"namespaceName": "hubs"}, {"namespaceName": UNKNOWN}])
def test_capture_is_paid_for_by_the_units_of_the_namespace(link: dict[str, Any]) -> None:
    captured = (HUB, "orders", {"captureDescription": {"enabled": True}} | link)
    namespace = {"namespaceName": "hubs", "sku": {"name": "Standard", "capacity": 4}}
    assert usd(HUBS, namespace, captured) == 4 * (Decimal("0.03") + Decimal("0.1")) * HOURS * RATIO
    premium = namespace | {"sku": {"name": "Premium", "capacity": 1}}
    assert usd(HUBS, premium, captured) == Decimal("1.027") * HOURS * RATIO


def test_an_event_hub_costs_nothing_beside_its_namespace() -> None:
    captured = {"namespaceName": "hubs", "captureDescription": {"enabled": True}}
    assert lines(HUB, {"namespaceName": "hubs"}) == []
    assert lines(HUB, captured, (HUBS, "n", {"namespaceName": "hubs", "sku": {"name": "Standard"}})) == []
    elsewhere = (HUBS, "n", {"namespaceName": "other", "sku": {"name": "Standard"}})
    nameless = (HUBS, "n", {"sku": {"name": "Standard"}})
    for others in ((), (elsewhere,), (nameless,)):
        assert [line.charge.basis for line in lines(HUB, captured, *others)] == [Basis.USAGE]
    assert [line.charge.basis for line in lines(HUB, {"captureDescription": UNKNOWN})] == [Basis.USAGE]


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (HUBS, {"sku": {"name": "Standard"}, "clusterArmId": "/subscriptions/s/clusters/c"}),
        (BUS, {"sku": {"name": "Basic"}}),
    ],
)
def test_what_is_charged_by_use(kind: str, props: dict[str, Any]) -> None:
    (line,) = lines(kind, props)
    assert not line.priced
    assert line.charge.basis is Basis.USAGE


ONE_REGION = {"accountName": "cosmos", "locations": [{"locationName": "uaenorth"}]}
TWO_REGIONS = {"accountName": "cosmos", "locations": [{"locationName": "uaenorth"}, {"locationName": "uaecentral"}]}
ZONES = {"accountName": "cosmos", "locations": [{"locationName": "uaenorth", "isZoneRedundant": True}]}


@pytest.mark.parametrize(
    ("account", "options", "in_east_us"),
    [
        (ONE_REGION, {"throughput": 4000}, 40 * Decimal("0.008")),
        (TWO_REGIONS, {"throughput": 4000}, 80 * Decimal("0.008")),
        (TWO_REGIONS | {"enableMultipleWriteLocations": True}, {"throughput": 400}, 8 * Decimal("0.016")),
        (ZONES, {"throughput": 1000}, 10 * Decimal("0.008") * Decimal("1.25")),
        (ZONES, {"autoscaleSettings": {"maxThroughput": 1000}}, 10 * Decimal("0.012")),
        (ZONES | {"enableMultipleWriteLocations": True}, {"throughput": 1000}, 10 * Decimal("0.016")),
        (ONE_REGION, {"autoscaleSettings": {"maxThroughput": 4000}}, 40 * Decimal("0.012")),
        (TWO_REGIONS, {"autoscaleSettings": {"maxThroughput": 1000}}, 20 * Decimal("0.012")),
    ],
)
def test_throughput_of_cosmos_db_is_paid_for_in_each_region(
    account: dict[str, Any], options: dict[str, Any], in_east_us: Decimal
) -> None:
    container = {"accountName": "cosmos", "options": options}
    assert usd(CONTAINER, container, (ACCOUNT, "a", account)) == in_east_us * RATIO * HOURS
    unnamed = container | {"accountName": UNKNOWN}
    other = (ACCOUNT, "b", ONE_REGION | {"accountName": "other"})
    assert usd(CONTAINER, unnamed, (ACCOUNT, "a", account), other) == in_east_us * RATIO * HOURS


def test_throughput_that_scales_costs_a_tenth_at_least() -> None:
    container = {"accountName": "cosmos", "options": {"autoscaleSettings": {"maxThroughput": 4000}}}
    (line,) = lines(CONTAINER, container, (ACCOUNT, "a", ONE_REGION))
    assert line.usd.min * 10 == line.usd.expected == line.usd.max


@pytest.mark.parametrize(
    ("account", "options"),
    [
        (ONE_REGION | {"accountName": "other"}, {"throughput": 400}),
        ({"accountName": "cosmos", "locations": UNKNOWN}, {"throughput": 400}),
        ({"accountName": "cosmos"}, {"throughput": 400}),
        (ONE_REGION | {"enableMultipleWriteLocations": UNKNOWN}, {"throughput": 400}),
        (ONE_REGION | {"enableMultipleWriteLocations": True}, {"autoscaleSettings": {"maxThroughput": 4000}}),
        (ONE_REGION, {"throughput": UNKNOWN}),
        (ONE_REGION, {"autoscaleSettings": UNKNOWN}),
        (ONE_REGION, {"autoscaleSettings": {"maxThroughput": UNKNOWN}}),
        (ONE_REGION, UNKNOWN),
    ],
)
def test_throughput_without_a_bound_or_a_known_account_has_no_price(account: dict[str, Any], options: Any) -> None:
    found = lines(CONTAINER, {"accountName": "cosmos", "options": options}, (ACCOUNT, "a", account))
    assert [line for line in baseline(found) if not line.priced]


def test_a_free_search_service_costs_nothing() -> None:
    assert lines(SEARCH, {"sku": {"name": "free"}}) == []


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (POSTGRES, {}),
        *((kind, props | {"sku": {"name": name}}) for kind, props in ((POSTGRES, ORDERS), (MYSQL, CARDS))
          for name in ("Standard_D4ds_v9", "Standard_M64ds_v2", "Standard_D4-2ds_v5", "gp", UNKNOWN)),
        (POSTGRES, ORDERS | {"sku": UNKNOWN}),
        (POSTGRES, ORDERS | {"storage": {}}),
        (POSTGRES, ORDERS | {"storage": UNKNOWN}),
        (POSTGRES, ORDERS | {"storage": {"storageSizeGB": 128, "tier": "P50"}}),
        (POSTGRES, ORDERS | {"storage": {"storageSizeGB": 128, "type": "PremiumV2_LRS", "iops": UNKNOWN}}),
        (POSTGRES, ORDERS | {"storage": {"storageSizeGB": 128, "type": "PremiumV2_LRS", "throughput": UNKNOWN}}),
        (POSTGRES, ORDERS | {"storage": {"storageSizeGB": 128, "type": "UltraSSD_LRS"}}),
        (POSTGRES, ORDERS | {"cluster": {"clusterSize": UNKNOWN}}),
        (POSTGRES, ORDERS | {"highAvailability": {"mode": UNKNOWN}}),
        (MYSQL, CARDS | {"storage": {"storageSizeGB": 100, "iops": UNKNOWN}}),
        (MYSQL, CARDS | {"storage": {"storageSizeGB": 100, "logOnDisk": "Enabled"}}),
        (MYSQL, CARDS | {"storage": {"storageSizeGB": 100, "storageRedundancy": "ZoneRedundancy"}}),
        (REDIS, {"sku": {"name": "Premium", "family": "P", "capacity": 5}}),
        (REDIS, {"sku": {"name": "Premium", "family": "P", "capacity": UNKNOWN}}),
        (REDIS, {"sku": {"name": "Premium", "family": "P", "capacity": 1}, "shardCount": UNKNOWN}),
        (REDIS, {"sku": {"name": "Premium", "family": "P"}}),
        (MANAGED, {"sku": {"name": "Enterprise_E100", "capacity": 10}}),
        (MANAGED, {"sku": {"name": "Balanced_B9999"}}),
        (MANAGED, {"sku": {"name": UNKNOWN}}),
        (MANAGED, {"sku": {"name": "Balanced_B3"}, "highAvailability": UNKNOWN}),
        (SEARCH, {}),
        (SEARCH, {"sku": {"name": "serverless"}}),
        (SEARCH, {"sku": {"name": "standard3"}, "replicaCount": UNKNOWN}),
        (SEARCH, {"sku": {"name": "standard3"}, "partitionCount": UNKNOWN}),
        (BUS, {"sku": {"name": "Premium", "capacity": UNKNOWN}}),
        (BUS, {"sku": {"name": "Premium", "capacity": 1}, "geoDataReplication": UNKNOWN}),
        (BUS, {"sku": {"name": "Ultra"}}),
        (BUS, {}),
        (HUBS, {"sku": {"name": "Premium", "capacity": UNKNOWN}}),
        (HUBS, {"sku": {"name": "Standard"}, "isAutoInflateEnabled": True}),
        (HUBS, {"sku": {"name": "Standard"}, "isAutoInflateEnabled": True, "maximumThroughputUnits": UNKNOWN}),
        (HUBS, {"sku": {"name": "Standard"}, "isAutoInflateEnabled": UNKNOWN}),
        (HUBS, {}),
        (DEDICATED, {"sku": {"name": "Dedicated", "capacity": UNKNOWN}}),
        (DEDICATED, {"sku": {"name": "Other"}}),
    ],
)  # fmt: skip
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert [line for line in baseline(lines(kind, props)) if not line.priced]


SERVICES = ("ai-search", "cosmos-db", "event-hubs", "managed-redis", "mysql", "postgresql", "redis", "service-bus")
OWN = {key: price for key, price in service_rows().items() if key[1] in SERVICES}


def test_every_price_is_estimated_and_has_a_date_and_holds_in_both_regions() -> None:
    assert len(OWN) > 250
    for (region, service, sku), price in OWN.items():
        assert all((price.source.endswith(f"-east-us-2-x-{RATIO}"), price.date, price.usd)), (service, sku)
        assert price.kind is PriceKind.ESTIMATED
        assert {OWN[other, service, sku].usd for other in ("uaenorth", "uaecentral")} == {price.usd}, region


def test_prices_of_managed_caches_are_in_proportion_to_the_size() -> None:
    """From ten GB on; smaller ones share a machine, and the largest are cheaper by up to a quarter."""
    rates: dict[str, list[Decimal]] = {}
    for (region, service, sku), price in OWN.items():
        family, _, name = sku.partition("_")
        if service == "managed-redis" and region == "uaenorth" and int(name[1:]) >= 10 and price.usd:
            rates.setdefault(family, []).append(price.usd / int(name[1:]))
    assert len(rates) == 4
    assert all(max(found) / min(found) < Decimal("1.8") for found in rates.values()), rates
