"""Attacks by money and tags: budgets, machines and labels (2026-12-01, twenty-first set, written blind).

Properties by pulumi-aws 7.51.1, pulumi-azure-native 3.29.0 and pulumi-kubernetes. Read on 2026-12-01: the SDK on
budgets that adjust themselves (`FORECAST`), on their filters by cost categories and on planned limits; "Create a Node
Pool for EKS Auto Mode" (the built-in pools cannot be changed); "Fast Snapshot Restore and Snapshot Lifecycle Manager"
of mikepietsch.com (hundreds of dollars for each snapshot and zone). Everything else as known.
"""

import json
from dataclasses import replace

from ..blind import HERE, KEY, ME, OURS, SUB, TAGS, aws, az, crd, k8s, meta, pod
from ..harness import Given
from ..idioms.aws_platform import BUDGET, EKS
from ..idioms.azure_platform import AKS, IN, POOL
from ..idioms.azure_platform import BUDGET as AZURE_BUDGET
from ..idioms.families import BUILD
from . import Attack
from .cost_services import STACK
from .tenth_aws import R

SCALE = ("FJ-COST-126", "FJ-ESC-115")
WATCHED = ("FJ-COST-001", "FJ-COST-002", "FJ-COST-005", "FJ-ESC-115")
BUILDER = f"arn:aws:codebuild:{R}:{ME}:project/app"
BY_FORECAST = {
    "comparisonOperator": "GREATER_THAN", "threshold": 110, "thresholdType": "PERCENTAGE",
    "notificationType": "FORECASTED", "subscriberEmailAddresses": ["finops@example.ae"]}  # fmt: skip
BY_SUM = {
    "comparisonOperator": "GREATER_THAN", "threshold": 9_000_000, "thresholdType": "ABSOLUTE_VALUE",
    "notificationType": "ACTUAL", "subscriberEmailAddresses": ["finops@example.ae"]}  # fmt: skip
MONTHS = [f"{2026 + month // 12}-{month % 12 + 1:02}-01_00:00" for month in range(11, 23)]
BIG_POD = pod({"resources": {"requests": {"cpu": "16", "memory": "64Gi"}, "limits": {"cpu": "16", "memory": "64Gi"}}})
OF_OTHERS = {"cost-centre": "cc-0001", "owner": "treasury-team", "business-unit": "treasury"}


def budget(*left_out: str, **more: object) -> Given:
    """Returns the budget of a platform on AWS without some of its properties, and with others."""
    kept = {key: value for key, value in BUDGET.props.items() if key not in left_out}
    return replace(BUDGET, props={**kept, **more})


def flow(definition: dict[str, object]) -> Given:
    """Returns a state machine of AWS Step Functions."""
    return aws("sfn/StateMachine", {
        "name": "claims", "type": "STANDARD", "roleArn": f"arn:aws:iam::{ME}:role/claims", "tags": TAGS,
        "definition": json.dumps(definition), "encryptionConfiguration": {
            "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300},
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination":
                                 f"arn:aws:logs:{R}:{ME}:log-group:/aws/vendedlogs/states/claims:*"},
        "tracingConfiguration": {"enabled": True}})  # fmt: skip


ATTACKS = (
    Attack("the amount of a budget is what is expected to be spent", WATCHED, (STACK, EKS, budget(
        "limitAmount", "limitUnit", autoAdjustData={"autoAdjustType": "FORECAST"}, notifications=[BY_FORECAST])),
        "major", "a forecast is never above itself, so nobody is told however much the machines cost"),
    Attack("a budget with an amount for each month tells of nine million dollars", WATCHED, (STACK, EKS, budget(
        "limitAmount", "limitUnit", notifications=[BY_SUM], plannedLimits=[
            {"startTime": month, "amount": "20000", "unit": "USD"} for month in MONTHS])),
        "major", "the threshold is a sum that the planned limits of 20,000 never come near"),
    Attack("a budget counts the cost category of another unit", WATCHED, (STACK, EKS, budget(
        filterExpression={"costCategories": {"key": "Unit", "values": ["Marketing"], "matchOptions": ["EQUALS"]}})),
        "major", "what the machines of this platform cost is in no budget"),
    Attack("fifty copies of each disk stand ready in three zones", SCALE, (aws("dlm/LifecyclePolicy", {
        "description": "databases", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED",
        "tags": TAGS, "policyDetails": {"resourceTypes": ["VOLUME"], "targetTags": {"snapshot": "daily"}, "schedules": [
            {"name": "daily", "copyTags": True, "createRule": {"interval": 24, "times": "22:00"},
             "retainRule": {"count": 50}, "tagsToAdd": TAGS, "fastRestoreRule": {
                 "count": 50, "availabilityZones": [f"{R}a", f"{R}b", f"{R}c"]}}]}}),),
        "major", "each copy is charged by the hour in each zone: some 500 dollars a month, 75,000 for one disk"),
    Attack("a cluster starts machines by itself without a bound and without tags", (
        "FJ-TAG-003", "FJ-TAG-008", "FJ-COST-004", *SCALE), (STACK, BUDGET, replace(EKS, props={
            **EKS.props, "bootstrapSelfManagedAddons": False, "computeConfig": {
                "enabled": True, "nodePools": ["general-purpose", "system"],
                "nodeRoleArn": f"arn:aws:iam::{ME}:role/nodes"},
            "kubernetesNetworkConfig": {"elasticLoadBalancing": {"enabled": True}},
            "storageConfig": {"blockStorage": {"enabled": True}}})),
        "major", "the built-in pools have no limits, and their machines and disks only the tags of EKS itself"),
    Attack("each minute a build of 72 processors starts that lasts eight hours", SCALE, (
        aws("codebuild/Project", {**BUILD, "source": {"type": "NO_SOURCE", "buildspec": json.dumps({
            "version": 0.2, "phases": {"build": {"commands": ["make nightly"]}}})},
            "artifacts": {"type": "NO_ARTIFACTS"}, "buildTimeout": 480, "environment": {
                "computeType": "BUILD_GENERAL1_2XLARGE", "type": "LINUX_CONTAINER",
                "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"}}, "app"),
        aws("cloudwatch/EventRule", {"name": "poll", "scheduleExpression": "rate(1 minute)", "tags": TAGS}, "rule"),
        aws("cloudwatch/EventTarget", {"rule": "poll", "arn": BUILDER, "roleArn": f"arn:aws:iam::{ME}:role/starts"},
            "target", links={"rule": ("rule",)})),
        "major", "builds of the largest machine run side by side, each paid by the minute"),
    Attack("a workflow overrides the number of workers of a job of Glue", SCALE, (flow({
        "StartAt": "each", "States": {"each": {
            "Type": "Map", "MaxConcurrency": 40, "ItemsPath": "$.days", "End": True, "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "sum", "States": {"sum": {
                    "Type": "Task", "End": True, "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {
                        "JobName": "sums", "WorkerType": "G.8X", "NumberOfWorkers": 299}}}}}}}),),
        "major", "forty runs of 2,392 units each at once, whatever the job itself allows"),
    Attack("a pool of machines of a cluster grows to a thousand", ("FJ-COST-004", *SCALE), (
        STACK, AZURE_BUDGET, AKS, az("containerservice:AgentPool", {
            **IN, "resourceName": "aks", "agentPoolName": "apps", **POOL, "mode": "User", "vmSize": "Standard_D96s_v5",
            "count": 1, "minCount": 1, "maxCount": 1000}, "apps", links={"resourceName": ("aks",)})),
        "major", "pods of any team start 96,000 processors, and the estimate counts one machine"),
    Attack("each machine sends each figure of each process every second", SCALE, (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-machines", "kind": "Windows", "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataSources": {"performanceCounters": [{
            "name": "all", "streams": ["Microsoft-Perf"], "samplingFrequencyInSeconds": 1,
            "counterSpecifiers": ["\\Process(*)\\*", "\\Thread(*)\\*"]}]},
        "dataFlows": [{"streams": ["Microsoft-Perf"], "destinations": ["bank"]}]}),),
        "major", "thousands of records a second from each machine, paid by the gigabyte that is taken in"),
    Attack("a workflow of a cluster counts to twenty thousand pods at once", SCALE, (
        crd("argoproj.io/v1alpha1:Workflow", {
            "entrypoint": "all", "serviceAccountName": "app", "activeDeadlineSeconds": 86400,
            "podMetadata": {"labels": TAGS}, "templates": [
                {"name": "all", "steps": [[{"name": "part", "template": "part", "withSequence": {"count": "20000"}}]]},
                {"name": "part", "container": BIG_POD["containers"][0],  # type: ignore[index]
                 "automountServiceAccountToken": False, "securityContext": BIG_POD["securityContext"]}]}),),
        "major", "320,000 processors are asked for, and the cluster's autoscaler starts their machines"),
    Attack("workers of Ray with eight GPUs each start without a highest number", SCALE, (
        crd("ray.io/v1:RayCluster", {
            "rayVersion": "2.52.0", "enableInTreeAutoscaling": True, "authOptions": {"mode": "token"},
            "headGroupSpec": {"rayStartParams": {"num-cpus": "0"}, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({})}},
            "workerGroupSpecs": [{"groupName": "gpu", "minReplicas": 0, "rayStartParams": {}, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({"resources": {
                    "requests": {"cpu": "32", "memory": "256Gi"},
                    "limits": {"cpu": "32", "memory": "256Gi", "nvidia.com/gpu": "8"}}})}}]}),),
        "major", "the highest number is 2,147,483,647 by default (custom resource of KubeRay, maxReplicas, as known)"),
    Attack("every five minutes all disks are copied and kept for ten years", SCALE, (
        k8s("velero.io/v1:Schedule", {"metadata": meta("often", "velero"), "spec": {
            "schedule": "*/5 * * * *", "template": {
                "includedNamespaces": ["*"], "ttl": "87600h0m0s", "storageLocation": "primary",
                "snapshotVolumes": True}}}),),
        "major", "288 snapshots of each disk a day, a million before the first is deleted"),
    Attack("a policy of Azure removes the cost centre from all resources", ("FJ-TAG-", "FJ-ESC-"), (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "tidy-tags", "policyType": "Custom", "mode": "Indexed", "displayName": "tidy-tags",
            "policyRule": {"if": {"field": "tags['cost-centre']", "exists": "true"}, "then": {
                "effect": "modify", "details": {
                    "roleDefinitionIds": ["/providers/Microsoft.Authorization/roleDefinitions/"
                                          "4a9ae827-6dc8-4573-8ac7-8239d42aa03f"],
                    "operations": [{"operation": "Remove", "field": "tags['cost-centre']"},
                                   {"operation": "Remove", "field": "tags['owner']"}]}}}}, "tidy"),
        az("authorization:PolicyAssignment", {
            "policyAssignmentName": "tidy-tags", "scope": SUB, "displayName": "tidy-tags", "enforcementMode": "Default",
            "policyDefinitionId": f"{SUB}/providers/Microsoft.Authorization/policyDefinitions/tidy-tags",
            "location": "uaenorth", "identity": {"type": "SystemAssigned"}}, "assign")),
        "major", "what was tagged by programs loses its tags whenever it is changed, so nobody answers for its cost"),
    Attack("a policy of Kyverno labels all pods as those of the treasury", ("FJ-TAG-", "FJ-ESC-"), (
        k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "labels", "labels": TAGS}, "spec": {
            "admission": True, "background": True, "failurePolicy": "Fail", "rules": [{
                "name": "labels", "match": {"any": [{"resources": {"kinds": ["Pod"], "operations": ["CREATE"]}}]},
                "mutate": {"patchStrategicMerge": {"metadata": {"labels": OF_OTHERS}}}}]}}),),
        "major", "the cost of every team of the cluster is booked on one unit, over the labels of its own"),
    Attack("machines that build images have no tags", ("FJ-TAG-003", "FJ-TAG-005", "FJ-ESC-115"), (
        aws("imagebuilder/InfrastructureConfiguration", {
            "name": "gpu-images", "instanceProfileName": "build", "subnetId": "subnet-1",
            "securityGroupIds": ["sg-1"], "instanceTypes": ["g6.48xlarge"], "terminateInstanceOnFailure": True,
            "instanceMetadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}, "tags": TAGS}),),
        "major", "tags of the configuration are not those of its machines, whose cost is on no project"),
)  # fmt: skip
