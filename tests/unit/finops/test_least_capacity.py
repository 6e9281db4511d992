"""What scaling keeps at least is charged, whatever a resource states itself."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.plan import UNKNOWN
from tests.processor_time import within

from .plans import plan, priced, urn

AWS = ("pulumi:providers:aws", "site", {"region": "me-central-1"})
AZURE = ("pulumi:providers:azure-native", "cloud", {"location": "uaenorth"})
PROVIDER = {"provider": urn("pulumi:providers:aws", "site")}
TARGET, ACTION = "aws:appautoscaling/target:Target", "aws:appautoscaling/scheduledAction:ScheduledAction"
NODES, SCHEDULE = "aws:eks/nodeGroup:NodeGroup", "aws:autoscaling/schedule:Schedule"
SETTING = "azure-native:monitor:AutoscaleSetting"
HOURS = 730

BROKERS = ("aws:msk/cluster:Cluster", "it", {
    "clusterName": "events", "numberOfBrokerNodes": 3, "brokerNodeGroupInfo": {
        "instanceType": "kafka.m5.large", "storageInfo": {"ebsStorageInfo": {"volumeSize": 100}}}})  # fmt: skip
TABLE = ("aws:dynamodb/table:Table", "it", {
    "name": "orders", "billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 7})  # fmt: skip
FLEET = ("aws:ec2/spotFleetRequest:SpotFleetRequest", "it", {
    "targetCapacity": 2, "launchSpecifications": [{"instanceType": "m6i.large"}]})  # fmt: skip
CACHE = ("aws:elasticache/replicationGroup:ReplicationGroup", "it", {
    "replicationGroupId": "sessions", "nodeType": "cache.m5.large", "engine": "redis", "numNodeGroups": 2,
    "replicasPerNodeGroup": 1})  # fmt: skip


def _quantities(*resources: Any) -> dict[str, tuple[Decimal, Decimal]]:
    """Returns SKU -> (least, expected) quantity."""
    lines = priced(plan(AWS, *((*each, PROVIDER) if len(each) == 3 else each for each in resources))).lines
    return {line.charge.sku: (line.charge.quantity.min, line.charge.quantity.expected) for line in lines}


def _bounds(kind: str, dimension: str, least: int, resource: object = UNKNOWN, **more: Any) -> Any:
    above = {"minCapacity": least, "maxCapacity": least}
    sizes = above if kind == TARGET else {"scalableTargetAction": above}
    stated = {"resourceId": resource, "scalableDimension": dimension, "serviceNamespace": dimension.partition(":")[0]}
    return kind, "bounds", {**stated, **sizes}, PROVIDER | more


@pytest.mark.parametrize("kind", [TARGET, ACTION])
@pytest.mark.parametrize(
    ("resource", "of", "dimension", "sku", "expected"),
    [
        (BROKERS, f"arn:aws:kafka:me-central-1:1:cluster/{name}/1-2", "kafka:broker-storage:VolumeSize", "storage",
         3 * size) for name, size in (("events", 500), ("others", 100))
    ] + [
        (TABLE, "table/orders/index/by-day", "dynamodb:index:WriteCapacityUnits", "wcu", 500 * HOURS),
        (TABLE, "table/orders", "dynamodb:table:ReadCapacityUnits", "rcu", 500 * HOURS),
        (TABLE, "table/others", "dynamodb:table:ReadCapacityUnits", "rcu", 5 * HOURS),
        (FLEET, "spot-fleet-request/sfr-1", "ec2:spot-fleet-request:TargetCapacity", "m6i.large spot", 500 * HOURS),
        (CACHE, "replication-group/sessions", "elasticache:replication-group:NodeGroups", "cache.m5.large-redis",
         1000 * HOURS),
        (CACHE, "replication-group/sessions", "elasticache:replication-group:Replicas", "cache.m5.large-redis",
         1002 * HOURS),
        (CACHE, UNKNOWN, "elasticache:replication-group:Replicas", "cache.m5.large-redis", 1002 * HOURS),
    ],
)  # fmt: skip
def test_the_least_capacity_counts(
    kind: str, resource: Any, of: object, dimension: str, sku: str, expected: int
) -> None:
    assert _quantities(resource, _bounds(kind, dimension, 500, of))[sku][0] == expected


def test_an_action_has_the_resource_of_its_target() -> None:
    """One whose ID is known only after the update has it from the target, of which another resource has the name."""
    target = _bounds(TARGET, "dynamodb:table:ReadCapacityUnits", 1, "table/others")
    linked = {"dependencies": {"resourceId": [urn(TARGET, "bounds")]}}
    kind, _, props, more = _bounds(ACTION, "dynamodb:table:ReadCapacityUnits", 500, **linked)
    action = kind, "action", props, more
    assert _quantities(TABLE, target, action)["rcu"][0] == 5 * HOURS


def test_bounds_of_another_resource_do_not_count() -> None:
    other = ("aws:dynamodb/table:Table", "other", {**TABLE[2], "name": "others"})
    linked = {"dependencies": {"resourceId": [urn(TABLE[0], "other")]}}
    bounds = _bounds(TARGET, "dynamodb:table:ReadCapacityUnits", 500, **linked)
    lines = priced(plan(AWS, (*other, PROVIDER), (*TABLE, PROVIDER), bounds)).lines
    found = {line.name: line.charge.quantity.min for line in lines if line.charge.sku == "rcu"}
    assert found == {"other": 500 * HOURS, "it": 5 * HOURS}


def test_a_table_and_its_indexes_scale_by_bounds_of_their_own() -> None:
    table = (TABLE[0], "it", {**TABLE[2], "globalSecondaryIndexes": [{
        "name": "by-day", "readCapacity": 2, "writeCapacity": 3}]})  # fmt: skip
    bounds = _bounds(TARGET, "dynamodb:table:ReadCapacityUnits", 500, "table/orders")
    of_index = _bounds(ACTION, "dynamodb:index:WriteCapacityUnits", 40, "table/orders/index/by-day")
    found = _quantities(table, bounds, of_index)
    assert found["rcu"] == (502 * HOURS, 502 * HOURS)
    assert found["wcu"] == (47 * HOURS, 47 * HOURS)


def test_a_cluster_that_has_the_name_of_a_service_is_not_the_service() -> None:
    size = {"family": "claims", "cpu": "1024", "memory": "2048"}
    service = {"name": "claims", "launchType": "FARGATE", "desiredCount": 2, "taskDefinition": "claims:3"}
    of_plan = (("aws:ecs/taskDefinition:TaskDefinition", "task", size), ("aws:ecs/service:Service", "it", service))
    for resource, count in (("service/claims/batch", 2), ("service/batch/claims", 40), ("service/claims", 40)):
        found = _quantities(*of_plan, _bounds(TARGET, "ecs:service:DesiredCount", 40, resource))
        assert found["vcpu"][0] == count * HOURS


def test_an_endpoint_in_subnets_by_associations_has_no_charge_beside_theirs() -> None:
    kind = "aws:ec2/vpcEndpoint:VpcEndpoint"
    association = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation"
    by = PROVIDER | {"dependencies": {"vpcEndpointId": [urn(kind, "it")]}}
    rows = [(association, name, {"subnetId": name}, by) for name in ("a", "b")]
    for stated, zones in (({}, 2), ({"subnetIds": ["c"]}, 3)):
        endpoint = (kind, "it", {"vpcEndpointType": "Interface", **stated}, PROVIDER)
        lines = priced(plan(AWS, endpoint, *rows)).lines
        assert sum(line.charge.quantity.min for line in lines if line.charge.sku == "interface") == zones * HOURS


def test_schedules_of_many_groups_are_found_in_time() -> None:
    group, count = "aws:autoscaling/group:Group", 100
    by = [PROVIDER | {"dependencies": {"autoscalingGroupName": [urn(group, f"g{index}")]}} for index in range(count)]
    rows = [row for index, linked in enumerate(by) for row in (
        (group, f"g{index}", {"minSize": 1, "maxSize": 1}, PROVIDER),
        (SCHEDULE, f"s{index}", {"minSize": 1, "maxSize": 1, "autoscalingGroupName": UNKNOWN}, linked))]  # fmt: skip
    with within(1):
        assert len(priced(plan(AWS, *rows)).lines) >= count


def test_readers_that_scaling_keeps_have_the_class_of_the_writer() -> None:
    cluster = ("aws:rds/cluster:Cluster", "c", {"clusterIdentifier": "orders", "engine": "aurora-postgresql"})
    member = ("aws:rds/clusterInstance:ClusterInstance", "w", {
        "clusterIdentifier": "orders", "engine": "aurora-postgresql", "instanceClass": "db.r6g.large"})  # fmt: skip
    bounds = _bounds(TARGET, "rds:cluster:ReadReplicaCount", 4, "cluster:orders")
    lines = priced(plan(AWS, *((*each, PROVIDER) for each in (cluster, member)), bounds)).lines
    assert [(line.name, line.charge.quantity.min) for line in lines if line.charge.sku == "db.r6g.large-aurora"] == [
        ("c", 4 * HOURS), ("w", HOURS)]  # fmt: skip
    others = _bounds(TARGET, "rds:cluster:ReadReplicaCount", 4, "cluster:others")
    found = priced(plan(AWS, *((*each, PROVIDER) for each in (cluster, member)), others)).lines
    assert not any(line.name == "c" and line.charge.sku == "db.r6g.large-aurora" for line in found)
    unknown = priced(plan(AWS, (*cluster, PROVIDER), bounds)).unpriced
    assert any("readers" in line.price.source for line in unknown)


@pytest.mark.parametrize(
    ("least", "dimension", "is_priced"),
    [
        (3, "elasticmapreduce:instancegroup:InstanceCount", True),
        (4, "elasticmapreduce:instancegroup:InstanceCount", False),
        (10, "ecs:service:DesiredCount", True),
        (11, "ecs:service:DesiredCount", False),
        (8, "sagemaker:inference-component:DesiredCopyCount", True),
        (UNKNOWN, "ecs:service:DesiredCount", False),
        (11, UNKNOWN, False),
    ],
)
def test_a_large_capacity_of_another_stack_has_no_price(least: Any, dimension: Any, is_priced: bool) -> None:
    stated = {"serviceNamespace": "ecs", "scalableDimension": dimension, "minCapacity": least}
    if dimension is not UNKNOWN:
        stated["serviceNamespace"] = dimension.partition(":")[0]
    assert (not priced(plan(AWS, (TARGET, "it", stated, PROVIDER))).unpriced) is is_priced


def _nodes(**schedule: object) -> Decimal:
    group = (NODES, "it", {"instanceTypes": ["m6i.large"], "scalingConfig": {
        "minSize": 1, "desiredSize": 2, "maxSize": 3}}, PROVIDER)  # fmt: skip
    linked = PROVIDER | {"dependencies": {"autoscalingGroupName": [urn(NODES, "it")]}}
    return _quantities(group, (SCHEDULE, "s", schedule, linked))["m6i.large on-demand"][0]


def test_a_schedule_raises_the_sizes_of_a_node_group() -> None:
    assert _nodes(minSize=0) == 2 * HOURS
    assert _nodes(desiredCapacity=10, maxSize=20) == 10 * HOURS
    assert _nodes(minSize=10, maxSize=20) == 10 * HOURS


def test_a_further_subnet_of_an_endpoint_is_one_more_zone() -> None:
    found = _quantities(("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", "it", {}))
    assert found == {"interface": (HOURS, HOURS)}


@pytest.mark.parametrize(
    ("kind", "props", "sku", "expected"),
    [
        ("azure-native:servicebus:Namespace", {"namespaceName": "Orders", "sku": {"name": "Premium"}}, "premium", 4),
        ("azure-native:apimanagement:ApiManagementService", {
            "serviceName": "orders", "sku": {"name": "Standard", "capacity": 1}}, "standard", 4),
        ("azure-native:compute:VirtualMachineScaleSet", {
            "vmScaleSetName": "orders", "sku": {"name": "Standard_D2s_v5", "capacity": 1}},
         "Standard_D2s_v5 on-demand", 4),
    ],
)  # fmt: skip
@pytest.mark.parametrize("target", ["/subscriptions/1/x/ORDERS", UNKNOWN])
def test_an_autoscale_setting_keeps_units(kind: str, props: Any, sku: str, expected: int, target: object) -> None:
    provider = {"provider": urn("pulumi:providers:azure-native", "cloud")}
    capacity = {"minimum": "4", "default": "2", "maximum": "9"}
    setting = (SETTING, "s", {"targetResourceUri": target, "profiles": [{"capacity": capacity}]}, provider)
    lines = priced(plan(AZURE, (kind, "it", {"location": "uaenorth", **props}, provider), setting)).lines
    assert {line.charge.sku: line.charge.quantity.expected for line in lines}[sku] == expected * HOURS


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        ("azure-native:servicebus:Namespace", {"sku": {"name": "Premium"}}),
        ("azure-native:apimanagement:ApiManagementService", {"sku": {"name": "Standard", "capacity": 1}}),
        ("azure-native:compute:VirtualMachineScaleSet", {"sku": {"name": "Standard_D2s_v5", "capacity": 1}}),
    ],
)
def test_units_of_a_setting_that_are_known_only_after_the_update_have_no_price(kind: str, props: Any) -> None:
    setting = (SETTING, "s", {"targetResourceUri": "/x/it", "profiles": [{"capacity": {"minimum": UNKNOWN}}]})
    unpriced = priced(plan(AZURE, (kind, "it", {"location": "uaenorth", **props}), setting)).unpriced
    assert any(line.type == kind and "after the update" in line.price.source for line in unpriced)


@pytest.mark.parametrize(("least", "count"), [("3", 0), ("4", 1), (UNKNOWN, 1)])
def test_a_large_capacity_of_a_setting_of_another_stack_has_no_price(least: object, count: int) -> None:
    capacity = {"minimum": least, "default": "2", "maximum": "9"}
    setting = (SETTING, "s", {"targetResourceUri": "/x/others", "profiles": [{"capacity": capacity}]})
    assert len(priced(plan(AZURE, setting)).unpriced) == count
