"""Streams, files, memory, tables, models and kept capacity of AWS: what has no price, and what is charged by use."""

from typing import Any

import pytest

from falaj.finops.plan import UNKNOWN

from .aws_lines import (
    AIRFLOW,
    AUTHORITY,
    BROKER,
    CACHE,
    COLLECTION,
    CONNECTOR,
    CONSUMER,
    DAX,
    ENDPOINT,
    FILES,
    FLINK,
    GRAPH,
    GRAPH_INSTANCE,
    GROUP,
    LUSTRE,
    MEMORY,
    NOTEBOOK,
    OF_SETUP,
    ONTAP,
    OPENZFS,
    PORT,
    PROXY,
    SETUP,
    SPARK,
    STREAM,
    TABLE,
    TRAINING,
    WARM,
    WINDOWS,
    flink,
    limits,
    lines,
    setup,
    stream,
    variant,
    worker,
)


@pytest.mark.parametrize(
    ("kind", "props", "others"),
    [
        (STREAM, stream(UNKNOWN)[2], ()), (STREAM, {}, ()), (STREAM, {"streamModeDetails": UNKNOWN}, ()),
        (STREAM, stream(retentionPeriod=UNKNOWN)[2], ()), (CONSUMER, {}, ()),
        (FLINK, flink(True), ()), (FLINK, flink(None), ()), (FLINK, flink(parallelism=UNKNOWN), ()), (FLINK, {}, ()),
        (FLINK, flink(runtime="SQL-1_0"), ()), (FLINK, {"applicationConfiguration": UNKNOWN}, ()),
        (CONNECTOR, {}, ()), (CONNECTOR, {"capacity": UNKNOWN}, ()),
        (CONNECTOR, {"capacity": {"autoscaling": {"maxWorkerCount": UNKNOWN}}}, ()),
        (BROKER, {"hostInstanceType": UNKNOWN}, ()), (BROKER, {}, ()),
        (BROKER, {"hostInstanceType": "mq.z9.large"}, ()),
        (BROKER, {"hostInstanceType": "mq.m5.large", "deploymentMode": "TEN_ZONES"}, ()),
        (AIRFLOW, {"environmentClass": "mw1.2xlarge"}, ()), (AIRFLOW, {"maxWorkers": UNKNOWN}, ()),
        *((LUSTRE, {"deploymentType": "PERSISTENT_2", "perUnitStorageThroughput": 125, "storageCapacity": 1200, **more},
           ()) for more in ({"storageCapacity": UNKNOWN}, {"perUnitStorageThroughput": UNKNOWN},
                            {"perUnitStorageThroughput": 750}, {"storageType": "INTELLIGENT_TIERING"},
                            {"metadataConfiguration": {"mode": "USER_PROVISIONED", "iops": 192_000}},
                            {"deploymentType": UNKNOWN}, {"storageType": UNKNOWN})),
        (WINDOWS, {**FILES, "storageCapacity": UNKNOWN}, ()), (WINDOWS, {"throughputCapacity": 32}, ()),
        (WINDOWS, {**FILES, "deploymentType": "MULTI_AZ_1", "diskIopsConfiguration": {"iops": 400_000}}, ()),
        (ONTAP, FILES, ()), (ONTAP, {**FILES, "deploymentType": "MULTI_AZ_2"}, ()),
        (ONTAP, {"storageCapacity": 1024, "deploymentType": "SINGLE_AZ_1"}, ()),
        (OPENZFS, {**FILES, "deploymentType": "MULTI_AZ_1"}, ()),
        (OPENZFS, {**FILES, "deploymentType": "SINGLE_AZ_1", "storageType": "INTELLIGENT_TIERING"}, ()),
        (MEMORY, {"nodeType": "db.z9.large"}, ()), (MEMORY, {}, ()),
        (MEMORY, {"nodeType": "db.t4g.small", "numShards": UNKNOWN}, ()),
        (MEMORY, {"nodeType": "db.t4g.small", "numReplicasPerShard": UNKNOWN}, ()),
        (CACHE, {"engine": "valkey"}, ()), (CACHE, limits(UNKNOWN), ()), (CACHE, limits(10, UNKNOWN), ()),
        (CACHE, limits(10, unit="TB"), ()), (CACHE, limits(10, engine="other"), ()),
        (CACHE, {"engine": "valkey", "cacheUsageLimits": UNKNOWN}, ()),
        (CACHE, {"engine": "valkey", "cacheUsageLimits": {"ecpuPerSeconds": [{"maximum": 5000}]}}, ()),
        (DAX, {"nodeType": "dax.t3.small", "replicationFactor": UNKNOWN}, ()), (DAX, {}, ()),
        (TABLE, {}, ()), (TABLE, {"readCapacity": 5}, ()), (TABLE, {"readCapacity": UNKNOWN, "writeCapacity": 5}, ()),
        (TABLE, {"readCapacity": 5, "writeCapacity": 5, "replicas": [{"regionName": "me-south-1"}]}, ()),
        (TABLE, {"readCapacity": 5, "writeCapacity": 5, "globalSecondaryIndexes": [{"readCapacity": UNKNOWN}]}, ()),
        (TABLE, {"readCapacity": 5, "writeCapacity": 5, "globalSecondaryIndexes": [{"name": "by-day"}]}, ()),
        (TABLE, {"readCapacity": 5, "writeCapacity": 5, "globalSecondaryIndexes": UNKNOWN}, ()),
        (PROXY, {}, ()), (GRAPH_INSTANCE, {"instanceClass": "db.r5.large"}, ()),
        (GRAPH_INSTANCE, {"instanceClass": "db.r5.large"}, ((GRAPH, "g", {"storageType": "iopt1"}),)),
        (GRAPH_INSTANCE, {"instanceClass": "db.serverless"}, ((GRAPH, "g", {}),)),
        (GRAPH_INSTANCE, {"instanceClass": UNKNOWN}, ((GRAPH, "g", {}),)),
        (GRAPH, {"serverlessV2ScalingConfiguration": {"maxCapacity": 128}}, ()),
        (ENDPOINT, OF_SETUP, ()), (ENDPOINT, OF_SETUP, (setup(),)), (ENDPOINT, OF_SETUP, (setup(UNKNOWN),)),
        *((ENDPOINT, OF_SETUP, (setup(each),)) for each in (
            variant("ml.z9.large"), variant(UNKNOWN), variant(count=UNKNOWN), variant(count=None),
            variant(volumeSizeInGb=UNKNOWN), variant(acceleratorType="ml.eia2.large"),
            variant(managedInstanceScaling={"status": "ENABLED"}), variant(managedInstanceScaling=UNKNOWN),
            {"serverlessConfig": {"provisionedConcurrency": 200}})),
        (ENDPOINT, OF_SETUP, ((SETUP, "s", {"name": "setup", "productionVariants": [variant()],
                                            "shadowProductionVariants": UNKNOWN}),)),
        (NOTEBOOK, {"instanceType": UNKNOWN}, ()), (NOTEBOOK, {}, ()), (NOTEBOOK, {"instanceType": "ml.z9.large"}, ()),
        (TRAINING, {}, ()), (TRAINING, {"resourceConfig": UNKNOWN}, ()),
        (TRAINING, {"resourceConfig": {"instanceType": "ml.m5.large", "instanceCount": UNKNOWN}}, ()),
        (TRAINING, {"resourceConfig": {"instanceType": "ml.m5.large", "instanceCount": 1}, "serverlessJobConfig": {
            "jobType": "FineTuning"}}, ()),
        (TRAINING, {"resourceConfig": {"instanceType": "ml.m5.large", "instanceCount": 1, "trainingPlanArn": "p"}}, ()),
        (WARM, {"provisionedConcurrentExecutions": 10}, ()),
        *((SPARK, {"initialCapacities": [each]}, ()) for each in (
            worker("Driver", UNKNOWN), worker("Driver", 1, "many"), worker("Driver", 1, memory=UNKNOWN),
            worker("Driver", 1, disk="a lot"), UNKNOWN, {"initialCapacityType": "Driver"})),
        (SPARK, {"initialCapacities": UNKNOWN}, ()),
        (COLLECTION, {}, ()), (COLLECTION, {"collectionGroupName": "elsewhere"}, ()), (GROUP, {}, ()),
        (GROUP, {"capacityLimits": UNKNOWN}, ()), (GROUP, {"capacityLimits": [{"maxSearchCapacityInOcu": 4}]}, ()),
        (AUTHORITY, {"usageMode": UNKNOWN}, ()), (PORT, {"bandwidth": UNKNOWN}, ()), (PORT, {}, ()),
        (PORT, {"bandwidth": "400Gbps"}, ()),
    ],
)  # fmt: skip
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any], others: tuple[Any, ...]) -> None:
    assert [line for line in lines(kind, props, *others) if not line.priced]


@pytest.mark.parametrize(
    ("kind", "props", "others"),
    [
        (TABLE, {"billingMode": "PAY_PER_REQUEST"}, ()), (SPARK, {}, ()), (GRAPH, {}, ()),
        (COLLECTION, {"collectionGroupName": "shared"}, ((GROUP, "g", {"name": "shared", "capacityLimits": []}),)),
    ],
)  # fmt: skip
def test_what_is_charged_by_use_costs_nothing_unused(kind: str, props: dict[str, Any], others: tuple[Any, ...]) -> None:
    assert lines(kind, props, *others) == []
