"""Further spellings of attacks by money and tags: budgets, builds, calls, copies and pods (2026-12-01).

Properties by pulumi-aws 7.51.1, pulumi-azure-native 3.29.0 and pulumi-kubernetes; the sources are those of
`twenty_first_money`, and of the rules.
"""

import json

from ..blind import HERE, KEY, ME, OURS, RG, TAGS, aws, az, crd, k8s, meta, pod, release
from ..harness import Given
from ..idioms.aws_platform import EKS
from ..idioms.families import BUILD
from . import Attack
from .cost_services import STACK
from .tenth_aws import R
from .twenty_first_money import BIG_POD, BUILDER, BY_FORECAST, BY_SUM, MONTHS, SCALE, WATCHED, budget, flow
from .twenty_first_money_b import LOST, step

BIG = {"limits": {"cpu": "32", "memory": "256Gi", "nvidia.com/gpu": "8"}}
ROLE = f"arn:aws:iam::{ME}:role/starts"
CREATED = ("FJ-TAG-003", "FJ-TAG-005")


def schedule(arn: str, expression: str, **target: object) -> Given:
    """Returns a schedule of EventBridge with a target."""
    return aws("scheduler/Schedule", {
        "name": "often", "scheduleExpression": expression, "state": "ENABLED", "kmsKeyArn": KEY,
        "flexibleTimeWindow": {"mode": "OFF"}, "target": {
            "arn": arn, "roleArn": ROLE, "retryPolicy": {"maximumRetryAttempts": 1}, **target}})  # fmt: skip


def ray(kind: str, *way: str) -> Given:
    """Returns a cluster of Ray, of a job or a service, whose workers have no highest number."""
    spec: dict[str, object] = {
        "rayVersion": "2.52.0", "enableInTreeAutoscaling": True, "authOptions": {"mode": "token"},
        "headGroupSpec": {"rayStartParams": {"num-cpus": "0"}, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({})}},
        "workerGroupSpecs": [{"groupName": "gpu", "minReplicas": 0, "rayStartParams": {}, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({"resources": BIG})}}]}  # fmt: skip
    of_job = {"entrypoint": "python /app/train.py", "shutdownAfterJobFinishes": True, "ttlSecondsAfterFinished": 600}
    for key in way:
        spec = {key: spec, **(of_job if kind == "RayJob" else {"serveConfigV2": "applications: []"})}
    return crd(f"ray.io/v1:{kind}", spec)


def parts(steps: dict[str, object], **more: object) -> dict[str, object]:
    """Returns the spec of a workflow of Argo whose first template is of steps."""
    return {"entrypoint": "all", "serviceAccountName": "app", "activeDeadlineSeconds": 86400,
            "podMetadata": {"labels": TAGS}, "templates": [
                {"name": "all", **steps},
                {"name": "some", "steps": [[{"name": "part", "template": "part", "withSequence": {"count": 150}}]]},
                {"name": "part", "container": BIG_POD["containers"][0],  # type: ignore[index]
                 "automountServiceAccountToken": False, "securityContext": BIG_POD["securityContext"]}],
            **more}  # fmt: skip


def counters(frequency: int, *names: str) -> Given:
    """Returns a rule that collects figures of machines."""
    return az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-machines", "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataSources": {"performanceCounters": [{
            "name": "all", "streams": ["Microsoft-Perf"], "samplingFrequencyInSeconds": frequency,
            "counterSpecifiers": list(names)}]},
        "dataFlows": [{"streams": ["Microsoft-Perf"], "destinations": ["bank"]}]})  # fmt: skip


def snapshots(**rule: object) -> Given:
    """Returns a policy of snapshots with a rule for those that stand ready."""
    return aws("dlm/LifecyclePolicy", {
        "description": "databases", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED",
        "tags": TAGS, "policyDetails": {"resourceTypes": ["VOLUME"], "targetTags": {"snapshot": "daily"}, "schedules": [
            {"name": "daily", "copyTags": True, "createRule": {"interval": 24, "times": "22:00"},
             "retainRule": {"count": 30}, "tagsToAdd": TAGS, "fastRestoreRule": {
                 "availabilityZones": [f"{R}a"], **rule}}]}})  # fmt: skip


ATTACKS = (
    Attack("a budget that follows its forecast tells of what is spent", WATCHED, (STACK, EKS, budget(
        "limitAmount", "limitUnit", autoAdjustData={"autoAdjustType": "FORECAST"})), "major"),
    Attack("a budget that follows past months tells of nine million dollars", WATCHED, (STACK, EKS, budget(
        "limitAmount", "limitUnit", notifications=[BY_SUM], autoAdjustData={
            "autoAdjustType": "HISTORICAL", "historicalOptions": {"budgetAdjustmentPeriod": 6}})), "major"),
    Attack("a budget with an amount for each month tells of a forecast of nine million", WATCHED, (STACK, EKS, budget(
        "limitAmount", "limitUnit", notifications=[{**BY_FORECAST, **BY_SUM, "notificationType": "FORECASTED"}],
        plannedLimits=[{"startTime": month, "amount": "20000", "unit": "USD"} for month in MONTHS])), "major"),
    Attack("a budget counts the category of another unit among others", WATCHED, (STACK, EKS, budget(
        filterExpression={"ands": [
            {"costCategories": {"key": "Unit", "values": ["Marketing"]}},
            {"dimensions": {"key": "LINKED_ACCOUNT", "values": [ME]}}]})), "major"),
    Attack("a budget counts the category of another unit by its old filter", WATCHED, (STACK, EKS, budget(
        costFilters=[{"name": "CostCategory", "values": ["Unit$Marketing"]}])), "major"),
    Attack("each copy stands ready for three months", SCALE, (snapshots(interval=3, intervalUnit="MONTHS"),), "major"),
    Attack("twenty copies stand ready in a zone", SCALE, (snapshots(count=20),), "major"),
    Attack("a schedule starts a build of 72 processors each minute", SCALE, (
        aws("codebuild/Project", {**BUILD, "buildTimeout": 120, "source": {
            "type": "NO_SOURCE", "buildspec": json.dumps({
                "version": 0.2, "phases": {"build": {"commands": ["make nightly"]}}})}, "artifacts": {
                    "type": "NO_ARTIFACTS"}, "environment": {
                    "computeType": "BUILD_GENERAL1_2XLARGE", "type": "LINUX_CONTAINER",
                    "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"}}, "app"),
        schedule(BUILDER, "rate(1 minute)")), "major"),
    Attack("a schedule calls for a build of another stack each minute", SCALE, (schedule(
        "arn:aws:scheduler:::aws-sdk:codebuild:startBuild", "rate(1 minute)", input=json.dumps({
            "ProjectName": "app"})),), "major"),
    Attack("a build starts a hundred others beside it", SCALE, (aws("codebuild/Project", {
        **BUILD, "source": {"type": "CODEPIPELINE"}, "buildBatchConfig": {
            "serviceRole": ROLE, "timeoutInMins": 480, "restrictions": {
                "maximumBuildsAllowed": 100, "computeTypesAlloweds": ["BUILD_GENERAL1_2XLARGE"]}}}),), "major"),
    Attack("a schedule of every night overrides the number of workers of a job", SCALE, (schedule(
        "arn:aws:scheduler:::aws-sdk:glue:startJobRun", "cron(0 22 * * ? *)", input=json.dumps({
            "JobName": "sums", "WorkerType": "G.8X", "NumberOfWorkers": 299})),), "major"),
    Attack("a workflow submits an array of ten thousand jobs", SCALE, (flow({
        "QueryLanguage": "JSONata", "StartAt": "sum", "States": {"sum": {
            "Type": "Task", "End": True, "Resource": "arn:aws:states:::batch:submitJob.sync", "Arguments": {
                "JobName": "sums", "JobDefinition": "sums:3", "JobQueue": "spot",
                "ArrayProperties": {"Size": 10000}}}}}),), "major"),
    Attack("a workflow trains on sixty machines", SCALE, (flow({
        "StartAt": "train", "States": {"train": {
            "Type": "Task", "End": True, "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync",
            "Parameters": {
                "TrainingJobName.$": "$.name", "RoleArn": ROLE, "ResourceConfig": {
                    "InstanceCount": 60, "InstanceType": "ml.g6.48xlarge", "VolumeSizeInGB": 500,
                    "VolumeKmsKeyId": KEY}}}}}),), "major"),
    Attack("each machine sends the figures of its processors every second", SCALE, (
        counters(1, "\\Processor(_Total)\\% Processor Time"),), "major"),
    Attack("each machine sends each figure of each thread every half minute", SCALE, (
        counters(30, "\\Thread(*)\\*", "\\Memory\\Available Bytes"),), "major"),
    Attack("a graph of tasks of every night counts to five thousand pods at once", SCALE, (
        crd("argoproj.io/v1alpha1:CronWorkflow", {
            "schedules": ["30 21 * * *"], "concurrencyPolicy": "Forbid", "workflowSpec": parts({"dag": {"tasks": [
                {"name": "part", "template": "part", "withSequence": {"start": "1", "end": "5000"}}]}})}),), "major"),
    Attack("a template of workflows has loops inside loops", SCALE, (
        crd("argoproj.io/v1alpha1:WorkflowTemplate", parts({"steps": [[
            {"name": "some", "template": "some", "withItems": list(range(40))}]]})),), "major"),
    Attack("a job of Ray starts workers without a highest number", SCALE, (ray("RayJob", "rayClusterSpec"),), "major"),
    Attack("a service of Ray starts workers without a highest number", SCALE, (
        ray("RayService", "rayClusterConfig"),), "major"),
    Attack("every ten minutes volumes are copied for a year, by a word", SCALE, (
        k8s("velero.io/v1:Schedule", {"metadata": meta("often", "velero"), "spec": {
            "schedule": "@every 10m", "template": {
                "includedNamespaces": ["payments"], "ttl": "8760h0m0s", "snapshotVolumes": True}}}),), "major"),
    Attack("the chart of Velero copies all volumes every five minutes", SCALE, release("velero", "11.0.0", {
        "schedules": {"often": {"disabled": False, "schedule": "*/5 * * * *", "template": {
            "ttl": "87600h", "includedNamespaces": ["*"], "snapshotVolumes": True}}}}), "major"),
    Attack("each hour a copy is made that nothing deletes", SCALE, (aws("backup/Plan", {
        "name": "hourly", "tags": TAGS, "rules": [{
            "ruleName": "hourly", "targetVaultName": "bank", "schedule": "cron(0 * * * ? *)",
            "recoveryPointTags": TAGS}]}),), "major"),
    Attack("machines of a pool for batches have no tags", CREATED, (az("batch:Pool", {
        **RG, "accountName": "batchbank", "poolName": "sums", "vmSize": "Standard_D4s_v5", "tags": TAGS,
        "targetNodeCommunicationMode": "Simplified", "scaleSettings": {"fixedScale": {"targetDedicatedNodes": 2}},
        "networkConfiguration": {"subnetId": f"{OURS}.Network/virtualNetworks/v/subnets/batch",
                                 "publicIPAddressConfiguration": {"provision": "NoPublicIPAddresses"}},
        "deploymentConfiguration": {"virtualMachineConfiguration": {
            "nodeAgentSkuId": "batch.node.ubuntu 24.04", "imageReference": {
                "publisher": "microsoft-dsvm", "offer": "ubuntu-hpc", "sku": "2404", "version": "24.04.202610150"},
            "diskEncryptionConfiguration": {"targets": ["OsDisk", "TemporaryDisk"]}}}}),), "major"),
    Attack("repositories that appear by a push have no tags", CREATED, (aws("ecr/RepositoryCreationTemplate", {
        "prefix": "ROOT", "appliedFors": ["PULL_THROUGH_CACHE"], "imageTagMutability": "IMMUTABLE",
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}]}),), "major"),
    Attack("a job of SQL deletes all that the audit kept", LOST, (step("DELETE FROM [audit].[AccessLog];"),),
           "critical"),
    Attack("a job of SQL ends the capture of changes of payments", LOST, (
        step("EXECUTE sys.sp_cdc_disable_table @source_schema = N'dbo', @source_name = N'Payments', "
             "@capture_instance = N'all';"),), "critical"),
    Attack("the logs of a year are restored and stay so", SCALE, (az("operationalinsights:Table", {
        **RG, "workspaceName": "log-bank", "tableName": "SigninLogs_RST", "restoredLogs": {
            "sourceTable": "SigninLogs", "startRestoreTime": "2025-12-01T00:00:00Z",
            "endRestoreTime": "2026-11-30T00:00:00Z"}}),), "major"),
    Attack("an image is kept a hundred times", SCALE, (az("compute:GalleryImageVersion", {
        **HERE, "galleryName": "gal", "galleryImageName": "base", "galleryImageVersionName": "1.0.0",
        "storageProfile": {"source": {"id": f"{OURS}.Compute/images/base"}}, "publishingProfile": {"targetRegions": [
            {"name": "uaenorth", "regionalReplicaCount": 100, "storageAccountType": "Premium_LRS", "encryption": {
                "osDiskImage": {"diskEncryptionSetId": f"{OURS}.Compute/diskEncryptionSets/d"}}}]}}),), "major"),
)  # fmt: skip
