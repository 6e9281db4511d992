"""Databases, caches and search domains on AWS: amounts by hand, and what has no price."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from falaj.facts.prices import PriceKind, service_rows
from falaj.finops.lines import Basis
from falaj.finops.plan import UNKNOWN

from .plans import plan, priced, urn

AWS = ("pulumi:providers:aws", "site", {"region": "me-central-1"})
PROVIDER = {"provider": urn("pulumi:providers:aws", "site")}
HOURS = Decimal(730)
INSTANCE, CLUSTER, MEMBER = (f"aws:rds/{kind}" for kind in
                             ("instance:Instance", "cluster:Cluster", "clusterInstance:ClusterInstance"))  # fmt: skip
GROUP, CACHE = "aws:elasticache/replicationGroup:ReplicationGroup", "aws:elasticache/cluster:Cluster"
DOMAIN, OLD_DOMAIN = "aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"
ORDERS = {"engine": "postgres", "instanceClass": "db.m6g.large", "allocatedStorage": 100, "storageType": "gp3"}
STORAGE = Decimal("0.13915")
"""USD a GB of gp2 and gp3 storage of RDS."""


def lines(kind: str, props: Mapping[str, Any], *others: Any, **more: Any) -> Any:
    result = priced(plan(AWS, *((*row, PROVIDER) for row in others), (kind, "it", props, PROVIDER | more))).lines
    return [line for line in result if line.name == "it"]


def usd(kind: str, props: Mapping[str, Any], *others: Any, **more: Any) -> Decimal:
    found = lines(kind, props, *others, **more)
    assert found
    assert all(line.priced for line in found), [line.price.source for line in found]
    return sum((line.usd.expected for line in found), Decimal(0))


@pytest.mark.parametrize(
    ("kind", "props", "expected"),
    [
        (INSTANCE, ORDERS, Decimal("0.193") * HOURS + 100 * STORAGE),
        (INSTANCE, ORDERS | {"multiAz": True}, 2 * (Decimal("0.193") * HOURS + 100 * STORAGE)),
        (INSTANCE, ORDERS | {"engine": "mysql", "storageType": None}, Decimal("0.184") * HOURS + 100 * STORAGE),
        (INSTANCE, ORDERS | {"iops": 4000}, Decimal("0.193") * HOURS + 100 * STORAGE + 1000 * Decimal("0.0242")),
        (INSTANCE, ORDERS | {"allocatedStorage": 400, "iops": 12_000}, Decimal("0.193") * HOURS + 400 * STORAGE),
        (INSTANCE, ORDERS | {"storageType": None, "iops": 2000},
         Decimal("0.193") * HOURS + 100 * Decimal("0.15125") + 2000 * Decimal("0.121")),
        (INSTANCE, ORDERS | {"engine": "sqlserver-se", "instanceClass": "db.m5.xlarge", "multiAz": True},
         2 * (Decimal("1.386") * HOURS + 100 * STORAGE)),
        (INSTANCE, ORDERS | {"engine": "oracle-se2-cdb", "instanceClass": "db.r6i.xlarge", "licenseModel":
                             "license-included"}, Decimal("1.1792") * HOURS + 100 * STORAGE),
        (INSTANCE, ORDERS | {"engine": "oracle-se2", "instanceClass": "db.r6i.xlarge", "licenseModel":
                             "bring-your-own-license"}, Decimal("0.568") * HOURS + 100 * STORAGE),
        (CLUSTER, {"engine": "postgres", "dbClusterInstanceClass": "db.m6gd.large", "allocatedStorage": 100,
                   "storageType": "io1", "iops": 1000},
         3 * (Decimal("0.226") * HOURS + 100 * Decimal("0.15125") + 1000 * Decimal("0.121"))),
        (GROUP, {"engine": "valkey", "nodeType": "cache.m5.large", "numNodeGroups": 2, "replicasPerNodeGroup": 2},
         6 * Decimal("0.15136") * HOURS),
        (GROUP, {"nodeType": "cache.m5.large", "numCacheClusters": 2}, 2 * Decimal("0.1892") * HOURS),
        (GROUP, {"nodeType": "cache.m5.large", "numNodeGroups": 2, "nodeGroupConfigurations": [
            {"replicaCount": 1}, {"replicaCount": 3}]}, 8 * Decimal("0.1892") * HOURS),
        (CACHE, {"engine": "memcached", "nodeType": "cache.m5.large", "numCacheNodes": 3},
         3 * Decimal("0.1892") * HOURS),
        (DOMAIN, {"clusterConfig": {
            "instanceType": "r6g.large.search", "instanceCount": 3, "dedicatedMasterEnabled": True,
            "dedicatedMasterType": "m6g.large.search", "dedicatedMasterCount": 3, "warmEnabled": True, "warmType":
            "ultrawarm1.medium.search", "warmCount": 2},
            "ebsOptions": {"ebsEnabled": True, "volumeType": "gp3", "volumeSize": 200, "throughput": 300}},
         (3 * Decimal("0.2094") + 3 * Decimal("0.1602") + 2 * Decimal("0.2882")) * HOURS
         + 600 * Decimal("0.14762") + 150 * Decimal("0.07744")),
        (OLD_DOMAIN, {"clusterConfig": {"instanceType": "m5.large.elasticsearch", "instanceCount": 2}},
         2 * Decimal("0.1738") * HOURS),
    ],
)  # fmt: skip
def test_amounts(kind: str, props: dict[str, Any], expected: Decimal) -> None:
    assert usd(kind, props) == expected


def test_autoscaled_storage_costs_its_maximum_at_most() -> None:
    (storage,) = (line for line in lines(INSTANCE, ORDERS | {"maxAllocatedStorage": 500}) if line.charge.sku == "gp3")
    assert (storage.usd.min, storage.usd.expected, storage.usd.max) == (100 * STORAGE, 100 * STORAGE, 500 * STORAGE)


@pytest.mark.parametrize("link", [{"dependencies": {"replicateSourceDb": [urn(INSTANCE, "orders")]}}, {}])
def test_a_replica_has_the_engine_and_the_size_of_its_source(link: dict[str, Any]) -> None:
    source = (INSTANCE, "orders", ORDERS | {"identifier": "orders"})
    replica = {"instanceClass": "db.m6g.large", "storageType": "gp3",
               "replicateSourceDb": UNKNOWN if link else "arn:aws:rds:me-central-1:1:db:orders"}  # fmt: skip
    assert usd(INSTANCE, replica, source, **link) == Decimal("0.193") * HOURS + 100 * STORAGE
    assert any(not line.priced for line in lines(INSTANCE, replica))


@pytest.mark.parametrize(
    ("cluster", "props", "expected"),
    [
        ({}, {"instanceClass": "db.r6g.large"}, Decimal("0.313")),
        ({"storageType": "aurora-iopt1"}, {"instanceClass": "db.r6g.large"}, Decimal("0.407")),
        ({"storageType": UNKNOWN}, {"instanceClass": "db.r6g.large"}, Decimal("0.407")),
        ({"engine": "aurora-postgresql"}, {"instanceClass": "db.r6g.large"}, Decimal("0.313")),
        (None, {"instanceClass": "db.r6g.large"}, Decimal("0.407")),
        ({"serverlessv2ScalingConfiguration": {"minCapacity": 0.5, "maxCapacity": 8}},
         {"instanceClass": "db.serverless"}, 8 * Decimal("0.1452")),
    ],
)  # fmt: skip
def test_instances_of_aurora(cluster: dict[str, Any] | None, props: dict[str, Any], expected: Decimal) -> None:
    others = [] if cluster is None else [(CLUSTER, "c", {"engine": "aurora-mysql", "clusterIdentifier": "c"} | cluster)]
    member = props | {"engine": "aurora-mysql", "clusterIdentifier": "c"}
    assert usd(MEMBER, member, *others) == expected * HOURS


def test_the_cluster_of_aurora_is_charged_by_use() -> None:
    (line,) = lines(CLUSTER, {"engine": "aurora-postgresql"})
    assert not line.priced
    assert line.charge.basis is Basis.USAGE


def test_a_serverless_cluster_without_instances_in_the_plan_has_no_price() -> None:
    cluster = {"engine": "aurora-mysql", "serverlessv2ScalingConfiguration": {"minCapacity": 2, "maxCapacity": 64}}
    member = (MEMBER, "m", {"engine": "aurora-mysql", "instanceClass": "db.r6g.large", "clusterIdentifier": "c"})

    def baseline(name: str, *others: Any) -> list[Any]:
        found = lines(CLUSTER, cluster | {"clusterIdentifier": name}, *others)
        return [line for line in found if line.charge.basis is Basis.BASELINE]

    assert baseline("c", member) == []
    for found in (baseline("c"), baseline("other", member)):
        assert [line.priced for line in found] == [False]


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (INSTANCE, ORDERS | {"instanceClass": "db.z9.large"}),
        (INSTANCE, ORDERS | {"engine": "db2-se"}),
        (INSTANCE, ORDERS | {"engine": "oracle-se2", "instanceClass": "db.r6i.xlarge"}),
        (INSTANCE, ORDERS | {"engine": None}),
        (INSTANCE, ORDERS | {"allocatedStorage": None}),
        (INSTANCE, ORDERS | {"storageType": "io2", "iops": 5000}),
        (INSTANCE, ORDERS | {"storageThroughput": 400}),
        (INSTANCE, ORDERS | {"dedicatedLogVolume": True}),
        *((INSTANCE, ORDERS | {key: UNKNOWN}) for key in ("instanceClass", "engine", "multiAz", "maxAllocatedStorage")),
        (CLUSTER, {"engine": "aurora-mysql", "engineMode": "serverless"}),
        (CLUSTER, {"engine": UNKNOWN}),
        (CLUSTER, {"engine": "aurora-postgresql", "clusterScalabilityType": "limitless"}),
        (CLUSTER, {"engine": "mysql", "dbClusterInstanceClass": "db.m6gd.large"}),
        (MEMBER, {"engine": "aurora-mysql", "instanceClass": "db.serverless"}),
        (MEMBER, {"engine": "aurora-mysql", "instanceClass": UNKNOWN}),
        (MEMBER, {"engine": "aurora-mysql", "instanceClass": "db.z9.large"}),
        (GROUP, {"nodeType": "cache.z9.large"}),
        (GROUP, {"globalReplicationGroupId": "g"}),
        (GROUP, {"nodeType": "cache.m5.large", "numNodeGroups": UNKNOWN}),
        (GROUP, {"nodeType": "cache.m5.large", "durability": "sync"}),
        (CACHE, {"nodeType": "cache.m5.large", "numCacheNodes": UNKNOWN}),
        (CACHE, {"engine": "redis"}),
        (DOMAIN, {}),
        (DOMAIN, {"clusterConfig": UNKNOWN}),
        (DOMAIN, {"clusterConfig": {"instanceType": "m6g.large.search", "instanceCount": UNKNOWN}}),
        (DOMAIN, {"clusterConfig": {"instanceType": "m6g.large.search", "dedicatedMasterEnabled": True}}),
        (DOMAIN, {"clusterConfig": {"instanceType": "m6g.large.search", "warmEnabled": True, "warmCount": 2}}),
        (DOMAIN, {"clusterConfig": {"instanceType": "m6g.large.search"}, "ebsOptions": {"ebsEnabled": True}}),
        (DOMAIN, {"clusterConfig": {"instanceType": "m6g.large.search"}, "ebsOptions": {
            "ebsEnabled": True, "volumeType": "io1", "volumeSize": 100}}),
    ],
)  # fmt: skip
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert [line for line in lines(kind, props) if not line.priced and line.charge.basis is Basis.BASELINE]


def test_a_node_of_a_group_has_the_type_of_the_group() -> None:
    group = (GROUP, "group", {"nodeType": "cache.m5.large", "engine": "valkey"})
    linked = {"dependencies": {"replicationGroupId": [urn(GROUP, "group")]}}
    assert usd(CACHE, {"replicationGroupId": UNKNOWN}, group, **linked) == Decimal("0.15136") * HOURS


@pytest.mark.parametrize("more", [{"databaseInsightsMode": "advanced"}, {"performanceInsightsRetentionPeriod": 465}])
def test_insights_beyond_the_free_days_are_a_line_without_a_price(more: dict[str, Any]) -> None:
    (line,) = (line for line in lines(INSTANCE, ORDERS | more) if not line.priced)
    assert (line.charge.sku, line.charge.basis) == ("insights", Basis.USAGE)
    assert all(line.priced for line in lines(INSTANCE, ORDERS | {"performanceInsightsRetentionPeriod": 7}))


def test_coordinators_are_nodes() -> None:
    config = {
        "instanceType": "m6g.large.search",
        "nodeOptions": [
            {"nodeType": "coordinator", "nodeConfig": {"enabled": True, "type": "m6g.large.search", "count": 2}}
        ],
    }
    assert usd(DOMAIN, {"clusterConfig": config}) == 3 * Decimal("0.1602") * HOURS


SIZES = {"micro": Decimal("0.125"), "small": Decimal("0.25"), "medium": Decimal("0.5"), "large": Decimal(1)}
OWN = {key: price for key, price in service_rows().items() if key[1] in ("rds", "elasticache", "opensearch")}
"""The price rows of databases, caches and search domains."""


def size(name: str) -> Decimal:
    """Returns the size of a class in those of `large`."""
    return SIZES[name] if name in SIZES else 2 * Decimal(name.removesuffix("xlarge") or 1)


def test_every_price_has_a_source_and_a_date() -> None:
    assert len(OWN) > 600
    for (region, service, sku), price in OWN.items():
        assert region == "me-central-1"
        assert all((price.source, price.date, price.usd)), (service, sku)
        assert (price.kind is PriceKind.OBSERVED) is (price.source == "vantage"), (service, sku)


def test_prices_of_a_family_are_in_proportion_to_the_size() -> None:
    """Those with a licence in the price are not, and neither is warm storage, whose classes hold different sizes."""
    rates: dict[tuple[str, str, str], list[tuple[Decimal, str]]] = {}
    for (_, service, sku), price in OWN.items():
        family, _, rest = sku.removeprefix("db.").removeprefix("cache.").partition(".")
        name, _, engine = rest.removesuffix(".search").partition("-")
        if name and price.usd and not engine.startswith("sqlserver") and not family.startswith("ultrawarm"):
            rates.setdefault((service, family, engine), []).append((price.usd / size(name), sku))
    assert len(rates) > 80
    for found in rates.values():
        middle = sorted(found)[len(found) // 2][0]
        assert not [sku for rate, sku in found if abs(rate / middle - 1) > Decimal("0.12")]


def test_io_optimized_storage_costs_a_third_more() -> None:
    """The ratio is 1.3 in the price list, as in the price of capacity units."""
    for (region, service, sku), price in OWN.items():
        standard = OWN.get((region, service, sku.removesuffix("-io"))) if sku.endswith("-aurora-io") else None
        if standard and standard.usd and price.usd:
            assert abs(price.usd / standard.usd - Decimal("1.3")) < Decimal("0.02"), sku
