"""Attacks on the bill, by quotas, tiers, defaults and numbers that few rules read (2026-11-28)."""

from ..blind import GROUP, KEY, ME, TAGS, aws, az, crd, k8s, meta, pod, policy, statement
from ..harness import Given
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack

MONEY = ("FJ-COST-", "FJ-ESC-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
BIG = {"cpu": "16", "memory": "64Gi"}


def _job(**spec: object) -> dict[str, object]:
    return {"activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, **spec, "template": {
        "metadata": {"labels": TAGS}, "spec": pod({"resources": {"requests": BIG, "limits": BIG}},
                                                  restartPolicy="Never")}}  # fmt: skip


ATTACKS = (
    Attack("a quota of GPU machines is raised to ten thousand", MONEY, (aws("servicequotas/ServiceQuota", {
        "serviceCode": "ec2", "quotaCode": "L-417A185B", "value": 10000}),),
        "major", "the last brake on machines with eight GPUs is gone"),
    Attack("a role buys capacity and software without limit", (*MONEY, "FJ-IDN-"), (policy(statement(
        ["ec2:PurchaseCapacityBlock", "ec2:PurchaseReservedInstancesOffering", "aws-marketplace:Subscribe",
         "servicequotas:RequestServiceQuotaIncrease"])),),
        "critical", "one call is paid at once, and cannot be cancelled"),
    Attack("a cluster stays in extended support by default", MONEY, (STACK, BUDGET, aws("eks/Cluster", {
        "name": "bank", "roleArn": f"arn:aws:iam::{ME}:role/eks", "version": "1.32", "tags": TAGS,
        "deletionProtection": True, "encryptionConfig": {"resources": ["secrets"], "provider": {"keyArn": KEY}},
        "vpcConfig": {"subnetIds": ["subnet-1"], "endpointPrivateAccess": True, "endpointPublicAccess": False},
        "enabledClusterLogTypes": ["api", "audit", "authenticator"],
        "accessConfig": {"authenticationMode": "API"}})),
        "major", "a version out of standard support costs six times as much an hour"),
    Attack("scaling by forecast goes beyond the maximum", MONEY, (aws("autoscaling/Policy", {
        "autoscalingGroupName": "workers", "name": "forecast", "policyType": "PredictiveScaling",
        "predictiveScalingConfiguration": {
            "mode": "ForecastAndScale", "maxCapacityBreachBehavior": "IncreaseMaxCapacity", "maxCapacityBuffer": "100",
            "metricSpecification": {"targetValue": 1, "predefinedMetricPairSpecification": {
                "predefinedMetricType": "ASGCPUUtilization"}}}}),),
        "critical", "the maximum of the group, which is priced, is no maximum"),
    Attack("an index of a table provisions forty thousand units", MONEY, (STACK, aws("dynamodb/GlobalSecondaryIndex", {
        "tableName": "orders", "indexName": "by-day", "keySchemas": [
            {"attributeName": "day", "attributeType": "S", "keyType": "HASH"}], "projection": {"projectionType": "ALL"},
        "provisionedThroughput": {"readCapacityUnits": 40000, "writeCapacityUnits": 40000}})),
        "critical", "about AED 100,000 a month whether anybody asks or not"),
    Attack("a function keeps a thousand environments by a new setting", MONEY, (STACK,
        aws("lambda/FunctionScalingConfig", {"functionName": "orders", "qualifier": "41", "functionScalingConfig": {
            "minExecutionEnvironments": 1000, "maxExecutionEnvironments": 5000}})),
        "critical", "machines are kept for a thousand copies that nobody calls"),
    Attack("an alarm on odd costs waits for a billion", MONEY, (aws("costexplorer/AnomalySubscription", {
        "name": "costs", "frequency": "DAILY", "tags": TAGS, "monitorArnLists": [
            f"arn:aws:ce::{ME}:anomalymonitor/11111111-2222-3333-4444-555555555555"],
        "subscribers": [{"type": "EMAIL", "address": "finops@example.ae"}], "thresholdExpression": {"dimension": {
            "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "matchOptions": ["GREATER_THAN_OR_EQUAL"],
            "values": ["1000000000"]}}}),), "major", "no mistake is ever odd enough to be told"),
    Attack("a workspace of logs commits to fifty terabytes a day", MONEY, (STACK, az("operationalinsights:Workspace", {
        **HERE, "workspaceName": "platform", "retentionInDays": 90, "sku": {
            "name": "CapacityReservation", "capacityReservationLevel": 50000},
        "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled",
        "features": {"disableLocalAuth": True}})),
        "critical", "the commitment is charged every day for a month, used or not"),
    Attack("an environment keeps a hundred of the largest machines", MONEY, (STACK, az("app:ManagedEnvironment", {
        **HERE, "environmentName": "env", "zoneRedundant": True, "publicNetworkAccess": "Disabled",
        "vnetConfiguration": {"internal": True, "infrastructureSubnetId":
                              f"{OURS}.Network/virtualNetworks/v/subnets/s"},
        "peerAuthentication": {"mtls": {"enabled": True}},
        "peerTrafficConfiguration": {"encryption": {"enabled": True}},
        "workloadProfiles": [{"name": "gpu", "workloadProfileType": "NC96-A100", "minimumCount": 100,
                              "maximumCount": 200}]})),
        "critical", "four hundred GPUs run for apps that are not there"),
    Attack("a job runs two thousand pods of sixteen processors", MONEY, (STACK, k8s("batch/v1:Job", {
        "metadata": meta(), "spec": _job(parallelism=2000, completions=2000)})),
        "critical", "the autoscaler buys 32,000 processors for it"),
    Attack("every minute a hundred pods are started", MONEY, (STACK, k8s("batch/v1:CronJob", {
        "metadata": meta(), "spec": {"schedule": "* * * * *", "concurrencyPolicy": "Allow",
                                     "jobTemplate": {"spec": _job(parallelism=100)}}})),
        "critical", "runs pile up, and machines are bought until the quota ends"),
    Attack("pods of a tenant displace the platform, by default", (*MONEY, "FJ-RSL-", "FJ-EXP-"), (
        k8s("scheduling.k8s.io/v1:PriorityClass", {
            "metadata": {"name": "team-a", "labels": TAGS}, "value": 1000000000, "globalDefault": True,
            "preemptionPolicy": "PreemptLowerPriority"}),),
        "major", "every pod without a class evicts others, and idle pods keep machines"),
    Attack("a quota of a namespace allows a thousand GPUs", MONEY, (STACK, k8s("core/v1:ResourceQuota", {
        "metadata": meta(), "spec": {"hard": {"requests.cpu": "100000", "requests.nvidia.com/gpu": "1000",
                                              "requests.storage": "10Pi"}}})),
        "major", "the brake of the tenant is wider than the account"),
    Attack("claims of a set are sixty-four tebibytes each", MONEY, (STACK, k8s("apps/v1:StatefulSet", {
        "metadata": meta(), "spec": {
            "serviceName": "db", "replicas": 1, "selector": {"matchLabels": {"app": "x"}},
            "template": {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod({})},
            "volumeClaimTemplates": [{"metadata": {"name": f"d{number}", "labels": TAGS}, "spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
                "resources": {"requests": {"storage": "64Ti"}}}} for number in range(8)]}})),
        "major", "half a petabyte is paid for whether written or not"),
    Attack("a service of Ray starts with five hundred workers", MONEY, (STACK, crd("ray.io/v1:RayService", {
        "serveConfigV2": "applications: []", "rayClusterConfig": {"workerGroupSpecs": [{
            "groupName": "gpu", "replicas": 500, "minReplicas": 500, "maxReplicas": 500, "rayStartParams": {},
            "template": {"metadata": {"labels": TAGS}, "spec": pod({"resources": {
                "requests": {**BIG, "nvidia.com/gpu": "1"}, "limits": {**BIG, "nvidia.com/gpu": "1"}}})}}],
            "headGroupSpec": {"rayStartParams": {"num-cpus": "0"}, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({})}}}})),
        "critical", "five hundred GPUs run from the start"),
)  # fmt: skip
