"""Other spellings of the twenty-fourth set's attacks on money, tags and budgets (2026-12-02).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; the sources are those of the rules.
"""

import json
from dataclasses import replace

from ..blind import KEY, ME, OURS, RG, TAGS, aws, az, k8s, meta, workload
from ..harness import UNKNOWN, Given
from ..idioms.aws_platform import EKS
from ..idioms.azure_platform import AKS
from ..idioms.azure_platform import BUDGET as AZURE_BUDGET
from . import Attack
from .cost_services import STACK
from .tenth_aws import R
from .twenty_first_money import flow
from .twenty_first_money_c import schedule
from .twenty_fourth_money import CALL, SUBMIT, WATCHED, notifying

CALLED = ("FJ-COST-126",)
STREAM = f"arn:aws:kinesis:{R}:{ME}:stream/trades"
GROUP_OF_NOBODY = az("monitor:ActionGroup", {
    **RG, "actionGroupName": "costs", "groupShortName": "costs", "location": "Global", "enabled": True, "tags": TAGS,
    "emailReceivers": []}, "group")  # fmt: skip
DEFAULTS = """\
spark.dynamicAllocation.enabled true
spark.dynamicAllocation.maxExecutors 1500
spark.executor.cores 8
"""


def azure_budget(**recipients: object) -> Given:
    """Returns a budget of Azure whose notifications have other recipients."""
    links = {"notifications": ("group",)} if recipients.get("contactGroups") else {}
    return replace(AZURE_BUDGET, links=links, props={**AZURE_BUDGET.props, "notifications": {name: {
        "enabled": True, "operator": "GreaterThan", "threshold": 80, "thresholdType": name, "contactEmails": [],
        **recipients} for name in ("Actual", "Forecasted")}})  # fmt: skip


ATTACKS = (
    Attack("a workflow keeps five thousand environments of a function", CALLED, (flow({
        "StartAt": "warm", "States": {"warm": {
            "Type": "Task", "End": True, "Resource": "arn:aws:states:::aws-sdk:lambda:putProvisionedConcurrencyConfig",
            "Parameters": {
                "FunctionName": "claims", "Qualifier": "live", "ProvisionedConcurrentExecutions": 5000}}}}),),
        "critical"),
    Attack("a schedule lets a database without servers grow to its largest", CALLED, (schedule(
        f"{CALL}:rds:modifyDBCluster", "cron(0 4 * * ? *)", input=json.dumps({
            "DbClusterIdentifier": "ledger", "ServerlessV2ScalingConfiguration": {
                "MinCapacity": 128, "MaxCapacity": 256}, "ApplyImmediately": True})),), "critical"),
    Attack("an association makes each machine one with eight GPUs", CALLED, (aws("ssm/Association", {
        "name": "AWS-ResizeInstance", "associationName": "larger", "scheduleExpression": "cron(0 2 ? * SUN *)",
        "automationTargetParameterName": "InstanceId", "targets": [{"key": "tag:role", "values": ["api"]}],
        "parameters": {"InstanceType": "p5.48xlarge"}, "tags": TAGS}),), "critical"),
    Attack("a template of jobs on a cluster takes two thousand executors", CALLED, (aws("emrcontainers/JobTemplate", {
        "name": "risk", "kmsKeyArn": KEY, "tags": TAGS, "jobTemplateData": {
            "executionRoleArn": f"arn:aws:iam::{ME}:role/spark", "releaseLabel": "emr-7.10.0-latest", "jobTags": TAGS,
            "jobDriver": {"sparkSubmitJobDriver": {
                "entryPoint": "s3://treasury-models/risk.py", "sparkSubmitParameters": SUBMIT}}}}),), "major"),
    Attack("a pod submits a program with three thousand executors", CALLED, (workload("apps/v1:Deployment", {
        "command": ["spark-submit", "--master", "k8s://https://kubernetes.default.svc", "--num-executors", "3000",
                    "--executor-cores", "8", "/app/risk.py"]}),), "critical"),
    Attack("the settings of every program of Spark let it take 1,500 executors", CALLED, (k8s("core/v1:ConfigMap", {
        "metadata": meta("spark"), "data": {"spark-defaults.conf": DEFAULTS}}),), "major"),
    Attack("an account agrees to the terms of a model of another vendor", ("FJ-COST-004",), (
        STACK, aws("bedrockfoundation/ModelAgreement", {"modelId": "vendor.large-v1", "offerToken": "token"}, "offer")),
        "major"),
    Attack("a rule of devices republishes what it selects", CALLED, (aws("iot/TopicRule", {
        "name": "meters", "enabled": True, "sqlVersion": "2016-03-23", "sql": "SELECT * FROM 'meters/#'", "tags": TAGS,
        "republishes": [{"roleArn": f"arn:aws:iam::{ME}:role/iot", "topic": "meters/checked", "qos": 1}]}),), "major"),
    Attack("a pipe writes to the stream that it reads", CALLED, (aws("pipes/Pipe", {
        "name": "again", "roleArn": f"arn:aws:iam::{ME}:role/pipes", "source": STREAM, "target": STREAM, "tags": TAGS,
        "kmsKeyIdentifier": KEY, "sourceParameters": {"kinesisStreamParameters": {
            "startingPosition": "LATEST", "batchSize": 100, "maximumRetryAttempts": 3}}, "targetParameters": {
                "kinesisStreamParameters": {"partitionKey": "again"}}}),), "major"),
    Attack("every quarter of an hour all files are copied again", CALLED, (aws("datasync/Task", {
        "name": "archive", "sourceLocationArn": UNKNOWN, "destinationLocationArn": UNKNOWN, "cloudwatchLogGroupArn":
        UNKNOWN, "schedule": {"scheduleExpression": "cron(0/15 * * * ? *)"}, "tags": TAGS, "options": {
            "verifyMode": "ONLY_FILES_TRANSFERRED", "transferMode": "ALL", "logLevel": "TRANSFER"}}),), "major"),
    Attack("a budget tells a topic without a policy", WATCHED, (
        STACK, EKS, aws("sns/Topic", {"name": "costs", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        notifying(subscriberSnsTopicArns=[UNKNOWN])), "major"),
    Attack("a budget of Azure tells a group without receivers", WATCHED, (
        STACK, AKS, GROUP_OF_NOBODY, azure_budget(contactGroups=[f"{OURS}.Insights/actionGroups/costs"])), "major"),
    Attack("a budget of Azure tells a mailbox of programs", WATCHED, (
        STACK, AKS, azure_budget(contactEmails=["cloud.do-not-reply@example.ae"])), "major"),
    Attack("nobody owns the machines of a pool for batches", ("FJ-TAG-",), (az("batch:Pool", {
        **RG, "accountName": "risk", "poolName": "risk", "vmSize": "STANDARD_D4S_V5", "taskSlotsPerNode": 4,
        "resourceTags": {**TAGS, "owner": "tbd"}, "scaleSettings": {"fixedScale": {"targetDedicatedNodes": 1}},
        "networkConfiguration": {"subnetId": f"{OURS}.Network/virtualNetworks/v/subnets/batch"}}),), "major"),
    Attack("copies of production are booked on development", ("FJ-TAG-",), (aws("backup/Plan", {
        "name": "bank", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "bank", "schedule": "cron(0 22 * * ? *)",
            "recoveryPointTags": {**TAGS, "environment": "dev"}, "lifecycle": {"deleteAfter": 35}}]}),), "major"),
)  # fmt: skip
