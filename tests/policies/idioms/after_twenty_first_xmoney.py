"""Good idioms near the mends after the twenty-first set: budgets, builds, calls, loops and copies (2026-12-01)."""

import json
from dataclasses import replace

from ..attacks.twenty_first_money import BUILDER, BY_FORECAST, BY_SUM, MONTHS, budget, flow
from ..attacks.twenty_first_money_b import step
from ..attacks.twenty_first_money_c import counters, parts, schedule, snapshots
from ..attacks.twenty_first_money_d import CLAIMS, SUMS, anomalies, template
from ..blind import HERE, ME, OURS, RG, TAGS, aws, az, crd, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .aws_platform import EKS
from .families import BUILD

AWS_DOCS, LEARN = "docs.aws.amazon.com", "learn.microsoft.com/azure"
ARGO = "argoproj/argo-workflows docs/parallelism.md"
STEP = unpriced("azure-native:sql:JobStep::it")
PODS = {"limits": {"cpu": "4", "memory": "16Gi"}, "requests": {"cpu": "4", "memory": "16Gi"}}


def _build(size: str, minutes: int, expression: str) -> tuple[Given, ...]:
    return (
        aws("codebuild/Project", {**BUILD, "buildTimeout": minutes, "source": {
            "type": "NO_SOURCE", "buildspec": json.dumps({
                "version": 0.2, "phases": {"build": {"commands": ["make nightly"]}}})},
            "artifacts": {"type": "NO_ARTIFACTS"}, "environment": {
                "computeType": f"BUILD_GENERAL1_{size}", "type": "LINUX_CONTAINER",
                "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"}}, "app"),
        aws("cloudwatch/EventRule", {"name": "often", "scheduleExpression": expression, "tags": TAGS}, "rule"),
        aws("cloudwatch/EventTarget", {"rule": "often", "arn": BUILDER, "roleArn": f"arn:aws:iam::{ME}:role/starts"},
            "target", links={"rule": ("rule",)}))  # fmt: skip


def _ray(autoscales: bool, **group: object) -> Given:
    return crd("ray.io/v1:RayCluster", {
        "rayVersion": "2.52.0", "enableInTreeAutoscaling": autoscales, "authOptions": {"mode": "token"},
        "headGroupSpec": {"rayStartParams": {"num-cpus": "0"}, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({})}},
        "workerGroupSpecs": [{"groupName": "cpu", "rayStartParams": {}, **group, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({"resources": PODS})}}]})  # fmt: skip


def _plan(*rules: dict[str, object]) -> Given:
    return aws("backup/Plan", {"name": "bank", "tags": TAGS, "rules": [
        {"targetVaultName": "bank", "recoveryPointTags": TAGS, **rule} for rule in rules]})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a budget that follows a year tells of growth", (EKS, budget(
        "limitAmount", "limitUnit", notifications=[BY_FORECAST], autoAdjustData={
            "autoAdjustType": "HISTORICAL", "historicalOptions": {"budgetAdjustmentPeriod": 12}})),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-methods.html"),
    Idiom("a budget with an amount for each month tells of a sum below it", (EKS, budget(
        "limitAmount", "limitUnit", notifications=[{**BY_SUM, "threshold": 16000}], plannedLimits=[
            {"startTime": month, "amount": "20000", "unit": "USD"} for month in MONTHS])),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-methods.html"),
    Idiom("a budget counts the category of the unit", (EKS, budget(filterExpression={
        "costCategories": {"key": "Unit", "values": ["Retail Banking"]}})),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-create-filters.html"),
    Idiom("a budget counts the category of the environment", (EKS, budget(costFilters=[{
        "name": "CostCategory", "values": ["Environment$Production"]}])),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-create-filters.html"),
    Idiom("the last copy of a disk stands ready in one zone", (snapshots(count=1),),
          f"{AWS_DOCS}/ebs/latest/userguide/snapshot-ami-policy.html"),
    Idiom("a large build of every night may last eight hours", _build("2XLARGE", 480, "cron(0 22 * * ? *)"),
          f"{AWS_DOCS}/codebuild/latest/userguide/build-env-ref-compute-types.html"),
    Idiom("a small build looks every quarter of an hour", _build("SMALL", 60, "rate(15 minutes)"),
          f"{AWS_DOCS}/codebuild/latest/userguide/build-env-ref-compute-types.html"),
    Idiom("a workflow runs a job of Glue and an array of a hundred", (flow({"StartAt": "sum", "States": {
        "sum": {"Type": "Task", "Next": "parts", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {
            "JobName": "sums", "WorkerType": "G.2X", "NumberOfWorkers": 20}},
        "parts": {"Type": "Task", "End": True, "Resource": "arn:aws:states:::batch:submitJob.sync", "Parameters": {
            "JobName": "sums", "JobDefinition": "sums:3", "JobQueue": "spot", "ArrayProperties": {"Size": 100}}}}}),
        budget()), f"{AWS_DOCS}/step-functions/latest/dg/connect-batch.html",
        unpriced("aws:sfn/stateMachine:StateMachine::it")),
    Idiom("a schedule of every night runs a job of Glue with more workers", (schedule(
        "arn:aws:scheduler:::aws-sdk:glue:startJobRun", "cron(0 22 * * ? *)", input=json.dumps({
            "JobName": "sums", "WorkerType": "G.4X", "NumberOfWorkers": 20})),),
        f"{AWS_DOCS}/scheduler/latest/UserGuide/managing-targets-universal.html"),
    Idiom("a few figures of each machine are sent four times a minute", (counters(
        15, "\\Processor(_Total)\\% Processor Time", "\\LogicalDisk(*)\\% Free Space",
        "\\Process(_Total)\\Thread Count", "\\Memory\\Available Bytes"),),
        f"{LEARN}/azure-monitor/vm/data-collection-performance"),
    Idiom("a loop over twenty thousand parts runs ten at once", (crd("argoproj.io/v1alpha1:Workflow", parts(
        {"steps": [[{"name": "part", "template": "part", "withSequence": {"count": "20000"}}]]}, parallelism=10)),),
        ARGO, unpriced("kubernetes:argoproj.io/v1alpha1:Workflow::it")),
    Idiom("a template runs its loop eight at once", (crd("argoproj.io/v1alpha1:WorkflowTemplate", parts(
        {"parallelism": 8, "dag": {"tasks": [
            {"name": "part", "template": "part", "withItems": [f"2026-{month:02}" for month in range(1, 13)]},
            {"name": "again", "template": "all", "depends": "part.Failed"}]}})),), ARGO),
    Idiom("workers of Ray grow to four", (_ray(True, replicas=1, minReplicas=0, maxReplicas=4),),
          "docs.ray.io/en/latest/cluster/kubernetes/user-guides/configuring-autoscaling.html"),
    Idiom("two workers of Ray do not grow", (_ray(False, replicas=2, minReplicas=2),),
          "docs.ray.io/en/latest/cluster/kubernetes/getting-started/raycluster-quick-start.html"),
    Idiom("payments are copied every quarter of an hour for a month", (
        k8s("velero.io/v1:Schedule", {"metadata": meta("often", "velero"), "spec": {
            "schedule": "*/15 * * * *", "template": {
                "includedNamespaces": ["payments"], "ttl": "720h0m0s", "storageLocation": "primary"}}}),),
        "velero.io/docs/main/api-types/schedule"),
    Idiom("copies of each hour, each day and each month are kept as long as each is needed", (_plan(
        {"ruleName": "hourly", "schedule": "cron(0 * * * ? *)", "lifecycle": {"deleteAfter": 35}},
        {"ruleName": "daily", "schedule": "rate(1 day)", "lifecycle": {"deleteAfter": 2555}},
        {"ruleName": "monthly", "schedule": "cron(0 22 1 * ? *)", "lifecycle": {"deleteAfter": 3650}}),),
        f"{AWS_DOCS}/aws-backup/latest/devguide/creating-a-backup-plan.html"),
    Idiom("snapshots of each hour are kept for two weeks", (replace(snapshots(count=1), props={
        **snapshots(count=1).props, "policyDetails": {
            "resourceTypes": ["VOLUME"], "targetTags": {"snapshot": "hourly"}, "schedules": [{
                "name": "hourly", "copyTags": True, "createRule": {"interval": 1, "intervalUnit": "HOURS"},
                "retainRule": {"interval": 2, "intervalUnit": "WEEKS"}, "tagsToAdd": TAGS}]}}),),
        f"{AWS_DOCS}/ebs/latest/userguide/snapshot-ami-policy.html"),
    Idiom("a job of SQL deletes what the audit kept for seven years", (
        step("DELETE FROM audit.SignIns WHERE At < DATEADD(year, -7, SYSUTCDATETIME());\n"
             "DROP TABLE IF EXISTS staging.TransfersHistory_tmp;\nTRUNCATE TABLE staging.Transfers;\n"
             "ALTER TABLE dbo.Limits SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.LimitsHistory));"),),
        f"{LEARN}/azure-sql/database/job-automation-overview", STEP),
    Idiom("an image is kept three times in the region", (az("compute:GalleryImageVersion", {
        **HERE, "galleryName": "gal", "galleryImageName": "base", "galleryImageVersionName": "1.0.0",
        "storageProfile": {"source": {"id": f"{OURS}.Compute/images/base"}}, "publishingProfile": {"targetRegions": [
            {"name": "uaenorth", "regionalReplicaCount": 3, "storageAccountType": "Standard_ZRS", "encryption": {
                "osDiskImage": {"diskEncryptionSetId": f"{OURS}.Compute/diskEncryptionSets/d"}}}]}}),),
        f"{LEARN}/virtual-machines/azure-compute-gallery"),
    Idiom("a job of SQL adds a column while the history pauses", (
        step("ALTER TABLE dbo.Limits SET (SYSTEM_VERSIONING = OFF);\nALTER TABLE dbo.Limits ADD Reason nvarchar(200);\n"
             "ALTER TABLE dbo.LimitsHistory ADD Reason nvarchar(200);\n"
             "ALTER TABLE dbo.Limits SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.LimitsHistory));"),),
        f"{LEARN}/sql/relational-databases/tables (stopping system-versioning)", STEP),
    Idiom("machines begin to record, and their agent starts again with its settings", (template(
        "#!/bin/bash\ndnf install -y audit amazon-cloudwatch-agent\nauditctl -e 1\n"
        "systemctl stop amazon-cloudwatch-agent\n/opt/aws/bin/configure\nsystemctl start amazon-cloudwatch-agent\n"
        "systemctl enable --now auditd\nservice auditd restart\nsystemctl disable --now cups\n"),), AWS_DOCS),
    Idiom("odd costs are told from two fifths above what was expected", (anomalies("40"),),
          f"{AWS_DOCS}/cost-management/latest/userguide/manage-ad.html"),
    Idiom("a workflow with machines starts each hour", (flow(SUMS), schedule(CLAIMS, "rate(1 hour)"), budget()),
          f"{AWS_DOCS}/step-functions/latest/dg/connect-glue.html",
          unpriced("aws:sfn/stateMachine:StateMachine::it")),
    Idiom("records of payments are locked for ten years", (
        az("storage:BlobContainerImmutabilityPolicy", {
            **RG, "accountName": "stlogs", "containerName": "logs", "immutabilityPolicyName": "default",
            "immutabilityPeriodSinceCreationInDays": 3650}),
        aws("backup/VaultLockConfiguration", {
            "backupVaultName": "bank", "changeableForDays": 3, "minRetentionDays": 35, "maxRetentionDays": 3650}),
        aws("s3/BucketObjectLockConfiguration", {
            "bucket": "bank-logs", "rule": {"defaultRetention": {"mode": "COMPLIANCE", "years": 10}}})),
        f"{LEARN}/storage/blobs/immutable-storage-overview"),
)  # fmt: skip
