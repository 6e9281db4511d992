"""Streams, files, memory, tables, models and kept capacity of AWS: amounts by hand.

The price beside each amount is that of us-east-1 (of machines of SageMaker, us-west-2) in the source that its row
names.
"""

from decimal import Decimal
from typing import Any

import pytest

from falaj.facts.prices import PriceKind, service_rows
from falaj.finops.plan import UNKNOWN

from .aws_lines import (
    AIRFLOW,
    AURORA,
    AUTHORITY,
    BEHIND,
    BROKER,
    CACHE,
    CONNECTOR,
    CONSUMER,
    DATABASE,
    DAX,
    ENDPOINT,
    FILES,
    FLINK,
    FUNCTION,
    GRAPH,
    GRAPH_INSTANCE,
    GROUP,
    HOURS,
    LUSTRE,
    MEMBER,
    MEMORY,
    NOTEBOOK,
    OF_PROXY,
    OF_SETUP,
    ON_DEMAND,
    ONTAP,
    OPENZFS,
    PORT,
    PROXY,
    RATIO,
    SPARK,
    STREAM,
    TABLE,
    TARGET,
    TRAINING,
    WARM,
    WINDOWS,
    flink,
    limits,
    lines,
    setup,
    stream,
    usd,
    variant,
    worker,
)
from .plans import urn


@pytest.mark.parametrize(
    ("kind", "props", "others", "in_us_east_1"),
    [
        (STREAM, stream()[2], (), 4 * HOURS * Decimal("0.015")),
        (STREAM, stream(retentionPeriod=24)[2], (), 4 * HOURS * Decimal("0.015")),
        (STREAM, stream(retentionPeriod=168)[2], (), 4 * HOURS * Decimal("0.035")),
        (STREAM, ON_DEMAND, (), HOURS * Decimal("0.04")),
        (FLINK, flink(), (), 5 * HOURS * Decimal("0.11") + 4 * 50 * Decimal("0.1005")),
        (CONNECTOR, {"capacity": {"provisionedCapacity": {"workerCount": 3, "mcuCount": 2}}}, (),
         6 * HOURS * Decimal("0.11")),
        (CONNECTOR, {"capacity": {"autoscaling": {"minWorkerCount": 1, "maxWorkerCount": 4}}}, (),
         4 * HOURS * Decimal("0.11")),
        (BROKER, {"hostInstanceType": "mq.m5.large"}, (), HOURS * Decimal("0.288")),
        (BROKER, {"hostInstanceType": "mq.m5.large", "deploymentMode": "ACTIVE_STANDBY_MULTI_AZ"}, (),
         Decimal("420.48")),
        (BROKER, {"hostInstanceType": "mq.m5.xlarge", "deploymentMode": "CLUSTER_MULTI_AZ"}, (), Decimal("1261.44")),
        (BROKER, {"hostInstanceType": "mq.m7g.large", "deploymentMode": "CLUSTER_MULTI_AZ"}, (),
         3 * HOURS * Decimal("0.2734")),
        (AIRFLOW, {"environmentClass": "mw1.medium", "maxWorkers": 1}, (), Decimal("540.20")),
        (AIRFLOW, {"maxWorkers": 5, "schedulers": 3}, (), Decimal("357.70") + 5 * HOURS * Decimal("0.055")),
        (AIRFLOW, {}, (), Decimal("357.70") + 9 * HOURS * Decimal("0.055")),
        (LUSTRE, {"storageCapacity": 1200, "deploymentType": "SCRATCH_2"}, (), 1200 * Decimal("0.14")),
        *((LUSTRE, {"storageCapacity": 4800, "deploymentType": "PERSISTENT_2", "perUnitStorageThroughput": rate}, (),
           4800 * Decimal(price)) for rate, price in ((125, "0.145"), (250, "0.21"), (500, "0.34"), (1000, "0.6"))),
        (LUSTRE, {"storageCapacity": 6000, "deploymentType": "PERSISTENT_1", "perUnitStorageThroughput": 12,
                  "storageType": "HDD", "driveCacheType": "READ"}, (), 6000 * Decimal("0.041")),
        (WINDOWS, FILES, (), 1024 * Decimal("0.13") + 256 * Decimal("2.20")),
        (WINDOWS, {"storageCapacity": 300, "throughputCapacity": 1024, "deploymentType": "MULTI_AZ_1"}, (),
         Decimal(69) + 4608),
        (WINDOWS, {"storageCapacity": 300, "throughputCapacity": 1024, "deploymentType": "MULTI_AZ_1",
                   "storageType": "HDD"}, (), Decimal("7.50") + 4608),
        (WINDOWS, {**FILES, "diskIopsConfiguration": {"mode": "USER_PROVISIONED", "iops": 4072}}, (),
         1024 * Decimal("0.13") + 256 * Decimal("2.20") + 1000 * Decimal("0.012")),
        (ONTAP, {**FILES, "deploymentType": "SINGLE_AZ_1"}, (), 1024 * Decimal("0.125") + 256 * Decimal("0.72")),
        (ONTAP, {**FILES, "deploymentType": "MULTI_AZ_1"}, (), Decimal(256) + 256 * Decimal("1.20")),
        (OPENZFS, {"storageCapacity": 300, "throughputCapacity": 1024, "deploymentType": "SINGLE_AZ_1"}, (),
         Decimal(27) + Decimal("266.24")),
        (MEMORY, {"nodeType": "db.t4g.small"}, (), Decimal("70.08")),
        (MEMORY, {"nodeType": "db.t4g.medium", "numShards": 3, "numReplicasPerShard": 2}, (),
         9 * HOURS * Decimal("0.096")),
        (MEMORY, {"nodeType": "db.r6g.large", "numReplicasPerShard": 0}, (), HOURS * Decimal("0.206") * Decimal("1.5")),
        (CACHE, limits(10), (), 10 * HOURS * Decimal("0.084")),
        (CACHE, limits(10, 5000, "redis"), (),
         10 * HOURS * Decimal("0.125") + 5000 * 3600 * HOURS / 1_000_000 * Decimal("0.0034")),
        (DAX, {"nodeType": "dax.t3.small", "replicationFactor": 3}, (), Decimal("87.60")),
        (TABLE, {"readCapacity": 30, "writeCapacity": 20}, (), HOURS * (30 * Decimal("0.00013") + 20 *
                                                                        Decimal("0.00065"))),
        (TABLE, {"readCapacity": 30, "writeCapacity": 20, "globalSecondaryIndexes": [
            {"readCapacity": 10, "writeCapacity": 5}]}, (),
         HOURS * (40 * Decimal("0.00013") + 25 * Decimal("0.00065"))),
        (GRAPH_INSTANCE, {"instanceClass": "db.r5.large"}, ((GRAPH, "graph", {}),), Decimal("254.04")),
        (ENDPOINT, OF_SETUP, (setup(variant()),), 2 * HOURS * Decimal("1.408")),
        (ENDPOINT, OF_SETUP, (setup(variant("ml.m5.large", 1, volumeSizeInGb=50), variant("ml.g6e.12xlarge", 1)),),
         HOURS * (Decimal("0.115") + Decimal("13.12")) + 50 * Decimal("0.14")),
        (ENDPOINT, OF_SETUP, (setup(variant(managedInstanceScaling={"status": "ENABLED", "maxInstanceCount": 6})),),
         6 * HOURS * Decimal("1.408")),
        (NOTEBOOK, {"instanceType": "ml.t3.medium"}, (), Decimal("36.50") + 5 * Decimal("0.14")),
        (NOTEBOOK, {"instanceType": "ml.m5.xlarge", "volumeSize": 100}, (), HOURS * Decimal("0.23") + 14),
        (TRAINING, {"resourceConfig": {"instanceType": "ml.g5.12xlarge", "instanceCount": 2}, "stoppingCondition": {
            "maxRuntimeInSeconds": 7200}}, (), 4 * Decimal("7.09")),
        (TRAINING, {"resourceConfig": {"instanceGroups": [{"instanceType": "ml.m5.large", "instanceCount": 1}]}}, (),
         24 * Decimal("0.115")),
        (SPARK, {"initialCapacities": [
            worker("Driver", 1), worker("Executor", 10, "4\tVCPU", "16gB", "120 Gb")]}, (),
         HOURS * (44 * Decimal("0.052624") + 176 * Decimal("0.0057785") + 1000 * Decimal("0.000111"))),
        (GROUP, {"capacityLimits": [{"maxIndexingCapacityInOcu": 4, "maxSearchCapacityInOcu": 6}]}, (),
         10 * HOURS * Decimal("0.24")),
        ("aws:ec2/trafficMirrorSession:TrafficMirrorSession", {}, (), Decimal("10.95")),
        ("aws:ec2transitgateway/peeringAttachment:PeeringAttachment", {}, (), Decimal("36.50")),
        ("aws:elb/loadBalancer:LoadBalancer", {}, (), Decimal("18.25")),
    ],
)  # fmt: skip
def test_amounts(kind: str, props: dict[str, Any], others: tuple[Any, ...], in_us_east_1: Decimal) -> None:
    assert usd(lines(kind, props, *others)).quantize(Decimal("0.00001")) == (in_us_east_1 * RATIO).quantize(
        Decimal("0.00001"))  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "props", "everywhere"),
    [
        (AUTHORITY, {}, 400), (AUTHORITY, {"usageMode": "SHORT_LIVED_CERTIFICATE"}, 50),
        (PORT, {"bandwidth": "1Gbps"}, 219), (PORT, {"bandwidth": "10Gbps"}, Decimal("1642.50")),
        (PORT, {"bandwidth": "100Gbps"}, 16425),
    ],
)  # fmt: skip
def test_amounts_that_are_the_same_everywhere(kind: str, props: dict[str, Any], everywhere: Decimal | int) -> None:
    assert usd(lines(kind, props)) == everywhere


def test_a_consumer_pays_for_the_shards_of_its_stream() -> None:
    linked = {"streamArn": [urn(STREAM, "stream")]}
    assert usd(lines(CONSUMER, {}, stream(), **linked)) == 4 * HOURS * Decimal("0.015") * RATIO
    assert lines(CONSUMER, {}, (STREAM, "stream", ON_DEMAND), **linked) == []
    for found in (lines(CONSUMER, {}, stream()), lines(CONSUMER, {}, stream(UNKNOWN), **linked), lines(CONSUMER, {})):
        assert [line.priced for line in found] == [False]


def test_warm_functions_cost_their_memory() -> None:
    """Ten copies of 2 GiB, all month, at 0.0000041667 USD a GB and second."""
    function = (FUNCTION, "f", {"name": "f", "memorySize": 2048})
    wanted = {"functionName": "f", "provisionedConcurrentExecutions": 10}
    assert usd(lines(WARM, wanted, function)) == 20 * HOURS * 3600 * Decimal("0.0000041667") * RATIO
    for others in ((), ((FUNCTION, "f", {"name": "f", "memorySize": UNKNOWN}),)):
        assert [line.priced for line in lines(WARM, wanted, *others)] == [False]


def test_a_proxy_costs_the_processors_of_the_databases_behind_it() -> None:
    database = (DATABASE, "db", {"identifier": "orders", "instanceClass": "db.r6g.2xlarge"})
    small = (DATABASE, "db", {"identifier": "orders", "instanceClass": "db.t4g.micro"})
    behind = (BEHIND, "target", {**OF_PROXY, "dbInstanceIdentifier": "orders"})
    assert usd(lines(PROXY, {"name": "proxy"}, database, behind)) == 8 * HOURS * Decimal("0.015") * RATIO
    assert usd(lines(PROXY, {"name": "proxy"}, small, behind)) == 2 * HOURS * Decimal("0.015") * RATIO
    later = (BEHIND, "target", {**OF_PROXY, "dbInstanceIdentifier": UNKNOWN})
    for others in ((database,), (behind,), (database, later),
                   ((DATABASE, "db", {"identifier": "orders", "instanceClass": UNKNOWN}), behind),
                   ((DATABASE, "db", {"identifier": "orders", "instanceClass": "db.z9.large"}), behind)):  # fmt: skip
        assert [line.priced for line in lines(PROXY, {"name": "proxy"}, *others)] == [False]


def test_a_proxy_of_a_cluster_costs_all_its_instances() -> None:
    """Two processors at least, and a serverless instance at the maximum of its cluster, at least eight units."""
    cluster = (AURORA, "c", {"clusterIdentifier": "c", "serverlessv2ScalingConfiguration": {"maxCapacity": 16}})
    one = (MEMBER, "one", {"clusterIdentifier": "c", "instanceClass": "db.r6g.large"})
    two = (MEMBER, "two", {"clusterIdentifier": "c", "instanceClass": "db.serverless"})
    behind = (BEHIND, "target", {"dbProxyName": UNKNOWN, "dbClusterIdentifier": "c"},
              {"dependencies": {"dbProxyName": [urn(PROXY, "it")]}})  # fmt: skip
    found = lines(PROXY, {}, cluster, one, two, behind)
    assert usd(found) == (2 + 16) * HOURS * Decimal("0.015") * RATIO
    assert usd(found, "min") == (2 + 8) * HOURS * Decimal("0.015") * RATIO
    unbounded = (AURORA, "c", {"clusterIdentifier": "c"})
    assert not all(line.priced for line in lines(PROXY, {}, unbounded, one, two, behind))


@pytest.mark.parametrize("resource", ["table/orders", "table/orders/index/by-day", UNKNOWN])
def test_a_table_that_scales_costs_its_limit(resource: object) -> None:
    limit = (TARGET, "t", {"serviceNamespace": "dynamodb", "resourceId": resource, "maxCapacity": 500,
                           "scalableDimension": "dynamodb:table:ReadCapacityUnits"})  # fmt: skip
    props = {"name": "orders", "readCapacity": 30, "writeCapacity": 20}
    found = lines(TABLE, props, limit)
    assert usd(found) == HOURS * (500 * Decimal("0.00013") + 20 * Decimal("0.00065")) * RATIO
    assert usd(found, "min") == HOURS * (30 * Decimal("0.00013") + 20 * Decimal("0.00065")) * RATIO
    assert usd(lines(TABLE, props | {"name": "others"}, limit)) == usd(
        found, "expected" if resource is UNKNOWN else "min"
    )


def test_an_endpoint_that_scales_costs_its_limit() -> None:
    limit = (TARGET, "t", {"serviceNamespace": "sagemaker", "resourceId": "endpoint/it/variant/one", "maxCapacity": 9,
                           "scalableDimension": "sagemaker:variant:DesiredInstanceCount"})  # fmt: skip
    found = lines(ENDPOINT, {"name": "it", **OF_SETUP}, setup(variant()), limit)
    assert (usd(found, "min"), usd(found)) == tuple(n * HOURS * Decimal("1.408") * RATIO for n in (2, 9))
    assert usd(lines(ENDPOINT, {"name": "other", **OF_SETUP}, setup(variant()), limit)) == usd(found, "min")


def test_every_price_is_estimated_and_has_a_source_and_a_date() -> None:
    services = ("kinesis", "msk-connect", "managed-flink", "mq", "mwaa", "dynamodb", "rds-proxy", "neptune", "memorydb",
                "elasticache-serverless", "dax", "fsx-windows", "fsx-openzfs", "fsx-ontap", "fsx-lustre", "sagemaker",
                "emr-serverless", "lambda", "opensearch-serverless", "acm-pca", "direct-connect")  # fmt: skip
    own = {key: price for key, price in service_rows().items() if key[1] in services}
    assert {key[1] for key in own} == set(services)
    for key, price in own.items():
        assert price.kind is PriceKind.ESTIMATED, key
        assert price.source, key
        assert price.date, key


@pytest.mark.parametrize("service", ["memorydb", "mq", "neptune", "sagemaker"])
def test_a_larger_size_of_a_family_costs_more(service: str) -> None:
    """All sizes of databases, brokers and processors are in proportion; of machines with GPUs, whose number does not
    grow with the size, only the order of those with as many is known."""
    sizes = {"large": 1, "xlarge": 2, "2xlarge": 4, "4xlarge": 8, "8xlarge": 16, "9xlarge": 18, "12xlarge": 24,
             "16xlarge": 32, "18xlarge": 36, "24xlarge": 48, "48xlarge": 96}  # fmt: skip
    families: dict[str, dict[int, Decimal]] = {}
    for (_, of, sku), price in service_rows().items():
        if of == service and sku.count(".") == 2 and sku.split(".")[2] in sizes and price.usd is not None:
            families.setdefault(sku.rpartition(".")[0], {})[sizes[sku.split(".")[2]]] = price.usd
    assert families
    for family, prices in families.items():
        per_unit = [prices[size] / size for size in sorted(prices)]
        if ".g" not in family:
            assert max(per_unit) <= min(per_unit) * Decimal("1.01"), family
