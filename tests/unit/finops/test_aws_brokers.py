"""Kafka, documents and serverless warehouses on AWS: amounts by hand, and what has no price."""

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
HOURS, RATIO = Decimal(730), Decimal("1.21")
KAFKA, SERVERLESS = "aws:msk/cluster:Cluster", "aws:msk/serverlessCluster:ServerlessCluster"
DOCUMENTS, MEMBER = "aws:docdb/cluster:Cluster", "aws:docdb/clusterInstance:ClusterInstance"
WORKGROUP, LIMIT = "aws:redshiftserverless/workgroup:Workgroup", "aws:redshiftserverless/usageLimit:UsageLimit"
TARGET = "aws:appautoscaling/target:Target"
STANDARD = (DOCUMENTS, "c", {"engine": "docdb"})
STOPPED = {"usageType": "serverless-compute", "amount": 600, "breachAction": "deactivate"}


def brokers(name: object = "kafka.m7g.large", count: object = 3, size: object = 500, **more: object) -> dict[str, Any]:
    return {"numberOfBrokerNodes": count, "brokerNodeGroupInfo": {
        "instanceType": name, "storageInfo": {"ebsStorageInfo": {"volumeSize": size, **more}}}}  # fmt: skip


def lines(kind: str, props: Mapping[str, Any], *others: Any, **more: Any) -> Any:
    result = priced(plan(AWS, *((*row, PROVIDER) for row in others), (kind, "it", props, PROVIDER | more))).lines
    return [line for line in result if line.name == "it" and line.charge.basis is Basis.BASELINE]


def usd(kind: str, props: Mapping[str, Any], *others: Any, **more: Any) -> Decimal:
    found = lines(kind, props, *others, **more)
    assert found
    assert all(line.priced for line in found), [line.price.source for line in found]
    return sum((line.usd.expected for line in found), Decimal(0))


def _kafka(hourly: str, count: int, gib: int) -> Decimal:
    return count * (Decimal(hourly) * HOURS + gib * Decimal("0.10"))


@pytest.mark.parametrize(
    ("kind", "props", "others", "in_us_east_1"),
    [
        (KAFKA, brokers(), (), _kafka("0.204", 3, 500)),
        (KAFKA, brokers("kafka.m5.xlarge", 6, 1000), (), _kafka("0.42", 6, 1000)),
        (KAFKA, brokers("kafka.t3.small", 2, 10), (), _kafka("0.0456", 2, 10)),
        (KAFKA, brokers(provisionedThroughput={"enabled": True, "volumeThroughput": 300}), (),
         _kafka("0.204", 3, 500) + 3 * 300 * Decimal("0.08")),
        (KAFKA, brokers(provisionedThroughput={"enabled": False, "volumeThroughput": 300}), (),
         _kafka("0.204", 3, 500)),
        (KAFKA, brokers("express.m7g.large", 3, None), (), 3 * Decimal("0.408") * HOURS),
        (SERVERLESS, {}, (), Decimal("0.75") * HOURS),
        (MEMBER, {"instanceClass": "db.r5.large"}, (STANDARD,), Decimal("0.277") * HOURS),
        (MEMBER, {"instanceClass": "db.t3.medium", "engine": "docdb"}, (STANDARD,), Decimal("0.078") * HOURS),
        (MEMBER, {"instanceClass": "db.t4g.medium"}, (STANDARD,), Decimal("0.07566") * HOURS),
        (MEMBER, {"instanceClass": "db.r6g.2xlarge"}, (STANDARD,), 4 * Decimal("0.26315") * HOURS),
    ],
)  # fmt: skip
def test_amounts(kind: str, props: dict[str, Any], others: tuple[Any, ...], in_us_east_1: Decimal) -> None:
    assert usd(kind, props, *others) == in_us_east_1 * RATIO


def test_storage_of_brokers_that_scales_costs_its_maximum_at_most() -> None:
    growing = (TARGET, "t", {"scalableDimension": "kafka:broker-storage:VolumeSize", "maxCapacity": 2000})
    other = (TARGET, "o", {"scalableDimension": "ecs:service:DesiredCount", "maxCapacity": 9000})
    (storage,) = (line for line in lines(KAFKA, brokers(), growing, other) if line.charge.sku == "storage")
    assert storage.usd.expected == 3 * 500 * Decimal("0.121")
    assert storage.usd.max == 3 * 2000 * Decimal("0.121")


@pytest.mark.parametrize(
    ("limit", "hours"),
    [
        (STOPPED, 600),
        (STOPPED | {"period": "monthly"}, 600),
        (STOPPED | {"period": "daily", "amount": 24}, 24 * Decimal(365) / 12),
        (STOPPED | {"period": "weekly", "amount": 70}, 70 * Decimal(365) / 84),
    ],
)
def test_a_limit_that_stops_queries_bounds_a_serverless_warehouse(limit: dict[str, Any], hours: Decimal | int) -> None:
    (line,) = lines(WORKGROUP, {"baseCapacity": 32}, (LIMIT, "l", limit))
    assert line.priced
    assert line.usd.min == 0
    assert line.usd.expected == line.usd.max == hours * Decimal("0.4158")
    assert line.price.kind is PriceKind.OBSERVED


@pytest.mark.parametrize(
    ("kind", "props", "others"),
    [
        (KAFKA, {}, ()),
        (KAFKA, brokers("kafka.z9.large"), ()),
        (KAFKA, brokers("express.m7g.16xlarge"), ()),
        (KAFKA, brokers(UNKNOWN), ()),
        (KAFKA, brokers(count=UNKNOWN), ()),
        (KAFKA, brokers(count=0), ()),
        (KAFKA, brokers(size=UNKNOWN), ()),
        (KAFKA, brokers(size=None), ()),
        (KAFKA, brokers(provisionedThroughput=UNKNOWN), ()),
        (KAFKA, brokers(provisionedThroughput={"enabled": True, "volumeThroughput": UNKNOWN}), ()),
        (KAFKA, brokers(provisionedThroughput={"enabled": True}), ()),
        (MEMBER, {"instanceClass": "db.r5.large"}, ()),
        (MEMBER, {"instanceClass": "db.z9.large"}, (STANDARD,)),
        (MEMBER, {"instanceClass": UNKNOWN}, (STANDARD,)),
        (MEMBER, {"instanceClass": "db.serverless"}, (STANDARD,)),
        (MEMBER, {"instanceClass": "db.r5.large"}, ((DOCUMENTS, "c", {"storageType": "iopt1"}),)),
        (MEMBER, {"instanceClass": "db.r5.large"}, ((DOCUMENTS, "c", {"storageType": UNKNOWN}),)),
        (MEMBER, {"instanceClass": "db.r5.large"}, (STANDARD, (DOCUMENTS, "d", {"storageType": "iopt1"}))),
        (WORKGROUP, {"baseCapacity": 8}, ()),
        (WORKGROUP, {"baseCapacity": 8, "maxCapacity": 512}, ()),
        *((WORKGROUP, {"baseCapacity": 8}, ((LIMIT, "l", STOPPED | more),)) for more in (
            {"breachAction": "log"}, {"breachAction": None}, {"breachAction": UNKNOWN}, {"amount": UNKNOWN},
            {"usageType": "cross-region-datasharing"}, {"period": UNKNOWN}, {"period": "yearly"})),
        (WORKGROUP, {}, ((LIMIT, "l", STOPPED), (WORKGROUP, "other", {}))),
    ],
)  # fmt: skip
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any], others: tuple[Any, ...]) -> None:
    assert [line for line in lines(kind, props, *others) if not line.priced]


def test_a_limit_is_of_the_workgroup_to_which_it_is_linked() -> None:
    linked = PROVIDER | {"dependencies": {"resourceArn": [urn(WORKGROUP, "it")]}}
    found = priced(plan(AWS, (WORKGROUP, "it", {}, PROVIDER), (WORKGROUP, "other", {}, PROVIDER),
                        (LIMIT, "l", STOPPED | {"resourceArn": UNKNOWN}, linked))).lines  # fmt: skip
    assert {line.name: line.priced for line in found} == {"it": True, "other": False}


def test_the_cluster_of_documents_is_charged_by_use() -> None:
    (line,) = priced(plan(AWS, (*STANDARD, PROVIDER))).lines
    assert not line.priced
    assert line.charge.basis is Basis.USAGE


def test_every_price_has_a_source_and_a_date() -> None:
    own = {key: price for key, price in service_rows().items() if key[1] in ("msk", "docdb", "redshift-serverless")}
    assert len(own) >= 30
    for (region, service, sku), price in own.items():
        assert region == "me-central-1"
        assert all((price.source, price.date, price.usd)), (service, sku)
        assert (price.kind is PriceKind.ESTIMATED) is price.source.endswith(f"us-east-1-x-{RATIO}") or "by-size" in (
            price.source
        )
