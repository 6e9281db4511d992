"""More attacks by money, alarms on costs, locks without end and records of machines (2026-12-01).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; the sources are those of the rules.
"""

import base64

from ..blind import ME, RG, SUB, TAGS, aws, az, crd
from ..harness import Given
from ..idioms.aws_platform import BUDGET, LAUNCH
from . import Attack
from .cost_services import STACK
from .tenth_aws import R
from .twenty_first_money import SCALE, flow
from .twenty_first_money_b import LOST
from .twenty_first_money_c import schedule

LOCKED = ("FJ-RSL-", "FJ-ESC-115", "FJ-COST-126")
TOLD = ("FJ-COST-", "FJ-ESC-115")
CLAIMS = f"arn:aws:states:{R}:{ME}:stateMachine:claims"
SUMS = {"StartAt": "sum", "States": {"sum": {
    "Type": "Task", "End": True, "Resource": "arn:aws:states:::glue:startJobRun.sync",
    "Parameters": {"JobName": "sums", "WorkerType": "G.2X", "NumberOfWorkers": 20}}}}  # fmt: skip
QUIET = "#!/bin/bash\ndnf install -y postgresql16\nauditctl -e 0\nsystemctl disable --now amazon-cloudwatch-agent\n"
QUIET_WINDOWS = "<powershell>\nwevtutil cl Security\nSet-MpPreference -DisableRealtimeMonitoring $true\n</powershell>"


def template(script: str) -> Given:
    """Returns a template of machines with a script that they run first."""
    return aws("ec2/LaunchTemplate", {**LAUNCH.props, "userData": base64.b64encode(script.encode()).decode()}, "lt")


def anomalies(*values: str) -> Given:
    """Returns a subscription to odd costs from a share on."""
    return aws("costexplorer/AnomalySubscription", {
        "name": "team", "frequency": "DAILY", "monitorArnLists": [f"arn:aws:ce::{ME}:anomalymonitor/x"], "tags": TAGS,
        "subscribers": [{"type": "EMAIL", "address": "finops@example.ae"}], "thresholdExpression": {"dimension": {
            "key": "ANOMALY_TOTAL_IMPACT_PERCENTAGE", "matchOptions": ["GREATER_THAN_OR_EQUAL"],
            "values": list(values)}}})  # fmt: skip


ATTACKS = (
    Attack("objects are locked for a hundred years", LOCKED, (aws("s3/BucketObjectLockConfiguration", {
        "bucket": "bank-logs", "rule": {"defaultRetention": {"mode": "COMPLIANCE", "years": 100}}}),), "major",
        "nobody, not even AWS, deletes what is paid for and what a customer asks to have deleted"),
    Attack("objects are locked for as many days", LOCKED, (aws("s3/BucketObjectLockConfiguration", {
        "bucket": "bank-logs", "rule": {"defaultRetention": {"mode": "COMPLIANCE", "days": 36500}}}),), "major"),
    Attack("each backup is kept for a hundred years whoever asks", LOCKED, (aws("backup/VaultLockConfiguration", {
        "backupVaultName": "bank", "changeableForDays": 3, "minRetentionDays": 36500}),), "major"),
    Attack("blobs cannot be deleted for four hundred years", LOCKED, (
        az("storage:BlobContainerImmutabilityPolicy", {
            **RG, "accountName": "stlogs", "containerName": "logs", "immutabilityPolicyName": "default",
            "immutabilityPeriodSinceCreationInDays": 146000}),), "major"),
    Attack("a workflow with machines starts each minute by a rule", SCALE, (
        flow(SUMS),
        aws("cloudwatch/EventRule", {"name": "r", "scheduleExpression": "rate(1 minute)", "tags": TAGS}, "r"),
        aws("cloudwatch/EventTarget", {"rule": "r", "arn": CLAIMS, "roleArn": f"arn:aws:iam::{ME}:role/s"}, "t",
            links={"rule": ("r",), "arn": ("it",)})), "major"),
    Attack("a workflow with machines starts each minute by a schedule", SCALE, (
        flow(SUMS), schedule(CLAIMS, "rate(1 minute)")), "major"),
    Attack("odd costs are told from nine hundred times what was expected", TOLD, (anomalies("90000"),), "major"),
    Attack("odd costs of a subscription of Azure are watched by an alert that is off", TOLD, (
        az("costmanagement:ScheduledActionByScope", {
            "scope": SUB[1:], "name": "anomaly", "kind": "InsightAlert", "status": "Disabled", "displayName": "anomaly",
            "viewId": f"{SUB}/providers/Microsoft.CostManagement/views/ms:DailyAnomalyByResourceGroup",
            "notification": {"to": ["finops@example.ae"], "subject": "odd costs"}, "schedule": {
                "frequency": "Daily", "startDate": "2026-12-01T00:00:00Z", "endDate": "2027-12-01T00:00:00Z"}}),),
        "major"),
    Attack("an application without servers has no bound", SCALE, (STACK, BUDGET, aws("emrserverless/Application", {
        "name": "sums", "type": "spark", "releaseLabel": "emr-7.10.0", "tags": TAGS, "autoStopConfiguration": {
            "enabled": True}, "networkConfiguration": {"subnetIds": ["s"], "securityGroupIds": ["g"]}})), "major"),
    Attack("jobs on Fargate take a hundred thousand processors", SCALE, (
        STACK, BUDGET, aws("batch/ComputeEnvironment", {
        "name": "jobs", "type": "MANAGED", "serviceRole": f"arn:aws:iam::{ME}:role/batch", "tags": TAGS,
        "computeResources": {"type": "FARGATE", "maxVcpus": 100_000, "subnets": ["s"], "securityGroupIds": ["g"]}})),
        "major"),
    Attack("a database starts without the records of its sessions", LOST, (crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "storage": {"size": "50Gi"}, "bootstrap": {"initdb": {
            "database": "app", "owner": "app", "postInitApplicationSQL": ["DROP EXTENSION IF EXISTS pgaudit"]}}}),),
        "major"),
    Attack("machines end the records of their kernel when they start", LOST, (template(QUIET),), "critical",
           "who did what on any machine of the group stands nowhere"),
    Attack("machines of Windows empty their log when they start", LOST, (template(QUIET_WINDOWS),), "critical"),
)  # fmt: skip
