"""Attacks on AWS by money and tags: numbers, schedules, budgets and copies (2026-11-30, twentieth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: "ElastiCache and Application Auto Scaling" (the dimension counts
shards), "AWS Glue worker types" (units of each worker) and the SDK on `timeout` of a streaming job, AWS Tools for DLM
and the SDK on default policies. Everything else as known.
"""

from dataclasses import replace

from ..blind import ME, TAGS, THEM, aws
from ..harness import Given
from ..idioms.aws_platform import BUDGET, EKS
from . import Attack
from .cost_services import STACK
from .tenth_aws import R

SCALE = ("FJ-COST-126", "FJ-ESC-115")
WATCHED = ("FJ-COST-001", "FJ-COST-002", "FJ-COST-005", "FJ-ESC-115")
COPIED = ("FJ-TAG-003", "FJ-TAG-005", "FJ-ESC-115")
CLUSTER = f"arn:aws:ecs:{R}:{ME}:cluster/jobs"


def budget(**more: object) -> Given:
    """Returns the budget of a platform on AWS with other properties."""
    return replace(BUDGET, props={**BUDGET.props, **more})


ATTACKS = (
    Attack("a cache scales to 250 shards", SCALE, (aws("appautoscaling/Target", {
        "serviceNamespace": "elasticache", "scalableDimension": "elasticache:replication-group:NodeGroups",
        "resourceId": "replication-group/sessions", "minCapacity": 2, "maxCapacity": 250, "tags": TAGS}),),
        "major", "each shard has two or more machines of memory (ElastiCache and Application Auto Scaling)"),
    Attack("every minute a schedule starts fifty tasks that nothing ends", SCALE, (
        aws("cloudwatch/EventRule", {"name": "poll", "scheduleExpression": "rate(1 minute)", "tags": TAGS}, "rule"),
        aws("cloudwatch/EventTarget", {
            "rule": "poll", "arn": CLUSTER, "roleArn": f"arn:aws:iam::{ME}:role/starts-tasks", "ecsTarget": {
                "taskDefinitionArn": f"arn:aws:ecs:{R}:{ME}:task-definition/poll:7", "taskCount": 50,
                "launchType": "FARGATE", "propagateTags": "TASK_DEFINITION", "networkConfiguration": {
                    "subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": False}}},
            "target", links={"rule": ("rule",)})),
        "major", "three thousand more tasks each hour, until the quota of the account (EventBridge, 'ECS targets')"),
    Attack("a stream is read by fifty of the largest workers day and night", SCALE, (aws("glue/Job", {
        "name": "card-events", "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "workerType": "R.8X",
        "numberOfWorkers": 50, "executionProperty": {"maxConcurrentRuns": 1}, "securityConfiguration": "encrypted",
        "command": {"name": "gluestreaming", "pythonVersion": "3",
                    "scriptLocation": "s3://treasury-datasets/jobs/events.py"},
        "defaultArguments": {"--job-language": "python"}, "tags": TAGS}),),
        "major", "400 units of memory run without end, for the job has no time limit (AWS Glue worker types)"),
    Attack("the budget of the machines ends in a week", WATCHED, (
        STACK, EKS, budget(timePeriodStart="2026-11-01_00:00", timePeriodEnd="2026-12-07_00:00")),
        "major", "after that day nobody is told of any cost (AWS Budgets, 'TimePeriod')"),
    Attack("the budget counts the account of a stranger", WATCHED, (
        STACK, EKS, budget(costFilters=[{"name": "LinkedAccount", "values": [THEM]}])),
        "major", "what the machines of this account cost is in no budget (AWS Budgets, 'CostFilters')"),
    Attack("snapshots of every disk of the region have no tags", COPIED, (aws("dlm/LifecyclePolicy", {
        "description": "disks without a recent backup", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm",
        "state": "ENABLED", "defaultPolicy": "VOLUME", "tags": TAGS, "policyDetails": {
            "policyLanguage": "SIMPLIFIED", "resourceType": "VOLUME", "createInterval": 1, "retainInterval": 14,
            "copyTags": False}}),),
        "major", "the costs of all copies of disks are on no project (Amazon DLM, default policies, CopyTags)"),
)  # fmt: skip
