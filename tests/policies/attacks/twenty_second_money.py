"""Attacks on money and tags (2026-12-01, twenty-second set, written before any rule ran on them).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. Read on 2026-12-01: "Use Lambda recursive loop detection
to prevent infinite loops" (loops bring unexpected charges, and Allow takes no action). Everything else as known.
"""

from dataclasses import replace

from ..blind import ME, OURS, RG, SUB, TAGS, THEM, aws, az, k8s, meta, pod
from ..idioms.aws_platform import BUDGET, EKS, LAUNCH
from ..idioms.azure_platform import AKS
from ..idioms.azure_platform import BUDGET as AZURE_BUDGET
from . import Attack
from .cost_services import STACK
from .tenth_aws import R

SCALE = ("FJ-COST-004", "FJ-COST-126", "FJ-ESC-115")
WATCHED = ("FJ-COST-001", "FJ-COST-002", "FJ-COST-005", "FJ-ESC-115", "FJ-IDN-116")
CLAIMS = f"arn:aws:lambda:{R}:{ME}:function:claims"
NOBODY = f"{OURS}.Insights/actionGroups/nobody"
DISKS = [{"deviceName": f"/dev/sd{letter}", "ebs": {
    "encrypted": "true", "volumeType": "gp3", "volumeSize": 16384, "deleteOnTermination": "true"}}
    for letter in "bcdefghijklm"]  # fmt: skip

ATTACKS = (
    Attack("a function hands each result to itself and nothing ends the loop", SCALE, (
        aws("lambda/FunctionRecursionConfig", {"functionName": "claims", "recursiveLoop": "Allow"}, "loop"),
        aws("lambda/FunctionEventInvokeConfig", {
            "functionName": "claims", "maximumRetryAttempts": 2, "destinationConfig": {
                "onSuccess": {"destination": CLAIMS}}}, "next")),
        "major", "one event runs for ever; by default Lambda ends such a loop after sixteen rounds"),
    Attack("a service of containers may grow to five thousand of the largest tasks", SCALE, (
        STACK, BUDGET, aws("appautoscaling/Target", {
            "serviceNamespace": "ecs", "scalableDimension": "ecs:service:DesiredCount", "minCapacity": 2,
            "maxCapacity": 5000, "resourceId": "service/apps/scoring", "tags": TAGS}, "target"),
        aws("appautoscaling/Policy", {
            "serviceNamespace": "ecs", "scalableDimension": "ecs:service:DesiredCount", "policyType":
            "TargetTrackingScaling", "resourceId": "service/apps/scoring",
            "targetTrackingScalingPolicyConfiguration": {"targetValue": 5, "predefinedMetricSpecification": {
                "predefinedMetricType": "ECSServiceAverageCPUUtilization"}}}, "policy")),
        "major", "whoever sends requests starts 80,000 processors of Fargate, some 4,000 dollars an hour"),
    Attack("a container of Cosmos DB grows to a million units of throughput", SCALE, (
        STACK, AZURE_BUDGET, az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-bank", "databaseName": "orders", "containerName": "orders", "tags": TAGS,
            "resource": {"id": "orders", "partitionKey": {"paths": ["/id"], "kind": "Hash"}},
            "options": {"autoscaleSettings": {"maxThroughput": 1000000}}}, "orders")),
        "major", "a tenth of the highest number is charged at least, 8,000 dollars a month without any request"),
    Attack("machines of a cluster are never taken away again", SCALE, (
        STACK, AZURE_BUDGET, replace(AKS, props={**AKS.props, "autoScalerProfile": {
            "scaleDownUtilizationThreshold": "0", "scaleDownUnneededTime": "10080m", "scanInterval": "10s"}})),
        "major", "what one busy hour started is paid day and night, up to the largest number of every pool"),
    Attack("each minute another pod begins that never ends", SCALE, (
        k8s("batch/v1:CronJob", {"metadata": meta("poll"), "spec": {
            "schedule": "* * * * *", "concurrencyPolicy": "Allow", "jobTemplate": {"spec": {
                "backoffLimit": 1, "template": {"metadata": {"labels": TAGS}, "spec": {
                    **pod({"command": ["sleep", "infinity"], "resources": {
                        "requests": {"cpu": "4", "memory": "8Gi"}, "limits": {"cpu": "4", "memory": "8Gi"}}}),
                    "restartPolicy": "Never"}}}}}}),),
        "major", "1,440 pods and 5,760 processors after a day, for which the autoscaler starts machines"),
    Attack("each machine of a group has two hundred terabytes of disks", SCALE, (
        STACK, BUDGET, replace(LAUNCH, props={
            **LAUNCH.props, "instanceType": "m6i.large", "blockDeviceMappings": [
                *LAUNCH.props["blockDeviceMappings"], *DISKS]}),  # type: ignore[misc]
        aws("autoscaling/Group", {
            "name": "nodes", "minSize": 3, "maxSize": 4, "vpcZoneIdentifiers": ["subnet-1"],
            "launchTemplate": {"id": "lt-0a1b2c3d4e5f60718", "version": "$Latest"}, "tags": [
                {"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]},
            "nodes", links={"launchTemplate": ("lt",)})),
        "major", "590 terabytes of gp3 cost 50,000 dollars a month; the machines themselves 300"),
    Attack("a budget looks at the bill of another account", WATCHED, (
        STACK, EKS, replace(BUDGET, props={
            **BUDGET.props, "billingViewArn":
                f"arn:aws:billing::{THEM}:billingview/custom-11111111-2222-3333-4444-555555555555"})),
        "major", "what this platform costs is in no budget"),
    Attack("a budget tells a group of receivers that is switched off", WATCHED, (
        STACK, AKS, az("monitor:ActionGroup", {
            **RG, "actionGroupName": "nobody", "groupShortName": "nobody", "location": "Global", "enabled": False,
            "tags": TAGS, "emailReceivers": [{"name": "finops", "emailAddress": "finops@example.ae"}]}, "group"),
        replace(AZURE_BUDGET, links={"notifications": ("group",)}, props={
            **AZURE_BUDGET.props, "notifications": {name: {
                "enabled": True, "operator": "GreaterThan", "threshold": 80, "thresholdType": name,
                "contactEmails": [], "contactGroups": [NOBODY]} for name in ("Actual", "Forecasted")}})),
        "major", "no receiver of the group hears of any amount"),
    Attack("the cost centre of a machine is overwritten with that of another unit", ("FJ-TAG-", "FJ-ESC-"), (
        aws("ec2/Tag", {"resourceId": "i-0123456789abcdef0", "key": "cost-centre", "value": "cc-0001"}),),
        "major", "what the team uses is booked on the treasury, while its program has its own tags"),
    Attack("the tags of a whole group of resources are replaced by another one", ("FJ-TAG-", "FJ-ESC-"), (
        az("resources:TagAtScope", {
            "scope": f"{SUB[1:]}/resourceGroups/rg-platform", "properties": {"tags": {"team": "platform"}}}),),
        "major", "the whole set is replaced, so that nothing in it has a cost centre or an owner any more"),
    Attack("the first rule of a cost category takes the whole region", ("FJ-TAG-", "FJ-ESC-"), (
        aws("costexplorer/CostCategory", {
            "name": "unit", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "unallocated", "tags": TAGS,
            "rules": [
                {"value": "treasury", "type": "REGULAR", "rule": {"dimension": {
                    "key": "REGION", "values": [R], "matchOptions": ["EQUALS"]}}},
                {"value": "cards", "type": "REGULAR", "rule": {"tags": {
                    "key": "business-unit", "values": ["cards"], "matchOptions": ["EQUALS"]}}}]}),),
        "major", "the first rule that fits decides, so that all costs of the country are on one unit"),
)  # fmt: skip
