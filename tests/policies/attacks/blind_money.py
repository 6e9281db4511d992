"""Attacks on money and tags that nobody had written down: commitments, capacity, and tags that come later (2026-11-27).

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it.
"""

from ..blind import GROUP, KEY, ME, TAGS, aws, az, crd, k8s, pod
from ..harness import Given
from . import Attack

STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
CEILING = ("FJ-COST-004",)


def beyond(name: str, *plan: Given, rules: tuple[str, ...] = CEILING) -> Attack:
    """Returns an attack of resources of stack prod-uae that cost more than its ceiling of AED 130,000 a month."""
    return Attack(name, rules, (STACK, *plan))


MONEY = (
    beyond(  # critical; Savings Plans User Guide: USD 10,000 an hour for three years, not cancellable
        "savings plan of 10,000 dollars an hour",
        aws("savingsplans/SavingsPlan", {"commitment": "10000.0", "savingsPlanOfferingId": "x", "tags": TAGS}),
    ),
    beyond(  # high; EC2, "Capacity Blocks for ML": the whole price is charged at once
        "capacity block of GPU machines, paid at once",
        aws("ec2/CapacityBlockReservation", {"capacityBlockOfferingId": "cb-1", "instancePlatform": "Linux/UNIX",
                                             "tags": TAGS}),
    ),
    beyond(  # high; RDS User Guide, "Reserved DB instances": not cancellable
        "three hundred reserved database machines",
        aws("rds/ReservedInstance", {"offeringId": "o", "instanceCount": 300, "tags": TAGS}),
    ),
    beyond(  # high; EC2, "Dedicated Hosts": a host is charged whether machines run on it or not
        "dedicated host for machines with eight GPUs",
        aws("ec2/DedicatedHost", {"availabilityZone": "me-central-1a", "instanceFamily": "p5", "tags": TAGS}),
    ),
    beyond(  # high; MSK pricing: each broker by the hour
        "Kafka cluster of ninety of the largest brokers",
        aws("msk/Cluster", {
            "clusterName": "c", "kafkaVersion": "3.7.x", "numberOfBrokerNodes": 90, "tags": TAGS,
            "clientAuthentication": {"sasl": {"iam": True}},
            "encryptionInfo": {"encryptionAtRestKmsKeyArn": KEY, "encryptionInTransit": {"clientBroker": "TLS"}},
            "brokerNodeGroupInfo": {"instanceType": "kafka.m5.24xlarge", "clientSubnets": ["subnet-1", "subnet-2"],
                                    "securityGroups": ["sg-1"], "storageInfo": {"ebsStorageInfo": {
                                        "volumeSize": 16384}}}}),
    ),
    beyond(  # high; Lambda pricing: provisioned concurrency by the hour
        "three thousand provisioned executions of a function of 10 GB",
        aws("lambda/ProvisionedConcurrencyConfig", {"functionName": "f", "qualifier": "live",
                                                    "provisionedConcurrentExecutions": 3000}),
    ),
    beyond(  # high; Kinesis pricing: each shard by the hour
        "stream of twenty thousand shards",
        aws("kinesis/Stream", {"name": "s", "shardCount": 20000, "encryptionType": "KMS", "kmsKeyId": KEY,
                               "tags": TAGS}),
    ),
    beyond(  # high; Virtual Machines, "On-demand capacity reservation": charged as if the machines ran
        "Azure capacity reservation of a hundred GPU machines",
        az("compute:CapacityReservation", {
            "resourceGroupName": "g", "capacityReservationGroupName": "r", "capacityReservationName": "x",
            "location": "uaenorth", "tags": TAGS, "sku": {"name": "Standard_ND96isr_H100_v5", "capacity": 100}}),
    ),
    beyond(  # high; Cosmos DB pricing: each 100 RU/s by the hour
        "container with ten million request units a second",
        az("cosmosdb:SqlResourceSqlContainer", {
            "resourceGroupName": "g", "accountName": "a", "databaseName": "d", "containerName": "c",
            "location": "uaenorth", "tags": TAGS,
            "resource": {"id": "c", "partitionKey": {"paths": ["/id"], "kind": "Hash"}},
            "options": {"throughput": 10000000}}),
    ),
    Attack(  # high; KubeRay, "Autoscaling": maxReplicas of a worker group with a GPU each
        "Ray cluster of up to a thousand GPU workers",
        ("FJ-COST-",),
        (crd("ray.io/v1:RayCluster", {"enableInTreeAutoscaling": True, "workerGroupSpecs": [{
            "groupName": "gpu", "replicas": 500, "minReplicas": 500, "maxReplicas": 1000, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({"resources": {
                    "requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"},
                    "limits": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"}}})}}]}),),
    ),
    Attack(  # high; AWS Budgets API, Notification: a threshold of 100,000 percent never arrives
        "budget whose only notification comes at 100,000 percent",
        ("FJ-COST-002", "FJ-COST-005"),
        (aws("budgets/Budget", {
            "budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "1000", "limitUnit": "USD", "tags": TAGS,
            "notifications": [{"comparisonOperator": "GREATER_THAN", "threshold": 100000,
                               "thresholdType": "PERCENTAGE", "notificationType": "ACTUAL",
                               "subscriberEmailAddresses": ["finops@example.ae"]}]}),),
    ),
)  # fmt: skip

TAGGING = (
    Attack(  # medium; EC2 API, CreateTags: the value of an existing key is replaced
        "aws.ec2.Tag that overwrites the cost centre of a machine",
        ("FJ-TAG-",),
        (aws("ec2/Tag", {"resourceId": "i-1", "key": "cost-centre", "value": "someone else"}),),
    ),
    Attack(  # medium; Resource Manager, "Tags - Create Or Update At Scope": replaces the whole set
        "TagAtScope that leaves a subscription with one tag",
        ("FJ-TAG-",),
        (az("resources:TagAtScope", {"scope": GROUP[1:], "properties": {"tags": {"note": "x"}}}),),
    ),
    Attack(  # medium; Cost Categories, "Defining rules": the report books everything on another unit
        "cost category that books everything on another unit",
        ("FJ-TAG-", "FJ-COST-"),
        (aws("costexplorer/CostCategory", {
            "name": "business-unit", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "somebody-else",
            "tags": TAGS, "rules": [{"value": "somebody-else", "rule": {"dimension": {
                "key": "LINKED_ACCOUNT", "values": [ME], "matchOptions": ["EQUALS"]}}}]}),),
    ),
    Attack(  # medium; Kubernetes, server-side apply: a patch of labels wins over the object's own
        "patch that changes the labels of a namespace",
        ("FJ-TAG-004",),
        (k8s("core/v1:NamespacePatch", {"metadata": {
            "name": "team-a", "labels": {"cost-centre": "none", "owner": "Nobody At All"},
            "annotations": {"pulumi.com/patchForce": "true"}}}),),
    ),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*MONEY, *TAGGING)
